"""Backups of a project: where they lie, what is known of each, and which of them go when newer ones come.

They lie in a folder beside the project, `NAME.backups`. A backup is a finished file that nothing changes any more: a
project of its own, or, of a large project, what came since such a one (see `backup_making`). What is known of it
stands in it, under `backup` in its table `meta`.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from annotator.core.errors import KnownError
from annotator.core.thinning import LAST, Kept, to_keep
from annotator.store.database import APPLICATION_ID, connect_to_still, errors_for_people
from annotator.store.known_schema import SINCE_ID

Why = Literal["idle", "close", "migration", "import", "bulk", "asked", "restore"]

FOLDER, WHOLE, SINCE = ".backups", ".annotator", ".annotator-since"
MAKING = ".making-"  # how the name of an unfinished one begins


@dataclass(frozen=True, slots=True)
class Facts:
    """What a backup says of itself. Counts are of the whole project, as it is restored from it."""

    number: int  # they count up in their folder
    made: str  # UTC, as `annotator.core.clock` gives it
    why: Why
    documents: int
    marks: int
    revisions: int
    head: str  # the id of the newest revision; empty where there is none
    last_revision: int  # the highest row numbers, for what comes since
    last_text: int
    last_page: int
    base: int = 0  # the number of the whole backup that it adds to
    lacks: int = 0  # marks that are fewer than in the one before, though nothing in the history deleted them


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder. `facts` is None where it cannot be read any more, and `fault` says why then."""

    path: Path
    size: int  # bytes
    facts: Facts | None
    fault: str = ""

    @property
    def number(self) -> int:
        """Its place in the row of backups."""
        return self.facts.number if self.facts else number_in_name(self.path)

    @property
    def is_whole(self) -> bool:
        """Whether it can be opened by itself."""
        return self.path.name.endswith(WHOLE)


def backup_folder(project: Path) -> Path:
    """Where the backups of `project` lie, whether there are any or not."""
    whole = project.resolve()  # a link leads to the folder beside the file itself
    return whole.with_name(whole.name.removesuffix(WHOLE) + FOLDER)


def is_backup(path: Path) -> bool:
    """Whether `path` lies among the backups of a project: such a file is only read."""
    return path.resolve().parent.name.endswith(FOLDER)


def backups(project: Path) -> list[Backup]:
    """The backups of `project`, the newest first. Raises KnownError when the folder cannot be read."""
    folder = backup_folder(project)
    try:
        files = [path for path in folder.iterdir() if _is_one(path)] if folder.is_dir() else []
    except OSError as error:
        raise KnownError(f"The backups in {folder} cannot be read: {error.strerror}.") from error
    return sorted(map(look_at, files), key=lambda backup: backup.number, reverse=True)


def look_at(path: Path) -> Backup:
    """What is known of the backup at `path`; that it was checked when it was made does not mean it is whole still."""
    try:
        with errors_for_people(str(path)), closing(connect_to_still(path)) as connection:
            facts = _facts(connection)
        return Backup(path, path.stat().st_size, facts)
    except KnownError as error:
        return Backup(path, path.stat().st_size if path.exists() else 0, None, str(error))


def _facts(connection: sqlite3.Connection) -> Facts:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application not in (APPLICATION_ID, SINCE_ID):
        raise KnownError("This file is no backup of a project.")
    found = connection.execute("SELECT value FROM meta WHERE key = 'backup'").fetchone()
    try:
        return Facts(**json.loads(found[0]))
    except (TypeError, ValueError):
        raise KnownError("This file does not say what it is a backup of.") from None


def write_facts(connection: sqlite3.Connection, facts: Facts) -> None:
    """Let the backup behind `connection` say this of itself."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('backup', ?)", (json.dumps(asdict(facts)),))


def name_for(number: int, why: Why, moment: datetime, *, since: bool) -> str:
    """The name of a backup's file: it sorts by number, and tells a person the rest."""
    return f"{number:05}_{moment:%Y-%m-%d_%H-%M-%S}_{why}{SINCE if since else WHOLE}"


def number_in_name(path: Path) -> int:
    """The number that a backup's name begins with; 0 for another name."""
    digits = path.name.partition("_")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _is_one(path: Path) -> bool:
    return path.name.endswith((WHOLE, SINCE)) and not path.name.startswith(".") and path.is_file()


def base_of(backup: Backup) -> Backup | None:
    """The whole backup that `backup` adds to; itself where it is whole, None where that is gone or damaged."""
    if backup.facts is None:
        return None
    if backup.is_whole:
        return backup
    beside = (path for path in backup.path.parent.iterdir() if number_in_name(path) == backup.facts.base)
    found = [look_at(path) for path in beside if path.name.endswith(WHOLE)]
    return next((base for base in found if base.facts and base.facts.number == backup.facts.base), None)


def thin_out(project: Path, last: int = LAST) -> list[Path]:
    """Delete the backups of `project` that newer ones have taken the place of. Returns which."""
    every = backups(project)
    kept = to_keep((_kept(backup) for backup in every), last)
    gone = [backup.path for backup in every if backup.number not in kept]
    for path in gone:
        delete(path)
    return gone


def delete(backup: Path) -> None:
    """Delete a backup's file, which may not be written."""
    with suppress(OSError):
        backup.chmod(0o600)  # Windows deletes nothing that may not be written
    backup.unlink(missing_ok=True)


def _kept(backup: Backup) -> Kept:
    facts = backup.facts
    if facts is None:
        made = datetime.fromtimestamp(backup.path.stat().st_mtime)
        return Kept(backup.number, made.date(), good=False)
    day = datetime.fromisoformat(facts.made).date()
    return Kept(facts.number, day, facts.base, facts.lacks > 0, facts.base == 0 or base_of(backup) is not None)
