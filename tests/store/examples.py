"""Documents and edits that the tests of the store share."""

from __future__ import annotations

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.changes import ChangeSet, RowChange
from annotator.core.edits import Edits
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.store import history

TEXT = "BIR SALMA, (AP) – The envoy said that “we will go” on Tuesday. وقال الوزير إن الاتفاق خطوة أولى."


def document(number=0, text=None, **rest):
    return AnnotatedDocument(text=f"{number} {TEXT}" if text is None else text, title=f"Page {number}", **rest)


def label(scheme, name):
    return next(label for label in scheme.labels if label.name == name)


def relation_type(scheme, name):
    return next(kind for kind in scheme.relations if kind.name == name)


def mark(label, start, end, key="", **rest):
    """A mark as an importer makes it."""
    given = {"attributes": {}, "note": "", "annotator": "", "origin": "", "confidence": None}
    return Annotation(key, label, (Span(start, end),), **{**given, "created": "", "updated": "", **rest})


def link(kind, source, target, key=""):
    """A relation as an importer makes it."""
    return Relation(key, kind, source, target, {}, "", "", "")


def stranger(name, layer="imported", key=None, attributes=()):
    """A label that the news scheme does not have."""
    return Label(key or f"label-{layer}-{name}", layer, name, attributes=tuple(attributes))


def strange_link(name):
    return RelationType(f"type-{name}", name)


def add_mark(project, key, name="PERSON", start=0, end=4):
    """Mark a stretch of a document, as the window does. Returns the mark."""
    if not project.annotator:
        project.work_as("ana")
    edits = Edits(key, project.scheme, project.annotator)
    made = edits.new_annotation(label(project.scheme, name), [Span(start, end)])
    project.apply(edits.add(made))
    return made


def deletion(project, key):
    """The step that deletes a document with all that belongs to it."""
    state = history.current(project._writer)
    rows = [
        RowChange(table, row["id"], row, None)
        for table in ("relations", "annotations", "document_labels", "statuses", "zones", "occurrences", "pages")
        for row in state[table].values()
        if row["document"] == key
    ]
    return ChangeSet("Delete document", (*rows, RowChange("documents", key, state["documents"][key], None)), key)


def state(project):
    """The whole current state, but for the annotators: they stay, whatever is taken back."""
    tables = history.current(project._writer)
    return {table: rows for table, rows in tables.items() if table != "annotators"}


def is_true(project):
    """Whether the tables hold what the revisions say, and the file is sound."""
    replayed, current = history.replayed(project._writer), history.current(project._writer)
    sound = project._writer.execute("PRAGMA foreign_key_check").fetchall() == []
    return sound and replayed == current
