"""Rows into tables, with the full-text index kept in step. Called within a transaction only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from annotator.core.changes import BulkChange, RowChange
from annotator.core.errors import KnownError
from annotator.core.folding import folded
from annotator.core.rows import COLUMNS

FEW = 10  # documents that are put into the index without a look whether somebody waits: a few milliseconds

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
            count_documents(connection, -1, -_length(connection, change.before["sha256"]))
    if change.after is None:
        connection.execute(f"DELETE FROM {change.table} WHERE id = ?", (change.key,))
    else:
        sql = insertion(change.table) if change.before is None else _update(change.table)
        connection.execute(sql, change.after)
    if change.table == "documents" and change.after is not None:
        _index(connection, change.key, take_out=False)
        if change.before is None:
            count_documents(connection, 1, _length(connection, change.after["sha256"]))


def write_bulk(connection: sqlite3.Connection, change: BulkChange) -> None:
    """Make `change` in its table. Raises StaleChangeError when a row is not what the change says it was.

    Documents cannot be changed so: the full-text index would not follow.
    """
    if change.before is not None and _differs(connection, change):
        raise StaleChangeError("Some of these were changed by another step in the meantime. Nothing was changed now.")
    if change.after is None:
        connection.executemany(f"DELETE FROM {change.table} WHERE id = ?", ((key,) for key in change.keys))
    elif change.before is None:
        rows = (dict(zip(change.after, values, strict=True)) for values in zip(*change.after.values(), strict=True))
        connection.executemany(insertion(change.table), rows)
    else:
        settings = ", ".join(f"{_quoted(column)} = ?" for column in change.after)
        values = zip(*change.after.values(), change.keys, strict=True)
        connection.executemany(f"UPDATE {change.table} SET {settings} WHERE id = ?", values)


def _differs(connection: sqlite3.Connection, change: BulkChange) -> bool:
    """Whether a row of `change` is another now, or gone, in the columns that it speaks of."""
    before = change.before or {}
    columns = ", ".join(_read(change.table, column) for column in before)
    sql = f"SELECT {columns} FROM {change.table} WHERE id = ?"
    wanted = zip(change.keys, zip(*before.values(), strict=True), strict=True)
    return any(connection.execute(sql, (key,)).fetchone() != values for key, values in wanted)


def stored(connection: sqlite3.Connection, table: str, key: str) -> dict[str, Any] | None:
    """The row of `table` with that id, as it is now."""
    found = connection.execute(f"{selection(table)} WHERE {table}.id = ?", (key,)).fetchone()
    return None if found is None else dict(zip(COLUMNS[table], found, strict=True))


# In values and revisions a row names its document by id, and a document its text by hash. In this file both are
# numbers, and a document has the number of its text.

_NUMBER = "(SELECT number FROM documents WHERE id = :document)"
_ID = "(SELECT id FROM documents WHERE number = {table}.document)"
_TEXT_NUMBER = "(SELECT number FROM texts WHERE sha256 = :sha256)"
_HASH = "(SELECT sha256 FROM texts WHERE number = documents.number)"


@cache
def selection(table: str) -> str:
    """The statement that reads rows of `table`, values in the order of its columns."""
    return f"SELECT {', '.join(_read(table, column) for column in COLUMNS[table])} FROM {table}"


def _read(table: str, column: str) -> str:
    odd = {"document": _ID.format(table=table), "sha256": _HASH}
    return odd.get(column, _quoted(column))


@cache
def insertion(table: str) -> str:
    """The statement that inserts a row of `table`, given by its columns' names."""
    odd = {"document": _NUMBER, "sha256": _TEXT_NUMBER}
    names = [_quoted("number" if column == "sha256" else column) for column in COLUMNS[table]]
    values = [odd.get(column, f":{column}") for column in COLUMNS[table]]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values)})"


@cache
def insertion_by_number(table: str) -> str:
    """The statement that inserts a row of `table`, values in the order of its columns, its document by number.

    A document's own number stands where its text's hash does.
    """
    names = [_quoted("number" if column == "sha256" else column) for column in COLUMNS[table]]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@cache
def _update(table: str) -> str:
    fixed = ("id", "document", "sha256")
    settings = ", ".join(f"{_quoted(column)} = :{column}" for column in COLUMNS[table] if column not in fixed)
    return f"UPDATE {table} SET {settings} WHERE id = :id"


def _quoted(column: str) -> str:
    return f'"{column}"'  # `end` is a word of SQL's own


def store_text(connection: sqlite3.Connection, sha256: str, text: str) -> int:
    """The number of a text: a new one, or its old one where the file holds it already."""
    sql = "INSERT INTO texts (sha256, text) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING"
    made = connection.execute(sql, (sha256, text))
    if made.rowcount and made.lastrowid is not None:
        return made.lastrowid
    (number,) = connection.execute("SELECT number FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return int(number)


# How many documents there are, and how long their texts are together: counted as they come and go, since to count
# them anew is to read all of them.


COUNTS = ("documents", "characters")  # in meta, from version 10 of the schema on


def count_documents(connection: sqlite3.Connection, documents: int, characters: int) -> None:
    """So many documents more, or less, with texts of so many characters."""
    pairs = zip((documents, characters), COUNTS, strict=True)
    connection.executemany("UPDATE meta SET value = value + ? WHERE key = ?", pairs)


def recount_documents(connection: sqlite3.Connection) -> None:
    """Count documents and characters anew, in a file that was put together from parts of others."""
    sql = "SELECT count(*), coalesce(sum(length(text)), 0) FROM documents JOIN texts USING (number)"
    pairs = zip(COUNTS, connection.execute(sql).fetchone(), strict=True)
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, str(count)) for key, count in pairs])


def _length(connection: sqlite3.Connection, sha256: str) -> int:
    (length,) = connection.execute("SELECT length(text) FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return int(length)


# The full-text index. Documents up to number `indexed_to` are in it; those after it wait for `index_pending`.


def indexed_to(connection: sqlite3.Connection) -> int:
    """The number of the last document that the index holds."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'indexed_to'").fetchone()
    return int(found[0]) if found else 0


def index_pending(connection: sqlite3.Connection, limit: int, hurry: Callable[[], bool] = lambda: False) -> int:
    """Put the next `limit` documents that wait into the index, fewer in a `hurry`. Returns how many there were."""
    reached, done = indexed_to(connection), 0
    rows = connection.execute(f"{_WORDS} WHERE d.number > ? ORDER BY d.number LIMIT ?", (reached, limit)).fetchall()
    while done < len(rows) and not (done and hurry()):
        some = rows[done : done + FEW]
        words = [(number, folded(title), folded(text)) for number, title, text in some]
        connection.executemany("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", words)
        done, reached = done + len(some), some[-1][0]
    if done:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('indexed_to', ?)", (str(reached),))
    return done


def index_again(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Put documents into the index that have the numbers of deleted ones it has passed already."""
    last = indexed_to(connection)
    passed = [number for number in numbers if number <= last]
    rows = connection.execute(f"{_WORDS} WHERE d.number IN (SELECT value FROM json_each(?))", (json.dumps(passed),))
    words = [(number, folded(title), folded(text)) for number, title, text in rows] if passed else []
    connection.executemany("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", words)


def _index(connection: sqlite3.Connection, key: str, *, take_out: bool) -> None:
    number, title, text = connection.execute(f"{_WORDS} WHERE d.id = ?", (key,)).fetchone()
    if number > indexed_to(connection):
        return
    if take_out:  # the index keeps no text: it must be told again what it was given
        sql = "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)"
    else:
        sql = "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)"
    connection.execute(sql, (number, folded(title), folded(text)))


_WORDS = "SELECT d.number, d.title, t.text FROM documents d JOIN texts t ON t.number = d.number"
