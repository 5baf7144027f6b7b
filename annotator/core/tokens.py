"""A text as tokens, for formats that know words and no positions: every character that can be seen is in one.

Words keep their hyphens and inner apostrophes, numbers their points, initials theirs; a possessive ’s stands apart, and
so does every other sign. Where a mark begins or ends within a token, the token is cut there: marks are never moved.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Literal

from annotator.core.span import Span

_INSIDE = "'’‘ʼ`´\\-‐‑·\u200c\u200d\u00ad"  # between the parts of a word


Kind = Literal["words", "spaces", "characters"]


def tokens(text: str, cuts: Collection[int] = (), kind: Kind = "words") -> Iterator[Span]:
    """The tokens of `text` in order, cut at the positions `cuts`. None holds white space.

    They are `words` and signs, what stands between white `spaces`, or `characters` with the signs that cling to them.
    """
    borders = sorted(cuts)
    place = 0
    for match in _PATTERNS[kind]().finditer(text):
        start, end = match.span()
        while place < len(borders) and borders[place] <= start:
            place += 1
        while place < len(borders) and borders[place] < end:
            yield Span(start, borders[place])
            start = borders[place]
            place += 1
        yield Span(start, end)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    clinging = _class("M")
    letter = f"[^\\W_{_spaceless()}]"
    letters = f"(?:[\\w{clinging}](?<![{_spaceless()}]))+"
    possessive = r"['’”][sS]\b"
    return re.compile(
        rf"(?:{letter}\.){{2,}}"
        rf"|\d+(?:[.,:/٫٬]\d+)+"
        rf"|{letters}(?:(?!{possessive})[{_INSIDE}]{letters})*"
        rf"|{possessive}"
        rf"|\.{{2,}}"
        rf"|{_character()}"
    )


@lru_cache(maxsize=1)
def _between_spaces() -> re.Pattern[str]:
    return re.compile(r"\S+")


@lru_cache(maxsize=1)
def _characters() -> re.Pattern[str]:
    return re.compile(_character())


def _character() -> str:
    return rf"\S(?:[{_class('M')}\u200d\U0001f3fb-\U0001f3ff])*"


def _spaceless() -> str:
    """Scripts written without spaces: there each character is a token."""
    return "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def _class(category: str) -> str:
    """The characters of a Unicode category, as ranges of a regular expression."""
    found: list[list[int]] = []
    for code in range(0x300, min(sys.maxunicode, 0x1FFFF)):
        if unicodedata.category(chr(code)).startswith(category):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


_PATTERNS: dict[Kind, Callable[[], re.Pattern[str]]] = {
    "words": _pattern,
    "spaces": _between_spaces,
    "characters": _characters,
}
