"""R10, R13: backups restored, one by one, and compared with what the project was; and marks that vanish."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.store.backup_making import make_backup
from annotator.store.backups import Backup, backups
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.restoring import restore
from tests import undo_run
from tests.trust.projects import is_true, make_project, state_of, text
from tests.trust.results import Result, timed


def restoring(long: bool = False) -> Result:
    """R10: backups made at random moments of random work, whole ones and what came since, all of them restored."""
    count = 50 if long else 10
    result = Result("R10", "backups, each restored and compared", runs=count)
    dice = random.Random(10)
    size = 0
    with timed(result), tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        path = make_project(folder / "kept.annotator", 6, 10, words=250)
        were: list[tuple[Backup, Any, str | None]] = []
        with Project.open(path) as project:
            project.work_as("Amina")
            worker = undo_run.Worker(project, 10)
            worker._imported = 200
            for number in range(count):
                worker.work(worker.done.total() + dice.randint(1, 25))
                if number % 7 == 3:
                    page = AnnotatedDocument(text=text(1000 + number, 250, dice), title=f"Page {number}")
                    project.import_documents([page])
                    project.index_documents()
                made = make_backup(path, "asked", last=10**6, large=0 if number % 3 else 10**12)
                assert made is not None, "it was asked for"
                were.append((made, state_of(project), project.undo_name))
                size += made.size
        for made, state, undo in dice.sample(were, count):
            to = folder / f"{made.number}.annotator"
            restore(made, to)
            with Project.open(to) as again:
                result.lost += state_of(again) != state
                result.corrupt += bool(check(again)) or not is_true(again)
                result.expect(again.undo_name == undo, f"backup {made.number} forgot what undo takes back")
            to.unlink()
        whole = sum(made.is_whole for made, *_ in were)
    result.note = f"{whole} whole, {count - whole} of what came since; {size / 1e6 / count:.2f} MB each"
    return result


def shrinking(long: bool = False) -> Result:
    """R13: marks vanish without a step that deleted them. The backup says so, and the one before stays."""
    result = Result("R13", "marks vanish though nobody deleted them", runs=1)
    with timed(result), tempfile.TemporaryDirectory() as held:
        path = make_project(Path(held) / "shrunk.annotator", 3, 30)
        make_backup(path, "asked")
        with closing(sqlite3.connect(path)) as stranger:
            stranger.execute("PRAGMA foreign_keys = OFF")
            stranger.execute("DELETE FROM annotations WHERE rowid > 10")
            stranger.commit()
        alarmed = make_backup(path, "asked", last=2)
        for _ in range(14):
            make_backup(path, "asked", last=2)
        kept = [backup.facts for backup in backups(path) if backup.facts]
        result.expect(max(facts.marks for facts in kept) == 30, "the backup that had the marks is gone")
        result.note = f"{len(kept)} of 16 backups kept, among them the one with all marks"
        result.expect(alarmed and alarmed.facts and alarmed.facts.lacks == 20, "no backup says that marks are gone")
    return result
