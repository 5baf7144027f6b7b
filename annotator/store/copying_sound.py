"""What is sound in a project file that is not made as this program makes them, as a new project.

Nothing of the old file's schema comes along: rows are read from its ordinary tables by the names of known columns,
and put into tables of our own making.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.store.database import APPLICATION_ID, errors_for_people, schema_version, write_new
from annotator.store.known_schema import TABLES, empty_database, parts_of
from annotator.store.writing import COUNTS, recount_documents

_NOT_COPIED = ("_sqlite_migrations", "search")  # what the new file has already, or makes anew
_AT_A_TIME = 500  # rows


def copy_sound(path: Path, to: Path) -> dict[str, int]:
    """Make a new project at `to` of the project at `path`, which stays as it is. Returns how many rows each table has.

    Rows that no table of ours takes, or that refer to what is not there, are left out; they are counted under the
    name `left_out`. Raises KnownError where there is something at `to` already, and where `path` cannot be read.
    """
    if to.exists():
        raise KnownError(f"{to} exists already. It was left as it is; choose another name.")
    version = schema_version(path)
    if version > max(TABLES):
        raise KnownError(
            f"{path} was made by a newer version of Annotator: copy it with that one. Nothing was changed."
        )
    with errors_for_people(str(path)), closing(_reading(path)) as source, closing(empty_database(version)) as made:
        held: Counter[str] = Counter()
        counted = bool(made.execute(f"DELETE FROM meta WHERE key IN {COUNTS}").rowcount)
        for table in _tables(made):
            taken, refused = _copied(source, made, table)
            held[table] = taken
            held["left_out"] += refused
        held["left_out"] += _orphans_removed(made, held)
        made.execute("DELETE FROM meta WHERE key = 'indexed_to'")
        if counted:  # a stranger's counts are not believed
            recount_documents(made)
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        write_new(to, made.serialize())
    return dict(held)


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    for wish in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        connection.execute(f"PRAGMA {wish}")
    return connection


def _tables(made: sqlite3.Connection) -> list[str]:
    names = [name for kind, name, _ in parts_of(made) if kind == "table"]
    return [name for name in names if not name.startswith(_NOT_COPIED)]


def _copied(source: sqlite3.Connection, made: sqlite3.Connection, table: str) -> tuple[int, int]:
    """How many rows of a table were copied, and how many were not."""
    ordinary = {name for kind, name, sql in parts_of(source) if kind == "table" and sql.startswith("CREATE TABLE")}
    if table not in ordinary:
        return 0, 0
    shared = [name for name in _columns(made, table) if name in _columns(source, table)]
    names = ", ".join(f'"{name}"' for name in shared)
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(shared))})'
    counts = Counter(_is_taken(made, insert, row) for row in _rows(source, f'SELECT {names} FROM "{table}"'))
    return counts[True], counts[False]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of the columns that hold something, not those that are made of others."""
    return [name for _, name, *_, hidden in connection.execute(f'PRAGMA table_xinfo("{table}")') if not hidden]


def _rows(source: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...]]:
    found = source.execute(sql)
    while some := found.fetchmany(_AT_A_TIME):
        yield from some


def _is_taken(made: sqlite3.Connection, insert: str, row: tuple[object, ...]) -> bool:
    try:
        made.execute(insert, row)
    except sqlite3.IntegrityError:  # of a kind that its column does not hold, or there already
        return False
    return True


def _orphans_removed(made: sqlite3.Connection, held: Counter[str]) -> int:
    """Take away the rows that refer to what is not there, and then those that referred to them."""
    removed = 0
    while found := {(table, row) for table, row, *_ in made.execute("PRAGMA foreign_key_check")}:
        for table, row in found:
            made.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
            held[table] -= 1
        removed += len(found)
    return removed
