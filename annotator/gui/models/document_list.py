"""The list of documents: all numbers at once, a page of rows when the view asks for one of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.changes import ChangeSet
from annotator.store.project import Project
from annotator.store.reading import DocumentFilter, DocumentRow

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the DocumentRow

PAGE = 64
KEPT_PAGES = 40


class DocumentListModel(QAbstractTableModel):
    """The documents that fit a filter, in order of import."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._filter = DocumentFilter()
        self._numbers = array("q")
        self._rows: dict[int, DocumentRow] = {}

    def set_filter(self, wanted: DocumentFilter) -> None:
        """Show the documents that fit `wanted`. Raises KnownError when its words cannot be searched."""
        numbers = array("q", self._project.document_numbers(wanted))
        self.beginResetModel()
        self._filter, self._numbers = wanted, numbers
        self._rows.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Add what came in since, as during an import; the view stays where it is."""
        last = self._numbers[-1] if self._numbers else 0
        new = array("q", self._project.document_numbers(self._filter, after=last))
        if new:
            self.beginInsertRows(QModelIndex(), len(self._numbers), len(self._numbers) + len(new) - 1)
            self._numbers.extend(new)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            return row.title if row else ""
        return None

    def row(self, place: int) -> DocumentRow | None:
        """What the list shows in its row `place`."""
        number = self._numbers[place]
        if number not in self._rows:
            if len(self._rows) > PAGE * KEPT_PAGES:
                self._rows.clear()
            first = place - place % PAGE
            page = [number for number in self._numbers[first : first + PAGE] if number not in self._rows]
            self._rows |= self._project.document_rows(page, self._project.annotator)
        return self._rows.get(number)

    def place_of(self, document: str) -> int | None:
        """The row of the document with that id, if the list holds it."""
        number = self._project.number_of(document)
        if number is None:
            return None
        place = bisect_left(self._numbers, number)
        return place if place < len(self._numbers) and self._numbers[place] == number else None

    def next_unfinished(self, after: int) -> int | None:
        """The first row below row `after` (from the top again, at the end) whose document is not finished."""
        finished = self._project.finished_numbers(self._project.annotator)
        count = len(self._numbers)
        places = (place % count for place in range(after + 1, after + 1 + count))
        return next((place for place in places if self._numbers[place] not in finished), None)

    def on_change(self, changes: ChangeSet) -> None:
        """Follow an edit: counts and status of one document, or documents come and gone."""
        if any(row.table == "documents" and (row.before is None or row.after is None) for row in changes.rows):
            self._rows.clear()
            self.set_filter(self._filter)
            return
        if changes.bulk or any(changes.touches(table) for table in ("annotations", "statuses", "documents")):
            self._forget(changes.document)

    def _forget(self, document: str) -> None:
        place = self.place_of(document) if document else None
        if place is None:
            self._rows.clear()
            if self._numbers:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, 0))
            return
        self._rows.pop(self._numbers[place], None)
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)
