"""Words that stand out without being marked: what was found, and words to look out for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLine
from PySide6.QtWidgets import QWidget

from annotator.core.span import Span
from annotator.gui.text_view.geometry import extents
from annotator.gui.text_view.overlays import EmptyOverlay
from annotator.gui.text_view.pieces import Pieces
from annotator.gui.text_view.places import Visible
from annotator.gui.text_view.view import TextView
from annotator.gui.theme import label_color

AROUND = 3  # pixels that the frame of a place stands out over its line


@dataclass(slots=True)
class Group:
    """Places of one kind, in order: `boxed` in a frame, as found words are, else with dots above and below."""

    spans: list[Span]
    color: str
    boxed: bool
    pieces: Pieces  # of the text that the places are in
    starts: list[int] = field(default_factory=list)
    current: Span | None = None  # one that is framed more strongly


class HighlightOverlay(EmptyOverlay):
    """Draws groups of places, looking only at those that can be seen. Where another text is shown, it draws none."""

    def __init__(self, view: TextView) -> None:
        self._view = view
        self._groups: dict[str, Group] = {}

    @property
    def viewport(self) -> QWidget:
        """What it draws on."""
        return self._view.viewport()

    def set_group(self, name: str, spans: Iterable[Span], color: str, *, boxed: bool) -> None:
        """Draw these places, which are in order and apart, in place of those of that name. `color` is `#rrggbb`."""
        self._groups[name] = Group([], color, boxed, self._view.sheet.pieces)
        self.extend_group(name, spans)
        self._view.viewport().update()

    def extend_group(self, name: str, spans: Iterable[Span]) -> None:
        """Draw these places too, which stand behind those of the group; none where it was cleared."""
        group, new = self._groups.get(name), list(spans)
        if group is None:
            return
        group.spans += new
        group.starts += (span.start for span in new)
        if new:
            self._view.viewport().update()

    def set_current(self, name: str, span: Span | None) -> None:
        """Let one place of a group stand out."""
        if name in self._groups:
            self._groups[name].current = span
            self._view.viewport().update()

    def clear(self, name: str) -> None:
        """Draw that group no longer."""
        if self._groups.pop(name, None) is not None:
            self._view.viewport().update()

    def at(self, point: QPointF) -> list[tuple[str, Span]]:
        """The groups that have a place at a point of the viewport, in pixels, and the place."""
        area = QRect(point.toPoint(), QSize(1, 1))
        visible = self._view.visible()
        return [
            (name, span)
            for name, group in self._groups.items()
            for span, areas in self._places(group, visible, area)
            if any(place.contains(point) for place in areas)
        ]

    def paint_below(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        for group in self._groups.values():
            color = label_color(group.color, self._view.theme)
            for span, areas in self._places(group, visible, area):
                for place in areas:
                    self._paint(painter, place, color, group.boxed, span == group.current)

    def _paint(self, painter: QPainter, place: QRectF, color: QColor, boxed: bool, current: bool) -> None:
        if not boxed:
            painter.setPen(_dots(color))
            for y in (place.top() + 1.5, place.bottom() - 1.5):
                painter.drawLine(QPointF(place.left() + 1, y), QPointF(place.right() - 1, y))
            return
        ground = QColor(color)
        ground.setAlphaF(0.2)  # the current one is selected as a rule, which has a ground of its own
        painter.setBrush(ground)
        painter.setPen(QPen(color, 2.2 if current else 1.0))
        painter.drawRoundedRect(place.adjusted(-1.5, 0.5, 1.5, -0.5), 3.0, 3.0)

    def _places(
        self, group: Group, visible: Sequence[Visible], area: QRect | None = None
    ) -> Iterator[tuple[Span, list[QRectF]]]:
        """What of a group stands in the lines that can be seen, or in those of an area, line by line."""
        pieces = self._view.sheet.pieces
        if group.pieces is not pieces:
            return
        area = self._view.viewport().rect() if area is None else area
        for block in visible:
            number = block.block.blockNumber()
            if _within(group, pieces.starts[number], pieces.ends[number]):
                mixed = pieces.bidirectional(number)
                for line in _lines(block, area):
                    first, end = line.textStart(), line.textStart() + line.textLength()
                    for span in _within(group, pieces.to_position(number, first), pieces.to_position(number, end)):
                        start, stop = pieces.to_utf16(number, span.start), pieces.to_utf16(number, span.end)
                        runs = extents(line, max(first, start), min(end, stop), mixed)
                        top, height = block.top + line.y(), line.height()
                        yield span, [QRectF(left, top, right - left, height) for left, right in runs]


def _dots(color: QColor) -> QPen:
    """Round dots, smaller and further apart than the dashes under a suggested mark."""
    pen = QPen(color, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.4])  # in widths of the pen
    return pen


def _within(group: Group, start: int, end: int) -> list[Span]:
    """The places of a group that have something between two code points."""
    first = max(0, bisect_right(group.starts, start) - 1)
    last = bisect_left(group.starts, end)
    return [span for span in group.spans[first:last] if span.end > start]


def _lines(block: Visible, area: QRect) -> Iterator[QTextLine]:
    """The lines of a block that an area of the viewport touches, with what is drawn around them."""
    layout = block.block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        top = block.top + line.y()
        if top > area.bottom() + AROUND:
            break
        if top + line.height() >= area.top() - AROUND:
            yield line
