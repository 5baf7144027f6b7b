"""Reading the rows of a table whose file is damaged: from both ends, and past what cannot be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

HIGHEST = 2**63 - 1
_UNTOLD = 2**20  # how far a search goes on beyond the last row that is known of

Row = tuple[int, tuple[Any, ...]]  # a row's number in its table, and its values


def rows_of(connection: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Every row of `table` that can be read, each once, by number. `columns` is what follows SELECT.

    A page that is lost takes the rows on it along and no others: the search goes on behind it.
    """
    seen: set[int] = set()
    last = _last(connection, table, columns)
    first, step = -HIGHEST, 1
    while True:
        whole = True
        try:
            for number, values in _up(connection, table, columns, first):
                first, step = number, 1
                if number not in seen:
                    seen.add(number)
                    yield values
        except sqlite3.Error:
            whole = False
        if whole or first >= last:
            return
        first = max(first, 0) + step if first > -HIGHEST else 0
        step *= 2
        for number, values in _down(connection, table, columns, min(first, last)):
            if number in seen:
                break
            seen.add(number)
            yield values


def _last(connection: sqlite3.Connection, table: str, columns: str) -> int:
    """The highest number of a row; where that cannot be read, one beyond which none is looked for."""
    for number, _ in _down(connection, table, columns, HIGHEST):
        return number
    return _UNTOLD


def _up(connection: sqlite3.Connection, table: str, columns: str, after: int) -> Iterator[Row]:
    sql = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"
    with closing(connection.execute(sql, (after,))) as cursor:
        for number, *values in cursor:
            if number <= after:  # a damaged page may lead back to where we were
                raise sqlite3.DatabaseError
            after = number
            yield number, tuple(values)


def _down(connection: sqlite3.Connection, table: str, columns: str, start: int) -> Iterator[Row]:
    """The rows from `start` downwards, as far as they can be read."""
    sql = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid <= ? ORDER BY rowid DESC"
    before = HIGHEST
    try:
        with closing(connection.execute(sql, (start,))) as cursor:
            for number, *values in cursor:
                if number > before:
                    return
                before = number
                yield number, tuple(values)
    except sqlite3.Error:
        return
