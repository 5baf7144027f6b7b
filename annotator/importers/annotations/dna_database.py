"""The tables of a database of Discourse Network Analyzer 3, read from its bytes into memory: the file is not touched.

The only SQL outside `annotator.store`: a foreign program’s file is a format like others, and none of our tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from annotator.core.errors import KnownError

Row = dict[str, Any]

MAGIC = b"SQLite format 3\0"
_NEEDED = ("CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS", "ENTITIES")
_LARGEST = 50_000_000  # bytes of one value
_STEPS = 200_000_000  # of SQLite's machine for one query: what needs more is no honest database of statements


class DnaDatabase:
    """The rows of its tables, each as a dictionary by the names of columns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables = {str(name).upper() for (name,) in names}
        if missing := [name for name in _NEEDED if name not in self._tables]:
            raise KnownError(f"It is a database, but none of DNA 3: the table {missing[0]} is not there.")

    def rows(self, table: str, order: str = "ID") -> Iterator[Row]:
        """The rows of a table, in the order of a column; none where there is no such table."""
        if table not in self._tables:
            return
        found = self._connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
        columns = [column[0] for column in found.description]
        for values in found:
            yield dict(zip(columns, values, strict=True))


@contextmanager
def dna_database(data: bytes) -> Iterator[DnaDatabase]:
    """The database that `data` is. Raises KnownError where it is damaged, also while it is read."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data[:18] + b"\1\1" + data[20:])  # a journal beside it cannot be had
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)  # views and generated columns can make more of it
        for wish in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {wish}")
        connection.set_progress_handler(lambda: 1, _STEPS)
        connection.text_factory = lambda held: held.decode(errors="replace")
        yield DnaDatabase(connection)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise KnownError(f"It is a damaged database ({error}).") from None
    finally:
        connection.close()
