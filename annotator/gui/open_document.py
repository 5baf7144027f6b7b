"""The document on screen, as the project file has it, and how it follows what is changed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, DocumentLabel, Relation
from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.rows import AttributeNames, annotation_from_row, document_label_from_row, relation_from_row
from annotator.core.scheme import Scheme
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class MarkChanges:
    """What became of the marks on screen, by id."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What of a document is another than it was."""

    marks: MarkChanges = MarkChanges()
    links: bool = False
    answers: bool = False  # to the document's form
    status: bool = False
    page: bool = False  # its zones or its note


@dataclass(slots=True)
class OpenDocument:
    """The document on screen with its marks and links, by id, as the project file has them."""

    document: AnnotatedDocument
    annotations: dict[str, Annotation] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    answers: list[DocumentLabel] = field(default_factory=list)  # of this annotator, to the document's form
    counts: dict[str, int] = field(default_factory=dict)  # of all its marks, by label's id
    status: str | None = None
    read_to: int = 0  # up to which code point marks have been read

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def complete(self) -> bool:
        """Whether all marks have been read."""
        return self.read_to >= len(self.text)

    @property
    def answered(self) -> Mapping[str, AttributeValue]:
        """The answers to the document's form, by the attribute's name."""
        return {answer.name: answer.value for answer in reversed(self.answers)}

    def relations_of(self, annotation: str) -> list[Relation]:
        """The links that start or end at a mark."""
        return [relation for relation in self.relations.values() if annotation in (relation.source, relation.target)]

    # Following what is changed

    def read_anew(self, project: Project) -> Taken:
        """Read all of it as the file has it, as far as it was read."""
        document, page = project.document(self.id), self.document
        old, links = self.annotations, self.relations
        end = None if self.complete else self.read_to
        self.document = document
        self.status = project.status(self.id, project.annotator)
        self.counts = project.label_counts(self.id)
        self.answers = project.answers(self.id, project.annotator)
        self.annotations = new = {mark.id: mark for mark in project.annotations(self.id, end=end)}
        if self.complete:
            self.relations = {link.id: link for link in project.relations(self.id)}
        changes = MarkChanges(
            tuple(key for key in new if key not in old),
            tuple(key for key, mark in new.items() if key in old and old[key] != mark),
            tuple(key for key in old if key not in new),
        )
        return Taken(changes, links != self.relations, answers=True, status=True, page=page != document)

    def take_in(self, changes: ChangeSet, project: Project) -> Taken:
        """Take over a step of the history, as it was written."""
        names, scheme = project.names, project.scheme
        marks = self._take_marks(changes, scheme, names)
        links = self._take_links(changes, scheme, names)
        answers = self._take_answers(changes, names, project.annotator)
        status = self._take_status(changes, project.annotator)
        page = any(True for _ in self._rows(changes, "zones")) or any(
            change.table == "documents" and change.key == self.id and change.after is not None
            for change in changes.rows
        )
        if page:
            self.document = project.document(self.id)
        return Taken(marks, links, answers, status, page)

    def _rows(self, changes: ChangeSet, table: str) -> Iterator[RowChange]:
        """The changes of rows of a table that belong to this document."""
        for change in changes.rows:
            if change.table == table and self.id in (_document(change.before), _document(change.after)):
                yield change

    def _take_marks(self, changes: ChangeSet, scheme: Scheme, names: AttributeNames) -> MarkChanges:
        labels = {label.id: label for label in scheme.labels}
        added: list[str] = []
        replaced: list[str] = []
        removed: list[str] = []
        for change in self._rows(changes, "annotations"):
            if change.before is not None:
                self._count(change.before["label"], -1)
            if change.after is None:
                if self.annotations.pop(change.key, None):
                    removed.append(change.key)
                continue
            self._count(change.after["label"], 1)
            (replaced if change.key in self.annotations else added).append(change.key)
            self.annotations[change.key] = annotation_from_row(change.after, labels, names)
        return MarkChanges(tuple(added), tuple(replaced), tuple(removed))

    def _count(self, label: str, by: int) -> None:
        self.counts[label] = self.counts.get(label, 0) + by

    def _take_links(self, changes: ChangeSet, scheme: Scheme, names: AttributeNames) -> bool:
        types = {kind.id: kind for kind in scheme.relations}
        touched = False
        for change in self._rows(changes, "relations"):
            touched = True
            if change.after is None:
                self.relations.pop(change.key, None)
            else:
                self.relations[change.key] = relation_from_row(change.after, types, names)
        return touched

    def _take_answers(self, changes: ChangeSet, names: AttributeNames, mine: str) -> bool:
        told = list(self._rows(changes, "document_labels"))
        for change in told:
            answer = document_label_from_row(change.after, names) if change.after else None
            places = [place for place, each in enumerate(self.answers) if each.id == change.key]
            place = places[0] if places else len(self.answers)
            self.answers[place : place + 1] = [answer] if answer is not None and answer.annotator == mine else []
        return bool(told)

    def _take_status(self, changes: ChangeSet, mine: str) -> bool:
        told = [change for change in self._rows(changes, "statuses") if change.key == f"{self.id}/{mine}"]
        for change in told:
            self.status = change.after["status"] if change.after else None
        return bool(told)


def _document(row: Row | None) -> object:
    return row["document"] if row else None
