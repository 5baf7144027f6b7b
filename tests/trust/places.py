"""R8, R9, R14: places that may not be written, copies and other names of a file, and looking that writes nothing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.store.backup_making import make_backup
from annotator.store.backups import backup_folder, backups
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.restoring import restore_over
from annotator.store.search import search
from annotator.store.statistics import statistics
from tests.trust.children import Child, Say
from tests.trust.full_disks import _can_mount, small_disk
from tests.trust.projects import is_true, make_project, mark_some, state_of
from tests.trust.results import Result, timed

NOBODY = 65534


def _is_only_read(path: Path, result: Result, where: str) -> None:
    """It opens, all can be read, marking is refused in a sentence, and nothing comes to lie beside it."""
    result.runs += 1
    beside = sorted(path.parent.iterdir())

    def work(say: Say) -> None:
        if "nobody" in where:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        with Project.open(path) as project:
            say(f"read only: {project.read_only}")
            say(f"articles: {len(list(project.annotated_documents()))}")
            try:
                mark_some(project, 1, random.Random(1))
            except KnownError as error:
                say(f"refused: {error}")
        try:
            say(f"a backup: {make_backup(path, 'asked') is not None}")
        except KnownError as error:
            say(f"no backup: {error}")

    said = " ".join(Child(work).ended())
    for wanted in ("read only: the file", "articles: 3", "refused: ", " backup: "):
        result.expect(wanted in said, f"{where}: {wanted!r} was not told, but {said}")
    found = sorted(place for place in path.parent.iterdir() if place != backup_folder(path))
    result.expect(found == beside, f"{where}: something came to lie beside it")


def read_only_places(long: bool = False) -> Result:
    """R8: as somebody without rights, on a medium that is read only, and a file that may not be changed."""
    result = Result("R8", "a file, a folder or a disk that may not be written")
    if not _can_mount():
        result.skipped = "needs root; tests/store/test_project.py tells the program otherwise that it may not write"
        return result
    with timed(result), tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = make_project(place / "still" / "still.annotator", 3, 5) if (place / "still").mkdir() is None else place
        place.chmod(0o755)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        _is_only_read(path, result, "a folder that nobody may write in")
        path.parent.chmod(0o777)
        _is_only_read(path, result, "a file that nobody may write")
        path.chmod(0o644)
        with small_disk(place, 16_000_000) as disk:
            copy = disk / path.name
            shutil.copyfile(path, copy)
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            _is_only_read(copy, result, "a disk that is read only")
    return result


def copies_and_names(long: bool = False) -> Result:
    """R9: copies of a project in use, links, other names, a log of another day, a file that is replaced."""
    result = Result("R9", "copies, links, other names, a stale log, a file replaced under the program")
    with timed(result), tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        path = make_project(folder / "one.annotator", 3, 10)
        with Project.open(path) as project:
            mark_some(project, 30, random.Random(1))
            for suffix in ("", "-wal", "-shm"):
                shutil.copyfile(f"{path}{suffix}", folder / f"three.annotator{suffix}")
            project.checkpoint()
            shutil.copyfile(path, folder / "alone.annotator")
            whole, device = state_of(project), project.head.device
        for name in ("three", "alone"):
            result.runs += 1
            with Project.open(folder / f"{name}.annotator") as copy:
                result.expect(state_of(copy) == whole, f"the copy {name} lacks something")
                mark_some(copy, 1, random.Random(2))
                result.expect(copy.head.device != device, f"the copy {name} counts as the original")
                result.expect(is_true(copy), f"the history of {name} does not lead to what it holds")
        _links(folder, path, result)
        _stale_log(folder, path, result)
        _replaced(folder, path, result)
    return result


def _links(folder: Path, path: Path, result: Result) -> None:
    result.runs += 1
    link = folder / "elsewhere" / "link.annotator"
    link.parent.mkdir()
    link.symlink_to(path)
    with Project.open(link) as project, Project.open(path) as other:
        mark_some(project, 2, random.Random(3))
        result.expect(state_of(project) == state_of(other), "a link leads to another project")
        result.expect(project.head.device == other.head.device, "a link counts as a copy")
    result.expect(backup_folder(link) == backup_folder(path), "a link has backups of its own")
    result.expect([each.name for each in link.parent.iterdir()] == [link.name], "a log lies beside the link")


def _stale_log(folder: Path, path: Path, result: Result) -> None:
    """To restore where a log of the file before lies, which is what spoils a copy that is made by hand."""
    result.runs += 1
    made = make_backup(path, "asked")
    assert made is not None, "it was asked for"
    with Project.open(path) as project:
        before = state_of(project)
    Child(lambda say: _write_and_die(path)).ended()
    result.expect(path.with_name(path.name + "-wal").exists(), "the harness left no log")
    aside = restore_over(made, path)
    for place, marks in ((path, 0), (aside, 25)):
        with Project.open(place) as project:
            result.expect(check(project) == [] and is_true(project), f"{place.name} is a mixture")
            more = len(state_of(project)["annotations"]) - len(before["annotations"])
            result.expect(more == marks, f"{place.name} has {more} marks more instead of {marks}")
            result.corrupt += not is_true(project)


def _write_and_die(path: Path) -> None:
    project = Project.open(path)
    mark_some(project, 25, random.Random(4))
    os.kill(os.getpid(), 9)


def _replaced(folder: Path, path: Path, result: Result) -> None:
    result.runs += 1
    other = folder / "other.annotator"
    shutil.copyfile(path, other)
    with Project.open(path) as project:
        other.replace(path)
        try:
            mark_some(project, 1, random.Random(5))
        except KnownError as error:
            result.expect("replaced" in str(error), f"a file that was replaced was told as: {error}")
        else:
            result.wrong.append("it went on saving into a file that is gone")
    with Project.open(path) as project:
        result.expect(check(project) == [], "the file that took its place is spoiled")


def looking(long: bool = False) -> Result:
    """R14: to open a project, read everything, search, count and close it changes not one byte."""
    count = 1000 if long else 60
    result = Result("R14", "looking at everything writes nothing", runs=count)
    with timed(result), tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "seen.annotator", count, count)
        before = path.read_bytes()
        with Project.open(path) as project, Reader(path) as reader:
            project.work_as("Somebody new")
            for key in reader.document_ids():
                reader.annotated(key)
                project.status(key, project.annotator)
            search(reader, "envoy", 50)
            statistics(reader)
            check(project)
            project.checkpoint()
        result.expect(path.read_bytes() == before, "the file is another one")
        result.expect([each.name for each in Path(folder).iterdir()] == [path.name], "something lies beside it")
        result.expect(backups(path) == [], "a backup was made")
    return result
