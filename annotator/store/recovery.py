"""Bringing back what a step deleted, as a step of its own, whatever was done since.

What the step deleted and is still absent comes back with its ids; what it gave to another label, kind of link or
attribute goes back where it was, unless it was changed since. What has no place any more stays away, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from annotator.core.changes import ChangeSet, Row
from annotator.store.lost_rows import Lost
from annotator.store.many_rows import inserted
from annotator.store.planning import Missing, Plan
from annotator.store.reading import Reader
from annotator.store.recovered_rows import RecoveredRows
from annotator.store.recovered_scheme import RecoveredScheme
from annotator.store.scheme_versions import PAGE, Version, step_of, versions


class DeletedLabel(NamedTuple):
    """A label that can be brought back."""

    id: str
    name: str
    color: str
    layer: str  # the id of the layer it stood in, which may be gone as well
    marks: int  # that went with it, or went to another label
    version: Version  # whose step deleted it: give its revision to `recovery_plan`


def recovery_plan(reader: Reader, revision: str) -> Plan:
    """What brings back what the step of that revision deleted; see `Plan.missing` for what stays away."""
    lost = Lost(step_of(reader, revision))
    scheme = RecoveredScheme(reader, lost)
    rows = RecoveredRows(reader, lost, scheme)
    ((name,),) = reader.rows("SELECT name FROM revisions WHERE id = ?", (revision,))
    counts = {table: len(rows.back[table]) + len(rows.changed[table]) for table in rows.back}
    bulk = [*rows.altered()]
    for table in ("annotations", "relations", "document_labels"):
        bulk += inserted(table, rows.back[table])
    change = ChangeSet(f"Bring back: {name}", tuple(scheme.changes()), bulk=tuple(bulk))
    missing = scheme.missing + rows.missing
    return Plan(
        change,
        counts["annotations"],
        len(rows.documents),
        counts["relations"],
        counts["document_labels"],
        missing=tuple(Missing(what, why, many) for (what, why), many in missing.items()),
    )


def deleted_labels(reader: Reader) -> list[DeletedLabel]:
    """The labels that steps deleted and that are absent, the last deleted first."""
    there = {key for (key,) in reader.rows("SELECT id FROM labels")}
    found = []
    for version in _every_version(reader):
        if version.kind == "undo":
            continue  # what an undo takes away was never meant to be, and redo brings it back
        labels, marks = _labels_lost(step_of(reader, version.revision), there)
        for key, label in labels.items():
            there.add(key)
            shown = (str(label["name"]), str(label["color"]), str(label["layer"]))
            found.append(DeletedLabel(key, *shown, marks[key], version))
    return found


def _labels_lost(step: Iterable[ChangeSet], there: Container[str]) -> tuple[dict[str, Row], Counter[str]]:
    """The labels that a step deleted and that are not there, and how many marks each lost by it."""
    labels: dict[str, Row] = {}
    marks: Counter[str] = Counter()
    for part in step:
        for change in part.rows:
            if change.table == "labels" and change.before and not change.after and change.key not in there:
                labels[change.key] = change.before
        for many in part.bulk if labels else ():
            if many.table == "annotations" and many.before and "label" in many.before:
                marks.update(many.before["label"])
    return labels, marks


def _every_version(reader: Reader) -> Iterator[Version]:
    page = versions(reader)
    while page:
        yield from page
        page = versions(reader, before=page[-1], many=PAGE)
