"""The lists of words to look out for: their names, colours and words. Each change takes effect at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import KnownError
from annotator.core.keywords import KeywordList
from annotator.core.open_files import is_open
from annotator.gui.dialogs.files import asked_files
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import DARK, LIGHT, Theme, label_color

COLORS = (
    ("violet", "#8a4fb5"),
    ("pink", "#b2356b"),
    ("blue", "#2e6fb7"),
    ("green", "#1a7566"),
    ("orange", "#a65200"),
    ("grey", "#5b6470"),
)
LARGEST = 4_000_000  # bytes of a file of words


class ColorButton(QAbstractButton):
    """A disc of a colour; a ring around the chosen one."""

    def __init__(self, name: str, color: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        set_tip(self, name)
        self.color = color

    def sizeHint(self) -> QSize:
        return QSize(26, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = label_color(self.color, _theme(self))
        if not self.isEnabled():
            colour.setAlphaF(0.3)
        middle = self.rect().toRectF().center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(middle, 7.0, 7.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(colour, 2.0))
            painter.drawEllipse(middle, 10.5, 10.5)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 1.0))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0)


class KeywordsDialog(QDialog):
    """Lists at the left, the chosen one at the right."""

    changed = Signal(object)  # list of KeywordList

    def __init__(self, lists: list[KeywordList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyword lists"))
        self.resize(680, 500)
        self._lists = list(lists)
        self._removed: tuple[int, KeywordList] | None = None
        self._make_fields()
        self._lay_out()
        self._fill()
        self._connect()
        self.list.setCurrentRow(0)
        self._show(self.list.currentRow())

    # Putting it together

    def _make_fields(self) -> None:
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Lists"))
        self.list.setFixedWidth(200)
        self.list.setSpacing(1)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name of the list"))
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("note")
        self.words.setTabChangesFocus(True)
        self.colors = QButtonGroup(self)
        for name, color in COLORS:
            self.colors.addButton(ColorButton(tr(name), color, self))
        self.said = plain_label("", self)
        self.said.setWordWrap(True)
        self.add = self._button(tr("New list"))
        self.load = self._button(tr("From a file…"))
        self.remove = self._button(tr("Remove the list"))
        self.restore = self._button(tr("Put it back"))
        self.restore.hide()

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)  # Enter in the field of the name is none of theirs
        return button

    def _lay_out(self) -> None:
        about = plain_label(
            tr("While you read, words of these lists have dots above and below. They are no marks, and are not"
               " exported."), self
        )  # fmt: skip
        about.setObjectName("faint")
        about.setWordWrap(True)
        left = QVBoxLayout()
        left.addWidget(self.list)
        left.addWidget(self.add)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(left)
        columns.addLayout(self._form(), 1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._button(tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.accept)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.restore)
        below.addWidget(buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(14)
        rows.addWidget(about)
        rows.addLayout(columns)
        rows.addLayout(below)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(tr("&Name"), self.name)
        colors = QHBoxLayout()
        colors.setSpacing(6)
        for button in self.colors.buttons():
            colors.addWidget(button)
        colors.addStretch()
        form.addRow(tr("Colour"), colors)
        form.addRow(tr("&Words"), self.words)
        how = plain_label(tr("A word or a phrase on each line. port* is every word that begins so."), self)
        how.setObjectName("faint")
        how.setWordWrap(True)
        form.addRow("", how)
        below = QHBoxLayout()
        below.addWidget(self.load)
        below.addStretch()
        below.addWidget(self.remove)
        form.addRow("", below)
        return form

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(self._on_ticked)
        self.name.textEdited.connect(lambda text: self._change(name=text))
        self.words.textChanged.connect(lambda: self._change(words=self.words.toPlainText()))
        self.colors.buttonClicked.connect(lambda button: self._change(color=button.color))
        self.add.clicked.connect(self._add)
        self.load.clicked.connect(self._load)
        self.remove.clicked.connect(self._remove)
        self.restore.clicked.connect(self._restore)

    # What is shown

    def _fill(self) -> None:
        """Set the rows of the list anew; the current one stays so."""
        blocked = self.list.blockSignals(True)
        row = self.list.currentRow()
        self.list.clear()
        for held in self._lists:
            item = QListWidgetItem(_swatch(held.color, _theme(self)), held.name or tr("unnamed"), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if held.on else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, 26))
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _show(self, row: int) -> None:
        """Show the list in that row, or none."""
        there = 0 <= row < len(self._lists)
        held = self._lists[row] if there else KeywordList("", "", "")
        fields = (self.name, self.words)
        for field in (*fields, self.load, self.remove, *self.colors.buttons()):
            field.setEnabled(there)
        for field in fields:
            field.blockSignals(True)
        self.name.setText(held.name)
        self.words.setPlainText(held.words)
        for field in fields:
            field.blockSignals(False)
        self._show_color(held.color)
        self._say_count()

    def _show_color(self, color: str) -> None:
        self.colors.setExclusive(False)  # or one that is checked stays so
        for button in self.colors.buttons():
            button.setChecked(isinstance(button, ColorButton) and button.color == color)
        self.colors.setExclusive(True)

    def _say_count(self) -> None:
        row = self.list.currentRow()
        count = len(self._lists[row].lines()) if 0 <= row < len(self._lists) else 0
        self._say(tr("{count} words and phrases", count=f"{count:,}") if count else "")

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.said.setObjectName("bad" if bad else "faint")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(text)

    # What is changed

    def _change(self, **values: Any) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lists):
            self._lists[row] = replace(self._lists[row], **values)
            self._fill()
            self._say_count()
            self._tell()

    def _tell(self) -> None:
        self.restore.hide()
        self.changed.emit(list(self._lists))

    def _on_ticked(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        on = item.checkState() == Qt.CheckState.Checked
        if self._lists[row].on != on:
            self._lists[row] = replace(self._lists[row], on=on)
            self._tell()

    def _add(self) -> None:
        used = {held.color for held in self._lists}
        color = next((color for _, color in COLORS if color not in used), COLORS[0][1])
        self._insert(len(self._lists), KeywordList("", "", color))
        self.name.setFocus()

    def _insert(self, row: int, held: KeywordList) -> None:
        self._lists.insert(row, held)
        self._go_to(row)
        self._tell()

    def _go_to(self, row: int) -> None:
        """Show the lists as they are now, and the one in that row."""
        self._fill()
        self.list.setCurrentRow(row)
        self._show(self.list.currentRow())

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lists):
            held = self._lists.pop(row)
            self._go_to(min(row, len(self._lists) - 1))
            self._tell()
            self._removed = row, held
            self._say(tr("“{name}” is removed.", name=held.name or tr("unnamed")))
            self.restore.show()

    def _restore(self) -> None:
        if self._removed is not None:
            self._insert(*self._removed)

    def _load(self) -> None:
        for path in asked_files(self, tr("Text files with a word on each line"), ""):
            try:
                words = _words_in(path)
            except KnownError as error:
                self._say(str(error), bad=True)
                return
            self.words.setPlainText("\n".join(filter(None, (self.words.toPlainText().rstrip(), words))))


def _words_in(path: Path) -> str:
    """The lines of a text file. Raises KnownError where it is none."""
    from annotator.importers.decoding import decoded  # brings every importer along: only when it is needed

    try:
        if is_open(path):  # to close it again would take the project's locks away
            raise KnownError(tr("It is a project that is open."))
        if path.stat().st_size > LARGEST:
            raise KnownError(tr("It is larger than {size} MB.", size=LARGEST // 1_000_000))
        text = decoded(path.read_bytes()).text
    except (KnownError, OSError) as error:
        why = str(error) if isinstance(error, KnownError) else f"{error.strerror or error}."
        raise KnownError(tr("{name} was not read, and the list is as it was.", name=path.name) + f" {why}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _theme(widget: QWidget) -> Theme:
    return DARK if widget.palette().window().color().lightnessF() < 0.5 else LIGHT


def _swatch(color: str, theme: Theme) -> QIcon:
    picture = QPixmap(11, 11)
    picture.fill(label_color(color, theme))
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # or the style tints it
    return icon
