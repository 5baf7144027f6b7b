"""Pairs of entries that look alike: to be merged, or told apart for good."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from threading import Event
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry import told_apart
from annotator.core.registry_alike import look_alikes
from annotator.gui.dialogs.registry.planning import MergeDialog
from annotator.gui.jobs import Job
from annotator.gui.panels.row_table import RowTable
from annotator.gui.registry import NO_USES, Registry, begun, shown_kind
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 28  # pixels
MOST = 20_000  # pairs that are listed
_ONE, _OTHER, _KIND, _WHY = range(4)


class Alike(NamedTuple):
    """Two entries and why they look alike, in the words of `annotator.core.registry_alike`."""

    one: RegistryEntry
    other: RegistryEntry
    why: str


class AlikeModel(QAbstractTableModel):
    """Pairs, the surest first."""

    def __init__(self, registry: Registry, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registry, self._theme = registry, theme
        self._pairs: list[Alike] = []

    def show(self, pairs: Sequence[Alike]) -> None:
        """Show these."""
        self.beginResetModel()
        self._pairs = list(pairs)
        self.endResetModel()

    def pair(self, row: int) -> Alike | None:
        """The pair in `row`."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def take_away(self, row: int) -> None:
        """Show a pair no more."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._pairs[row]
        self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else _WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("One"), tr("The other"), tr("Kind"), tr("Why"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pair = self.pair(index.row()) if index.isValid() else None
        if pair is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = (self._name(pair.one), self._name(pair.other))
            return (*names, shown_kind(pair.one.kind), _why(pair.why))[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (_KIND, _WHY):
            return QColor(self._theme.faint)
        return None

    def _name(self, entry: RegistryEntry) -> str:
        count = self._registry.uses.get(entry.id, NO_USES).marks
        return f"{entry.name}  ({count:,})" if count else entry.name


def _why(why: str) -> str:
    ways = {
        "same name": tr("the same name"),
        "same words": tr("the same words"),
        "sounds alike": tr("sounds alike"),
        "spelled alike": tr("one letter differs"),
        "one within the other": tr("one is in the other"),
        "initials": tr("an initial"),
        "last name": tr("the only one called so last"),
    }
    return ways.get(why, why)


class LookAlikesDialog(QDialog):
    """The pairs, and what to do with the one that is current."""

    told = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, registry: Registry, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._registry = session, registry
        self._job: Job | None = None
        self.setWindowTitle(tr("Entries that look alike"))
        self.resize(760, 460)
        about = plain_label(tr("They may be one thing twice, or not. What you tell apart is not listed again."), self)
        about.setObjectName("faint")
        self.model = AlikeModel(registry, theme, self)
        self.table = table = RowTable(ROW, tr("Entries that look alike"), self)
        table.setModel(self.model)
        head = table.horizontalHeader()
        head.setVisible(True)
        head.setHighlightSections(False)
        for column in (_ONE, _OTHER):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_KIND, 100), (_WHY, 180)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width)
        self.said = plain_label("", self)
        self.said.setObjectName("faint")
        self.merge, self.apart = QPushButton(tr("&Merge…"), self), QPushButton(tr("&Not the same"), self)
        self.merge.clicked.connect(self._merge)
        self.apart.clicked.connect(self._tell_apart)
        self.merge.setDefault(True)
        self.apart.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.apart)
        foot.addWidget(self.merge)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(10)
        rows.addWidget(about)
        rows.addWidget(table, 1)
        rows.addLayout(foot)
        self._enable()
        self.look()

    @property
    def busy(self) -> bool:
        """Whether it is still looking."""
        return self._job is not None

    def look(self) -> None:
        """Look through all entries, on a worker."""
        entries = self._registry.index.listed()
        self.said.setText(tr("Looking…"))

        def work(stop: Event, _: object) -> list[Alike]:
            held = {entry.id: entry for entry in entries}
            return [Alike(held[one], held[other], why) for one, other, why in islice(look_alikes(entries), MOST)]

        self._job = begun(self._session, work, self._on_found, self._on_failed)

    def _on_found(self, found: list[Alike]) -> None:
        if self.sender() is self._job:
            self._job = None
            self.model.show(found)
            self._say()
            self._select(0)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self.said.setText(str(error) if isinstance(error, KnownError) else repr(error))

    def _say(self) -> None:
        count = self.model.rowCount()
        self.said.setText(tr("{count} pairs", count=f"{count:,}") if count else tr("No two entries look alike."))
        self._enable()

    def _enable(self) -> None:
        there = self.model.rowCount() > 0 and not self._session.project.read_only
        self.merge.setEnabled(there)
        self.apart.setEnabled(there)

    def _select(self, row: int) -> None:
        if self.model.rowCount():
            self.table.selectRow(min(row, self.model.rowCount() - 1))
            self.table.setFocus()

    def _current(self) -> tuple[int, Alike] | None:
        """The current pair as the registry has it now; pairs of which one is gone go as well."""
        row = self.table.currentIndex().row()
        pair = self.model.pair(row)
        if pair is None:
            return None
        one, other = self._registry.entry(pair.one.id), self._registry.entry(pair.other.id)
        if one is None or other is None:
            self._forget(row)
            return None
        return row, Alike(one, other, pair.why)

    def _forget(self, row: int) -> None:
        self.model.take_away(row)
        self._say()
        self._select(row)

    def _tell_apart(self) -> None:
        found = self._current()
        if found is not None and self._session.apply(told_apart(found[1].one, found[1].other)):
            self._forget(found[0])

    def _merge(self) -> None:
        found = self._current()
        if found is None:
            return
        row, pair = found
        dialog = MergeDialog(self._session, self._registry, [pair.one, pair.other], self)
        dialog.finished_step.connect(self.told)
        dialog.finished_step.connect(lambda _: self._forget(row))
        dialog.open()
