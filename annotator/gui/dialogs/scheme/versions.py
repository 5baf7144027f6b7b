"""The versions of the scheme, newest first: when, by whom, what was done; and a way back to what one deleted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from annotator.core.errors import KnownError
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import button, faint
from annotator.gui.jobs import Latest
from annotator.gui.panels.row_table import RowTable
from annotator.gui.texts import plain_label, plain_tip, tr
from annotator.gui.theme import interface_font
from annotator.store.reading import Reader
from annotator.store.scheme_versions import PAGE, Changed, Version, changes_of, versions

Index = QModelIndex | QPersistentModelIndex
ROW = 26  # pixels
WHEN, WHO, WHAT = 1, 2, 3


class VersionsModel(QAbstractTableModel):
    """Number, when, who and what; reads more when it is scrolled to."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.versions: list[Version] = []
        self._more = False

    def read(self) -> None:
        """Read the newest."""
        self.beginResetModel()
        self.versions = versions(self._desk.session.project)
        self._more = len(self.versions) == PAGE
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        found = versions(self._desk.session.project, self.versions[-1])
        self._more = len(found) == PAGE
        if found:
            first = len(self.versions)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self.versions += found
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.versions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return ("", tr("when"), tr("who"), tr("what"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        version = self.versions[index.row()]
        undone = {"undo": tr("taken back: {what}", what=version.name), "redo": tr("again: {what}", what=version.name)}
        what = undone.get(version.kind, version.name)
        when = _local(version.at)
        text = (str(version.number), when, version.annotator, what)[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class VersionsPage(QWidget):
    """A page in place of a thing's own."""

    left = Signal()
    recovery_wanted = Signal(object)  # Version

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest = Latest(self)
        self._latest.done.connect(self._say)
        self._latest.failed.connect(self._on_failed)
        heading = plain_label(tr("Versions of the scheme"), self)
        font = interface_font(16)
        font.setBold(True)
        heading.setFont(font)
        about = faint(
            tr("Each change of the scheme is a version, and each mark knows the one it was made under."), self
        )
        self.model = VersionsModel(desk, self)
        self.table = RowTable(ROW, tr("Versions of the scheme"), self)
        self.table.setObjectName("boxed")
        self.table.setModel(self.model)
        self.table.setWordWrap(False)
        head = self.table.horizontalHeader()
        head.setVisible(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((0, 46), (WHEN, 130), (WHO, 110)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width)
        self.words = faint("", self)
        self.recover = button(tr("&Bring back what it deleted…"), self._recover, self)
        self.recover.setEnabled(False)
        self.close_ = button(tr("Back"), self.left.emit, self)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        below = QHBoxLayout()
        below.addWidget(self.recover)
        below.addWidget(self.close_)
        below.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 0, 10, 0)
        rows.setSpacing(12)
        for widget in (heading, about):
            rows.addWidget(widget)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.words)
        rows.addLayout(below)
        desk.changed.connect(self._on_changed)

    def read(self) -> None:
        """Show the versions there are now."""
        self.model.read()
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def version(self) -> Version | None:
        """The version one is on."""
        row = self.table.currentIndex().row()
        return self.model.versions[row] if 0 <= row < len(self.model.versions) else None

    def _on_changed(self) -> None:
        if self.isVisible():
            self.read()

    def _recover(self) -> None:
        if (version := self.version()) is not None:
            self.recovery_wanted.emit(version)

    def _on_current(self, index: QModelIndex) -> None:
        """Say what a version did: read on another thread, since it may have changed many marks."""
        version, project = self.version(), self._desk.session.project
        self.words.clear()
        self.recover.setEnabled(False)
        self._latest.forget()
        if version is None:
            return
        path, revision = project.path, version.revision
        if path is None:
            self._say(changes_of(project, revision))
            return
        self._latest.begin(lambda: _changes(path, revision))

    def _on_failed(self, error: Exception) -> None:
        self.words.setText(str(error) if isinstance(error, KnownError) else repr(error))

    def _say(self, changed: list[Changed]) -> None:
        self.words.setText("\n".join(each.words() for each in changed))
        writable = not self._desk.session.project.read_only
        self.recover.setEnabled(writable and any(each.deleted for each in changed))


def _local(at: str) -> str:
    """A time in UTC, as it was here."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def _changes(path: Path, revision: str) -> list[Changed]:
    with Reader(path) as reader:
        return changes_of(reader, revision)
