"""The entries of the registry as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.annotation import RegistryEntry
from annotator.core.completion import aliases_of_line, id_of_line, kind_of_line
from annotator.gui.registry import NO_USES, Registry, shown_kind
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import LIGHT, Theme, label_color

Index = QModelIndex | QPersistentModelIndex
NAME, KIND, ALIASES, MARKS, DOCUMENTS = range(5)
_NUMBERS = (MARKS, DOCUMENTS)
LAST = "\U0010ffff"  # sorts behind any kind


class EntriesModel(QAbstractTableModel):
    """The entries that fit a filter, in an order; there may be tens of thousands."""

    def __init__(self, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._lines: list[str] = []  # of the index: an entry is looked up when it is drawn
        self._typed, self._kind = "", ""
        self._order, self._backwards = NAME, False
        self.theme: Theme = LIGHT

    def read(self) -> None:
        """Take the entries from the registry as they are now."""
        self.beginResetModel()
        self._lines = self._sorted(self._registry.index.lines(self._typed, self._kind))
        self.endResetModel()

    def narrow(self, typed: str, kind: str) -> None:
        """Show only entries of a kind with `typed` in a name or an alias; the empty text is any."""
        self._typed, self._kind = typed, kind
        self.read()

    def _sorted(self, lines: list[str]) -> list[str]:
        if self._order in _NUMBERS:
            place = _NUMBERS.index(self._order)
            counts = {key: -uses[place] for key, uses in self._registry.uses.items()}
            lines = sorted(lines, key=lambda line: counts.get(id_of_line(line), 0))
        elif self._order == KIND:
            lines = sorted(lines, key=lambda line: kind_of_line(line).casefold() or LAST)
        elif self._order == ALIASES:
            lines = sorted(lines, key=aliases_of_line, reverse=True)
        return lines[::-1] if self._backwards else lines

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is used most comes first."""
        self._order = max(NAME, column)
        self._backwards = order == Qt.SortOrder.DescendingOrder
        self.read()

    def recount(self) -> None:
        """Show how often entries are used now; the order stays until it is asked for."""
        if self._lines:
            self.dataChanged.emit(self.index(0, MARKS), self.index(len(self._lines) - 1, DOCUMENTS))

    def entry(self, row: int) -> RegistryEntry | None:
        """The entry in `row`."""
        return self._registry.index.of_line(self._lines[row]) if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """The row of the entry with that id; -1 where it is not shown."""
        line = self._registry.index.line_of(key)
        return self._lines.index(line) if line in self._lines else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

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
