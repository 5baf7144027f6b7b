"""What is known of an entry and since when, as a table that is typed into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import Fact, facts_of, stated
from annotator.gui.texts import tr

ROW = 26  # pixels
COLUMNS = 4


class FactsTable(QTableWidget):
    """Attribute, value, from, to; one empty row at the end for the next. A row without a value is none."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, COLUMNS, parent)
        self._filling = False
        self.setAccessibleName(tr("What is known"))
        self.setHorizontalHeaderLabels([tr("Attribute"), tr("Value"), tr("From"), tr("To")])
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 110), (2, 86), (3, 86)):
            self.setColumnWidth(column, width)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.cellChanged.connect(self._on_changed)

    def show_entry(self, entry: RegistryEntry) -> None:
        """Show what is known of `entry`."""
        rows = [(name, *fact) for name, known in facts_of(entry).items() for fact in known]
        self._filling = True
        self.setRowCount(0)
        for row in rows:
            self._add(row)
        self._add(("", "", "", ""))
        self._filling = False

    def attributes(self) -> Mapping[str, Any]:
        """What stands in the table, as an entry keeps it."""
        found: dict[str, list[Fact]] = {}
        name = ""
        for row in range(self.rowCount()):
            cells = [self._text(row, column) for column in range(COLUMNS)]
            name = cells[0] or name  # a row without one goes on with that above
            if name and cells[1]:
                found.setdefault(name, []).append(Fact(*cells[1:]))
        return {name: stated(known) for name, known in found.items()}

    def begin_row(self) -> None:
        """Type into the empty row."""
        self.setFocus()
        self.setCurrentCell(self.rowCount() - 1, 0)
        self.scrollToBottom()
        self.edit(self.currentIndex())

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return " ".join(item.text().split()) if item is not None else ""

    def _add(self, cells: tuple[str, ...]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(cells):
            self.setItem(row, column, QTableWidgetItem(text))

    def _on_changed(self, row: int, _: int) -> None:
        if self._filling:
            return
        if row == self.rowCount() - 1 and any(self._text(row, column) for column in range(COLUMNS)):
            self._filling = True
            self._add(("", "", "", ""))
            self._filling = False
        if self._text(row, 1) or not self._text(row, 0):
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.state() != QAbstractItemView.State.EditingState:
            self._take_away(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _take_away(self, index: QModelIndex) -> None:
        if 0 <= index.row() < self.rowCount() - 1:
            self.removeRow(index.row())
            self.edited.emit()
