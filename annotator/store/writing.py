"""Rows into tables, with the full-text index kept in step. Called within a transaction only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.core.changes import RowChange
from annotator.core.errors import KnownError
from annotator.core.folding import folded
from annotator.core.rows import COLUMNS

THINGS = {
    "documents": "The document",
    "annotations": "The mark",
    "relations": "The link",
    "labels": "The label",
    "layers": "The layer",
    "attributes": "The attribute",
    "registry": "The registry entry",
    "statuses": "The document's status",
}


class StaleChangeError(KnownError):
    """The row is no longer what the change took it to be."""


def write_row(connection: sqlite3.Connection, change: RowChange) -> None:
    """Make `change` in its table. Raises StaleChangeError when the row is not what the change says it was."""
    if stored(connection, change.table, change.key) != change.before:
        thing = THINGS.get(change.table, "What you change")
        raise StaleChangeError(f"{thing} was changed by another step in the meantime. Nothing was changed now.")
    if change.table == "documents" and change.before is not None:
        _index(connection, change.key, take_out=True)
    if change.after is None:
        connection.execute(f"DELETE FROM {change.table} WHERE id = ?", (change.key,))
    elif change.before is None:
        columns = COLUMNS[change.table]
        connection.execute(insertion(change.table), [change.after[column] for column in columns])
    else:
        _update(connection, change.table, change.key, change.after)
    if change.table == "documents" and change.after is not None:
        _index(connection, change.key, take_out=False)


def insertion(table: str, columns: Sequence[str] | None = None) -> str:
    """The statement that inserts a row of `table`, values in the order of `columns`."""
    named = columns or COLUMNS[table]
    return f"INSERT INTO {table} ({quoted(named)}) VALUES ({', '.join('?' * len(named))})"


def quoted(columns: Iterable[str]) -> str:
    """Column names for a statement: `end` is a word of SQL's own."""
    return ", ".join(f'"{column}"' for column in columns)


def stored(connection: sqlite3.Connection, table: str, key: str) -> dict[str, Any] | None:
    """The row of `table` with that id, as it is now."""
    columns = COLUMNS[table]
    found = connection.execute(f"SELECT {quoted(columns)} FROM {table} WHERE id = ?", (key,)).fetchone()
    return None if found is None else dict(zip(columns, found, strict=True))


def _update(connection: sqlite3.Connection, table: str, key: str, after: Any) -> None:
    columns = COLUMNS[table]
    settings = ", ".join(f'"{column}" = ?' for column in columns)
    connection.execute(f"UPDATE {table} SET {settings} WHERE id = ?", [*(after[c] for c in columns), key])


# The full-text index. Documents up to number `indexed_to` are in it; those after it wait for `index_pending`.


def indexed_to(connection: sqlite3.Connection) -> int:
    """The number of the last document that the index holds."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'indexed_to'").fetchone()
    return int(found[0]) if found else 0


def index_pending(connection: sqlite3.Connection, limit: int) -> int:
    """Put the next `limit` documents that wait into the index. Returns how many there were."""
    rows = connection.execute(f"{_WORDS} WHERE d.number > ? ORDER BY d.number LIMIT ?", (indexed_to(connection), limit))
    words = [(number, folded(title), folded(text)) for number, title, text in rows]
    if words:
        connection.executemany("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", words)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('indexed_to', ?)", (str(words[-1][0]),))
    return len(words)


def _index(connection: sqlite3.Connection, key: str, *, take_out: bool) -> None:
    number, title, text = connection.execute(f"{_WORDS} WHERE d.id = ?", (key,)).fetchone()
    if number > indexed_to(connection):
        return
    if take_out:  # the index keeps no text: it must be told again what it was given
        sql = "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)"
    else:
        sql = "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)"
    connection.execute(sql, (number, folded(title), folded(text)))


_WORDS = "SELECT d.number, d.title, t.text FROM documents d JOIN texts t ON t.sha256 = d.sha256"
