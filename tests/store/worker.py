"""A process of its own for the tests of two processes and of sudden ends: `python -m tests.store.worker TASK FILE`."""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from annotator.core.edits import Edits
from annotator.core.span import Span
from annotator.store.project import Project


def mark_for_ever(path: Path) -> None:
    """Add mark after mark; each is told on standard output once `apply` has returned."""
    with Project.open(path) as project:
        project.work_as("ana")
        (key,) = project.document_ids()
        edits = Edits(key, project.scheme, project.annotator)
        for number in count():
            made = edits.new_annotation(project.scheme.labels[0], [Span(number % 50, number % 50 + 5)])
            project.apply(edits.add(made))
            print(made.id, flush=True)


def create_for_ever(path: Path) -> None:
    """Make one new project after another."""
    for number in count():
        Project.create(path.with_name(f"{number}.annotator")).close()
        print(number, flush=True)


def hold(path: Path) -> None:
    """Begin to write, and do not come to an end."""
    project = Project.open(path)
    project.work_as("ben")
    with project._changing():
        print("holding", flush=True)
        time.sleep(60)


def mark_once(path: Path) -> None:
    """Add one mark to the first document, with a label of its own."""
    with Project.open(path) as project:
        project.work_as("ben")
        edits = Edits(project.document_ids()[0], project.scheme, project.annotator)
        project.apply(edits.add(edits.new_annotation(project.scheme.labels[0], [Span(0, 3)])))


def index(path: Path) -> None:
    """Bring the index up to date; each transaction is told once it is on the disk."""
    with Project.open(path) as project:
        project.index_documents(progress=lambda reached, last: print(reached, flush=True))
        print("all", flush=True)


if __name__ == "__main__":
    tasks = {task.__name__: task for task in (mark_for_ever, create_for_ever, hold, mark_once, index)}
    tasks[sys.argv[1]](Path(sys.argv[2]))
