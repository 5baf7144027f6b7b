"""R4: a file of an older version is brought up to date, and that is ended suddenly: at each step, and anywhere."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.store import migrations
from annotator.store.backups import backups
from annotator.store.checking import check
from annotator.store.database import schema_version
from annotator.store.project import SCHEMA_VERSION, Project
from tests.trust.children import ROOT, Child, Say
from tests.trust.projects import is_true
from tests.trust.results import Result, timed

OLD = sorted((ROOT / "tests" / "data" / "projects").glob("*.annotator"))
STEPS = migrations.migrations._migrations


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def run(long: bool = False) -> Result:
    """Each old file, killed before and after each step that it needs, and at random moments."""
    result = Result("R4", "the end while an older file is brought up to date")
    dice = random.Random(4)
    olds = [path for path in OLD if schema_version(path) < SCHEMA_VERSION]
    with timed(result), tempfile.TemporaryDirectory() as folder:
        new = _up_to_date(olds[0], Path(folder))
        for old in olds:
            before = _schema(_copied(old, Path(folder)))
            for step in range(schema_version(old), SCHEMA_VERSION):
                for when in ("before", "after"):
                    _one(old, Path(folder), (before, new), _ended_at(step, when), result)
            for _ in range(40 if long else 6):
                _one(old, Path(folder), (before, new), _ended_anywhere(dice.uniform(0, 0.06)), result)
    result.note = f"files of versions {', '.join(str(schema_version(path)) for path in olds)}"
    return result


def _copied(old: Path, folder: Path) -> Path:
    path = folder / "old.annotator"
    shutil.rmtree(folder / "old.backups", ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(old, path)
    return path


def _up_to_date(old: Path, folder: Path) -> list[tuple[str, str]]:
    path = _copied(old, folder)
    Project.open(path).close()
    return _schema(path)


def _ended_at(number: int, when: str) -> Callable[[Path], None]:
    def end(path: Path) -> None:
        def work(say: Say) -> None:
            step = STEPS[number]
            does = step.fn

            def ending(db: object) -> None:
                if when == "after":
                    does(db)
                os.kill(os.getpid(), signal.SIGKILL)

            object.__setattr__(step, "fn", ending)
            Project.open(path)

        Child(work).ended()

    return end


def _ended_anywhere(after: float) -> Callable[[Path], None]:
    def end(path: Path) -> None:
        def work(say: Say) -> None:
            say("begun")
            Project.open(path).close()
            say("done")

        Child(work).killed(after)

    return end


def _one(old: Path, folder: Path, schemas: tuple[object, object], end: Callable[[Path], None], result: Result) -> None:
    result.runs += 1
    path = _copied(old, folder)
    version = schema_version(path)
    end(path)
    found = _schema(path)
    is_old = schema_version(path) == version and found == schemas[0]
    is_new = schema_version(path) == SCHEMA_VERSION and {name for name, _ in found} == _names(schemas[1])
    result.corrupt += not (is_old or is_new)
    with Project.open(path) as project:
        result.expect(check(project) == [], f"a check found something in {old.name}")
        result.expect(is_true(project), f"the history of {old.name} does not lead to what it holds")
    kept = [backup for backup in backups(path) if backup.facts]
    result.expect(kept, f"{old.name} was brought up to date without a backup")
    result.expect(all(schema_version(backup.path) == version for backup in kept), "the backup is not of the old file")


def _names(schema: object) -> set[str]:
    return {name for name, _ in schema}  # type: ignore[attr-defined]
