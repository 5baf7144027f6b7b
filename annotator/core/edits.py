"""What a person does to a document's marks, as change sets. Nothing happens until one is applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from annotator.core.annotation import Annotation, AttributeValue, DocumentLabel, Relation, Zone
from annotator.core.changes import ChangeSet, RowChange
from annotator.core.clock import now
from annotator.core.ids import new_id
from annotator.core.rows import (
    COLUMNS,
    AttributeNames,
    annotation_values,
    document_label_values,
    relation_values,
    status_values,
    zone_values,
)
from annotator.core.scheme import Label, RelationType, Scheme
from annotator.core.span import Span


class Edits:
    """Makes the change sets of one annotator under one scheme, for the document with id `document`."""

    def __init__(self, document: str, scheme: Scheme, annotator: str) -> None:
        self.document = document
        self.annotator = annotator
        self._names = AttributeNames(scheme)
        self._version = scheme.version

    def new_annotation(
        self, label: Label, fragments: Iterable[Span], attributes: Mapping[str, AttributeValue] | None = None
    ) -> Annotation:
        """A mark that is not yet in the project: give it to `add`."""
        moment = now()
        pieces = tuple(sorted(fragments))
        return Annotation(
            *(new_id(), label, pieces, dict(attributes or {}), "", self.annotator, "manual", None),
            *(moment, moment, self._version),
        )

    def new_relation(self, kind: RelationType, source: str, target: str) -> Relation:
        """A link that is not yet in the project: give it to `link`."""
        moment = now()
        return Relation(new_id(), kind, source, target, {}, self.annotator, moment, moment)

    def add(self, *annotations: Annotation, relations: Iterable[Relation] = ()) -> ChangeSet:
        """Put new marks, and links between them, into the project."""
        rows = [self._annotation(None, annotation) for annotation in annotations]
        rows += [self._relation(None, relation) for relation in relations]
        return self._step(f"Mark {annotations[0].label.shown}", rows)

    def replace(self, old: Annotation, new: Annotation, name: str) -> ChangeSet:
        """Make `old` into `new`, which has the same id; the step is called `name`."""
        return self._step(name, [self._annotation(old, new._replace(updated=now()))])

    def relabel(self, annotation: Annotation, label: Label) -> ChangeSet:
        """Give a mark another label. Its attributes stay, also those that only the old label shows."""
        return self.replace(annotation, annotation._replace(label=label), f"Relabel to {label.shown}")

    def set_note(self, annotation: Annotation, note: str) -> ChangeSet:
        """Write a mark's note; an empty one takes it away."""
        return self.replace(annotation, annotation._replace(note=note), "Note")

    def set_attribute(self, annotation: Annotation, name: str, value: AttributeValue | None) -> ChangeSet:
        """Set one attribute of a mark; None makes it “not coded” again."""
        attributes = {**annotation.attributes, name: value}
        kept = {key: held for key, held in attributes.items() if held is not None}
        return self.replace(annotation, annotation._replace(attributes=kept), f"Set {name}")

    def fill_in(self, annotation: Annotation, answers: Mapping[str, AttributeValue]) -> ChangeSet:
        """Answer several attributes of a mark at once, as another form was answered."""
        attributes = {**annotation.attributes, **answers}
        return self.replace(annotation, annotation._replace(attributes=attributes), "Copy the last form")

    def answer(self, old: Collection[DocumentLabel], answers: Mapping[str, AttributeValue | None]) -> ChangeSet:
        """Answer attributes of the document's form; None makes one “not coded” again.

        `old` are the answers that this annotator has given so far, of which there may be two to one attribute: files
        can hold that. One is left then.
        """
        rows = []
        for name, value in answers.items():
            given = [each for each in old if each.name == name]
            kept, gone = (given[0], given[1:]) if given else (None, [])
            if value is not None:
                new = DocumentLabel(kept.id if kept else new_id(), name, value, self.annotator)
                rows.append(self._answer(kept, new))
            elif kept is not None:
                rows.append(self._answer(kept, None))
            rows += [self._answer(each, None) for each in gone]
        name = f"Set {next(iter(answers))}" if len(answers) == 1 else "Copy the last form"
        return self._step(name, [row for row in rows if row.before != row.after])

    def set_fragments(self, annotation: Annotation, fragments: Iterable[Span], name: str = "Move edge") -> ChangeSet:
        """Move a mark's edges, or add and take away fragments."""
        return self.replace(annotation, annotation._replace(fragments=tuple(sorted(fragments))), name)

    def delete(self, annotations: Collection[Annotation], relations: Iterable[Relation]) -> ChangeSet:
        """Delete marks, with those of `relations` (the document's) that hang on them."""
        gone = {annotation.id for annotation in annotations}
        hanging = [relation for relation in relations if relation.source in gone or relation.target in gone]
        rows = [self._relation(relation, None) for relation in hanging]
        rows += [self._annotation(annotation, None) for annotation in annotations]
        shown = next(iter(annotations)).label.shown if len(annotations) == 1 else f"{len(annotations)} marks"
        return self._step(f"Delete {shown}", rows)

    def link(self, relation: Relation) -> ChangeSet:
        """Put a link between two marks."""
        return self._step(f"Link {relation.type.shown}", [self._relation(None, relation)])

    def unlink(self, relation: Relation) -> ChangeSet:
        """Take a link away."""
        return self._step(f"Unlink {relation.type.shown}", [self._relation(relation, None)])

    def set_status(self, old: str | None, status: str) -> ChangeSet:
        """This annotator's status of the document: new, in_progress or finished. `old`: what it was, if anything."""
        before = None if old is None else self._row("statuses", status_values(self.document, self.annotator, old))
        after = self._row("statuses", status_values(self.document, self.annotator, status))
        change = RowChange("statuses", after["id"], before, after)
        return self._step(f"Status {status.replace('_', ' ')}", [change])

    def set_zones(self, old: Collection[Zone], new: Collection[Zone]) -> ChangeSet:
        """Let the document have the zones `new` instead of `old`."""
        before, after = ({zone.id: self._zone(zone) for zone in zones} for zones in (old, new))
        rows = [
            RowChange("zones", key, before.get(key), after.get(key))
            for key in {**before, **after}
            if before.get(key) != after.get(key)
        ]
        return self._step("Zone", rows)

    def _zone(self, zone: Zone) -> dict[str, Any]:
        return self._row("zones", zone_values(self.document, zone))

    def _answer(self, old: DocumentLabel | None, new: DocumentLabel | None) -> RowChange:
        values = [
            item and self._row("document_labels", document_label_values(self.document, item, self._names))
            for item in (old, new)
        ]
        return _change("document_labels", *values)

    def _annotation(self, old: Annotation | None, new: Annotation | None) -> RowChange:
        values = [
            item and self._row("annotations", annotation_values(self.document, item, self._names))
            for item in (old, new)
        ]
        return _change("annotations", *values)

    def _relation(self, old: Relation | None, new: Relation | None) -> RowChange:
        values = [
            item and self._row("relations", relation_values(self.document, item, self._names)) for item in (old, new)
        ]
        return _change("relations", *values)

    def _step(self, name: str, rows: Iterable[RowChange]) -> ChangeSet:
        return ChangeSet(name, tuple(rows), self.document)

    @staticmethod
    def _row(table: str, values: Iterable[Any]) -> dict[str, Any]:
        return dict(zip(COLUMNS[table], values, strict=True))


def _change(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> RowChange:
    row = after if after is not None else before
    assert row is not None, "a change has at least one side"
    return RowChange(table, row["id"], before, after)
