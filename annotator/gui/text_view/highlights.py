"""Words that stand out without being marked: what was found, and words to look out for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.span import Span
from annotator.gui.text_view.geometry import extents
from annotator.gui.text_view.overlays import EmptyOverlay
from annotator.gui.text_view.places import Visible
from annotator.gui.text_view.view import TextView
from annotator.gui.theme import label_color


@dataclass(slots=True)
class Group:
    """Places of one kind, in order: `boxed` in a frame, as found words are, else with dots above and below."""

    spans: Sequence[Span]
    color: str
    boxed: bool
    starts: list[int] = field(default_factory=list)
    current: Span | None = None  # one that is framed more strongly


class HighlightOverlay(EmptyOverlay):
    """Draws groups of places, looking only at those that can be seen."""

    def __init__(self, view: TextView) -> None:
        self._view = view
        self._groups: dict[str, Group] = {}

    def set_group(self, name: str, spans: Sequence[Span], color: str, *, boxed: bool) -> None:
        """Draw these places, which are in order and apart, in place of those of that name. `color` is `#rrggbb`."""
        self._groups[name] = Group(spans, color, boxed, [span.start for span in spans])
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

    def paint_below(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        for group in self._groups.values():
            color = label_color(group.color, self._view.theme)
            for span, areas in self._places(group, visible):
                for place in areas:
                    self._paint(painter, place, color, group.boxed, span == group.current)

    def _paint(self, painter: QPainter, place: QRectF, color: QColor, boxed: bool, current: bool) -> None:
        if not boxed:
            pen = QPen(color, 2.0, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for y in (place.top() + 1, place.bottom() - 1):
                painter.drawLine(QPointF(place.left() + 1, y), QPointF(place.right() - 1, y))
            return
        ground = QColor(color)
        ground.setAlphaF(0.45 if current else 0.2)
        painter.setBrush(ground)
        painter.setPen(QPen(color, 2.0 if current else 1.0))
        painter.drawRoundedRect(place.adjusted(-1.5, 0.5, 1.5, -0.5), 3.0, 3.0)

    def _places(self, group: Group, visible: Sequence[Visible]) -> Iterator[tuple[Span, list[QRectF]]]:
        pieces = self._view.sheet.pieces
        for block in visible:
            number = block.block.blockNumber()
            start, end = pieces.starts[number], pieces.ends[number]
            first = max(0, bisect_left(group.starts, start) - 1)
            for span in group.spans[first : bisect_left(group.starts, end)]:
                if span.end > start and span.start < end:
                    yield span, self._areas(block, number, span)

    def _areas(self, block: Visible, number: int, span: Span) -> list[QRectF]:
        pieces, layout = self._view.sheet.pieces, block.block.layout()
        first, last = pieces.to_utf16(number, span.start), pieces.to_utf16(number, span.end)
        mixed = pieces.bidirectional(number)
        areas = []
        for line in (layout.lineAt(n) for n in range(layout.lineCount())):
            start, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
            if start < end:
                top, height = block.top + line.y(), line.height()
                areas += [QRectF(a, top, b - a, height) for a, b in extents(line, start, end, mixed)]
        return areas
