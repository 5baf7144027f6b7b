"""Putting a problem right, as one step."""

from __future__ import annotations

from annotator.core.annotation import AnnotatedDocument
from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.problems.problem import Fix
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
    label = next((one for one in scheme.labels if one.id == fix.value), None)
    if mark is None or (fix.name == "relabel" and label is None):
        raise KnownError(GONE)
    if fix.name == "delete":
        return edits.delete([mark], document.relations)
    if fix.name == "trim":
        return edits.set_fragments(mark, fix.fragments, "Trim")
    if label is not None and fix.name == "relabel":
        return edits.relabel(mark, label)
    return edits.set_attribute(mark, fix.attribute, fix.value)
