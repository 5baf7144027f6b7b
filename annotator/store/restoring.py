"""A backup becomes a project again: as a new file, or in the place of the project, which is set aside, never lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.open_files import SIDE_FILES, is_open
from annotator.store.backup_making import PAGES, Stopped, Told, see_that_it_is_whole
from annotator.store.backups import WHOLE, Backup, Facts, backups, base_of
from annotator.store.database import (
    connect_to_still,
    connect_to_write,
    errors_for_people,
    give_name,
    sync_folder,
    transaction,
    used_elsewhere,
)
from annotator.store.known_schema import SINCE_ID
from annotator.store.revision_rows import SELECT, do_again, put_texts


def restore(backup: Backup, to: Path, *, progress: Told | None = None, stop: Stopped | None = None) -> None:
    """Make a new project file at `to` of a backup, looked through before it has that name.

    Raises KnownError when there is a file already, or the backup cannot be restored: nothing is changed then.
    """
    if to.exists():
        raise KnownError(f"{to} exists already. It was left as it is; choose another name.")
    with _restored(backup, to, 0, progress, stop) as made:
        _place(made, to)


def restore_over(backup: Backup, project: Path, *, progress: Told | None = None, stop: Stopped | None = None) -> Path:
    """Let a backup take the place of the project file `project`, which is set aside under another name: it is returned.

    Nobody may have the project open. Raises KnownError, and the project is where it was then.
    """
    if is_open(project):
        raise KnownError(f"{project} is open. Close it before a backup takes its place. Nothing was changed.")
    project = project.resolve()  # a link goes on leading to what is in its place
    last = max((each.number for each in backups(project)), default=0)
    with _restored(backup, project, last, progress, stop) as made:
        aside = set_aside(project, "before-restore")
        try:
            _place(made, project)
        except KnownError:
            move_with_log(aside, project)
            raise
    return aside


@contextmanager
def _restored(backup: Backup, to: Path, last: int, progress: Told | None, stop: Stopped | None) -> Iterator[Path]:
    """A project made of `backup` beside `to`, under a name of its own until it is moved from there."""
    base, facts = base_of(backup), backup.facts
    if facts is None or base is None or base.facts is None:
        why = backup.fault or "the whole backup that it adds to is gone or damaged."
        raise KnownError(f"{backup.path.name} cannot be restored: {why}")
    making = to.resolve().with_name(f".{to.name}.{new_id()}")
    try:
        with errors_for_people(str(making)):
            _copied(base.path, making, progress, stop)
            see_that_it_is_whole(making, base.facts, stop or (lambda: False))
            _make_project(making, last, up_to_date=not backup.is_whole)
            if not backup.is_whole:
                _add_since(making, backup.path, facts)
        with making.open("r+b") as file:
            os.fsync(file.fileno())
        yield making
    except OSError as error:
        raise KnownError(f"{to} cannot be made: {error.strerror}. Nothing was changed.") from error
    finally:
        for suffix in ("", "-journal", *SIDE_FILES):
            making.with_name(making.name + suffix).unlink(missing_ok=True)


def _copied(backup: Path, making: Path, progress: Told | None, stop: Stopped | None) -> None:
    def told(status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)
        if stop is not None and stop():
            raise KnownError("This was broken off. Nothing was changed.")

    with closing(connect_to_still(backup)) as source, closing(sqlite3.connect(making, isolation_level=None)) as target:
        source.backup(target, pages=PAGES, progress=told, sleep=0)


def _make_project(making: Path, last: int, *, up_to_date: bool) -> None:
    with closing(connect_to_write(making)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection, str(making)):
            if up_to_date:  # for steps that are done as this version does them
                from annotator.store.migrations import SCHEMA_VERSION, migrate  # slow to import

                migrate(connection, SCHEMA_VERSION)
            connection.execute("DELETE FROM meta WHERE key = 'backup'")
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('restored', ?)", (str(last),))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add_since(making: Path, since: Path, facts: Facts) -> None:
    """Do again, in the whole backup that was copied, what came after it."""
    with closing(connect_to_still(since)) as source, closing(connect_to_write(making)) as connection:
        if source.execute("PRAGMA application_id").fetchone() != (SINCE_ID,):
            raise KnownError(f"{since.name} is no backup of what came since another. Nothing was changed.")
        with transaction(connection, str(making)):
            put_texts(connection, source.execute("SELECT sha256, text FROM texts ORDER BY number"))
            for table in ("page_bytes", "devices"):
                _put(connection, table, source.execute(f"SELECT * FROM {table} ORDER BY rowid"))
            do_again(connection, source.execute(f"{SELECT} ORDER BY rowid"))
            _put(connection, "scheme_versions", source.execute("SELECT * FROM scheme_versions"))
            kept = source.execute("SELECT * FROM meta WHERE key NOT IN ('backup', 'restored', 'indexed_to')")
            _put(connection, "meta", kept, "REPLACE")
            counts = [_count(connection, table) for table in ("revisions", "documents", "annotations")]
            if counts != [facts.revisions, facts.documents, facts.marks]:
                raise KnownError(f"{since.name} does not fit the whole backup that it adds to. Nothing was changed.")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put(connection: sqlite3.Connection, table: str, rows: Any, otherwise: str = "IGNORE") -> None:
    marks = ", ".join("?" * len(rows.description))
    connection.executemany(f"INSERT OR {otherwise} INTO {table} VALUES ({marks})", rows)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# Names


def _place(made: Path, to: Path) -> None:
    """Give a finished file its name. A log of another file under that name would be taken for its own."""
    for suffix in SIDE_FILES:
        if to.with_name(to.name + suffix).exists():
            raise KnownError(f"{to.name}{suffix} stands where {to} is to be made. Move it away first.")
    try:
        give_name(made, to)
    except FileExistsError:
        raise KnownError(f"{to} exists already. It was left as it is; choose another name.") from None


def set_aside(project: Path, why: str) -> Path:
    """Move a project file that nobody has open out of the way, with its log. Returns where it is then.

    Raises KnownError when another program is using it, or it cannot be moved.
    """
    project = project.resolve()
    if used_elsewhere(project):
        raise KnownError(f"Another program has {project} open. Close it there first. Nothing was changed.")
    stem = project.name.removesuffix(WHOLE)
    moment = f"{datetime.now():%Y-%m-%d_%H-%M-%S}"
    names = [f"{stem}.{why}-{moment}{more}{WHOLE}" for more in ("", *(f"-{n}" for n in range(2, 100)))]
    aside = next(place for name in names if not (place := project.with_name(name)).exists())
    try:
        move_with_log(project, aside)
    except OSError as error:
        raise KnownError(f"{project} cannot be moved: {error.strerror}. Nothing was changed.") from error
    return aside


def move_with_log(old: Path, new: Path) -> None:
    """Rename a project file and what stands beside it, the log first: a file without it is older, never wrong."""
    for suffix in (*SIDE_FILES, ""):
        held = old.with_name(old.name + suffix)
        if held.exists():
            held.rename(new.with_name(new.name + suffix))
    sync_folder(old.parent)
