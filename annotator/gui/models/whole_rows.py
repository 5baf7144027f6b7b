"""A table whose rows are shown all at once: what such models have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex

from annotator.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class WholeRows(QAbstractTableModel, Generic[Row]):
    """Rows that come together and go together; a model says what their cells are, and how many `COLUMNS` there are."""

    COLUMNS = 1

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.COLUMNS
