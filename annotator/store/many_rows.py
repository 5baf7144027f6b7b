"""Rows by the thousand, as changes in bulk: tuples as the file gives them, in the order of their table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.core.changes import BulkChange, Row, RowChange
from annotator.core.rows import COLUMNS

Rows = list[tuple[Any, ...]]

AT = {name: place for place, name in enumerate(COLUMNS["annotations"])}
LINK = {name: place for place, name in enumerate(COLUMNS["relations"])}


def gone(table: str, held: Row) -> RowChange:
    """The change that takes a row away."""
    return RowChange(table, held["id"], held, None)


def real(changes: Iterable[RowChange]) -> Iterator[RowChange]:
    """Those of the changes that change something."""
    return (change for change in changes if change.before != change.after)


def deleted(table: str, rows: Rows) -> Iterator[BulkChange]:
    """The change that takes `rows` away; none where there are no rows."""
    if rows:
        columns = dict(zip(COLUMNS[table], zip(*rows, strict=True), strict=True))
        yield BulkChange(table, tuple(each[0] for each in rows), columns, None)


def columns_changed(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[BulkChange]:
    """One change of `columns`; each of `rows` is an id, what they held, and what they hold then."""
    if not rows:
        return []
    keys, *values = zip(*rows, strict=True)
    before, after = values[: len(columns)], values[len(columns) :]
    return [BulkChange(table, keys, dict(zip(columns, before, strict=True)), dict(zip(columns, after, strict=True)))]


def documents_in(rows: Rows) -> int:
    """In how many documents the rows stand."""
    return len({each[1] for each in rows})


def link_sign(link: tuple[Any, ...]) -> tuple[Any, ...]:
    """What two links between the same marks, by the same annotator, have in common."""
    return tuple(link[LINK[name]] for name in ("source", "target", "annotator"))


def names_of(rows: Iterable[Row]) -> str:
    """The names in `rows`, for a sentence."""
    return ", ".join(str(each["name"]) for each in rows)


def each_name(rows: Iterable[Row]) -> Iterator[str]:
    """The names in `rows`, one by one."""
    return (str(each["name"]) for each in rows)
