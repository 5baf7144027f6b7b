"""The marks of the open document as a list, in order of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.annotation import Annotation
from annotator.gui.open_document import MarkChanges, OpenDocument
from annotator.gui.texts import tr

Index = QModelIndex | QPersistentModelIndex
MARK = Qt.ItemDataRole.UserRole  # the Annotation

SHOWN = 120  # characters of a mark's text
MANY = 200  # changes that are not followed one by one


class MarkListModel(QAbstractListModel):
    """Keeps the marks sorted by where they start, widest first, and follows single edits without reading all anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: OpenDocument | None = None
        self._keys: list[tuple[int, int, str]] = []
        self._held: dict[str, tuple[int, int, str]] = {}

    def show(self, opened: OpenDocument | None) -> None:
        """Show the marks of `opened`."""
        self.beginResetModel()
        self._open = opened
        self._held = {mark.id: _key(mark) for mark in opened.annotations.values()} if opened else {}
        self._keys = sorted(self._held.values())
        self.endResetModel()

    def follow(self, changes: MarkChanges) -> None:
        """Take over what became of some marks."""
        if len(changes.added) > MANY and not changes.replaced and not changes.removed:
            self._append(changes.added)
            return
        if len(changes.added) + len(changes.replaced) + len(changes.removed) > MANY:
            self.show(self._open)
            return
        for key in (*changes.removed, *changes.replaced):
            self._remove(key)
        for key in (*changes.replaced, *changes.added):
            self._insert(key)

    def _append(self, keys: Sequence[str]) -> None:
        """Add the marks of a further slice of the text, which start behind all that are here."""
        held = {key: _key(self._open.annotations[key]) for key in keys} if self._open else {}
        new = sorted(held.values())
        if self._keys and new[0] < self._keys[-1]:
            self.show(self._open)
            return
        self.beginInsertRows(QModelIndex(), len(self._keys), len(self._keys) + len(new) - 1)
        self._keys += new
        self._held |= held
        self.endInsertRows()

    def _remove(self, key: str) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            place = bisect_left(self._keys, held)
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._keys[place]
            self.endRemoveRows()

    def _insert(self, key: str) -> None:
        mark = self._open.annotations.get(key) if self._open else None
        if mark is None or key in self._held:
            return
        held = _key(mark)
        place = bisect_left(self._keys, held)
        self.beginInsertRows(QModelIndex(), place, place)
        self._keys.insert(place, held)
        self._held[key] = held
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mark = self.mark(index.row()) if index.isValid() else None
        if mark is None or self._open is None:
            return None
        if role == MARK:
            return mark
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(mark.covered(self._open.text)[:SHOWN].split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.data(index)
            return tr(
                "{label}, {text}, {start} to {end}", label=mark.label.shown, text=text, start=mark.start, end=mark.end
            )
        return None

    def mark(self, row: int) -> Annotation | None:
        """The mark in `row`."""
        if self._open is None or not 0 <= row < len(self._keys):
            return None
        return self._open.annotations.get(self._keys[row][2])

    def row_of(self, key: str | None) -> int | None:
        """The row of the mark with that id."""
        held = self._held.get(key) if key else None
        return None if held is None else bisect_left(self._keys, held)

    def beside(self, position: int, by: int) -> Annotation | None:
        """The first mark that starts after code point `position` (`by` 1) or before it (`by` -1)."""
        place = bisect_left(self._keys, (position + 1,)) if by > 0 else bisect_left(self._keys, (position,)) - 1
        return self.mark(place)

    def next_to(self, key: str, by: int) -> Annotation | None:
        """The mark `by` rows below the one with that id."""
        row = self.row_of(key)
        return None if row is None else self.mark(row + by)


def _key(mark: Annotation) -> tuple[int, int, str]:
    return (mark.start, -mark.end, mark.id)
