"""An answer in words: a line that grows as more is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute
from annotator.gui.panels.fields.base import Field, Shown, Surroundings
from annotator.gui.texts import tr

LINES = 6  # that are seen at once
EDGES = 12  # pixels above and below them


class TextField(Field):
    """Shift+Enter begins a new line; Enter goes on to the next field."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.edit = GrowingEdit(self)
        self.edit.setPlaceholderText(tr("not coded"))
        self.edit.setAccessibleName(self.name)
        self.edit.installEventFilter(self)
        rows.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self._answer = ""

    def show_answer(self, shown: Shown) -> None:
        answer = "" if shown.answer is None else str(shown.answer)
        text = self.edit.toPlainText().strip()
        if answer != self._answer or text == self._answer:
            self._answer = answer
            if text != answer:
                self.edit.setPlainText(answer)

    def commit(self) -> bool:
        text = self.edit.toPlainText().strip()
        if text != self._answer:
            self._answer = text
            self.answered.emit(text or None)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)


class GrowingEdit(QPlainTextEdit):
    """As high as what stands in it, up to some lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().contentsChanged.connect(self._grow)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = min(LINES, max(1, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + EDGES
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape or (enter and not shift) or self._leaves(key, bool(shift)):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _leaves(self, key: int, shift: bool) -> bool:
        """Whether an arrow leads out of it, there being no further line in its direction."""
        ways = {Qt.Key.Key_Up: QTextCursor.MoveOperation.Up, Qt.Key.Key_Down: QTextCursor.MoveOperation.Down}
        way = ways.get(Qt.Key(key))
        return way is not None and not shift and not self.textCursor().movePosition(way)
