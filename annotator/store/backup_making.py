"""Making a backup: a copy by SQLite itself while the project is in use, looked through before it counts as one.

Of a large project, a copy would take long and much room. Only what came since the last whole copy is kept then: new
revisions, texts and pages. It takes seconds whatever the project weighs.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.thinning import LAST
from annotator.store.backup_facts import base_for, facts_of, says_all
from annotator.store.backups import (
    MAKING,
    Backup,
    Facts,
    Why,
    backup_folder,
    backups,
    look_at,
    name_for,
    thin_out,
    write_facts,
)
from annotator.store.database import (
    DamagedError,
    connect_to_read,
    connect_to_still,
    errors_for_people,
    give_name,
    schema_version,
    sync_folder,
)
from annotator.store.known_schema import SINCE_ID

LARGE = 256_000_000  # bytes of a project, from which on only what came since the last whole backup is kept
PAGES = 1024  # that are copied in one breath
STALE = 24 * 3600  # seconds, after which an unfinished backup is nobody's any more

Told = Callable[[int, int], None]  # how many pages are copied, of how many
Stopped = Callable[[], bool]


class NoBackupError(KnownError):
    """No backup was made; the project is as it was."""


def make_backup(
    project: Path,
    why: Why,
    *,
    last: int = LAST,
    large: int = LARGE,
    progress: Told | None = None,
    stop: Stopped | None = None,
    held: Callable[[], object] = lambda: None,
) -> Backup | None:
    """Make a backup of the project file at `project`, which may be in use; None where the newest says it all.

    Only for "asked", one is made though nothing has changed. `held` is called once the moment that it will be of is
    held: what is written after that is not in it. Raises KnownError when none could be made.
    """
    schema_version(project)
    folder = _made_folder(project)
    every = backups(project)
    before = [backup for backup in every if backup.facts]
    number = 1 + max((backup.number for backup in every), default=0)
    making = folder / f"{MAKING}{new_id()}"
    try:
        with closing(connect_to_read(project)) as source, errors_for_people(str(project)), _moment(source):
            held()
            facts = facts_of(source, number, why, before)
            if why != "asked" and before and says_all(before[0], facts):
                return None
            base = base_for(source, before, large) if why != "migration" else None
            facts, wanted = _written(source, making, facts, base, progress or _nobody, stop or _never)
        see_that_it_is_whole(making, wanted, stop or _never)
        _sync(making)
        made = look_at(_named(making, folder, facts))
    except OSError as error:
        raise NoBackupError(f"No backup was made in {folder}: {error.strerror}. The project is as it was.") from error
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            making.with_name(making.name + suffix).unlink(missing_ok=True)
    thin_out(project, last)
    return made


def _nobody(done: int, total: int) -> None:
    """Nobody is told."""


def _never() -> bool:
    return False


def keep_before(project: Path | None, why: Why, last: int = LAST) -> str:
    """A backup before something large is done, where there is anything new; a sentence where none could be made.

    What is to be done is done all the same: it is a step that can be taken back.
    """
    try:
        if project is not None:
            make_backup(project, why, last=last)
    except KnownError as error:
        return str(error)
    return ""


def _made_folder(project: Path) -> Path:
    folder = backup_folder(project)
    try:
        folder.mkdir(exist_ok=True)
        for left in folder.glob(f"{MAKING}*"):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()
    except OSError as error:
        raise NoBackupError(f"No backup was made: {folder} cannot be written ({error.strerror}).") from error
    return folder


@contextmanager
def _moment(source: sqlite3.Connection) -> Iterator[None]:
    """All that is read within is of one moment, whoever writes meanwhile."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM meta").fetchall()  # it is the first look that counts
    try:
        yield
    finally:
        source.execute("ROLLBACK")


# Making it


def _written(
    source: sqlite3.Connection, making: Path, facts: Facts, base: Backup | None, progress: Told, stop: Stopped
) -> tuple[Facts, Facts]:
    """Write the file. Returns what it says of itself, and what is to be found in it."""
    try:
        if base is None or base.facts is None:
            _room_for(source, making.parent)
            _copy(source, making, progress, stop)
            _say_of(making, facts)
            return facts, facts
        facts = replace(facts, base=base.number)
        _write_since(source, making, base.facts, facts)
        return facts, replace(facts, revisions=facts.revisions - base.facts.revisions)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        raise NoBackupError(f"No backup was made in {making.parent}: {error}. The project is as it was.") from error


def _room_for(source: sqlite3.Connection, folder: Path) -> None:
    (pages,), (size,) = (source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    needed, free = pages * size, shutil.disk_usage(folder).free
    if free < needed * 1.1:
        raise NoBackupError(
            f"No backup was made: {folder} has {free // 1_000_000:,} MB free, and"
            f" {needed // 1_000_000:,} MB are needed. Make room, or copy the project elsewhere yourself."
        )


def _copy(source: sqlite3.Connection, making: Path, progress: Told, stop: Stopped) -> None:
    def told(status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)
        if stop():
            raise NoBackupError("The backup was broken off. The project is as it was.")

    with closing(sqlite3.connect(making, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")  # the whole is synchronised once it is there
        source.backup(target, pages=PAGES, progress=told, sleep=0)


def _say_of(making: Path, facts: Facts) -> None:
    with closing(sqlite3.connect(making, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = DELETE")  # so that it is one file, also while it is read
        write_facts(target, facts)


def _write_since(source: sqlite3.Connection, making: Path, base: Facts, facts: Facts) -> None:
    """A file of the rows that came after `base`; `meta` and `devices`, of which there is no history, as a whole."""
    after = {"revisions": base.last_revision, "texts": base.last_text, "page_bytes": base.last_page}
    with closing(sqlite3.connect(making, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")
        target.execute("BEGIN IMMEDIATE")
        for table in ("meta", "devices", "scheme_versions", *after):
            (made,) = source.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            target.execute(made)
            rows = source.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", (after.get(table, 0),))
            marks = ", ".join("?" * len(rows.description))
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        write_facts(target, facts)
        target.execute("COMMIT")
        target.execute(f"PRAGMA application_id = {SINCE_ID}")


def see_that_it_is_whole(path: Path, facts: Facts, stop: Stopped = _never) -> None:
    """Raises DamagedError unless the file at `path` is sound and holds as much as `facts` say."""
    with errors_for_people(str(path)), closing(connect_to_still(path)) as copy:
        copy.set_progress_handler(lambda: int(stop()), 100_000)
        found = _first_fault(copy)
        if not found:
            ((count,),) = copy.execute("SELECT count(*) FROM revisions").fetchall()
            if not facts.base:
                ((marks,),) = copy.execute("SELECT count(*) FROM annotations").fetchall()
                ((documents,),) = copy.execute("SELECT count(*) FROM documents").fetchall()
                same = (count, marks, documents) == (facts.revisions, facts.marks, facts.documents)
                found = "" if same else "it does not hold what it should"
    if found:
        raise DamagedError(f"The copy {path.name} is damaged ({found}), and so is perhaps what it was copied from.")


def _first_fault(copy: sqlite3.Connection) -> str:
    try:
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise NoBackupError("The backup was broken off. The project is as it was.") from None
        raise
    return "" if found == "ok" else str(found)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _named(making: Path, folder: Path, facts: Facts) -> Path:
    moment = datetime.fromisoformat(facts.made)
    path = folder / name_for(facts.number, facts.why, moment, since=bool(facts.base))
    try:
        give_name(making, path)
    except FileExistsError:
        raise NoBackupError(f"No backup was made: another program made {path.name} at the same time.") from None
    path.chmod(0o444)
    sync_folder(folder)
    return path
