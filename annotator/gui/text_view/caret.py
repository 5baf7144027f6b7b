"""The caret and the selection, in code points."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from annotator.core.span import Span
from annotator.gui.text_view.layout import Sheet
from annotator.gui.text_view.loading import Loading


class Caret:
    """The text cursor of one view."""

    def __init__(self, view: QPlainTextEdit, sheet: Sheet, loading: Loading) -> None:
        self._view, self._sheet, self._loading = view, sheet, loading

    @property
    def position(self) -> int:
        """Where the caret stands."""
        return self._position(self._view.textCursor().position())

    @property
    def anchor(self) -> int:
        """The other end of the selection; where nothing is selected, the caret's own place."""
        return self._position(self._view.textCursor().anchor())

    @property
    def span(self) -> Span | None:
        """What is selected."""
        cursor = self._view.textCursor()
        start, end = self._position(cursor.selectionStart()), self._position(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    @property
    def seen(self) -> bool:
        """Whether the caret stands where it can be drawn, not in a blank line that is hidden."""
        return self._view.textCursor().block().isVisible()

    @property
    def right_to_left(self) -> bool:
        """Whether the paragraph of the caret runs right to left."""
        return self._sheet.pieces.right_to_left(self._view.textCursor().blockNumber())

    def select(self, anchor: int, position: int) -> None:
        """Select from `anchor` to `position`, where the caret goes."""
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(self._qt_position(anchor))
        cursor.setPosition(self._qt_position(position), QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)

    def _position(self, qt_position: int) -> int:
        block = self._view.document().findBlock(qt_position)
        return self._sheet.pieces.to_position(block.blockNumber(), qt_position - block.position())

    def _qt_position(self, position: int) -> int:
        number, offset = self._sheet.pieces.to_block(position)
        self._loading.load_block(number)
        return self._view.document().findBlockByNumber(number).position() + offset
