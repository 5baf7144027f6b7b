"""A short list whose rows may be opened, moved and taken off: the attributes of a label, the questions of the form."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.core.scheme import Attribute
from annotator.gui.dialogs.scheme.fields import KEY, ROW
from annotator.gui.dialogs.scheme.kinds import kind_words
from annotator.gui.texts import tr


class OrderedList(QListWidget):
    """Rows of a key and words. Enter opens one, Alt or Ctrl with an arrow moves it, Del takes it off."""

    opened = Signal(str)
    moved = Signal(str, int)
    taken_off = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setObjectName("boxed")
        self._rows: list[tuple[str, str]] = []
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(KEY)))

    def show_rows(self, rows: Iterable[tuple[str, str]], highest: int) -> None:
        """Show these, the current one staying so, in a list of at most `highest` rows' height."""
        wanted = list(rows)
        if wanted != self._rows:
            key, place = self.key(), self.currentRow()
            self._rows = wanted
            self.clear()
            for each, words in wanted:
                item = QListWidgetItem(words, self)
                item.setData(KEY, each)
                item.setSizeHint(QSize(0, ROW))
            keys = [each for each, _ in wanted]
            self.setCurrentRow(keys.index(key) if key in keys else min(place, len(keys) - 1))
        self.setFixedHeight(ROW * max(1, min(len(wanted), highest)) + 6)

    def key(self) -> str:
        """The key of the current row; empty where there is none."""
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def move_current(self, by: int) -> None:
        """Let the current row be moved."""
        if self.key():
            self.moved.emit(self.key(), by)

    def take_off_current(self) -> None:
        """Let the current row be taken off."""
        if self.key():
            self.taken_off.emit(self.key())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _moves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _moves(event):
            self.move_current(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key():
            self.opened.emit(self.key())
        elif event.key() == Qt.Key.Key_Delete:
            self.take_off_current()
        else:
            super().keyPressEvent(event)


def _moves(event: QKeyEvent) -> bool:
    held = event.modifiers() in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier)
    return held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)


def attribute_words(attribute: Attribute) -> str:
    """An attribute on one line: its name, its kind, how many values, and what else is to be known."""
    parts = [kind_words(attribute.kind)]
    parts += [tr("{count} values", count=len(attribute.values))] if attribute.values else []
    parts += [tr("several")] if attribute.several else []
    parts += [tr("required")] if attribute.required else []
    parts += [tr("not in use")] if attribute.optional else []
    return f"{attribute.shown} — {tr(', ').join(parts)}"
