"""The table of the registry's entries."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.gui.dialogs.registry.entries import ALIASES, DOCUMENTS, KIND, MARKS, NAME, EntriesModel
from annotator.gui.panels.row_table import RowTable

ROW = 28  # pixels


class EntriesTable(RowTable):
    """Enter goes to the card, Del deletes."""

    entered = Signal()
    unwanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(ROW, name, parent)
        self._entries: EntriesModel | None = None

    def show_model(self, model: EntriesModel) -> None:
        """Show the entries of `model`, in the order of their names."""
        self._entries = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setVisible(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((KIND, 96), (ALIASES, 130), (MARKS, 60), (DOCUMENTS, 66)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width)
        head.setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorShown(True)

    def chosen(self) -> list[RegistryEntry]:
        """The entries that are chosen, in the order of the table."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
        return [entry for row in rows if self._entries and (entry := self._entries.entry(row)) is not None]

    def choose(self, keys: list[str]) -> None:
        """Choose the entries with those ids, as far as they are shown, and leave the others that are."""
        select, flags = self.selectionModel(), self.selectionModel().SelectionFlag
        found = [row for key in keys if self._entries and (row := self._entries.row_of(key)) >= 0]
        for row in found:
            select.select(self.model().index(row, NAME), flags.Select | flags.Rows)
        if found:
            select.setCurrentIndex(self.model().index(found[0], NAME), flags.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)
