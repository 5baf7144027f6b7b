"""A text cut where a mark, a line or a zone begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.core.annotation import Zone
from annotator.exporters.page.told import ToldMark

_FEEDS = re.compile("\n+")
HEADLINE = "HEADLINE"


class Segment(NamedTuple):
    """A stretch of text that the same marks cover."""

    start: int
    end: int
    marks: tuple[ToldMark, ...]  # those in the lowest lanes last
    ending: tuple[ToldMark, ...]  # those of which a piece ends here


class Paragraph(NamedTuple):
    """A line of the article, with the line feeds behind it."""

    zone: str  # what its beginning is; empty where that is not known
    words: tuple[Segment, ...]
    feeds: tuple[Segment, ...]


def paragraphs(text: str, marks: Sequence[ToldMark], zones: Sequence[Zone]) -> Iterator[Paragraph]:
    """The whole text, line by line."""
    cutting = _Cutting(marks)
    begun = 0
    for feeds in _FEEDS.finditer(text):
        words = tuple(cutting.segments(begun, feeds.start()))
        yield Paragraph(_zone_at(zones, begun), words, tuple(cutting.segments(feeds.start(), feeds.end())))
        begun = feeds.end()
    if begun < len(text):
        yield Paragraph(_zone_at(zones, begun), tuple(cutting.segments(begun, len(text))), ())


class _Cutting:
    """Goes through a text once, and knows which marks are open."""

    def __init__(self, marks: Sequence[ToldMark]) -> None:
        self._waiting = sorted(((piece.start, piece.end, mark) for mark in marks for piece in mark.fragments),
                               key=lambda piece: piece[:2], reverse=True)  # fmt: skip
        self._open: list[tuple[int, ToldMark]] = []
        self._bounds = sorted({bound for start, end, _ in self._waiting for bound in (start, end)}, reverse=True)

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """The segments of a stretch; stretches are asked for in order."""
        while start < end:
            while self._bounds and self._bounds[-1] <= start:
                self._bounds.pop()
            stop = min(end, self._bounds[-1]) if self._bounds else end
            while self._waiting and self._waiting[-1][0] <= start:
                _, last, mark = self._waiting.pop()
                self._open.append((last, mark))
            covering = tuple(sorted((mark for _, mark in self._open), key=lambda mark: -mark.lane))
            ending = tuple(mark for last, mark in self._open if last == stop)
            yield Segment(start, stop, covering, tuple(sorted(ending, key=lambda mark: mark.lane)))
            self._open = [(last, mark) for last, mark in self._open if last > stop]
            start = stop


def _zone_at(zones: Sequence[Zone], position: int) -> str:
    """The zone that a position is in; of several, the one that starts last."""
    inside = [zone for zone in zones if zone.span.start <= position < zone.span.end]
    return max(inside, key=lambda zone: zone.span.start).label if inside else ""
