"""Fields of the scheme editor: each gives what was typed to a function, and shows the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label
from annotator.gui.theme import interface_font

Give = Callable[[str], str]  # takes what was typed; returns why it is refused, or nothing
KEY = Qt.ItemDataRole.UserRole
ROW = 24  # pixels of a line in a list


class _Line(QLineEdit):
    """Esc brings back what was there; an undo with nothing typed is the window's."""

    held = ""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape and self.text() != self.held:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.held:
            self.setText(self.held)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class TextField(QWidget):
    """A line, given away with Enter or when the keyboard leaves it. What is refused stays, with why below it."""

    def __init__(self, name: str, give: Give, parent: QWidget, *, longest: int = 200) -> None:
        super().__init__(parent)
        self.line = _Line(self)
        self.line.setAccessibleName(name)
        self.line.setMaxLength(longest)
        self.fault = fault_label(self)
        self._give = give
        self._refused: str | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addWidget(self.line)
        rows.addWidget(self.fault)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._finish)
        self.line.textChanged.connect(self._on_text)

    def hold(self, text: str, *, anew: bool = False) -> None:
        """Show what is there now; what is being typed stays, unless it is about something else (`anew`)."""
        typing = self.line.text() != self.line.held and not anew
        self.line.held = text
        if not typing and self.line.text() != text:
            self.line.setText(text)  # which also forgets what undo would bring back

    def _on_text(self, text: str) -> None:
        if text == self.line.held:
            self._say("")
        self._refused = None

    def _finish(self) -> None:
        text = self.line.text()
        if text == self.line.held or text == self._refused:
            return
        why = self._give(text)
        self._say(why)
        self._refused = text if why else None

    def _say(self, why: str) -> None:
        show_fault(self.fault, why)


class Page(QScrollArea):
    """One thing of the scheme with its fields. Built once; filled for each thing."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = ""
        self.first: QWidget | None = None  # where F2 leads
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = QWidget(self)
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(4, 0, 10, 8)
        self.rows.setSpacing(12)
        self.heading = plain_label("", self.body)
        font = interface_font(16)
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.setWordWrap(True)
        self.about = faint("", self.body)
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.heading, 1)
        self.rows.addLayout(self.top)
        self.rows.addWidget(self.about)
        self.setWidget(self.body)

    def show_key(self, key: str) -> None:
        """Show the thing with that id."""
        anew = key != self.key
        self.key = key
        self.fill(anew)
        if anew:
            self.verticalScrollBar().setValue(0)

    def fill(self, anew: bool) -> None:
        """Put what is there now into the fields; `anew` where it is another thing."""
        raise NotImplementedError

    def form(self) -> QFormLayout:
        """Rows of names and fields, added to the page."""
        made = QFormLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setHorizontalSpacing(14)
        made.setVerticalSpacing(9)
        made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows.addLayout(made)
        return made

    def rename(self) -> None:
        """Put the keyboard into the name."""
        if isinstance(self.first, TextField):
            self.first.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.first.line.selectAll()


class TickList(QListWidget):
    """Names to tick; tells which name was ticked or unticked by a person."""

    def __init__(self, name: str, ticked: Callable[[str, bool], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setObjectName("boxed")
        self._shown: list[tuple[str, str, bool]] = []
        self._ticked = ticked
        self.itemChanged.connect(self._on_item)

    def show_rows(self, rows: Iterable[tuple[str, str, bool]]) -> None:
        """Show rows of key, name and whether it is ticked; the current one stays so."""
        wanted = list(rows)
        if wanted == self._shown:
            return
        self._shown, place, scrolled = wanted, self.currentRow(), self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        self.clear()
        for key, name, ticked in wanted:
            item = QListWidgetItem(name, self)
            item.setData(KEY, key)
            item.setSizeHint(QSize(0, ROW))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.setCurrentRow(place)
        self.verticalScrollBar().setValue(scrolled)
        self.blockSignals(blocked)

    def _on_item(self, item: QListWidgetItem) -> None:
        place = self.row(item)
        on = item.checkState() == Qt.CheckState.Checked
        if self._shown[place][2] != on:
            self._shown[place] = (*self._shown[place][:2], on)
            self._ticked(item.data(KEY), on)


class Choice(QuietCombo):
    """A list of keys and words; gives the key that a person takes."""

    def __init__(self, name: str, taken: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumContentsLength(12)
        self._rows: list[tuple[str, str]] = []
        self.activated.connect(lambda place: taken(self.itemData(place)))

    def show_rows(self, rows: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer these, with the chosen one shown."""
        wanted = list(rows)
        if wanted != self._rows:
            self._rows = wanted
            self.clear()
            for key, name in wanted:
                self.addItem(name, key)
        self.setCurrentIndex(self.findData(chosen))


def tick(text: str, taken: Callable[[bool], None], parent: QWidget) -> QCheckBox:
    """A box to tick."""
    box = QCheckBox(text, parent)
    box.clicked.connect(lambda on: taken(on))
    return box


def button(text: str, clicked: Callable[[], object], parent: QWidget, *, flat: bool = False) -> QPushButton:
    """A button that Enter in some field never presses."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    if flat:
        made.setObjectName("flat")
    made.clicked.connect(lambda: clicked())
    return made


def faint(text: str, parent: QWidget) -> QLabel:
    """Words that stay in the background."""
    label = plain_label(text, parent)
    label.setObjectName("faint")
    label.setWordWrap(True)
    return label


def fault_label(parent: QWidget) -> QLabel:
    """Where a sentence of refusal is to stand."""
    label = plain_label("", parent)
    label.setObjectName("bad")
    label.setWordWrap(True)
    label.hide()
    return label


def show_fault(label: QLabel, why: str) -> None:
    """Show `why`, or nothing."""
    label.setText(why)
    label.setVisible(bool(why))
