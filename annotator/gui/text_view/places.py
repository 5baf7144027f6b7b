"""Where positions, lines and marks are on the screen, and what is at a point of it.

Points and heights are pixels of the viewport; positions are code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent, QTextBlock, QTextLine
from PySide6.QtWidgets import QPlainTextEdit

from annotator.core.span import Span
from annotator.gui.text_view.layout import LaidPiece, ReadingLayout
from annotator.gui.text_view.loading import Loading
from annotator.gui.text_view.marks import innermost_first


@dataclass(frozen=True, slots=True)
class Visible:
    """A block of which something can be seen, and where its top is."""

    block: QTextBlock
    laid: LaidPiece
    top: float


class Places:
    """The places of one view."""

    def __init__(self, view: QPlainTextEdit, layout: ReadingLayout, loading: Loading) -> None:
        self._view, self._layout, self._loading = view, layout, loading

    def visible(self) -> Iterator[Visible]:
        """The blocks on the screen, from the top."""
        block, top = self._view.firstVisibleBlock(), self._view.contentOffset().y()
        bottom = self._view.viewport().height()
        while block.isValid() and top < bottom:
            if block.isVisible():
                laid = self._layout.laid(block)
                yield Visible(block, laid, top)
                top += laid.rect.height()
            block = block.next()

    def position_at(self, point: QPointF) -> int:
        """The code point nearest to a point."""
        pieces = self._layout.sheet.pieces
        found = self._line_at(point)
        if found is None:
            return len(pieces.text)
        visible, line = found
        number = visible.block.blockNumber()
        mixed = pieces.bidirectional(number)
        offset = _nearest_gap(visible.block, line, point.x()) if mixed else line.xToCursor(point.x())
        return pieces.to_position(number, offset)

    def marks_at(self, point: QPointF) -> list[str]:
        """The mark whose name or underline a point is on, else those of the text there, the innermost first."""
        for visible in self.visible():
            local = QPointF(point.x(), point.y() - visible.top)
            if 0 <= local.y() < visible.laid.rect.height():
                return _hits(visible.laid, local)
        return []

    def on_line(self, event: QMouseEvent) -> QMouseEvent:
        """The event as if it were on the nearest line of text: between lines, Qt would take it for the line's end."""
        found = self._line_at(event.position())
        if found is None:
            return event
        visible, line = found
        half = min(line.height() / 2, max(0.0, visible.laid.rect.height() - line.y() - 1))
        moved = QPointF(event.position().x(), visible.top + line.y() + half)
        shift = moved - event.position()
        return QMouseEvent(
            event.type(), moved, event.scenePosition() + shift, event.globalPosition() + shift,
            event.button(), event.buttons(), event.modifiers(), event.pointingDevice(),
        )  # fmt: skip

    def first_position(self) -> int:
        """The code point that the topmost line on the screen begins with."""
        block = self._view.firstVisibleBlock()
        self._layout.laid(block)
        line = self._view.verticalScrollBar().value() - block.firstLineNumber()
        layout = block.layout()
        start = layout.lineAt(line).textStart() if 0 < line < layout.lineCount() else 0
        return self._layout.sheet.pieces.to_position(block.blockNumber(), start)

    def comfortable(self, span: Span) -> bool:
        """Whether `span` can be read without scrolling, and its names too."""
        top, bottom = self.line_top(span.start), self.line_top(span.end - 1)
        room = 1.5 * self._layout.sheet.faces.body.pitch
        return top is not None and bottom is not None and top >= 0 and bottom + room <= self._view.viewport().height()

    def line_top(self, position: int) -> float | None:
        """Where the line of a code point is; None if its block is not on the screen."""
        block, line = self._line_of(position)
        for visible in self.visible():
            if visible.block == block:
                return visible.top + block.layout().lineAt(line).y()
        return None

    def scroll_to(self, position: int, above: float = 0.0) -> None:
        """Bring the line of a code point to the top, but for lines of about `above` pixels over it."""
        block, line = self._line_of(position)
        y = block.layout().lineAt(line).y() - above
        while y < 0 and block.blockNumber() > 0:
            block = block.previous()
            y += self._layout.blockBoundingRect(block).height()
        layout = block.layout()
        line = next((n for n in range(layout.lineCount()) if layout.lineAt(n).y() >= y), layout.lineCount() - 1)
        self._layout.tell_size()  # the bar may not know yet how many lines there are
        self._view.verticalScrollBar().setValue(block.firstLineNumber() + line)

    def _line_of(self, position: int) -> tuple[QTextBlock, int]:
        """The block of a code point, and the number of its line in it."""
        number, offset = self._layout.sheet.pieces.to_block(position)
        self._loading.load_block(number)
        block = self._view.document().findBlockByNumber(number)
        while not block.isVisible():
            block, offset = block.previous(), 0
        self._layout.laid(block)
        line = block.layout().lineForTextPosition(offset)
        return block, max(0, line.lineNumber()) if line.isValid() else 0

    def _line_at(self, point: QPointF) -> tuple[Visible, QTextLine] | None:
        """The line of text nearest to a point, by height; None below the end of the article."""
        visible = None
        for visible in self.visible():
            if point.y() < visible.top + visible.laid.rect.height():
                return visible, _line_in(visible, point.y())
        if visible is None or not visible.block.next().isValid():
            return None
        return visible, _line_in(visible, self._view.viewport().height())


def _nearest_gap(block: QTextBlock, line: QTextLine, x: float) -> int:
    """The gap between two characters that is nearest to `x`, in a line of mixed directions.

    Where a stretch of the other direction begins, two gaps of the text are at one place of the line, and what Qt says
    of either half of the letter there is neither of them. Who points at a letter means one of the two beside it.
    """
    layout, here = block.layout(), line.textStart()
    while here < line.textStart() + line.textLength():
        following = max(here + 1, layout.nextCursorPosition(here))
        runs = line.glyphRuns(here, following - here)
        if runs and (box := runs[0].boundingRect()).left() <= x < box.right():
            return following if (x >= box.center().x()) != runs[0].isRightToLeft() else here
        here = following
    return line.xToCursor(x)


def _line_in(visible: Visible, y: float) -> QTextLine:
    layout = visible.block.layout()
    line = layout.lineAt(0)
    for number in range(1, layout.lineCount()):
        if layout.lineAt(number).y() > y - visible.top:
            break
        line = layout.lineAt(number)
    return line


def _hits(laid: LaidPiece, point: QPointF) -> list[str]:
    for line in laid.lines:
        named = [place.mark.id for place in line.names if place.area.contains(point)]
        lined = [strip.mark.id for strip in line.strips if strip.underline.adjusted(0, -1, 0, 1).contains(point)]
        if named or lined:
            return (named or lined)[:1]
    found = {strip.mark.id: strip.mark for line in laid.lines for strip in line.strips if strip.band.contains(point)}
    return [mark.id for mark in sorted(found.values(), key=innermost_first)]
