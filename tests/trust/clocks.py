"""R11: clocks that jump: back a day, ahead ten years, an hour in spring, and not at all for a while."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

from annotator.core import clock, ids
from annotator.store.backup_making import make_backup
from annotator.store.backups import backups
from annotator.store.project import Project
from tests import undo_run
from tests.trust.projects import make_project, mark_some, state_of
from tests.trust.results import Result, timed

JUMPS = (timedelta(), timedelta(days=-1), timedelta(days=3653), timedelta(hours=1), timedelta(hours=-1))


@contextmanager
def jumping_clock(seed: int) -> Iterator[None]:
    """A clock that jumps whenever it is looked at."""
    dice, moment = random.Random(seed), datetime(2026, 3, 29, 1, 59, tzinfo=UTC)

    def now(zone: object = None) -> datetime:
        nonlocal moment
        wanted = moment + dice.choice(JUMPS)
        moment = wanted if 1990 < wanted.year < 2400 else moment
        return moment

    held = clock.datetime, ids.time
    clock.datetime = SimpleNamespace(now=now)  # type: ignore[assignment,misc]
    ids.time = SimpleNamespace(time_ns=lambda: int(now().timestamp() * 1e9))  # type: ignore[assignment]
    try:
        yield
    finally:
        clock.datetime, ids.time = held  # type: ignore[misc]


def run(long: bool = False) -> Result:
    """Random work, undo and redo of all, and backups, by such a clock."""
    result = Result("R11", "a clock that jumps at every look", runs=10 if long else 1)
    with timed(result):
        for seed in range(result.runs):
            with tempfile.TemporaryDirectory() as folder, jumping_clock(seed), redirect_stdout(StringIO()):
                result.wrong += undo_run.run(Path(folder), 400 if long else 100, seed)
                _backups(Path(folder), result)
    return result


def _backups(folder: Path, result: Result) -> None:
    path = make_project(folder / "timeless.annotator", 2, 3)
    states = []
    with Project.open(path) as project:
        for number in range(4):
            mark_some(project, 2, random.Random(number))
            make_backup(path, "idle")
            states.append(len(state_of(project)["annotations"]))
    found = [backup.facts.marks for backup in backups(path) if backup.facts]
    result.expect(found == states[::-1], "backups are not in the order in which they were made")
