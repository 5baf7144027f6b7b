"""Reading the rows of a table whose file is damaged: from both ends of every stretch that cannot be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

HIGHEST = 2**63 - 1
UNTOLD = 2**20  # how far is looked where the highest number cannot be read
PATIENCE = 20_000  # looks that found nothing, of a table, after which no further is looked
FIRST_PATIENCE = 300  # the same, where nothing at all was found yet

Row = tuple[int, tuple[Any, ...]]  # a row's number in its table, and its values


class _Statements:
    """The two ways through a stretch of a table: numbers behind the first, up to and with the last."""

    def __init__(self, table: str, columns: str) -> None:
        chosen = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
        self.up, self.down = chosen, f"{chosen} DESC"


def rows_of(connection: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Every row of `table` that can be read, each once. `columns` is what follows SELECT.

    A page that is lost takes the rows on it along and no others: between two such pages, what is whole is found by
    halving.
    """
    statements = _Statements(table, columns)
    stretches = [(0, _last(connection, statements))]
    in_vain, patience = 0, FIRST_PATIENCE
    while stretches and in_vain < patience:
        first, last = stretches.pop()
        low, high = first, last
        try:
            for number, values in _rows(connection, statements.up, first, last):
                if number <= low:  # a damaged page may lead back to where we were
                    raise sqlite3.DatabaseError
                low = number
                yield values
            continue
        except sqlite3.Error:
            pass
        with suppress(sqlite3.Error):
            for number, values in _rows(connection, statements.down, low, last):
                if number > high:
                    break
                high = number - 1
                yield values
        found = (low, high) != (first, last)
        in_vain, patience = in_vain + (not found), PATIENCE if found else patience
        if high - low > 1:
            middle = (low + high) // 2
            stretches += [(middle, high), (low, middle)]


def _last(connection: sqlite3.Connection, statements: _Statements) -> int:
    """The highest number of a row, or one beyond which none is looked for."""
    with suppress(sqlite3.Error):
        for number, _ in _rows(connection, statements.down, 0, HIGHEST):
            return number
        return 0
    return UNTOLD


def _rows(connection: sqlite3.Connection, sql: str, first: int, last: int) -> Iterator[Row]:
    """The rows of a stretch. Raises sqlite3.Error behind the last that can be read.

    Python's module looks one row ahead: the error that comes from there would take along a row that was read.
    """
    going_down = sql.endswith("DESC")
    try:
        with closing(connection.execute(sql, (first, last))) as cursor:
            for number, *values in cursor:
                first, last = (first, number - 1) if going_down else (number, last)
                yield number, tuple(values)
    except sqlite3.Error:
        for number, *values in connection.execute(f"{sql} LIMIT 1", (first, last)):
            yield number, tuple(values)
        raise
