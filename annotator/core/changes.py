"""Edits as values: what a row was, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a project's tables: `table`, its id, what it was and what it becomes."""

    table: str
    key: str
    before: Row | None  # None: there was no such row
    after: Row | None  # None: there is no such row any more


_SOMETHING: Row = MappingProxyType({"id": ""})  # stands for a row of which only that it is there is told
Held = Mapping[str, Sequence[Any]]  # a column's values, one a row


@dataclass(frozen=True, slots=True)
class BulkChange:
    """The same kind of change to many rows of one table, by column: as many values in each column as there are keys.

    With both sides, the columns named there change, and no other. With one side, whole rows come or go.
    """

    table: str
    keys: tuple[str, ...]
    before: Held | None
    after: Held | None

    def inverse(self) -> BulkChange:
        """What takes it back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step of the editing history, forwards; `inverse()` is the same step backwards.

    Listeners learn of `rows` one by one; of what is in `bulk`, they read anew.
    """

    name: str  # what Edit ▸ Undo shows
    rows: tuple[RowChange, ...]
    document: str = ""  # the document it is about, if it is one
    bulk: tuple[BulkChange, ...] = ()

    def inverse(self) -> ChangeSet:
        """The step that takes this one back: the parts in the other order, each turned round."""
        undone = [RowChange(row.table, row.key, row.after, row.before) for row in reversed(self.rows)]
        many = [change.inverse() for change in reversed(self.bulk)]
        return replace(self, rows=tuple(undone), bulk=tuple(many))

    def outline(self) -> ChangeSet:
        """The documents that come or go in it, without what they hold and what is in them; else all of it.

        A step over a million documents can be held so.
        """
        whole = [row for row in self.rows if row.table == "documents" and (row.before is None or row.after is None)]
        if not whole:
            return self
        rows = (RowChange("documents", row.key, row.before and _SOMETHING, row.after and _SOMETHING) for row in whole)
        return replace(self, rows=tuple(rows), bulk=())

    def touches(self, table: str) -> frozenset[str]:
        """The ids of the rows of `table` that it changes, but for those in `bulk`."""
        return frozenset(row.key for row in self.rows if row.table == table)

    def documents(self) -> list[str]:
        """The ids of the documents that its marks, links, zones and answers stand in, in order and once each."""
        rows = ((row.after or row.before or {}).get("document") for row in self.rows)
        return list(dict.fromkeys(filter(None, (self.document, *rows))))
