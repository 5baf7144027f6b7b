"""The list of documents: their numbers, and a page of rows when the view asks for one of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.core.changes import ChangeSet
from annotator.core.query import match_expression
from annotator.gui.models.finding import FIRST, Finder, Found
from annotator.store.listing import DocumentFilter, joined
from annotator.store.project import Project
from annotator.store.reading import DocumentRow

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the DocumentRow

PAGE = 64
KEPT_PAGES = 40
LOOKED_AT = 1000  # documents that are asked at once whether they are finished


class DocumentListModel(QAbstractTableModel):
    """The documents that fit a filter, in order of import.

    All documents are there at once. What a filter leaves of them is found on another thread: the list is as it was
    until the first come, and is whole a moment later.
    """

    filtered = Signal()  # the first documents that fit, or all, took the place of what was there
    counted = Signal()  # more is known of how many there are
    failed = Signal(str)  # a sentence: why nothing was found

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._filter = DocumentFilter()
        self._numbers: Sequence[int] = range(0)
        self._rows: dict[int, DocumentRow] = {}
        self.answered = True  # whether the rows are of the filter that was asked for last
        self.waiting = False  # whether more may come, or other rows
        self.about = 0  # how many fit, about, while not all are known; 0 where nobody knows
        self._adding = False
        self._finder = Finder(project.path, self) if project.path is not None else None
        if self._finder is not None:
            self._finder.found.connect(self._on_found)
            self._finder.failed.connect(self._on_failed)

    def leave(self) -> None:
        """Ask nothing any more: the project is about to be closed."""
        if self._finder is not None:
            self._finder.leave()

    def set_filter(self, wanted: DocumentFilter) -> None:
        """Show the documents that fit `wanted`, soon. Raises KnownError when its words cannot be searched."""
        if wanted.text.strip():
            match_expression(wanted.text)
        self._filter, self._adding = wanted, False
        if self._finder is None:
            self._show(self._project.listed(wanted))
        elif wanted.narrows:
            self.answered, self.waiting = False, True
            self._finder.ask(wanted)
        else:
            self._show_all(self._finder)

    def _show_all(self, finder: Finder) -> None:
        finder.forget()
        numbers = self._project.listed(limit=FIRST)
        every = self._project.listed() if isinstance(numbers, range) else numbers
        self.waiting = len(numbers) == FIRST and not isinstance(every, range)  # some were deleted
        if self.waiting:
            self._adding = True
            finder.ask(self._filter, after=numbers[-1])
            self.about = self._project.document_count()
        self._show(every)

    def _show(self, numbers: Sequence[int]) -> None:
        self.beginResetModel()
        self._numbers = numbers
        self._rows.clear()
        self.endResetModel()
        self.answered = True
        if not self.waiting:
            self.about = 0
        self.filtered.emit()

    def _on_found(self, found: Found) -> None:
        if found.first and not self._adding:
            self.waiting, self.about = not found.whole, 0
            self._show(found.numbers)
            return
        self.waiting, self.about = not found.whole, 0 if found.whole else found.about or self.about
        self._add(found.numbers)
        self.counted.emit()

    def _on_failed(self, sentence: str) -> None:
        self.answered, self.waiting = True, False
        self.failed.emit(sentence)

    def _add(self, numbers: Sequence[int]) -> None:
        if numbers:
            self.beginInsertRows(QModelIndex(), len(self._numbers), len(self._numbers) + len(numbers) - 1)
            self._numbers = joined(self._numbers, numbers)
            self.endInsertRows()

    def refresh(self) -> None:
        """Add what came in since, as during an import; the view stays where it is."""
        if self.waiting:
            return
        last = self._numbers[-1] if self._numbers else 0
        if self._finder is None or not self._filter.narrows:
            self._add(self._project.listed(self._filter, last))
        else:
            self._adding = self.waiting = True
            self._finder.ask(self._filter, after=last)

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
        below, above = range(after + 1, len(self._numbers)), range(min(after + 1, len(self._numbers)))
        return next(chain(self._unfinished(below), self._unfinished(above)), None)

    def _unfinished(self, places: range) -> Iterator[int]:
        for first in range(0, len(places), LOOKED_AT):
            some = places[first : first + LOOKED_AT]
            numbers = self._numbers[some.start : some.stop]
            finished = self._project.finished_among(numbers, self._project.annotator)
            yield from (place for place, number in zip(some, numbers, strict=True) if number not in finished)

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
