"""Marking, relabelling and deleting at many places in many documents, as one step that undo takes back whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from annotator.core.annotation import Annotation
from annotator.core.changes import ChangeSet
from annotator.core.concordance import Line
from annotator.core.edits import Edits
from annotator.core.scheme import Label
from annotator.store.project import Project


class Done(NamedTuple):
    """What a step over many places did."""

    marks: int
    documents: int
    left: int  # places where there was nothing to do


def mark_lines(project: Project, lines: Iterable[Line], label: Label) -> Done:
    """Mark the places of `lines` with `label`, but for those that an annotation with that label holds already.

    Documents that nobody had begun are in progress then. Raises KnownError when it cannot be written; nothing is then.
    """
    every = list(lines)
    wanted = [line for line in every if label.id not in line.covering]
    begun = _statuses(project, {line.number for line in wanted})

    def change(edits: Edits, here: Sequence[Line]) -> ChangeSet:
        new = [edits.new_annotation(label, [line.span]) for line in here]
        status = begun.get(here[0].number)
        changes = edits.add(*new)
        if status not in (None, "new"):
            return changes
        return ChangeSet(changes.name, (*changes.rows, *edits.set_status(status, "in_progress").rows), changes.document)

    return _apply(project, f"Mark {len(wanted)} × {label.shown}", wanted, len(every), change)


def relabel_lines(project: Project, lines: Iterable[Line], label: Label) -> Done:
    """Give the annotations of `lines` another label."""
    every = list(lines)
    wanted = [line for line in every if line.mark and line.label != label.id]

    def change(edits: Edits, here: Sequence[Line]) -> ChangeSet:
        parts = [edits.relabel(mark, label) for mark in _annotations(project, here)]
        return ChangeSet("", tuple(row for part in parts for row in part.rows), edits.document)

    return _apply(project, f"Relabel {len(wanted)} × {label.shown}", wanted, len(every), change)


def delete_lines(project: Project, lines: Iterable[Line]) -> Done:
    """Delete the annotations of `lines`, with their links."""
    every = list(lines)
    wanted = [line for line in every if line.mark]

    def change(edits: Edits, here: Sequence[Line]) -> ChangeSet:
        return edits.delete(_annotations(project, here), project.relations(here[0].document))

    return _apply(project, f"Delete {len(wanted)} marks", wanted, len(every), change)


def _apply(
    project: Project,
    name: str,
    wanted: Sequence[Line],
    every: int,
    change: Callable[[Edits, Sequence[Line]], ChangeSet],
) -> Done:
    scheme = project.scheme
    parts = [change(Edits(here[0].document, scheme, project.annotator), here) for here in _by_document(wanted)]
    if parts:
        project.apply_all(name, parts)
    return Done(len(wanted), len(parts), every - len(wanted))


def _by_document(lines: Iterable[Line]) -> Iterator[list[Line]]:
    together = sorted(lines, key=lambda line: (line.number, line.span))
    return (list(here) for _, here in groupby(together, key=lambda line: line.number))


def _annotations(project: Project, lines: Sequence[Line]) -> list[Annotation]:
    keys = {line.mark for line in lines}
    return [mark for mark in project.annotations(lines[0].document) if mark.id in keys]


def _statuses(project: Project, numbers: Collection[int]) -> dict[int, str]:
    sql = """
        SELECT document, status FROM statuses
        WHERE annotator = ? AND document IN (SELECT value FROM json_each(?))"""
    return dict(project.rows(sql, (project.annotator, json.dumps(sorted(numbers)))))
