"""Revisions as rows that can be carried from file to file, and done again in a file that lacks them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from annotator.store.history import INSERT, REVISION_COLUMNS, decoded
from annotator.store.writing import store_text, write_bulk, write_row

NAME, DOCUMENT, CHANGES = (REVISION_COLUMNS.index(name) for name in ("name", "document", "changes"))
SELECT = f"SELECT {', '.join(REVISION_COLUMNS)} FROM revisions"


def do_again(connection: sqlite3.Connection, revisions: Iterable[tuple[Any, ...]]) -> int:
    """Do what `revisions`, in their order, did, and write them down. Within a transaction. Returns how many.

    Raises StaleChangeError where the file is not what they were done to.
    """
    count = 0
    for revision in revisions:
        changes = decoded(revision[CHANGES], revision[NAME], revision[DOCUMENT])
        for change in changes.rows:
            write_row(connection, change)
        for many in changes.bulk:
            write_bulk(connection, many)
        connection.execute(INSERT, revision)
        count += 1
    return count


def put_texts(connection: sqlite3.Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Store texts, each with its hash, that the file may not hold yet."""
    for sha256, text in texts:
        store_text(connection, sha256, text)
