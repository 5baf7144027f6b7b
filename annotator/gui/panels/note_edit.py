"""A field for a note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.gui.texts import tr


class NoteEdit(QPlainTextEdit):
    """A note: given to `write` when the keyboard leaves it."""

    escaped = Signal()

    def __init__(self, note: str, write: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(note, parent)
        self.setObjectName("note")
        self.setPlaceholderText(tr("add a note…"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(58)
        self._write = write
        self._written = note
        self.installEventFilter(self)

    def show_note(self, note: str, write: Callable[[str], None]) -> None:
        """Hold another note; what stands here is given away first."""
        self.commit()
        self._write, self._written = write, note
        if self.toPlainText() != note:
            self.setPlainText(note)

    def commit(self) -> None:
        """Write the note, if it is not as it was."""
        note = self.toPlainText()
        if note != self._written:
            self._written = note
            self._write(note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        elif escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # here it leaves the note, not the mark
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.escaped.emit()
            return True
        return super().eventFilter(watched, event)
