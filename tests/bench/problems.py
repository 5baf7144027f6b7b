"""How long it takes to look for problems: in an article with many marks after a change, and in a whole archive.

Each task is a process: `python -m tests.bench.problems TASK FOLDER NUMBER`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.problems import problems_of
from annotator.core.scheme import Scheme
from annotator.store.problem_fixes import fixes_of
from annotator.store.problems import corpus_problems
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.templates import template
from tests.bench.runs import Figure, child, tell, timed

MARKS = 600
LABELS = ("PERSON", "ORG", "GPE", "DATE", "QUOTE", "SOURCE", "CUE", "CLAIM")
PAUSE = 0.0005  # seconds that the window's thread sleeps between two looks at the clock


def figures(folder: Path, home: Path, documents: int, runs: int) -> Iterator[Figure]:
    """One article, its worker's burden on the window's thread, and all articles of an archive."""
    one = child("problems", "live", folder, runs, home=home)
    yield Figure(f"problems of an article with {MARKS} marks, cpu", "ms", one["cpu"], megabytes=one["peak"])
    beside = child("problems", "beside", folder, runs, home=home)
    yield Figure("longest pause of another thread meanwhile, wall", "ms", beside["wall"])
    every = child("problems", "corpus", folder, documents, home=home)
    seconds = [value / 1000 for value in every["wall"]]
    yield Figure(f"problems of {documents:,} articles, wall", "s", seconds[:1], megabytes=every["peak"])
    yield Figure("fixes for 1,000 of them worked out, wall", "s", seconds[1:2])
    yield Figure("and applied in one step, wall", "s", seconds[2:])


def _document(scheme: Scheme, characters: int, many: int, seed: int) -> AnnotatedDocument:
    from tests.bench.view import article  # with Qt: the process that starts the others is to stay small

    text, drawn = article(characters, many, seed)
    chance = random.Random(seed)
    labels = {label.name: label for label in scheme.labels}
    marks = tuple(
        Annotation(f"{seed}-{mark.id}", labels[chance.choice(LABELS)], mark.fragments, {}, "", "a", "", None, "", "")
        for mark in drawn
    )
    kinds = {kind.name: kind for kind in scheme.relations}
    quotes = [mark for mark in marks if mark.label.name == "QUOTE"][::2]
    ends = [mark for mark in marks if mark.label.name == "SOURCE"]
    links = tuple(
        Relation(f"{seed}-l{number}", kinds["source"], quote.id, end.id, {}, "a", "", "")
        for number, (quote, end) in enumerate(zip(quotes, ends, strict=False))
    )
    return AnnotatedDocument(text=text, title=f"Article {seed}", id=f"d{seed}", annotations=marks, relations=links)


def live(folder: Path, runs: int) -> None:
    """What the worker does after each change."""
    scheme = template("news")
    document = _document(scheme, 40_000, MARKS, 1)
    tell([timed(lambda: problems_of(document, scheme)) for _ in range(runs + 1)][1:])


def beside(folder: Path, runs: int) -> None:
    """How long this thread is kept from going on while another looks for problems."""
    scheme = template("news")
    document = _document(scheme, 40_000, MARKS, 1)
    longest = []
    for _ in range(runs):
        worker = Thread(target=problems_of, args=(document, scheme))
        worker.start()
        pause, before = 0.0, time.perf_counter()
        while worker.is_alive():
            time.sleep(PAUSE)
            now = time.perf_counter()
            pause, before = max(pause, now - before - PAUSE), now
        longest.append((0.0, 1000 * pause))
    tell(longest)


def corpus(folder: Path, documents: int) -> None:
    """Through all articles of a project file, as the window's worker goes; then a thousand put right."""
    path = folder / "problems.annotator"
    scheme = template("news")
    with Project.create(path, scheme) as project:
        project.import_documents(_document(project.scheme, 3_000, 12, seed) for seed in range(documents))
        rows = []
        with Reader(path) as reader:
            looked = timed(lambda: rows.extend(corpus_problems(reader)))
            fixable = [row for row in rows if row.problem.fixes][:1000]
            found = []
            planned = timed(lambda: found.append(fixes_of(reader, project.annotator, fixable)))
        applied = timed(lambda: project.apply_all(found[0].name, found[0].parts))
    tell([looked, planned, applied])


if __name__ == "__main__":
    tasks = {task.__name__: task for task in (live, beside, corpus)}
    tasks[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
