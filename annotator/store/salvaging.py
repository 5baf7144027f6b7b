"""What can be saved of a damaged project, as a new project.

The history is the truth. All of it that can be read, in the file and in its backups, is brought together and done
again; where it has gaps, what the tables still hold fills them. Texts are known by their hash, wherever they are found.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.changes import ChangeSet, RowChange
from annotator.core.errors import KnownError
from annotator.core.ids import is_made, new_id, text_hash
from annotator.core.open_files import is_open
from annotator.core.rows import ADDED, COLUMNS, SCHEME_TABLES
from annotator.store import history
from annotator.store.backups import backups, base_of
from annotator.store.checking import check
from annotator.store.damaged_file import connect_to_damaged, readable_copies
from annotator.store.damaged_pages import rows_on_pages
from annotator.store.damaged_rows import rows_of
from annotator.store.database import connect_to_write, give_name, transaction, used_elsewhere
from annotator.store.project import Project, login_name
from annotator.store.stand_ins import stand_ins
from annotator.store.writing import COUNTS, insertion, recount_documents

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]  # by table, then by id

COUNTED = {"documents": "articles", "annotations": "marks", "relations": "links", "document_labels": "answers"}
_PARENTS_FIRST = (
    *("annotators", "layers", "labels", "attributes", "relation_types", "registry", "documents", "occurrences"),
    *("zones", "pages", "annotations", "relations", "document_labels", "statuses"),
)
_OF_FILE = ("backup", "restored", "indexed_to", *COUNTS)  # in meta


@dataclass(slots=True)
class Salvaged:
    """What came of it."""

    path: Path
    saved: dict[str, int] = field(default_factory=dict)  # by kind: articles, marks, links, answers, steps
    lost: dict[str, int] = field(default_factory=dict)  # known to have been there
    altered: int = 0  # texts that were kept though they are not quite what was imported
    from_backups: int = 0  # texts and steps that were found in backups alone
    stand_ins: int = 0  # labels, kinds of links and people whose names are lost: they are called LOST
    history_is_whole: bool = True
    remarks: list[str] = field(default_factory=list)  # what a check of the new file has to say

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        held = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**held, "path": str(self.path)}


def salvage(project: Path, to: Path, told: Callable[[str], None] = lambda what: None) -> Salvaged:
    """Make a new project at `to` of what can be read of the damaged `project`, which stays as it is.

    Raises KnownError when nothing can be read, `to` exists or `project` is open.
    """
    if to.exists():
        raise KnownError(f"{to} exists already. It was left as it is; choose another name.")
    if not project.exists():
        raise KnownError(f"There is no file {project}.")
    if is_open(project) or used_elsewhere(project):
        raise KnownError(f"{project} is open. Close it before it is repaired. Nothing was changed.")
    try:
        with tempfile.TemporaryDirectory(dir=to.resolve().parent, prefix=".salvage-") as folder:
            return _Salvage(project.resolve(), to, Path(folder), told).run()
    except OSError as error:
        raise KnownError(f"{to} cannot be made: {error.strerror}. Nothing was changed.") from error


class _Salvage:
    def __init__(self, project: Path, to: Path, folder: Path, told: Callable[[str], None]) -> None:
        self._project, self._to, self._folder, self._told = project, to, folder, told
        self._made = folder / "made.annotator"
        self._held: Rows = defaultdict(dict)  # what the tables of the damaged file hold
        self._whole_tables: set[str] = set()  # of which every row could be read
        self._altered: dict[str, tuple[int, str]] = {}
        self._counters: dict[str, int] = {}  # of each device: how many revisions it made, as an index has it
        self._restored = 0  # backups up to this number are of a state that a person went back from
        self.report = Salvaged(to)

    def run(self) -> Salvaged:
        Project.create(self._made, name=self._to.stem).close()
        copies = readable_copies(self._project, self._folder, self._made)
        with closing(connect_to_write(self._made)) as made:
            made.execute("PRAGMA foreign_keys = OFF")
            with transaction(made, str(self._to)):
                for copy in copies:
                    self._told("file")
                    with closing(connect_to_damaged(copy)) as connection:
                        self._gather(connection, made)
                        self._gather_tables(connection)
                    self._gather_pages(copy, made)
                self._gather_backups(made)
                self._put_altered(made)
                self._told("history")
                _put_versions(made)
                self._put_state(made)
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._told("search")
        self._finish()
        give_name(self._made, self._to)
        return self.report

    # Bringing together

    def _gather(self, source: sqlite3.Connection, made: sqlite3.Connection) -> int:
        """Everything of which there is only one truth, into the new file. Returns how much was new."""
        before = made.total_changes
        with suppress(sqlite3.Error):
            for device, counter in source.execute("SELECT device, max(counter) FROM revisions GROUP BY device"):
                self._counters[device] = max(counter, self._counters.get(device, 0))
        columns = ", ".join(history.REVISION_COLUMNS)
        for row in rows_of(source, "revisions", columns):
            if _is_revision(row):
                _put(made, "revisions", columns, row)
        for number, sha256, text in rows_of(source, "texts", "number, sha256, text"):
            if isinstance(text, str) and _hash_of(text) == sha256:
                _put(made, "texts", "number, sha256, text", (number, sha256, text))
            elif isinstance(text, str) and isinstance(sha256, str):
                self._altered.setdefault(sha256, (number, text))
        for table, columns in (("page_bytes", "sha256, size, packed"), ("scheme_versions", "revision, lamport")):
            for row in rows_of(source, table, columns):
                _put(made, table, columns, row)
        for row in rows_of(source, "devices", "id, place, created"):
            _put(made, "devices", "id, place, created", row)
        new = made.total_changes - before
        for key, value in rows_of(source, "meta", "key, value"):
            if key == "restored" and str(value).isdigit():
                self._restored = int(value)
            if key not in _OF_FILE and isinstance(value, str):
                with suppress(sqlite3.Error):
                    made.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        return new

    def _gather_pages(self, copy: Path, made: sqlite3.Connection) -> None:
        """Texts and revisions that no tree leads to any more."""
        for number, values in rows_on_pages(copy, 3):
            _, sha256, text = values
            if isinstance(text, str) and isinstance(sha256, str) and _hash_of(text) == sha256:
                _put(made, "texts", "number, sha256, text", (number, sha256, text))
        columns = ", ".join(history.REVISION_COLUMNS)
        for _, values in rows_on_pages(copy, len(history.REVISION_COLUMNS)):
            if _is_revision(values):
                _put(made, "revisions", columns, values)

    def _gather_tables(self, source: sqlite3.Connection) -> None:
        documents = dict(rows_of(source, "documents", "number, id"))
        hashes = dict(rows_of(source, "texts", "number, sha256"))
        for table in COLUMNS:
            count = 0
            for row in _table_rows(source, table):
                count += 1
                if table == "documents":
                    row["sha256"] = hashes.get(row.pop("sha256"))
                elif "document" in row:
                    row["document"] = documents.get(row["document"])
                if isinstance(row["id"], str):
                    self._held[table].setdefault(row["id"], row)
            if count == _count(source, table):
                self._whole_tables.add(table)

    def _gather_backups(self, made: sqlite3.Connection) -> None:
        """The newest backup that can be read, and what it adds to: its history and its texts."""
        later = (each for each in backups(self._project) if each.number > self._restored)
        newest = next((each for each in later if base_of(each)), None)
        whole = base_of(newest) if newest else None
        for backup in dict.fromkeys(filter(None, (newest, whole))):
            self._told("backup")
            uri = f"{backup.path.resolve().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as source:
                self.report.from_backups += self._gather(source, made)

    def _put_altered(self, made: sqlite3.Connection) -> None:
        for sha256, (number, text) in self._altered.items():
            known = made.execute("SELECT 1 FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
            if not known and _put(made, "texts", "number, sha256, text", (number, sha256, text)):
                self.report.altered += 1

    # Putting together

    def _put_state(self, made: sqlite3.Connection) -> None:
        done = history.replayed(made)
        self.report.history_is_whole = whole = self._is_whole(made) and any(done.values())
        state = done if whole else self._filled(done)
        if not any(state.values()):
            raise KnownError(
                f"Nothing could be read of {self._project}, and there is no backup of it. It was left as it is."
            )
        for table, row in stand_ins(state):
            state[table][row["id"]] = dict(row)
            self.report.stand_ins += 1
        texts = {sha256 for (sha256,) in made.execute("SELECT sha256 FROM texts")}
        there = {key for key, row in state["documents"].items() if row["sha256"] in texts}
        for table in _PARENTS_FIRST:
            sql = insertion(table).replace("INSERT", "INSERT OR IGNORE", 1)
            for key, row in state[table].items():
                document = key if table == "documents" else row.get("document", "")
                if document == "" or document in there:
                    with suppress(sqlite3.Error):
                        made.execute(sql, row)
        _delete_strays(made)
        recount_documents(made)
        made.execute("UPDATE annotations SET scheme = 0 WHERE scheme NOT IN (SELECT lamport FROM scheme_versions)")
        self._count(made, {key: state[key] if whole else {**self._held[key], **done[key]} for key in COUNTED})

    def _is_whole(self, made: sqlite3.Connection) -> bool:
        """Whether the history has no gap: each copy's revisions count up from 1, as far as they were known to go."""
        sql = "SELECT device, min(counter), max(counter), count(*) FROM revisions GROUP BY device"
        found = {device: counts for device, *counts in made.execute(sql)}
        sql = "SELECT 1 FROM revisions WHERE base IS NOT NULL AND base NOT IN (SELECT id FROM revisions)"
        whole = all(first == 1 and last == count for first, last, count in found.values())
        ends = all(found.get(device, (0, 0))[1] >= last for device, last in self._counters.items())
        return whole and ends and not made.execute(sql).fetchall()

    def _filled(self, done: Rows) -> Rows:
        """The state where the history has gaps: what tables hold is newer than what is left of the history."""
        state: Rows = {}
        for table, columns in COLUMNS.items():
            rows = {} if table in self._whole_tables else dict(done[table])
            for key, row in self._held[table].items():
                rows[key] = _completed(row, done[table].get(key, {}))
            state[table] = {key: row for key, row in rows.items() if row.keys() >= set(columns)}
        return state

    def _count(self, made: sqlite3.Connection, known: Mapping[str, Mapping[str, Row]]) -> None:
        for table, name in COUNTED.items():
            saved = _count(made, table)
            self.report.saved[name] = saved
            self.report.lost[name] = max(0, len(known[table]) - saved)
        self.report.saved["steps"] = _count(made, "revisions")

    def _finish(self) -> None:
        with Project.open(self._made) as project:
            _note_difference(project)
            project.index_documents()
            self.report.remarks = check(project)


def _completed(row: Row, known: Row) -> Row:
    """A row of the tables; which document and text it belongs to is known of old, where their tables are lost."""
    lost = [name for name in ("sha256", "document") if name in row and row[name] is None]
    return {**row, **{name: known.get(name) for name in lost}}


def _is_revision(row: tuple[Any, ...]) -> bool:
    """Whether what was read is a whole revision: it can be understood."""
    try:
        if not is_made(row[0]) or not is_made(row[1]):  # its id, and its device's
            return False
        history.decoded(row[history.REVISION_COLUMNS.index("changes")])
    except Exception:  # of a page of garbage anything may come
        return False
    return True


def _hash_of(text: str) -> str | None:
    """The hash of a text; None of one that has no bytes."""
    try:
        return text_hash(text)
    except UnicodeEncodeError:
        return None


def _put(made: sqlite3.Connection, table: str, columns: str, row: tuple[Any, ...]) -> bool:
    """Insert a row, unless the new file has it or would not take it. Returns whether it did."""
    marks = ", ".join("?" * len(row))
    with suppress(sqlite3.Error):
        return made.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", row).rowcount > 0
    return False


def _table_rows(source: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Rows as the damaged file holds them: documents as numbers, a text's hash as the number it has."""
    try:
        there = {name for _, name, *_ in source.execute(f"PRAGMA table_info({table})")}
    except sqlite3.Error:
        return
    added = ADDED.get(table, {})
    columns = [name for name in COLUMNS[table] if name in there or name == "sha256"]
    read = ", ".join("number" if name == "sha256" else f'"{name}"' for name in columns)
    for values in rows_of(source, table, read):
        yield {**added, **dict(zip(columns, values, strict=True))}


def _count(connection: sqlite3.Connection, table: str) -> int:
    """How many rows there are; -1 where that cannot be told."""
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()[0])
    except sqlite3.Error:
        return -1


def _put_versions(made: sqlite3.Connection) -> None:
    """Versions of the scheme that could not be read are those of the history: the revisions that changed it."""
    found = made.execute("SELECT id, lamport, changes FROM revisions WHERE document = ''").fetchall()
    for key, lamport, changes in found:
        if any(change.table in SCHEME_TABLES for change in history.decoded(changes).rows):
            _put(made, "scheme_versions", "revision, lamport", (key, lamport))


def _delete_strays(made: sqlite3.Connection) -> None:
    """Take out what refers to something that is not there, until nothing does."""
    while strays := made.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, *_ in strays:
            made.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))


def _note_difference(project: Project) -> None:
    """Where the history left does not lead to what was saved, a step of its own says so: it leads there then."""
    writer = project._writer
    assert writer is not None, "it was just made"
    done, held = history.replayed(writer), history.current(writer)
    rows = tuple(
        RowChange(table, key, done[table].get(key), held[table].get(key))
        for table in (*reversed(_PARENTS_FIRST),)
        for key in {**done[table], **held[table]}
        if done[table].get(key) != held[table].get(key)
    )
    if not rows:
        return
    project.work_as(login_name())
    with project._changing():
        project._record(project._writing_head(), "edit", ChangeSet("Salvage", rows), new_id())
