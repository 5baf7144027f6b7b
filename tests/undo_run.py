"""Many random edits, then undo of all of them, then redo: `python -m tests.undo_run [--steps N] [--seed N]`.

The project must be again what it was at the start, then again what it was at the end, and its revisions alone must
tell the same. Prints what was done and the processor time it took; ends with 1 when anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.edits import Edits
from annotator.core.occurrences import Wanted
from annotator.core.scheme import STATUSES, ZONES
from annotator.core.span import Span
from annotator.core.zones import with_zone
from annotator.store import history
from annotator.store.everywhere import delete_lines, mark_lines, relabel_lines
from annotator.store.occurrences import find_annotations, find_occurrences
from annotator.store.project import Project
from annotator.templates import template

TEXT = (
    "BIR SALMA – The envoy said that “we will go” on Tuesday.\nThe council of Marsa met. وقال الوزير إن الاتفاق خطوة.\n"
)
WORDS = ("envoy", "Marsa", "الوزير", "The")
VALUES = (None, "direct", ["a", "b"], True, 0, 2.5, "\0'; --", "سليم")


class Worker:
    """Somebody who does anything to a project that the window can do, by the throw of a die."""

    def __init__(self, project: Project, seed: int) -> None:
        self._project, self._dice = project, random.Random(seed)
        self._imported = 0
        self.done: Counter[str] = Counter()

    def work(self, steps: int) -> None:
        """Take that many steps; one that finds nothing to do, or changes nothing, is thrown again."""
        ways = [(name[4:], getattr(self, name)) for name in sorted(dir(self)) if name.startswith("_do_")]
        weights = [4 if name in ("mark", "relabel", "fragments", "link") else 1 for name, _ in ways]
        while self.done.total() < steps:
            name, do = self._dice.choices(ways, weights)[0]
            if self._changes(do):
                self.done[name] += 1

    def _changes(self, do: Callable[[], Any]) -> bool:
        before = self._project.head.counter
        do()
        return self._project.head.counter > before

    # What is drawn

    def _edits(self) -> Edits:
        key = self._dice.choice(self._project.document_ids())
        return Edits(key, self._project.scheme, self._project.annotator)

    def _mark(self) -> tuple[Edits, Annotation] | None:
        edits = self._edits()
        marks = self._project.annotations(edits.document)
        return (edits, self._dice.choice(marks)) if marks else None

    def _label(self) -> Any:
        return self._dice.choice(self._project.scheme.labels)

    def _spans(self, most: int) -> list[Span]:
        starts = [self._dice.randrange(len(TEXT) - 20) for _ in range(self._dice.randint(1, most))]
        return [Span(start, start + self._dice.randint(1, 20)) for start in starts]

    # What is done

    def _do_mark(self) -> None:
        edits = self._edits()
        self._project.apply(edits.add(edits.new_annotation(self._label(), self._spans(3), {})))

    def _do_relabel(self) -> None:
        if found := self._mark():
            self._project.apply(found[0].relabel(found[1], self._label()))

    def _do_fragments(self) -> None:
        if found := self._mark():
            self._project.apply(found[0].set_fragments(found[1], self._spans(3)))

    def _do_note(self) -> None:
        if found := self._mark():
            self._project.apply(found[0].set_note(found[1], f"note {self._dice.randrange(5)}"))

    def _do_attribute(self) -> None:
        if found := self._mark():
            name = self._dice.choice(("quote", "mention", "unheard of"))
            self._project.apply(found[0].set_attribute(found[1], name, self._dice.choice(VALUES)))

    def _do_link(self) -> None:
        if found := self._mark():
            other = self._dice.choice(self._project.annotations(found[0].document))
            kind = self._dice.choice(self._project.scheme.relations)
            self._project.apply(found[0].link(found[0].new_relation(kind, found[1].id, other.id)))

    def _do_unlink(self) -> None:
        edits = self._edits()
        if links := self._project.relations(edits.document):
            self._project.apply(edits.unlink(self._dice.choice(links)))

    def _do_delete(self) -> None:
        if found := self._mark():
            self._project.apply(found[0].delete([found[1]], self._project.relations(found[0].document)))

    def _do_status(self) -> None:
        edits = self._edits()
        old = self._project.status(edits.document, self._project.annotator)
        self._project.apply(edits.set_status(old, self._dice.choice(STATUSES)))

    def _do_zone(self) -> None:
        edits = self._edits()
        zones = self._project.document(edits.document).zones
        new = with_zone(zones, self._dice.choice(("", *ZONES)), self._spans(1)[0])
        self._project.apply(edits.set_zones(zones, new))

    def _do_document_note(self) -> None:
        self._project.write_document_note(self._edits().document, f"note {self._dice.randrange(5)}")

    def _do_mark_everywhere(self) -> None:
        lines = list(find_occurrences(self._project, Wanted(self._dice.choice(WORDS))))
        mark_lines(self._project, lines, self._label())

    def _do_relabel_everywhere(self) -> None:
        relabel_lines(self._project, self._dice.sample(lines := self._lines(), len(lines) // 2), self._label())

    def _do_delete_everywhere(self) -> None:
        delete_lines(self._project, self._lines())

    def _lines(self) -> list[Any]:
        return list(find_annotations(self._project, [self._label().id]))

    def _do_use(self) -> None:
        labels = [label.id for label in self._project.scheme.labels if self._dice.random() < 0.8]
        self._project.use(labels, [])

    def _do_import(self) -> None:
        if self._imported < 200:
            self._imported += 1
            self._project.import_documents([AnnotatedDocument(text=f"{self._imported} {TEXT}", title="A page")])

    def _do_undo_and_redo(self) -> None:
        steps = self._dice.randint(1, 5)
        for _ in range(steps):
            if self._project.undo_name != "Import":  # or there may be nothing left to work on
                self._project.undo()
        for _ in range(self._dice.randint(0, steps)):
            self._project.redo()


def state(project: Project) -> dict[str, Any]:
    """What all tables hold, but for the annotators, who stay."""
    return {table: rows for table, rows in history.current(project._writer).items() if table != "annotators"}


def run(folder: Path, steps: int, seed: int) -> list[str]:
    """Work, undo all and redo all; returns what differs, in sentences, and prints the figures."""
    wrong: list[str] = []
    with Project.create(folder / "run.annotator", template("news")) as project:
        project.work_as("Amina")
        start = state(project)
        project.import_documents(AnnotatedDocument(text=f"{n} {TEXT * 3}", title="A page") for n in range(-3, 0))
        worker = Worker(project, seed)
        times = [_timed(lambda: worker.work(steps))]
        end = state(project)
        times.append(_timed(lambda: _undo_all(project)))
        if state(project) != start:
            wrong.append("After undo of all, the project is not what it was at the start.")
        times.append(_timed(lambda: _redo_all(project)))
        if state(project) != end:
            wrong.append("After redo of all, the project is not what it was at the end.")
        if history.replayed(project._writer) != history.current(project._writer):
            wrong.append("The revisions tell something else than the tables.")
    kinds = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in worker.done.most_common())
    print(f"{steps:,} steps with seed {seed}: {kinds}; {len(end['annotations']):,} marks at the end")
    print("processor time: work {:.1f} s, undo of all {:.1f} s, redo of all {:.1f} s".format(*times))
    return wrong


def _undo_all(project: Project) -> None:
    while project.undo_name:
        project.undo()


def _redo_all(project: Project) -> None:
    while project.redo_name:
        project.redo()


def _timed(do: Callable[[], object]) -> float:
    started = time.process_time()
    do()
    return time.process_time() - started


def main(arguments: list[str]) -> int:
    """Run once, in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="python -m tests.undo_run", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wrong = run(Path(folder), asked.steps, asked.seed)
    print("\n".join(wrong) or "Undone, the project equals its start; redone, its end.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
