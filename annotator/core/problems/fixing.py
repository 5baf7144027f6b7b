"""Putting a problem right, as one step."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.annotation import AnnotatedDocument
from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.problems.problem import Fix
from annotator.core.rows import AttributeNames, annotation_from_row, relation_from_row
from annotator.core.scheme import Scheme

GONE = "This has changed since it was found, and nothing was done. Look for problems again."


def apply_fix(edits: Edits, document: AnnotatedDocument, scheme: Scheme, fix: Fix) -> ChangeSet:
    """The step that does what `fix` says. Raises KnownError when what it is about is no longer there."""
    if fix.name == "unlink":
        link = next((one for one in document.relations if one.id == fix.target), None)
        if link is None:
            raise KnownError(GONE)
        return edits.unlink(link)
    mark = next((one for one in document.annotations if one.id == fix.target), None)
    if mark is None:
        raise KnownError(GONE)
    if fix.name == "link":
        return _linked(edits, document, scheme, fix)
    if fix.name == "delete":
        return edits.delete([mark], document.relations)
    if fix.name == "trim":
        return edits.set_fragments(mark, fix.fragments, "Trim")
    if fix.name == "set_attribute":
        return edits.set_attribute(mark, fix.attribute, fix.value)
    label = next((one for one in scheme.labels if one.id == fix.value), None)
    if label is None:
        raise KnownError(GONE)
    return edits.relabel(mark, label)


def _linked(edits: Edits, document: AnnotatedDocument, scheme: Scheme, fix: Fix) -> ChangeSet:
    kind = next((one for one in scheme.relations if one.id == fix.attribute), None)
    if kind is None or all(one.id != fix.value for one in document.annotations):
        raise KnownError(GONE)
    return edits.link(edits.new_relation(kind, fix.target, fix.value))


def with_changes(document: AnnotatedDocument, scheme: Scheme, changes: ChangeSet) -> AnnotatedDocument:
    """The document as it is once `changes` to its marks and links are made: what a further fix is worked out from."""
    names = AttributeNames(scheme)
    labels = {label.id: label for label in scheme.labels}
    kinds = {kind.id: kind for kind in scheme.relations}
    marks = {mark.id: mark for mark in document.annotations}
    links = {link.id: link for link in document.relations}
    for change in changes.rows:
        if change.table == "annotations":
            marks.pop(change.key, None)
            if change.after is not None:
                marks[change.key] = annotation_from_row(change.after, labels, names)
        elif change.table == "relations":
            links.pop(change.key, None)
            if change.after is not None:
                links[change.key] = relation_from_row(change.after, kinds, names)
    return replace(document, annotations=tuple(marks.values()), relations=tuple(links.values()))
