"""How long a mark takes until it is on the disk, and what reading and searching a project takes."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.ids import new_id
from annotator.core.span import Span
from annotator.store.project import Project
from annotator.templates import template
from tests.bench.runs import Figure, child, tell, timed

BARE_COMMIT = "a bare commit of one such row (WAL, synchronous=FULL)"


def figures(folder: Path, home: Path, steps: int) -> Iterator[Figure]:
    """The commit of one mark, acknowledged; undo; and the same of a bare SQLite file in the same folder."""
    bare = child("store", "bare_commit", folder, steps, home=home)
    for task, name in (("commit", "a mark on the disk"), ("undo", "undo of a mark on the disk")):
        ours = child("store", task, folder, steps, home=home)
        for clock in ("cpu", "wall"):
            yield Figure(f"{name}, {clock}", "ms", ours[clock], bare[clock], BARE_COMMIT, ours["peak"], bare["peak"])


def _project(folder: Path) -> tuple[Project, Edits]:
    project = Project.create(folder / f"{new_id()}.annotator", template("news"))
    project.import_documents([AnnotatedDocument(text="The ferry sails again on Tuesday. " * 100, title="Ferry")])
    return project, Edits(project.document_ids()[0], project.scheme, project.annotator)


def commit(folder: Path, steps: int) -> None:
    """Each step adds one mark; the making of the mark is counted, too."""
    project, edits = _project(folder)
    label, places = project.scheme.labels[0], count()

    def step() -> None:
        place = next(places) % 3000
        project.apply(edits.add(edits.new_annotation(label, [Span(place, place + 9)])))

    with project:
        tell([timed(step) for _ in range(steps)])


def undo(folder: Path, steps: int) -> None:
    """Each step takes back one mark."""
    project, edits = _project(folder)
    with project:
        for place in range(steps):
            made = edits.new_annotation(project.scheme.labels[0], [Span(place, place + 9)])
            project.apply(edits.add(made))
        tell([timed(project.undo) for _ in range(steps)])


def bare_commit(folder: Path, steps: int) -> None:
    """Each step inserts one row of a mark's length and commits."""
    connection = bare_file(folder)
    tell([timed(lambda: insert_bare(connection)) for _ in range(steps)])


def bare_file(folder: Path) -> sqlite3.Connection:
    """A SQLite file with one table, kept as safely as a project."""
    connection = sqlite3.connect(folder / f"{new_id()}.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE marks (id TEXT PRIMARY KEY, start INTEGER, end INTEGER, note TEXT)")
    return connection


def insert_bare(connection: sqlite3.Connection) -> None:
    """One row, on the disk when it returns."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO marks VALUES (?, 1, 9, ?)", (new_id(), "x" * 200))
    connection.execute("COMMIT")


if __name__ == "__main__":
    tasks = {task.__name__: task for task in (commit, undo, bare_commit)}
    tasks[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
