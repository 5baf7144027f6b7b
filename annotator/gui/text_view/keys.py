"""What the keyboard does to the article: moving the caret, selecting; everything else is told to others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from annotator.core.words import next_word_end, previous_word_start
from annotator.gui.text_view.caret import Caret
from annotator.gui.text_view.layout import Sheet
from annotator.gui.text_view.loading import Loading

_Key = QKeySequence.StandardKey
_WORD_KEYS = (
    (_Key.MoveToNextWord, 1, False),
    (_Key.SelectNextWord, 1, True),
    (_Key.MoveToPreviousWord, -1, False),
    (_Key.SelectPreviousWord, -1, True),
)
_END_KEYS = (_Key.SelectAll, _Key.MoveToEndOfDocument, _Key.SelectEndOfDocument)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Keys:
    """The keyboard of one view. Qt's own handling is called from here."""

    def __init__(self, view: QPlainTextEdit, sheet: Sheet, caret: Caret, loading: Loading) -> None:
        self._view, self._sheet, self._caret, self._loading = view, sheet, caret, loading

    def press(self, event: QKeyEvent) -> None:
        """Move the caret or select, if that is what the key means."""
        if any(event.matches(key) for key in _END_KEYS):
            self._loading.load_all()
        if not self._move_by_word(event):
            self._move(event)

    def _move_by_word(self, event: QKeyEvent) -> bool:
        """Move the caret over a word; whether the key meant that."""
        for key, direction, keep in _WORD_KEYS:
            if event.matches(key):
                forward = (direction > 0) != self._caret.right_to_left  # the arrow points where the eye goes
                jump = next_word_end if forward else previous_word_start
                goal = jump(self._sheet.pieces.text, self._caret.position)
                self._caret.select(self._caret.anchor if keep else goal, goal)
                return True
        return False

    def _move(self, event: QKeyEvent) -> None:
        """Let Qt do it, and again where the caret came to stand where there is nothing to be seen."""
        before, place = self._view.textCursor().position(), self._caret.position
        QPlainTextEdit.keyPressEvent(self._view, event)
        for _ in range(len(self._sheet.pieces)):
            after = self._view.textCursor().position()
            if after == before or (self._caret.seen and self._caret.position != place):
                return
            before = after
            QPlainTextEdit.keyPressEvent(self._view, event)


def typed(event: QKeyEvent) -> str:
    """The character that a key means; "" for keys of another kind, and for the space, which turns the page."""
    text = event.text()
    return text if text != " " and text.isprintable() and not event.modifiers() & _COMMANDS else ""
