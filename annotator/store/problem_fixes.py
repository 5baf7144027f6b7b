"""What is wrong in many documents put right as one step, and which rules a project has switched off."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.problems import RULES, Fix, Problem, apply_fix, problems_of, with_changes
from annotator.core.problems.problem import whole
from annotator.core.scheme import Scheme
from annotator.store.problems import Row, Stop
from annotator.store.project import Project
from annotator.store.reading import Reader

_OFF = "rules_off"  # in meta: a list of rules' ids


def rules_off(reader: Reader) -> frozenset[str]:
    """The ids of the rules that the project has switched off; what is kept there and names no rule is passed over."""
    try:
        held = json.loads(reader.meta(_OFF, "[]"))
    except ValueError:
        return frozenset()
    known = {rule.id for rule in RULES}
    return frozenset(name for name in held if name in known) if isinstance(held, list) else frozenset()


def switch_rules_off(project: Project, off: Collection[str]) -> None:
    """Look for problems by all rules but those `off`, by id, from now on. Raises KnownError when it cannot be kept."""
    project.write_meta(_OFF, json.dumps(sorted(off)))


class Fixes(NamedTuple):
    """How problems are put right: give `name` and `parts` to `Project.apply_all`."""

    parts: tuple[ChangeSet, ...]  # a document each
    problems: int
    stale: int  # problems that are not there any more as they were found

    @property
    def name(self) -> str:
        """The step's name."""
        return f"Fix {self.problems} problems"


def fixes_of(reader: Reader, annotator: str, rows: Iterable[Row], stop: Stop | None = None) -> Fixes:
    """How `annotator` puts the problems of `rows` right with the first fix of each. Nothing is changed.

    `stop` is asked between documents; then there is nothing to do.
    """
    parts: list[ChangeSet] = []
    done = stale = 0
    wanted = sorted(rows, key=lambda row: row.number)
    for _, here in groupby(wanted, key=lambda row: row.number):
        if stop is not None and stop():
            return Fixes((), 0, 0)
        problems = [row for row in here if row.problem.fixes]
        if problems:
            part, left = _fixed(reader, annotator, problems[0].document, [row.problem for row in problems])
            stale += left
            done += len(problems) - left
            parts += [part] if part.rows else []
    return Fixes(tuple(parts), done, stale)


def _fixed(reader: Reader, annotator: str, key: str, problems: Sequence[Problem]) -> tuple[ChangeSet, int]:
    """The step that puts these problems of a document right, and how many are not there any more."""
    try:
        document = reader.annotated(key)
    except KnownError:
        return ChangeSet("", ()), len(problems)
    scheme = reader.scheme
    edits = Edits(key, scheme, annotator)
    changes: list[ChangeSet] = []
    for fix in _that_still_apply(document, scheme, problems):
        try:
            change = apply_fix(edits, document, scheme, fix)
        except KnownError:  # another fix has deleted what it is about
            continue
        document = with_changes(document, scheme, change)
        changes.append(change)
    return ChangeSet("", tuple(row for change in changes for row in change.rows), key), len(problems) - len(changes)


def _that_still_apply(document: AnnotatedDocument, scheme: Scheme, problems: Sequence[Problem]) -> Iterator[Fix]:
    """The fixes of those problems that are found now as they were found then."""
    found = {fix for problem in problems_of(document, scheme, ["two_labels"]) for fix in problem.fixes}
    marks = {mark.id: mark for mark in document.annotations}
    for problem in problems:
        fix = problem.fixes[0]
        mark = marks.get(problem.annotation)
        if problem.rule == "two_labels":  # looked for in all documents together
            if mark is not None and mark.label.id != fix.value and whole(mark) == problem.span:
                yield fix
        elif fix in found:
            yield fix
