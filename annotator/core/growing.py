"""Larger and larger stretches around a place: word, phrase, sentence, paragraph, text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.sentences import sentence_at
from annotator.core.span import Span
from annotator.core.whole_quotation import whole_quotation
from annotator.core.words import paragraph_at, snap, word_at

_PAUSE = re.compile(r"[,;:،؛()\[\]—–](?!\d)")


def grown(text: str, start: int, end: int) -> Span | None:
    """The next larger stretch that holds `[start, end)`, which may be empty; None where it is all of the text."""
    for wider in _around(text, start, end):
        if wider.start <= start and end <= wider.end and (wider.start, wider.end) != (start, end):
            return wider
    return None


def _around(text: str, start: int, end: int) -> Iterator[Span]:
    """From small to large; not all of them hold what is asked for."""
    inside = max(start, end - 1)
    yield from filter(None, (word_at(text, start), snap(text, start, end) if start < end else None))
    if (sentence := sentence_at(text, start)) is not None:
        yield from _phrases(text, sentence, start, end)
    yield from (span for span in whole_quotation(text, start) if span.end > inside)
    yield from filter(None, (sentence, paragraph_at(text, start)))
    if text:
        yield Span(0, len(text))


def _phrases(text: str, sentence: Span, start: int, end: int) -> Iterator[Span]:
    """What stands between the pauses before and behind."""
    before = [match.end() for match in _PAUSE.finditer(text, sentence.start, start)]
    behind = _PAUSE.search(text, max(end, start), sentence.end)
    stretch = snap(text, before[-1] if before else sentence.start, behind.start() if behind else sentence.end)
    if stretch is not None:
        yield stretch
