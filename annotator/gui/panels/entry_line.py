"""A line that names an entry of the registry, with a list of those that fit below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.gui.panels.filtered_list import ROW, ChoiceRows
from annotator.gui.panels.row_table import RowTable
from annotator.gui.registry_choices import EntryChoices
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import DARK, LIGHT, Theme

WIDEST, NARROWEST = 460, 300  # pixels of the list
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryLine(QLineEdit):
    """A line with a list of entries below it while it has the keyboard and something to offer."""

    taken = Signal(object)  # the value of a choice
    cleared = Signal()

    def __init__(self, choices: EntryChoices, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = ""  # the name of the entry that is chosen
        self._list: EntryList | None = None
        self.setPlaceholderText(tr("not coded"))
        self.setAccessibleName(name)
        self.textEdited.connect(self._on_edited)
        choices.registry.changed.connect(self._look_again)

    def show_chosen(self, name: str, entry: RegistryEntry | None) -> None:
        """Show which entry is chosen."""
        if self.text() == self._shown:
            self.setText(name)
            self.setCursorPosition(0)
        self._shown = name
        set_tip(self, "\n".join(filter(None, (name, entry.note if entry else ""))))

    # The list

    @property
    def open(self) -> bool:
        """Whether the list is to be seen."""
        return self._list is not None and self._list.isVisible()

    def _on_edited(self, text: str) -> None:
        if self._shown and not text:
            self._clear()
        else:
            self.narrow()

    def narrow(self) -> None:
        """Show the list with what fits what stands in the line."""
        typed = self.text()
        self._choices.narrow(typed)
        if not self._choices.rowCount():
            self._close()
            return
        if self._list is None:
            self._list = EntryList(self._choices, self)
            self._list.picked.connect(self._take_row)
        first = 0 if typed.strip() or self._choices.suggested else -1
        self._list.show_below(self, first)
        self._describe()

    def _look_again(self) -> None:
        if self.open and self.hasFocus():
            self.narrow()

    def _describe(self) -> None:
        """Let a screen reader know the row that Enter takes."""
        row = self._list.row() if self._list is not None and self.open else -1
        choice = self._choices.choice(row)
        self.setAccessibleDescription(", ".join(filter(None, (choice.text, choice.beside))) if choice else "")

    def _take_row(self, row: int) -> None:
        choice = self._choices.choice(row)
        if choice is not None:
            self._close()
            self.taken.emit(choice.value)

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
        self.setAccessibleDescription("")

    # Keys

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride and (self.open or self.text() != self._shown)
        if wanted and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # or the window lets go of the mark
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in _ENTER and self.open and self._list is not None and self._list.row() >= 0:
            self._take_row(self._list.row())
        elif key == Qt.Key.Key_Escape and (self.open or self.text() != self._shown):
            self._give_up()
        elif key == Qt.Key.Key_Backspace and self._clears():
            self._clear()
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        if not self.open:
            self.narrow()
        elif self._list is not None:
            self._list.move_by(by)
            self._describe()

    def _give_up(self) -> None:
        """Close the list first; then let what was typed go."""
        if self.open:
            self._close()
        else:
            self.setText(self._shown)

    def _clears(self) -> bool:
        """Whether Backspace takes the answer away: where nothing was typed, or all of the name is selected."""
        if not self.text():
            return not self._shown
        return self.text() == self._shown and self.selectedText() == self._shown

    def _clear(self) -> None:
        self._close()
        self._shown = ""
        self.clear()
        self.cleared.emit()

    # Focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        if not self._shown and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.narrow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()
        if self.text() != self._shown:
            self.setText(self._shown)  # what was typed and not taken is no answer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._shown and not self.open:
            self.narrow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close()


class EntryList(QFrame):
    """The list below a line, in the same window: it never takes the keyboard."""

    picked = Signal(int)

    def __init__(self, choices: EntryChoices, line: EntryLine) -> None:
        super().__init__(line.window())
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._choices = choices
        self._table = RowTable(ROW, tr("Registry entries"), self)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setModel(choices)
        self._table.setItemDelegate(ChoiceRows(theme_of(line), self))
        self._table.clicked.connect(lambda index: self.picked.emit(index.row()))
        self._about = plain_label("", self)
        self._about.setObjectName("faint")
        self._about.setContentsMargins(12, 2, 12, 4)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(5, 5, 5, 5)
        rows.setSpacing(0)
        rows.addWidget(self._table)
        rows.addWidget(self._about)
        self._table.selectionModel().currentRowChanged.connect(self._on_current)
        line.destroyed.connect(self.deleteLater)

    def show_below(self, line: QWidget, row: int) -> None:
        """Show the rows there are below `line`, or above where there is no room, that `row` being current."""
        self._table.setFixedHeight(ROW * self._choices.rowCount())
        if row >= 0:
            self._table.selectRow(row)
        else:
            self._table.clearSelection()
            self._table.setCurrentIndex(QModelIndex())
        self._say_about(row)
        self._place(line)
        self.show()
        self.raise_()
        QTimer.singleShot(0, line, lambda: self._place(line))  # a form that was just made has no places yet

    def _place(self, line: QWidget) -> None:
        window = line.window()
        self._rows.activate()
        width = min(max(line.width(), NARROWEST), WIDEST, window.width() - 8)
        self.resize(width, self._rows.sizeHint().height())
        corner = line.mapTo(window, QPoint(0, line.height() + 2))
        if line.layoutDirection() == Qt.LayoutDirection.RightToLeft or corner.x() + width > window.width() - 4:
            corner.setX(corner.x() + line.width() - width)
        corner.setX(max(4, min(corner.x(), window.width() - width - 4)))
        if corner.y() + self.height() > window.height() - 4:
            corner.setY(max(4, corner.y() - line.height() - 4 - self.height()))
        self.move(corner)

    def row(self) -> int:
        """The row that Enter takes; -1 for none."""
        return self._table.currentIndex().row()

    def move_by(self, by: int) -> None:
        """Make a row further down or up current."""
        count = self._choices.rowCount()
        row = self.row()
        step = (row + by) % count if abs(by) == 1 and row >= 0 else max(0, min(row + by, count - 1))
        self._table.selectRow(count - 1 if row < 0 and by < 0 else step)

    def _on_current(self, index: QModelIndex) -> None:
        self._say_about(index.row())

    def _say_about(self, row: int) -> None:
        choice = self._choices.choice(row)
        about = " ".join(choice.about.split()) if choice else ""
        metrics, room = self._about.fontMetrics(), NARROWEST - 34
        self._about.setText(metrics.elidedText(about, Qt.TextElideMode.ElideRight, room))
        self._about.setVisible(any(self._has_about(place) for place in range(self._choices.rowCount())))

    def _has_about(self, row: int) -> bool:
        choice = self._choices.choice(row)
        return bool(choice and choice.about)


def theme_of(widget: QWidget) -> Theme:
    """Light or dark, as the widget is drawn."""
    return DARK if widget.palette().window().color().lightnessF() < 0.5 else LIGHT
