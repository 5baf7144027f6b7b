"""A project file that can be changed. This is the package's public API, and needs no Qt.

>>> from annotator.store.project import Project
>>> with Project.create(Path("gulf.annotator"), scheme) as project:
...     project.import_documents([AnnotatedDocument(text="Aleppo, (AP) – …", title="A pause")])
...     for document in project.annotated_documents():
...         print(document.title, len(document.annotations))
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from threading import RLock
from time import sleep
from typing import Any

from annotator.core.changes import ChangeSet, RowChange
from annotator.core.clock import now
from annotator.core.errors import KnownError
from annotator.core.ids import new_id, text_hash
from annotator.core.imports import ImportItem, ImportReport, Progress, Stop
from annotator.core.rows import COLUMNS, SCHEME_TABLES
from annotator.core.scheme import Scheme
from annotator.core.scheme_changes import scheme_rows
from annotator.store import history
from annotator.store.backups import is_backup
from annotator.store.database import (
    connect_to_read,
    connect_to_write,
    errors_for_people,
    place_of,
    schema_version,
    transaction,
    writable,
    write_new,
)
from annotator.store.history import Head, Kind
from annotator.store.reading import Reader
from annotator.store.writing import (
    StaleChangeError,
    index_pending,
    indexed_to,
    selection,
    store_text,
    write_bulk,
    write_row,
)

SCHEMA_VERSION = 10  # of annotator.store.migrations, which is imported only when it is needed: it is slow to import

Listener = Callable[[ChangeSet], None]
INDEX_BATCH = 100  # documents a transaction: what a mark made meanwhile waits for is mostly its end
HELD = 2000  # revisions of a step that is taken back that are told whole; of more, only which documents come and go
HANDING_OVER = 0.001  # seconds between two looks whether who waits for the file has got it


class Project(Reader):
    """One project file. Every write goes through here, in transactions that take hold whole or not at all.

    One connection writes, guarded by a lock, so that a job on another thread may import while a person marks; what
    the window reads, it reads through a connection of its own that never waits.
    """

    def __init__(self, scheme: Scheme | None = None, name: str = "memory") -> None:
        """A new project in memory, for scripts and tests."""
        connection = connect_to_write(None)
        self._begin(connection, connection, None)
        self._make(name, scheme)

    @classmethod
    def create(cls, path: Path, scheme: Scheme | None = None, name: str = "") -> Project:
        """Make a new project file at `path`. Raises KnownError when there is something already, or no place."""
        if path.exists():
            raise KnownError(f"{path} exists already. It was left as it is; choose another name, or open it.")
        if not path.resolve().parent.is_dir():
            raise KnownError(f"There is no folder {path.resolve().parent} to make {path.name} in.")
        with cls(scheme, name or path.stem) as made:  # in memory, so that no half-made file is ever seen
            write_new(path, made._connection.serialize())
        project = cls.open(path)
        project.work_as(login_name())
        return project

    @classmethod
    def open(cls, path: Path, only_read: str = "") -> Project:
        """Open the project file at `path`; read-only where it may not be written or a newer program made it.

        Or where `only_read` says why it is to be.

        Raises NotAProjectError when it is no project.
        """
        version = schema_version(path)
        project = cls.__new__(cls)
        why = only_read or _why_only_read(path, version)
        if why:
            project._begin(None, connect_to_read(path), path)
            project.read_only = why
        else:
            writer = connect_to_write(path)
            project._begin(writer, writer, path)
            try:
                if version < SCHEMA_VERSION:
                    from annotator.store.backup_making import keep_before

                    keep_before(path, "migration")
                    project._migrate()
                project._read = connect_to_read(path)
            except BaseException:
                writer.close()
                raise
        return project

    def _begin(self, writer: sqlite3.Connection | None, reader: sqlite3.Connection, path: Path | None) -> None:
        self._start(reader, path)
        self._write_lock = RLock()
        self._waiting: list[bool] = []  # one for each who waits for the lock
        self._writer = writer
        self._listeners: list[Listener] = []
        self._head: Head | None = None
        self._step_names: tuple[str | None, str | None] = (None, None)
        self._data_version = 0  # as SQLite counts what other connections commit
        self._place = place_of(path) if path is not None else "memory"
        self.read_only = ""  # why nothing can be written, for a sentence; empty when it can
        self.annotator = ""  # the id of who is at work: see `work_as`
        self._newcomers: dict[str, str] = {}  # ids of annotators, by name, who are not in the file yet
        self._introduced = False  # whether the transaction that goes on puts them there

    def _make(self, name: str, scheme: Scheme | None) -> None:
        self._migrate()
        with self._write_lock, transaction(self._connection, self.shown_path):
            pairs = {"id": new_id(), "name": name, "created": now(), "scheme": scheme.name if scheme else ""}
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", pairs.items())
        self.work_as(login_name())
        if scheme is not None:
            self.apply(ChangeSet("New project", tuple(scheme_rows(scheme))), undoable=False)

    def _migrate(self) -> None:
        from annotator.store.migrations import migrate

        with transaction(self._connection, self.shown_path):
            migrate(self._connection, SCHEMA_VERSION)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._writer is None and not self.read_only:
            raise KnownError(f"{self.shown_path} was closed in the meantime. Nothing more was changed.")
        if self._writer is None:
            raise KnownError(f"{self.shown_path} is open for reading only: {self.read_only}. Nothing was changed.")
        return self._writer

    def close(self) -> None:
        """Write everything back into the one file that people copy, and give it back."""
        with self._turn():  # a job that is still writing ends its batch first, and is refused the next
            self.checkpoint()
            super().close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the project file itself, so that a copy of the file is whole.

        Does nothing where that cannot be done now: the log is as safe as the file.
        """
        if self._writer is not None and self._path is not None and self._write_lock.acquire(blocking=False):
            try:
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.OperationalError:
                pass  # somebody is reading; the next checkpoint does it
            finally:
                self._write_lock.release()

    def __enter__(self) -> Project:
        return self

    # Who is at work

    def work_as(self, name: str) -> str:
        """From now on, marks and edits are those of the annotator called `name`. Returns the id.

        Somebody new is written down with the next edit: who only looks at a file changes nothing in it. In a project
        that cannot be written, a name it does not know works under no id.
        """
        known = {annotator.name: annotator.id for annotator in self.annotators()} | self._newcomers
        if name not in known and not self.read_only:
            known[name] = self._newcomers[name] = new_id()
        self.annotator = known.get(name, "")
        return self.annotator

    # Changing

    def on_change(self, listener: Listener) -> None:
        """Call `listener` with every change set after it was committed, on the thread that made it."""
        self._listeners.append(listener)

    def apply(self, changes: ChangeSet, *, undoable: bool = True, quiet: bool = False) -> None:
        """Write `changes` in one transaction, then tell the listeners. When it returns, they are on the disk.

        `quiet` leaves the listeners alone, for a call from a thread that is not theirs.

        Raises StaleChangeError when a row is no longer what the change took it to be, and KnownError when the file
        cannot be written or nobody was said to be at work; nothing is changed then.
        """
        if undoable and not self.annotator and not self.read_only:
            raise KnownError("Nobody is said to be at work here: call `work_as(name)` first. Nothing was changed.")
        with self._editing():
            head = self._writing_head()
            step = new_id()
            if undoable:
                head.undo, head.redo = step, None
            self._write_step(head, changes, step)
        self._forget_changed(changes) if quiet else self._tell(changes)

    def tell(self, changes: ChangeSet) -> None:
        """Tell the listeners of `changes` that were made quietly; on the thread that is theirs."""
        self._tell(changes)

    def apply_all(
        self, name: str, parts: Sequence[ChangeSet], *, texts: Iterable[str] = (), quiet: bool = False
    ) -> ChangeSet:
        """Write `parts`, a document each, as one step called `name`: in one transaction, and undone as one.

        `texts` are those that documents in it have and the file may not hold yet; they stay there, as all texts do.

        Listeners are told once, of all changes together, which are returned; `quiet` is as in `apply`. Raises what
        `apply` does, and then nothing is changed.
        """
        if not self.annotator and not self.read_only:
            raise KnownError("Nobody is said to be at work here: call `work_as(name)` first. Nothing was changed.")
        with self._editing():
            head, step = self._writing_head(), new_id()
            head.undo, head.redo = step, None
            for text in texts:
                store_text(self._connection, text_hash(text), text)
            for part in parts:
                self._write_step(head, replace(part, name=name), step)
        changes = _merged(name, parts)
        self._forget_changed(changes) if quiet else self._tell(changes)
        return changes

    def _write_step(self, head: Head, changes: ChangeSet, step: str) -> None:
        for part in history.parts(changes):
            self._write(part)
            self._record(head, "edit", part, step)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The lock; who works through many documents sees that somebody waits for it."""
        self._waiting.append(True)
        try:
            self._write_lock.acquire()
        finally:
            self._waiting.pop()
        try:
            yield
        finally:
            self._write_lock.release()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """The lock and a transaction; the head is read anew after a failure, since it may have moved on."""
        with self._turn():
            self._see_that_the_file_is_still_ours()
            try:
                with transaction(self._connection, self.shown_path):
                    self._see_what_others_wrote()
                    yield
            except BaseException:
                self._head, self._introduced = None, False
                raise
            if self._introduced:
                self._newcomers, self._introduced = {}, False

    @contextmanager
    def _editing(self) -> Iterator[None]:
        """`_changing` for one step: what it refers to may have been deleted through another window of the file."""
        try:
            with self._changing():
                yield
        except sqlite3.IntegrityError as error:
            raise StaleChangeError(
                "Something that this step needs was deleted or added by another step in the meantime. Nothing was"
                " changed now."
            ) from error

    def _see_what_others_wrote(self) -> None:
        """Another process may have gone on with this very copy of the project: our head and scheme are old then."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._data_version:
            self._data_version = version
            self._head = None
            self.forget_scheme()

    def _see_that_the_file_is_still_ours(self) -> None:
        if self._path is None or self._writer is None:
            return
        try:
            same = place_of(self._path) == self._place
        except OSError:
            same = False
        if not same:
            raise KnownError(
                f"{self._path} was moved, replaced or deleted while it was open. The last change was not saved; what"
                " was saved before is in the file that was moved. Close this window and open the file you want."
            )

    @property
    def head(self) -> Head:
        """Where this copy of the project stands."""
        if self._head is None:
            found = self._connection.execute("SELECT id FROM devices WHERE place = ?", (self._place,)).fetchone()
            self._head = history.read_head(self._connection, found[0] if found else "")
        return self._head

    def _writing_head(self) -> Head:
        """The head, this copy having become a device: a copied file is a new one, so that counters never clash.

        And the people who begin to work having become annotators.
        """
        if not self.head.device:
            self.head.device = new_id()
            self._connection.execute("INSERT INTO devices VALUES (?, ?, ?)", (self.head.device, self._place, now()))
        if self._newcomers and not self._introduced:
            self._introduced = True
            people = [{"id": key, "name": name} for name, key in self._newcomers.items()]
            added = ChangeSet("Annotators", tuple(RowChange("annotators", row["id"], None, row) for row in people))
            self._write(added)
            self._record(self.head, "edit", added, new_id())
        return self.head

    def _record(self, head: Head, kind: Kind, changes: ChangeSet, step: str, target: str | None = None) -> None:
        payload = history.encoded(changes)
        revision = head.follow(kind, changes.name, step, self.annotator, changes.document, payload, target)
        self._connection.execute(history.INSERT, revision)
        if _changes_scheme(changes):
            sql = "INSERT INTO scheme_versions (revision, lamport) VALUES (?, ?)"
            self._connection.execute(sql, (head.base, head.lamport))

    def _write(self, changes: ChangeSet) -> None:
        for change in changes.rows:
            write_row(self._connection, change)
        for many in changes.bulk:
            write_bulk(self._connection, many)
        self._forget_changed(changes)

    def _forget_changed(self, changes: ChangeSet) -> None:
        if _changes_scheme(changes):
            self.forget_scheme()

    def _tell(self, changes: ChangeSet) -> None:
        self._forget_changed(changes)  # again: before the commit, a reader on another thread saw the old scheme
        for listener in list(self._listeners):
            listener(changes)

    # Undo

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, as the menu names it; None when there is nothing.

        While another thread writes, the answer is that of before: a menu must not wait for an import.
        """
        return self._names_of_steps()[0]

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again; None when there is nothing."""
        return self._names_of_steps()[1]

    def _names_of_steps(self) -> tuple[str | None, str | None]:
        if self._writer is not None and self._write_lock.acquire(blocking=False):
            try:
                with errors_for_people(self.shown_path):
                    self._see_what_others_wrote()
                    steps = (self.head.undo, self.head.redo)
                    undo, redo = (history.name_of_step(self._writer, step) for step in steps)
                self._step_names = (undo, redo)
            finally:
                self._write_lock.release()
        return self._step_names

    def step_size(self, redo: bool = False) -> int:
        """About how many bytes `undo` (or `redo`) would go through; 0 when there is nothing.

        Quick, so that a window can ask before it decides to leave a large step to another thread. While another
        thread writes, the answer is 0.
        """
        if self._writer is None or not self._write_lock.acquire(blocking=False):
            return 0
        try:
            with errors_for_people(self.shown_path):
                self._see_what_others_wrote()
                return history.size_of_step(self._writer, self.head.redo if redo else self.head.undo)
        finally:
            self._write_lock.release()

    def undo(self, *, quiet: bool = False) -> ChangeSet | None:
        """Take back the newest step that was not taken back; also steps of earlier days. Returns what was changed.

        `quiet` is as in `apply`.
        """
        with self._editing():
            if (step := self.head.undo) is None:
                return None
            head = self._writing_head()
            head.undo, head.redo = history.state_before(self._connection, step)[0], step
            places = reversed(history.places_of_step(self._connection, step))
            inverses = (history.changes_at(self._connection, place).inverse() for place in places)
            changed = self._repeat(head, "undo", inverses, step)
        self._forget_changed(changed) if quiet else self._tell(changed)
        return changed

    def redo(self, *, quiet: bool = False) -> ChangeSet | None:
        """Do again the step that was last taken back. Returns what was changed. `quiet` is as in `apply`."""
        with self._editing():
            if (step := self.head.redo) is None:
                return None
            head = self._writing_head()
            undoing = history.last_undoing(self._connection, step)
            head.redo = history.state_before(self._connection, undoing)[1] if undoing else None
            head.undo = step
            places = history.places_of_step(self._connection, step)
            again = (history.changes_at(self._connection, place) for place in places)
            changed = self._repeat(head, "redo", again, step)
        self._forget_changed(changed) if quiet else self._tell(changed)
        return changed

    def _repeat(self, head: Head, kind: Kind, parts: Iterable[ChangeSet], target: str) -> ChangeSet:
        """Write `parts` one by one: an import of a million documents is never held as a whole."""
        step, told = new_id(), list[ChangeSet]()
        for part in parts:
            self._write(part)
            self._record(head, kind, part, step, target)
            told.append(part if len(told) < HELD else part.outline())
        return _merged(told[0].name, told)

    def write_meta(self, key: str, value: str) -> None:
        """Keep something about the project as a whole, which `meta` gives back. It is no step, and is not undone."""
        with self._changing():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # The scheme

    def use(self, labels: Collection[str], attributes: Collection[str]) -> None:
        """Offer just the labels and attributes with those ids; marks and answers that have others keep them."""
        chosen = (("labels", "enabled", labels, True), ("attributes", "optional", attributes, False))
        rows = [
            RowChange(table, row["id"], row, {**row, column: int(on if row["id"] in ids else not on)})
            for table, column, ids, on in chosen
            for row in self._rows_of(table)
        ]
        changed = tuple(row for row in rows if row.before != row.after)
        if changed:
            self.apply(ChangeSet("Labels in use", changed))

    def write_document_note(self, key: str, note: str) -> None:
        """Write the note of a document, as a step. Raises KnownError when there is no document of that id."""
        found = self.rows(f"{selection('documents')} WHERE documents.id = ?", (key,))
        if not found:
            raise KnownError(f"There is no document {key} in {self.shown_path}: it may have been deleted.")
        row = dict(zip(COLUMNS["documents"], found[0], strict=True))
        if row["note"] != note:
            change = RowChange("documents", key, row, {**row, "note": note})
            self.apply(ChangeSet("Note on the article", (change,), key))

    def _rows_of(self, table: str) -> list[dict[str, Any]]:
        return [dict(zip(COLUMNS[table], values, strict=True)) for values in self.rows(selection(table))]

    # Many documents at once

    def import_documents(
        self,
        items: Iterable[ImportItem],
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
        batch: int | None = None,
    ) -> ImportReport:
        """Take documents in, as one step that undo takes back; what does not come in is in the report, with why.

        `batch` documents are written in a transaction: many (the default) are quicker, few let a mark in sooner.

        Streams: what came in before an error or a cancel stays. Search finds the new documents after
        `index_documents`. May be called on another thread than the one that made the project.
        """
        from annotator.store.importing import Importing

        if not self.annotator:
            self.work_as(login_name())  # marks that name no annotator are theirs
        return Importing(self, progress, stop, batch).run(items)

    def index_waits(self) -> bool:
        """Whether there are documents that search does not find yet."""
        return self._last_number() > indexed_to(self._read)

    def index_documents(self, stop: Stop | None = None, progress: Callable[[int, int], None] | None = None) -> None:
        """Bring the full-text index up to date, some hundred documents a transaction; can be broken off and resumed.

        `progress` is told after each the number of the document that it reached, and that of the last. Who wants to
        write meanwhile waits for a few documents only.
        """
        while stop is None or not stop():
            while self._waiting:
                sleep(HANDING_OVER)
            with self._changing():
                if not index_pending(self._connection, INDEX_BATCH, lambda: bool(self._waiting)):
                    return
            if progress is not None:
                progress(indexed_to(self._read), self._last_number())

    def _last_number(self) -> int:
        ((last,),) = self.rows("SELECT coalesce(max(number), 0) FROM documents")
        return int(last)


def _why_only_read(path: Path, version: int) -> str:
    if version > SCHEMA_VERSION:
        return "a newer version of Annotator made it"
    if is_backup(path):
        return "it is a backup, which stays as it is"
    return "" if writable(path) else "the file or its folder may not be written"


def _changes_scheme(changes: ChangeSet) -> bool:
    return any(change.table in SCHEME_TABLES for change in changes.rows)


def _merged(name: str, parts: Sequence[ChangeSet]) -> ChangeSet:
    """All parts of a step as one; about a document only where all of them are."""
    documents = {part.document for part in parts}
    document = documents.pop() if len(documents) == 1 else ""
    rows, many = (tuple(chain.from_iterable(getattr(part, side) for part in parts)) for side in ("rows", "bulk"))
    return ChangeSet(name, rows, document, many)


def login_name() -> str:
    """What the operating system calls the person at the keyboard: an annotator's name until they choose another."""
    import getpass  # slow to import, and needed only by who has not said a name

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "annotator"
