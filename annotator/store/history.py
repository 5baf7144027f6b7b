"""The append-only truth: one row per edit, how it is written and read, and what undo would take back next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson

from annotator.core.changes import BulkChange, ChangeSet, Held, Row, RowChange
from annotator.core.clock import now
from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.rows import ADDED, COLUMNS
from annotator.store.writing import selection

Kind = Literal["edit", "import", "undo", "redo"]
Inserted = Mapping[str, Sequence[Sequence[Any]]]  # rows of a table, as values in the order of its columns

REVISION_COLUMNS = (
    *("id", "device", "counter", "annotator", "lamport", "at", "base", "kind", "name", "step", "target"),
    *("undo", "redo", "document", "changes"),
)
INSERT = f"INSERT INTO revisions ({', '.join(REVISION_COLUMNS)}) VALUES ({', '.join('?' * len(REVISION_COLUMNS))})"

COUNTED = 1000  # revisions of a step whose size is asked for
PART = 4000  # rows changed in bulk that one revision holds, if its changes are no larger: writing it lets nobody in


@dataclass(slots=True)
class Head:
    """Where this copy of the project stands: its newest revision, and what may be undone and redone from there."""

    device: str
    counter: int = 0
    lamport: int = 0
    base: str | None = None
    undo: str | None = None
    redo: str | None = None

    def follow(
        self, kind: Kind, name: str, step: str, annotator: str, document: str, changes: bytes, target: str | None = None
    ) -> tuple[Any, ...]:
        """The next revision's row. The head then stands on it; `undo` and `redo` are as the caller set them."""
        self.counter += 1
        self.lamport += 1
        key = new_id()
        placed = (key, self.device, self.counter, annotator, self.lamport, now(), self.base)
        self.base = key
        return (*placed, kind, name, step, target, self.undo, self.redo, document, changes.decode())


def read_head(connection: sqlite3.Connection, device: str) -> Head:
    """The head of the copy of the project that is `device`; a new copy goes on from the newest revision there is."""
    sql = "SELECT counter, id, undo, redo FROM revisions WHERE device = ? ORDER BY counter DESC LIMIT 1"
    own = connection.execute(sql, (device,)).fetchone()
    sql = "SELECT 0, id, undo, redo FROM revisions ORDER BY lamport DESC, device DESC, counter DESC LIMIT 1"
    counter, base, undo, redo = own or connection.execute(sql).fetchone() or (0, None, None, None)
    (lamport,) = connection.execute("SELECT coalesce(max(lamport), 0) FROM revisions").fetchone()
    return Head(device, counter, lamport, base, undo, redo)


def parts(changes: ChangeSet) -> Iterator[ChangeSet]:
    """A step as its revisions hold it: one, but for large changes in bulk, which are shared out among several."""
    rows, waiting, count = changes.rows, list[BulkChange](), 0
    for each in changes.bulk:
        if waiting and count + len(each.keys) > PART:
            yield replace(changes, rows=rows, bulk=tuple(waiting))
            rows, waiting, count = (), [], 0
        waiting.append(each)
        count += len(each.keys)
    yield replace(changes, rows=rows, bulk=tuple(waiting))


def encoded(changes: ChangeSet) -> bytes:
    """A step as a revision holds it: a JSON list of `[table, key, before, after]`.

    With changes in bulk, an object: that list as `rows`, and a list `bulk` of `[table, keys, before, after]`, where
    the two sides are columns, held as `encoded_inserts` does.
    """
    rows = [[change.table, change.key, change.before, change.after] for change in changes.rows]
    if not changes.bulk:
        return orjson.dumps(rows)
    many = [[each.table, each.keys, _held(each.before), _held(each.after)] for each in changes.bulk]
    return orjson.dumps({"rows": rows, "bulk": many})


def _held(columns: Held | None) -> list[Any] | None:
    return None if columns is None else [(name, _shortened(values)) for name, values in columns.items()]


def _shortened(values: Sequence[Any]) -> Any:
    return {"all": values[0]} if values and values.count(values[0]) == len(values) else values


def encoded_inserts(tables: Inserted, fixed: Mapping[str, str]) -> bytes:
    """New rows of a document as an import's revision holds them: `{table: [[column, held], …]}`.

    What is held of a column is the list of its values, or `{"all": value}` where all rows have the same; of the
    columns in `fixed` it is the value there, since rows for this file have numbers instead.
    """
    everywhere = {column: {"all": value} for column, value in fixed.items()}
    return orjson.dumps({table: _by_column(COLUMNS[table], rows, everywhere) for table, rows in tables.items() if rows})


def _by_column(columns: Sequence[str], rows: Sequence[Sequence[Any]], fixed: Mapping[str, Any]) -> list[Any]:
    return [
        (column, fixed.get(column) or _shortened(values))
        for column, values in zip(columns, zip(*rows, strict=True), strict=True)
    ]


def decoded(changes: str, name: str = "", document: str = "") -> ChangeSet:
    """The step that a revision holds, whichever way it holds it.

    Raises KnownError where it names what no project has: tables and columns become a part of statements.
    """
    try:
        step = _decoded(changes, name, document)
        if all(map(_is_of_ours, step.rows)) and all(map(_is_of_ours, step.bulk)):
            return step
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    raise KnownError("A step of the project’s history is not one that this program writes. Nothing was changed.")


def _is_of_ours(change: RowChange | BulkChange) -> bool:
    if isinstance(change, RowChange):
        return change.table in COLUMNS
    known = COLUMNS.get(change.table, ())
    return bool(known) and all(column in known for side in (change.before, change.after) for column in side or ())


def _decoded(changes: str, name: str, document: str) -> ChangeSet:
    data = orjson.loads(changes)
    if isinstance(data, list):
        return ChangeSet(name, tuple(_row_change(*change) for change in data), document)
    if "bulk" in data:
        many = tuple(_unheld(*each) for each in data["bulk"])
        return ChangeSet(name, tuple(_row_change(*change) for change in data["rows"]), document, many)
    inserts = (
        (table, {**ADDED.get(table, {}), **row}) for table, columns in data.items() for row in _by_row(dict(columns))
    )
    return ChangeSet(name, tuple(RowChange(table, row["id"], None, row) for table, row in inserts), document)


def _row_change(table: str, key: str, before: Row | None, after: Row | None) -> RowChange:
    """A change as it was written, with the columns that were added since."""
    added = ADDED.get(table)
    if added is not None:
        before, after = (side and {**added, **side} for side in (before, after))
    return RowChange(table, key, before, after)


def _unheld(table: str, keys: list[str], before: Any, after: Any) -> BulkChange:
    added = ADDED.get(table, {}) if before is None or after is None else {}  # else only some columns change
    more = {name: {"all": value} for name, value in added.items()}
    sides = [None if side is None else _lengthened({**more, **dict(side)}, len(keys)) for side in (before, after)]
    return BulkChange(table, tuple(keys), *sides)


def _lengthened(columns: dict[str, Any], count: int) -> dict[str, Any]:
    return {name: [held["all"]] * count if isinstance(held, dict) else held for name, held in columns.items()}


def _by_row(columns: dict[str, Any]) -> Iterator[dict[str, Any]]:
    count = max([len(held) for held in columns.values() if isinstance(held, list)], default=1)
    full = _lengthened(columns, count)
    for values in zip(*full.values(), strict=True):
        yield dict(zip(full, values, strict=True))


def places_of_step(connection: sqlite3.Connection, step: str) -> list[int]:
    """Where the revisions of a step stand in their table, in the order they were made."""
    sql = "SELECT rowid FROM revisions WHERE step = ? ORDER BY lamport, device, counter"
    return [place for (place,) in connection.execute(sql, (step,))]


def changes_at(connection: sqlite3.Connection, place: int) -> ChangeSet:
    """The changes of the revision that stands there."""
    sql = "SELECT name, document, changes FROM revisions WHERE rowid = ?"
    name, document, changes = connection.execute(sql, (place,)).fetchone()
    return decoded(changes, name, document)


def state_before(connection: sqlite3.Connection, step: str) -> tuple[str | None, str | None]:
    """What could be undone and redone before the step was done."""
    sql = """
        SELECT undo, redo FROM revisions WHERE id = (
            SELECT base FROM revisions WHERE step = ? ORDER BY lamport, device, counter LIMIT 1)"""
    return connection.execute(sql, (step,)).fetchone() or (None, None)


def last_undoing(connection: sqlite3.Connection, step: str) -> str | None:
    """The newest step that took `step` back."""
    sql = "SELECT step FROM revisions WHERE target = ? AND kind = 'undo' ORDER BY lamport DESC LIMIT 1"
    found = connection.execute(sql, (step,)).fetchone()
    return str(found[0]) if found else None


def name_of_step(connection: sqlite3.Connection, step: str | None) -> str | None:
    """What the Edit menu calls a step."""
    if step is None:
        return None
    found = connection.execute("SELECT name FROM revisions WHERE step = ? LIMIT 1", (step,)).fetchone()
    return str(found[0]) if found else None


def size_of_step(connection: sqlite3.Connection, step: str | None) -> int:
    """How many bytes a step's changes take; of one with more revisions than `COUNTED`, what those take.

    None of them is read: a file says how long a value is before it gives it.
    """
    found = connection.execute("SELECT rowid FROM revisions WHERE step = ? LIMIT ?", (step, COUNTED)).fetchall()
    return sum(_length(connection, row) for (row,) in found)


def _length(connection: sqlite3.Connection, row: int) -> int:
    with connection.blobopen("revisions", "changes", row, readonly=True) as held:
        return len(held)


def replayed(connection: sqlite3.Connection) -> dict[str, dict[str, dict[str, Any]]]:
    """The current state as the revisions alone give it: rows by their id, by table."""
    state: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in COLUMNS}
    for (changes,) in connection.execute("SELECT changes FROM revisions ORDER BY lamport, device, counter"):
        step = decoded(changes)
        for change in step.rows:
            if change.after is None:
                state[change.table].pop(change.key, None)
            else:
                kept = {column: change.after[column] for column in COLUMNS[change.table]}
                state[change.table][change.key] = kept
        for many in step.bulk:
            _replay(state[many.table], many)
    return state


def _replay(rows: dict[str, dict[str, Any]], many: BulkChange) -> None:
    if many.after is None:
        for key in many.keys:
            rows.pop(key, None)
        return
    for key, values in zip(many.keys, zip(*many.after.values(), strict=True), strict=True):
        changed = dict(zip(many.after, values, strict=True))
        rows[key] = changed if many.before is None else {**rows.get(key, {}), **changed}


def current(connection: sqlite3.Connection) -> dict[str, dict[str, dict[str, Any]]]:
    """The current state as the tables hold it, in the form of `replayed`."""
    state: dict[str, dict[str, dict[str, Any]]] = {}
    for table, columns in COLUMNS.items():
        rows = connection.execute(selection(table))
        state[table] = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    return state
