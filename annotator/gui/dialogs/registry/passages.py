"""Passages of an entry as a table: where it is an answer, or what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.panels.row_table import RowTable
from annotator.gui.registry import begun
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, plain_tip, tr
from annotator.gui.theme import LIGHT, Theme
from annotator.store.passages_csv import passages_text
from annotator.store.reading import Reader
from annotator.store.registry_passages import FORM, Passage

Index = QModelIndex | QPersistentModelIndex
Find = Callable[[Reader, RegistryEntry, Callable[[], bool]], list[Passage]]
DATE, ARTICLE, WORDS, HOW = range(4)
ROW = 28  # pixels
LEFT_TO_RIGHT, RIGHT_TO_LEFT, END = "\u2066", "\u2067", "\u2069"


class PassagesModel(QAbstractTableModel):
    """Passages in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Passage] = []
        self.theme: Theme = LIGHT

    def show(self, found: Sequence[Passage]) -> None:
        """Show these."""
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def passage(self, row: int) -> Passage:
        """The passage in `row`."""
        return self._found[row]

    def passages(self) -> list[Passage]:
        """All of them."""
        return list(self._found)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else HOW + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Date"), tr("Article"), tr("Words"), tr("As"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        passage, column = self._found[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(passage, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(passage, column).strip(LEFT_TO_RIGHT + RIGHT_TO_LEFT + END)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tip(passage) if column in (WORDS, HOW) else self._text(passage, column))
        if role == Qt.ItemDataRole.ForegroundRole and column != WORDS:
            return QColor(self.theme.faint)
        return None

    def _text(self, passage: Passage, column: int) -> str:
        line = passage.line
        if column == WORDS:
            if passage.label == FORM:
                return tr("the article’s form")
            isolate = RIGHT_TO_LEFT if line.right_to_left else LEFT_TO_RIGHT
            return f"{isolate}{line.hit}{END}"
        how = " · ".join(filter(None, (passage.label, _how(passage))))
        return (passage.date[:10], line.title, "", how)[column]


def _how(passage: Passage) -> str:
    """How a passage is known to be the entry's."""
    ways = {"entry": "", "within": tr("within its source"), "words": tr("by words")}
    return ways[passage.how] if passage.link else passage.how.replace("_", " ")


def _tip(passage: Passage) -> str:
    line = passage.line
    speaker = f"{passage.link}: {passage.beside}" if passage.link else ""
    return "\n".join(filter(None, (f"{line.before}{line.hit}{line.behind}", speaker)))


class _Table(RowTable):
    """Enter goes to the passage."""

    entered = Signal()
    copied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class PassagesTab(QWidget):
    """Finds the passages of an entry on a worker, and shows them."""

    row_shown = Signal(str, object)  # the id of a document, and the Span in it
    save_wanted = Signal(object)  # list of Passage

    def __init__(self, session: Session, find: Find, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._find = session, find
        self.nothing = ""  # what is said where there are none
        self._job: Job | None = None
        self._entry: RegistryEntry | None = None
        self._old = True  # what is shown is not, or not any more, of that entry
        self.model = PassagesModel(self)
        self.model.theme = theme
        self.table = table = _Table(ROW, name, self)
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        head = table.horizontalHeader()
        head.setVisible(True)
        head.setHighlightSections(False)
        for column, width in ((DATE, 84), (ARTICLE, 140), (HOW, 150)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        table.setWordWrap(False)
        table.entered.connect(self._go)
        table.copied.connect(self._copy)
        table.doubleClicked.connect(lambda _: self._go())
        self.said = plain_label("", self)
        self.said.setObjectName("faint")
        self.copy = self._button(tr("&Copy"), self._copy)
        self.save = self._button(tr("Save as CSV…"), lambda: self.save_wanted.emit(self.model.passages()))
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.copy)
        foot.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(table, 1)
        rows.addLayout(foot)

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: step())
        return button

    # Finding

    @property
    def busy(self) -> bool:
        """Whether it is still looking."""
        return self._job is not None

    def show_entry(self, entry: RegistryEntry | None) -> None:
        """Show the passages of `entry`, once the tab is to be seen."""
        self._entry, self._old = entry, True
        self.look()

    def look(self) -> None:
        """Look for them, where that is to be done and anybody can see them."""
        if not self._old or not self.isVisible():
            return
        self._old = False
        self.stop()
        entry, path, find = self._entry, self._session.project.path, self._find
        if entry is None:
            self._show([], "")
            return
        if path is None:
            self._on_found_at_once(find(self._session.project, entry, lambda: False))
            return

        def work(stop: Event, _: object) -> list[Passage]:
            with Reader(path) as reader:
                return find(reader, entry, stop.is_set)

        self._job = begun(self._session, work, self._on_found, self._on_failed)

    def stop(self) -> None:
        """Look no further."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_found(self, found: list[Passage]) -> None:
        if self.sender() is self._job:
            self._job = None
            self._on_found_at_once(found)

    def _on_found_at_once(self, found: list[Passage]) -> None:
        self._show(found, tr("{count} passages", count=f"{len(found):,}") if found else self.nothing)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self._show([], str(error) if isinstance(error, KnownError) else repr(error))

    def _show(self, found: list[Passage], said: str) -> None:
        self.model.show(found)
        self.said.setText(said)
        for button in (self.copy, self.save):
            button.setEnabled(bool(found))

    # Doing

    def _go(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            line = self.model.passage(row).line
            self.row_shown.emit(line.document, line.span)

    def _copy(self) -> None:
        """Copy the chosen passages, or all, as lines of text."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        found = [self.model.passage(row) for row in rows] or self.model.passages()
        if found:
            QGuiApplication.clipboard().setText(passages_text(found))
            self.said.setText(tr("{count} passages copied", count=f"{len(found):,}"))
