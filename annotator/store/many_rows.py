"""Rows by the thousand, as changes in bulk: tuples as the file gives them, in the order of their table's columns.

They go in pieces. What handles a piece does so in one breath, without letting another thread in between, and the
window's thread must not wait for 100,000 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.core.changes import BulkChange, Row, RowChange
from annotator.core.rows import COLUMNS

Rows = list[tuple[Any, ...]]

AT = {name: place for place, name in enumerate(COLUMNS["annotations"])}
LINK = {name: place for place, name in enumerate(COLUMNS["relations"])}
PIECE = 2000  # rows of a change in bulk
_ALIKE = (  # columns that hold texts, and few different ones
    *("document", "label", "type", "attribute", "value", "fragments", "attributes", "note"),
    *("annotator", "origin", "created", "updated"),
)


class Sharing:
    """Rows of a table in which texts that are equal are one: of 100,000 marks, most texts are.

    It saves memory, and letting go of so many at once would hold up the window's thread.
    """

    def __init__(self, table: str) -> None:
        self._places = [COLUMNS[table].index(name) for name in _ALIKE if name in COLUMNS[table]]
        self._known: dict[Any, Any] = {}

    def rows(self, piece: Rows) -> Iterator[tuple[Any, ...]]:
        """The rows in `piece`."""
        columns: list[Iterable[Any]] = list(zip(*piece, strict=True))
        for place in self._places:
            columns[place] = map(self._known.setdefault, columns[place], columns[place])
        return zip(*columns, strict=True)


def gone(table: str, held: Row) -> RowChange:
    """The change that takes a row away."""
    return RowChange(table, held["id"], held, None)


def real(changes: Iterable[RowChange]) -> Iterator[RowChange]:
    """Those of the changes that change something."""
    return (change for change in changes if change.before != change.after)


def deleted(table: str, rows: Rows) -> Iterator[BulkChange]:
    """The changes that take `rows` away; none where there are no rows."""
    for keys, held in _pieces(COLUMNS[table], rows):
        yield BulkChange(table, keys, held, None)


def inserted(table: str, rows: Rows) -> Iterator[BulkChange]:
    """The changes that put `rows` there; none where there are no rows."""
    for keys, held in _pieces(COLUMNS[table], rows):
        yield BulkChange(table, keys, None, held)


def _pieces(columns: Sequence[str], rows: Rows) -> Iterator[tuple[tuple[str, ...], dict[str, tuple[Any, ...]]]]:
    for first in range(0, len(rows), PIECE):
        piece = rows[first : first + PIECE]
        yield tuple(each[0] for each in piece), dict(zip(columns, zip(*piece, strict=True), strict=True))


def columns_changed(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[BulkChange]:
    """The changes of `columns`; each of `rows` is an id, what they held, and what they hold then."""
    changes = []
    for first in range(0, len(rows), PIECE):
        keys, *values = zip(*rows[first : first + PIECE], strict=True)
        before, after = values[: len(columns)], values[len(columns) :]
        sides = (dict(zip(columns, side, strict=True)) for side in (before, after))
        changes.append(BulkChange(table, keys, *sides))
    return changes


def documents_in(*several: Rows) -> int:
    """In how many documents the rows stand."""
    return len({each[1] for rows in several for each in rows})


def link_sign(link: tuple[Any, ...], source: str, target: str) -> tuple[Any, ...]:
    """What two links of a kind, the one leading from `source` to `target`, have in common if one of them is enough."""
    return (source, target, link[LINK["annotator"]], link[LINK["attributes"]])


def names_of(rows: Iterable[Row]) -> str:
    """The names in `rows`, for a sentence."""
    return ", ".join(str(each["name"]) for each in rows)


def each_name(rows: Iterable[Row]) -> Iterator[str]:
    """The names in `rows`, one by one."""
    return (str(each["name"]) for each in rows)
