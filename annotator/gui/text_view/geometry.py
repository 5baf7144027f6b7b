"""Where the marks of a line go: bands over the text, underlines and names in lanes below it.

All coordinates are pixels in the block that the line is in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from annotator.gui.text_view.lanes import MOST, first_fit
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.tags import PAD, Tags

LANE = 4.0  # from one underline to the next
STROKE = 2.0  # an underline's height
RAISE = 1.0  # that far into the line's descent the first underline stands
HEADROOM = 2.0  # between the top of a line and its bands
NAME_TOP = 1.0  # between the last underline and the names
NAME_GAP = 1.0  # between two names in one row, beside their own padding

Extent = tuple[float, float]


@dataclass(slots=True)
class Part:
    """The part of a mark's fragment that stands in one block, in UTF-16 offsets of it."""

    mark: Mark
    start: int
    end: int
    begins: bool  # the fragment begins here, not in an earlier block
    first: bool  # it is the first fragment of its mark


@dataclass(slots=True)
class Strip:
    """One rectangle of a mark: the band behind the text and the underline below."""

    mark: Mark
    band: QRectF
    underline: QRectF


@dataclass(slots=True)
class NamePlace:
    """Where a mark's name stands; `again` where a later fragment repeats it."""

    mark: Mark
    area: QRectF
    again: bool


class Unnamed(NamedTuple):
    """The sign for marks whose names found no room: how many, and where it stands."""

    sign: str
    area: QRectF


@dataclass(slots=True)
class MarkedLine:
    """What is drawn on and under one line, outer marks before inner ones."""

    strips: list[Strip] = field(default_factory=list)
    links: list[tuple[Mark, QRectF]] = field(default_factory=list)
    names: list[NamePlace] = field(default_factory=list)
    unnamed: Unnamed | None = None
    bottom: float = 0.0


@dataclass(slots=True)
class _Row:
    """A mark in one line."""

    mark: Mark
    runs: list[Extent]
    named: bool
    again: bool

    def extent(self) -> Extent:
        return self.runs[0][0], self.runs[-1][1]


@dataclass(frozen=True, slots=True)
class Sides:
    """How the names of a block are set: within `left` and `right`, from the right where `reversed`."""

    left: float
    right: float
    reversed: bool
    bidirectional: bool


def room_for_one(tags: Tags) -> float:
    """The height below a line that one underline and one row of names take."""
    return STROKE - RAISE + NAME_TOP + tags.height


def parts_by_line(starts: Sequence[int], end: int, parts: Sequence[Part]) -> dict[int, list[Part]]:
    """`parts` cut at the ends of lines, under the number of their line. `starts` are the lines' first offsets."""
    lines: dict[int, list[Part]] = {}
    for part in parts:
        number = max(0, bisect_right(starts, part.start) - 1)
        while number < len(starts) and starts[number] < part.end:
            stop = starts[number + 1] if number + 1 < len(starts) else end
            start = max(part.start, starts[number])
            begins = part.begins and start == part.start
            lines.setdefault(number, []).append(Part(part.mark, start, min(part.end, stop), begins, part.first))
            number += 1
    return lines


def mark_line(line: QTextLine, parts: Sequence[Part], bottom: float, sides: Sides, tags: Tags) -> MarkedLine:
    """The marks of a line whose text ends, below, at `bottom`."""
    rows = _rows(line, parts, sides.bidirectional)
    rows.sort(key=_innermost_first)
    lanes = [min(lane, MOST - 1) for lane in first_fit([row.extent() for row in rows], 1.0)]
    marked = MarkedLine()
    top, bottom = line.y() + HEADROOM, bottom - RAISE
    for row, lane in sorted(zip(rows, lanes, strict=True), key=lambda pair: -pair[1]):
        _add_strips(marked, row, top, bottom + LANE * lane)
    _add_names(marked, rows, bottom + LANE * max(lanes, default=0) + STROKE + NAME_TOP, sides, tags)
    return marked


def _rows(line: QTextLine, parts: Sequence[Part], bidirectional: bool) -> list[_Row]:
    rows: dict[str, _Row] = {}
    for part in parts:
        runs = extents(line, part.start, part.end, bidirectional)
        if not runs:
            continue
        row = rows.get(part.mark.id)
        if row is None:
            rows[part.mark.id] = _Row(part.mark, runs, part.begins, part.begins and not part.first)
        else:
            row.runs = _joined([*row.runs, *runs])
            if part.begins and part.first:
                row.named, row.again = True, False
    return list(rows.values())


def _innermost_first(row: _Row) -> tuple[float, int]:
    left, right = row.extent()
    return right - left, row.mark.length()


def extents(line: QTextLine, start: int, end: int, bidirectional: bool) -> list[Extent]:
    """The stretches of the line that the characters take, from left to right; several where directions mix.

    `start` and `end` are UTF-16 offsets in the block. White space at the end of the line takes no room.
    """
    if bidirectional:
        boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
        runs = _joined([(box.left(), box.right()) for box in boxes])
    else:
        runs = [(_x(line, start), _x(line, end))]
    text = line.naturalTextRect()
    clipped = ((max(left, text.left()), min(right, text.right())) for left, right in runs)
    return [(left, right) for left, right in clipped if right > left]


def _x(line: QTextLine, offset: int) -> float:
    found = cast("float | tuple[float, int]", line.cursorToX(offset))
    return found[0] if isinstance(found, tuple) else found


def _joined(runs: list[Extent]) -> list[Extent]:
    """The runs in order, those that touch made one."""
    joined: list[Extent] = []
    for left, right in sorted(runs):
        if joined and left <= joined[-1][1] + 1.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _add_strips(marked: MarkedLine, row: _Row, top: float, underline: float) -> None:
    for left, right in row.runs:
        left, right = round(left), max(round(right), round(left) + 1)  # whole pixels, or the edges blur
        width = right - left
        band = QRectF(left, top, width, underline - top)
        marked.strips.append(Strip(row.mark, band, QRectF(left, underline, width, STROKE)))
    for before, behind in pairwise(row.runs):
        left, right = round(before[1]), round(behind[0])
        marked.links.append((row.mark, QRectF(left, underline, right - left, 1.0)))
    marked.bottom = max(marked.bottom, underline + STROKE)


def _add_names(marked: MarkedLine, rows: list[_Row], top: float, sides: Sides, tags: Tags) -> None:
    named = [row for row in rows if row.named and row.mark.name]
    places = [_name_extent(row, sides, tags) for row in named]
    numbers = first_fit(places, NAME_GAP)
    for row, place, number in zip(named, places, numbers, strict=True):
        if number < MOST:
            area = QRectF(place[0], top + number * tags.height, place[1] - place[0], tags.height)
            marked.names.append(NamePlace(row.mark, area, row.again))
            marked.bottom = max(marked.bottom, area.bottom())
    if without := [place for place, number in zip(places, numbers, strict=True) if number == MOST]:
        sign = f"+{len(without)}"
        area = QRectF(without[0][0], marked.bottom, tags.width(sign, False), tags.height)
        marked.unnamed = Unnamed(sign, area)
        marked.bottom = area.bottom()


def _name_extent(row: _Row, sides: Sides, tags: Tags) -> Extent:
    """From where to where a name stands: under the start of its mark, and inside the column."""
    width = tags.width(row.mark.name, row.again)
    left, right = row.extent()
    start = right - width + PAD if sides.reversed else left - PAD
    start = float(round(max(sides.left, min(start, sides.right - width))))
    return start, start + width
