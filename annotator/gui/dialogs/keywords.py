"""The lists of words to look out for: their names, colours and words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.keywords import KeywordList
from annotator.gui.dialogs.files import asked_files
from annotator.gui.texts import plain_label, tr

COLORS = ("#8a4fb5", "#b2356b", "#2e6fb7", "#1a7566", "#a65200", "#5b6470")


class KeywordsDialog(QDialog):
    """Lists at the left, the chosen one at the right."""

    changed = Signal(object)  # list of KeywordList

    def __init__(self, lists: list[KeywordList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyword lists"))
        self.resize(640, 460)
        self._lists = list(lists)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Lists"))
        self.list.setMaximumWidth(200)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(tr("Name of the list"))
        self.name.setPlaceholderText(tr("Name of the list"))
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("note")
        self.words.setAccessibleName(tr("Words, one a line"))
        self.words.setTabChangesFocus(True)
        self.load = QPushButton(tr("From a file…"), self)
        self.remove = QPushButton(tr("Remove the list"), self)
        self._lay_out()
        self._fill()
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(self._on_ticked)
        self.name.textEdited.connect(lambda text: self._change(name=text))
        self.words.textChanged.connect(lambda: self._change(words=self.words.toPlainText()))
        self.load.clicked.connect(self._load)
        self.remove.clicked.connect(self._remove)
        self.list.setCurrentRow(0)
        self._show(self.list.currentRow())

    def _lay_out(self) -> None:
        about = plain_label(
            tr("Words of these lists get dots above and below while you read. One a line; stem* stands for all words"
               " that begin so. They are no marks, and are not exported."), self
        )  # fmt: skip
        about.setObjectName("faint")
        about.setWordWrap(True)
        add = QPushButton(tr("New list"), self)
        add.clicked.connect(self._add)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.accept)
        left, right, below = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.list)
        left.addWidget(add)
        below.addWidget(self.load)
        below.addStretch()
        below.addWidget(self.remove)
        right.addWidget(self.name)
        right.addWidget(self.words)
        right.addLayout(below)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(about)
        rows.addLayout(columns)
        rows.addWidget(buttons)

    def _fill(self) -> None:
        blocked = self.list.blockSignals(True)
        row = self.list.currentRow()
        self.list.clear()
        for held in self._lists:
            item = QListWidgetItem(_swatch(held.color), held.name or tr("unnamed"), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if held.on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _show(self, row: int) -> None:
        there = 0 <= row < len(self._lists)
        for field in (self.name, self.words, self.load, self.remove):
            field.setEnabled(there)
        for field in (self.name, self.words):
            field.blockSignals(True)
        self.name.setText(self._lists[row].name if there else "")
        self.words.setPlainText(self._lists[row].words if there else "")
        for field in (self.name, self.words):
            field.blockSignals(False)

    def _change(self, **values: str) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lists):
            self._lists[row] = replace(self._lists[row], **values)  # type: ignore[arg-type]
            self._fill()
            self.changed.emit(self._lists)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        on = item.checkState() == Qt.CheckState.Checked
        if self._lists[row].on != on:
            self._lists[row] = replace(self._lists[row], on=on)
            self.changed.emit(self._lists)

    def _add(self) -> None:
        self._lists.append(KeywordList("", "", COLORS[len(self._lists) % len(COLORS)]))
        self._fill()
        self.list.setCurrentRow(len(self._lists) - 1)
        self.name.setFocus()

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lists):
            del self._lists[row]
            self._fill()
            self.list.setCurrentRow(min(row, len(self._lists) - 1))
            self._show(self.list.currentRow())
            self.changed.emit(self._lists)

    def _load(self) -> None:
        for path in asked_files(self, tr("A text file with a word on each line"), ""):
            try:
                text = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                self.name.setText(self.name.text())
                self.words.setPlaceholderText(tr("{name} could not be read as UTF-8 text.", name=path.name))
                continue
            held = self.words.toPlainText().rstrip()
            self.words.setPlainText(f"{held}\n{text}".strip())


def _swatch(color: str) -> QIcon:
    picture = QPixmap(11, 11)
    picture.fill(QColor(color))
    return QIcon(picture)
