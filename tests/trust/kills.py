"""R1, R6, R12: processes that are killed while they save, that save at the same time, and undo of all they did."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.reading import Reader
from tests import undo_run
from tests.trust.children import Child, Say, delay
from tests.trust.projects import is_true, make_project, state_of
from tests.trust.results import Result, timed


def marks_of(path: Path) -> set[str]:
    """The ids of all marks in a project file."""
    with Reader(path) as reader:
        return {key for (key,) in reader.rows("SELECT id FROM annotations")}


def mark_for_ever(path: Path, say: Say, seed: int, most: int = 10**9) -> None:
    """Mark, delete, and tell each mark as soon as `apply` has returned: that is when the window says “saved”."""
    dice = random.Random(seed)
    with Project.open(path) as project:
        project.work_as("Amina")
        keys, labels = project.document_ids(), project.scheme.labels
        for number in range(most):
            edits = Edits(dice.choice(keys), project.scheme, project.annotator)
            new = edits.new_annotation(dice.choice(labels), [Span(number % 200, number % 200 + 9)])
            while True:
                try:
                    project.apply(edits.add(new))
                    break
                except KnownError as error:
                    if "Another program is writing" not in str(error):
                        raise
                    say("busy")
            say(new.id)
            if number % 40 == 39:
                project.checkpoint()  # as the window does in a pause


def sudden_ends(long: bool = False) -> Result:
    """R1: `kill -9` in the middle of saving; what was told saved is there, and the file is whole."""
    result = Result("R1", "`kill -9` while marks are saved", runs=1000 if long else 100)
    dice, told = random.Random(1), set[str]()
    more = 0
    with timed(result), tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "killed.annotator", documents=5, marks=10)
        for number in range(result.runs):
            said = Child(lambda say, seed=number: mark_for_ever(path, say, seed)).killed(delay(dice, 0.06))
            told |= set(said)
            held = marks_of(path)
            result.lost += len(told - held)
            more = len(held) - len(told) - 10
            result.corrupt += not _is_sound(path)
            if number % 25 == 24:
                _see_that_it_is_true(path, result)
        result.note = f"{len(told):,} marks told saved; {more} more saved whose word came too late"
    return result


def _is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _see_that_it_is_true(path: Path, result: Result) -> None:
    with Project.open(path) as project:
        result.expect(check(project) == [], "a check found something after a kill")
        result.expect(is_true(project), "the history does not lead to what the tables hold")


def two_at_once(long: bool = False) -> Result:
    """R6: two processes mark in one file at the same time."""
    rounds, each = (20, 100) if long else (2, 60)
    result = Result("R6", "two processes save to one file at the same time", runs=rounds)
    told, busy = set[str](), 0
    with timed(result), tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "shared.annotator", documents=5, marks=10)
        for number in range(rounds):
            children = [Child(lambda say, seed=number * 2 + n: mark_for_ever(path, say, seed, each)) for n in (0, 1)]
            for child in children:
                said = child.ended()
                result.expect(child.status == 0, f"a process ended with {said[-1:]}")
                busy += said.count("busy")
                told |= {line for line in said if line != "busy"}
        result.lost = len(told - marks_of(path))
        result.corrupt = int(not _is_sound(path))
        _see_that_it_is_true(path, result)
    result.note = f"{len(told):,} marks; {busy} times one was told that the other is writing, and tried again"
    return result


def undo_of_all(long: bool = False) -> Result:
    """R12: random steps, thousands in the long form, by processes that are ended suddenly, then undo of all of them."""
    steps = 5000 if long else 300
    result = Result("R12", "random steps across restarts and kills, then undo of all")
    dice = random.Random(12)
    with timed(result), tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "undone.annotator", documents=6, marks=0, words=250)
        with Project.open(path) as project:
            start, first = state_of(project), project.undo_name
            before = _revisions(project)
        done = 0
        while done < steps:
            result.runs += 1
            Child(lambda say, seed=result.runs: _work(path, say, seed)).killed(delay(dice, 0.5))
            with Project.open(path) as project:
                done = _revisions(project) - before
        with Project.open(path) as project:
            taken = 0
            while _steps_left(project, first, start):
                project.undo()
                taken += 1
            result.expect(state_of(project) == start, "undone, the project is not what it was at the start")
            result.expect(is_true(project), "the history does not lead to what the tables hold")
    result.note = f"{done:,} revisions, {taken:,} steps taken back after {result.runs} sudden ends"
    return result


def _steps_left(project: Project, first: str | None, start: object) -> bool:
    """Whether there is more to take back than the import that the project began with."""
    return project.undo_name is not None and not (project.undo_name == first and state_of(project) == start)


def _revisions(project: Project) -> int:
    return int(project.rows("SELECT count(*) FROM revisions")[0][0])


def _work(path: Path, say: Say, seed: int) -> None:
    with Project.open(path) as project:
        project.work_as("Amina")
        say("begun")
        worker = undo_run.Worker(project, seed)
        worker._imported = 200  # texts that are imported stay, whatever is taken back: state is what is compared
        worker.work(10**9)
