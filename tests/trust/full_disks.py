"""R3: the disk is full, really (a small file system in memory) and by a limit on a file's size; then there is room."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.store.backup_making import make_backup
from annotator.store.backups import backup_folder
from annotator.store.checking import check
from annotator.store.project import Project
from tests.trust.children import Child, Say
from tests.trust.kills import marks_of
from tests.trust.projects import is_true, make_project, state_of
from tests.trust.results import Result, timed


def run(long: bool = False) -> Result:
    """Fill, be told so, lose nothing; make room, try the very same step again."""
    result = Result("R3", "the disk is full, and then has room")
    with timed(result), tempfile.TemporaryDirectory() as folder:
        made = make_project(Path(folder) / "full.annotator", documents=4, marks=10)
        rounds = 6 if long else 1
        notes = []
        for number in range(rounds):
            _with_limit(made, Path(folder), result, number)
        if _can_mount():
            for number in range(rounds):
                _with_small_disk(made, Path(folder), result, 3_000_000 + 64 * 1024 * number)
            notes.append("a disk of its own, and a limit on the file")
        else:
            notes.append("a limit on the file alone: a disk of its own needs root")
        result.note = notes[0]
    return result


def _can_mount() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system in memory of so many bytes."""
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def _fill(project: Project, say: Say, dice: random.Random) -> tuple[str, ChangeSet]:
    """Mark until that is refused. The sentence, and the step that was refused."""
    project.work_as("Amina")
    keys, labels = project.document_ids(), project.scheme.labels
    for number in range(100_000):
        edits = Edits(dice.choice(keys), project.scheme, project.annotator)
        new = edits.new_annotation(dice.choice(labels), [Span(number % 200, number % 200 + 9)])
        step = edits.add(new)
        step = ChangeSet(step.name, (*step.rows, *edits.set_note(new, "n" * 700).rows), step.document)
        try:
            project.apply(step)
        except KnownError as error:
            return str(error), step
        say(new.id)
    raise AssertionError("the disk never was full")


def _with_small_disk(made: Path, folder: Path, result: Result, size: int) -> None:
    result.runs += 1
    told: list[str] = []
    with small_disk(folder, size) as place:
        path = place / made.name
        shutil.copyfile(made, path)
        with Project.open(path) as project:
            before = None
            sentence, step = _fill(project, told.append, random.Random(size))
            before = state_of(project)
            result.expect("is full" in sentence and "free" in sentence, f"a full disk was told as: {sentence}")
            result.expect(before == state_of(project), "a refused step left something")
            _backup_is_refused(path, result)
            subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
            project.apply(step)
            result.expect(check(project) == [], "a check found something after the disk was full")
            result.expect(is_true(project), "the history does not lead to what the tables hold")
            result.expect(make_backup(path, "asked"), "no backup could be made when there was room")
        result.lost += len(set(told) - marks_of(path))


def _backup_is_refused(path: Path, result: Result) -> None:
    try:
        make_backup(path, "asked")
    except KnownError:
        left = list(backup_folder(path).iterdir()) if backup_folder(path).exists() else []
        result.expect(left == [], f"a refused backup left {left}")
    else:
        result.wrong.append("a backup was made on a full disk")


def _with_limit(made: Path, folder: Path, result: Result, number: int) -> None:
    result.runs += 1
    path = folder / f"limited {number}.annotator"
    shutil.copyfile(made, path)

    def work(say: Say) -> None:
        with Project.open(path) as project:
            limit = path.stat().st_size + 300_000 + 64 * 1024 * number
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            sentence, step = _fill(project, say, random.Random(number))
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            say(f"told {sentence}")
            project.apply(step)

    child = Child(work)
    said = child.ended()
    sentence = next((line for line in said if line.startswith("told ")), "")
    result.expect("not saved" in sentence, f"a limit was told as: {sentence or said[-1:]}")
    result.expect(child.status == 0, "the step could not be tried again")
    result.lost += len({line for line in said if " " not in line} - marks_of(path))
    with Project.open(path) as project:
        result.expect(check(project) == [], "a check found something after the limit")
        result.expect(is_true(project), "the history does not lead to what the tables hold")
