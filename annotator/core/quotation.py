"""Quotation marks, and what they say of a quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from annotator.core.span import Span

QuoteKind = Literal["direct", "mixed", "indirect"]

OPENING = frozenset("“«„‹‘")
CLOSING = frozenset("”»›’")
STRAIGHT = frozenset("\"'")
MARKS = OPENING | CLOSING | STRAIGHT

_DOUBLE = frozenset('“”«»„"')


def quote_kind(text: str, fragments: Sequence[Span]) -> QuoteKind:
    """Whether what `fragments` cover is quoted word for word, in part, or in other words (Pareti et al. 2013).

    Direct: every fragment stands wholly within double quotation marks, its own or those just outside it. Mixed:
    some words of it do. Indirect: none.
    """
    within = [_wholly_quoted(text, fragment) for fragment in fragments]
    if all(within):
        return "direct"
    marked = any(character in _DOUBLE for fragment in fragments for character in fragment.covered(text))
    return "mixed" if any(within) or marked else "indirect"


def _wholly_quoted(text: str, fragment: Span) -> bool:
    words = fragment.covered(text).strip()
    opened = words[:1] in _DOUBLE or text[max(0, fragment.start - 1) : fragment.start] in _DOUBLE
    closed = words[-1:] in _DOUBLE or text[fragment.end : fragment.end + 1] in _DOUBLE
    inner = words[1:-1]
    interrupted = "”" in inner.replace("’", "") and "“" in inner
    return opened and closed and not interrupted
