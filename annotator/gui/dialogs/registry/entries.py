"""The entries of the registry as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.annotation import RegistryEntry
from annotator.core.registry_names import name_key
from annotator.gui.registry import NO_USES, Registry, shown_kind
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import LIGHT, Theme, label_color

Index = QModelIndex | QPersistentModelIndex
NAME, KIND, ALIASES, MARKS, DOCUMENTS = range(5)
_NUMBERS = (MARKS, DOCUMENTS)


class EntriesModel(QAbstractTableModel):
    """The entries that fit a filter, in an order; there may be tens of thousands."""

    def __init__(self, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._every: list[RegistryEntry] = []
        self._shown: list[RegistryEntry] = []
        self._typed, self._kind = "", ""
        self._order, self._backwards = NAME, False
        self.theme: Theme = LIGHT

    def read(self) -> None:
        """Take the entries from the registry as they are now."""
        self._every = self._registry.index.in_order()
        self._show()

    def narrow(self, typed: str, kind: str) -> None:
        """Show only entries of a kind with `typed` in a name or an alias; the empty text is any."""
        self._typed, self._kind = name_key(typed), kind
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        found, index = self._every, self._registry.index
        if self._kind:
            found = [entry for entry in found if entry.kind == self._kind]
        if self._typed:
            found = [entry for entry in found if index.holds(entry.id, self._typed)]
        self._shown = self._sorted(found)
        self.endResetModel()

    def _sorted(self, found: list[RegistryEntry]) -> list[RegistryEntry]:
        uses = self._registry.uses
        keys: Mapping[int, Callable[[RegistryEntry], Any]] = {
            KIND: lambda entry: (entry.kind == "", entry.kind.casefold()),
            ALIASES: lambda entry: -len(entry.aliases),
            MARKS: lambda entry: -uses.get(entry.id, NO_USES).marks,
            DOCUMENTS: lambda entry: -uses.get(entry.id, NO_USES).documents,
        }
        ordered = sorted(found, key=keys[self._order]) if self._order in keys else list(found)
        return ordered[::-1] if self._backwards else ordered

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is used most comes first."""
        self._order = max(NAME, column)
        self._backwards = order == Qt.SortOrder.DescendingOrder
        self._show()

    def recount(self) -> None:
        """Show how often entries are used now; the order stays until it is asked for."""
        if self._shown:
            self.dataChanged.emit(self.index(0, MARKS), self.index(len(self._shown) - 1, DOCUMENTS))

    def entry(self, row: int) -> RegistryEntry | None:
        """The entry in `row`."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int:
        """The row of the entry with that id; -1 where it is not shown."""
        return next((row for row, entry in enumerate(self._shown) if entry.id == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else DOCUMENTS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Kind"), tr("Aliases"), tr("Marks"), tr("Articles"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column == NAME and entry.color:
            return label_color(entry.color, self.theme)
        if role == Qt.ItemDataRole.ToolTipRole and column in (NAME, ALIASES):
            return plain_tip(entry.note if column == NAME else "\n".join(entry.aliases))
        return None

    def _text(self, entry: RegistryEntry, column: int) -> str:
        uses = self._registry.uses.get(entry.id, NO_USES)
        if column in _NUMBERS:
            count = uses.marks if column == MARKS else uses.documents
            return f"{count:,}" if count else ""
        return (entry.name, shown_kind(entry.kind), " · ".join(entry.aliases))[column]


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value
