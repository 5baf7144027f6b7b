"""Edits as values: what a row was, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a project's tables: `table`, its id, what it was and what it becomes."""

    table: str
    key: str
    before: Row | None  # None: there was no such row
    after: Row | None  # None: there is no such row any more


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step of the editing history, forwards; `inverse()` is the same step backwards."""

    name: str  # what Edit ▸ Undo shows
    rows: tuple[RowChange, ...]
    document: str = ""  # the document it is about, if it is one

    def inverse(self) -> ChangeSet:
        """The step that takes this one back."""
        undone = (RowChange(row.table, row.key, row.after, row.before) for row in reversed(self.rows))
        return replace(self, rows=tuple(undone))

    def touches(self, table: str) -> frozenset[str]:
        """The ids of the rows of `table` that it changes."""
        return frozenset(row.key for row in self.rows if row.table == table)

    def documents(self) -> list[str]:
        """The ids of the documents that its marks, links, zones and answers stand in, in order and once each."""
        rows = ((row.after or row.before or {}).get("document") for row in self.rows)
        return list(dict.fromkeys(filter(None, (self.document, *rows))))
