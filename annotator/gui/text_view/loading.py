"""Bringing a long text into the view a slice at a time, so that its beginning is there at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from annotator.gui.text_view.layout import ReadingLayout
from annotator.gui.text_view.marks import Mark, PieceRange

FIRST = 32_000  # code points shown at once
SLICE = 64_000  # code points at a time after that
FIRST_MARKS = 16_000  # marks that begin before this code point are there from the first picture on
MARKS = 2_000  # marks at a time after that
UNSEEN = 40  # milliseconds after which a view that nobody looks at loads the rest


class Loading(QObject):
    """Fills a document with the pieces of its layout's sheet, and the sheet with its marks."""

    marked = Signal(object)  # list of PieceRange: marks were added there
    finished = Signal()

    def __init__(self, layout: ReadingLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._layout = layout
        self._blocks = 0
        self._waiting: list[Mark] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)
        self._finished = True

    def begin(self, marks: Sequence[Mark]) -> str:
        """Start over with the sheet's pieces and these marks; the first slice, which is the caller's to show."""
        self._timer.stop()
        sheet = self._layout.sheet
        self._blocks, self._finished = self._end_of_slice(0, FIRST), False
        if sheet.pieces.starts[-1] < FIRST_MARKS:
            sheet.marks.add(marks)
            self._waiting = []
        else:
            sheet.marks.add(mark for mark in marks if mark.fragments[0].start < FIRST_MARKS)
            self._waiting = [mark for mark in marks if mark.fragments[0].start >= FIRST_MARKS]
        self._timer.start(UNSEEN)
        return sheet.pieces.shown(0, self._blocks)

    def shown(self) -> None:
        """The first slice is in the document."""
        self._prepare(0, self._blocks)

    def painted(self) -> None:
        """The view has drawn itself: go on."""
        if not self._finished:
            self._timer.start(0)

    def load_block(self, number: int) -> None:
        """Have block `number` in the document now."""
        while self._blocks <= number and self._blocks < len(self._layout.sheet.pieces):
            self._load_slice()

    def load_marks(self) -> None:
        """Have all marks in the sheet now."""
        if self._waiting:
            self._load_marks(len(self._waiting))

    def load_all(self) -> None:
        """Have everything now."""
        self.load_block(len(self._layout.sheet.pieces))
        self.load_marks()
        self._finish()

    def estimate(self) -> None:
        """Tell the document about how many lines each block has, so that its scroll bar is about right."""
        self._prepare(0, self._blocks)
        self._layout.tell_size_soon()

    def _step(self) -> None:
        if self._waiting and self._blocks >= len(self._layout.sheet.pieces):
            self._load_marks(MARKS)
        elif self._blocks < len(self._layout.sheet.pieces):
            self._load_slice()
        else:
            self._finish()
            return
        self._timer.start(0)

    def _finish(self) -> None:
        self._timer.stop()
        if not self._finished:
            self._finished = True
            self.finished.emit()

    def _load_slice(self) -> None:
        first, pieces = self._blocks, self._layout.sheet.pieces
        last = self._end_of_slice(first, SLICE)
        cursor = QTextCursor(self._layout.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._blocks = last
        cursor.insertText("\n" + pieces.shown(first, last))
        self._prepare(first, last)

    def _load_marks(self, count: int) -> None:
        now, self._waiting = self._waiting[:count], self._waiting[count:]
        touched: list[PieceRange] = self._layout.sheet.marks.add(now)
        self.marked.emit(touched)

    def _end_of_slice(self, first: int, size: int) -> int:
        starts = self._layout.sheet.pieces.starts
        return max(first + 1, bisect_left(starts, starts[first] + size))

    def _prepare(self, first: int, last: int) -> None:
        """Hide the blank lines behind a blank line, and guess the other blocks' lines until they are laid out."""
        pieces, layout = self._layout.sheet.pieces, self._layout
        block = layout.document().findBlockByNumber(first)
        for number in range(first, last):
            if pieces.collapsed(number):
                block.setVisible(False)
                block.setLineCount(0)
            elif (lines := layout.estimated_lines(number)) > 1 and not layout.is_laid(number):
                block.setLineCount(lines)
            block = block.next()
