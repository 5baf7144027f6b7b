"""Projects that are done things to: made up, with all that a project holds."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.span import Span
from annotator.store import history
from annotator.store.project import Project
from annotator.templates import template

WORDS = (
    "the",
    "envoy",
    "said",
    "that",
    "council",
    "of",
    "Marsa",
    "met",
    "on",
    "Tuesday",
    "قال",
    "الوزير",
    "إن",
    "خطوة",
)


def text(number: int, words: int, dice: random.Random) -> str:
    """A text of its own."""
    return f"{number} " + " ".join(dice.choice(WORDS) for _ in range(words))


def make_project(path: Path, documents: int = 40, marks: int = 200, words: int = 300, seed: int = 1) -> Path:
    """A project file with articles, marks, links and answers, closed."""
    dice = random.Random(seed)
    with Project.create(path, template("news")) as project:
        project.work_as("Amina")
        project.import_documents(
            AnnotatedDocument(text=text(number, words, dice), title=f"Page {number}") for number in range(documents)
        )
        project.index_documents()
        mark_some(project, marks, dice)
    return path


def mark_some(project: Project, count: int, dice: random.Random) -> list[str]:
    """Mark at random, link some, set some notes. Returns the ids of the marks."""
    project.work_as("Amina")
    keys, labels, made = project.document_ids(), project.scheme.labels, []
    before: dict[str, Any] = {}
    for number in range(count):
        edits = Edits(dice.choice(keys), project.scheme, project.annotator)
        start = dice.randrange(200)
        new = edits.new_annotation(dice.choice(labels), [Span(start, start + dice.randint(1, 30))])
        old = before.get(edits.document)
        links = [edits.new_relation(project.scheme.relations[0], old.id, new.id)] if old and number % 3 == 0 else []
        project.apply(edits.add(new, relations=links))
        if number % 5 == 0:
            project.apply(edits.set_note(new, f"note {number}"))
        before[edits.document] = new
        made.append(new.id)
    return made


def state_of(project: Project) -> dict[str, Any]:
    """What all tables hold, but for the annotators, who stay."""
    return {table: rows for table, rows in history.current(project._writer).items() if table != "annotators"}


def is_true(project: Project) -> bool:
    """Whether the tables hold what the revisions say."""
    return history.replayed(project._writer) == history.current(project._writer)
