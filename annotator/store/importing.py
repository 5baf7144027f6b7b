"""Documents in, by the thousand: bounded memory, a transaction for some hundred, one revision a document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, Occurrence
from annotator.core.changes import ChangeSet
from annotator.core.clock import now
from annotator.core.ids import document_id, named_id, new_id, text_hash
from annotator.core.imports import Failure, Header, ImportItem, ImportReport, Notice, Progress, Stop
from annotator.core.rows import (
    AttributeNames,
    document_label_values,
    fragments_to_row,
    registry_values,
    relation_values,
    status_values,
    written,
    zone_values,
)
from annotator.core.scheme import Attribute, AttributeKind, Label
from annotator.core.scheme_changes import SchemeGrowth, added
from annotator.store import history
from annotator.store.writing import insertion_by_number

if TYPE_CHECKING:
    from annotator.store.project import Project

BATCH_DOCUMENTS = 250
BATCH_CHARACTERS = 4_000_000

Rows = dict[str, list[Sequence[Any]]]


class Importing:
    """One import into a project: gathers documents into batches and writes each batch in a transaction."""

    def __init__(self, project: Project, progress: Progress | None, stop: Stop | None) -> None:
        self._project = project
        self._progress = progress or (lambda count: None)
        self._stop = stop or (lambda: False)
        self._growth = SchemeGrowth(project.scheme)
        self._names = project.names
        self._step = new_id()
        self._annotators = {annotator.id for annotator in project.annotators()}
        self._labels: dict[int, tuple[Label, str]] = {}  # the importer's label objects, kept alive, and our ids
        self._moment = now()
        self._taken_in = 0
        self.report = ImportReport()

    def run(self, items: Iterable[ImportItem]) -> ImportReport:
        """Take everything in, or as much as there is until the person cancels."""
        batch: list[AnnotatedDocument] = []
        characters = 0
        for item in items:
            if self._stop():
                self.report.cancelled = True
                break
            if not isinstance(item, AnnotatedDocument):
                self._note(item)
                continue
            batch.append(item)
            characters += len(item.text)
            if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
                self._flush(batch)
                batch, characters = [], 0
        self._flush(batch)
        return self.report

    def _note(self, item: Failure | Notice | Header) -> None:
        if isinstance(item, Failure):
            self.report.failed.append(item)
        elif isinstance(item, Notice):
            self.report.warnings.append(item.text)
        else:
            self._take_header(item)

    # What a file says of all its documents

    def _take_header(self, header: Header) -> None:
        self._growth.scheme(header.scheme)
        rows = [*self._growth.take_rows()]
        rows += [added("annotators", new) for new in header.annotators if new.id not in self._annotators]
        self._annotators |= {annotator.id for annotator in header.annotators}
        known = {entry.id for entry in self._project.registry()}
        rows += [added("registry", registry_values(entry)) for entry in header.registry if entry.id not in known]
        with self._project._changing():
            self._adopt(header)
            self._write_changes(ChangeSet("Import", tuple(rows)))
        self._refresh_names()

    def _adopt(self, header: Header) -> None:
        """A project without documents becomes the one that the file came from: its ids are the same project's."""
        connection = self._project._connection
        empty = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM documents)").fetchone()[0]
        pairs = {"id": header.project_id, "name": header.project_name, "scheme": header.scheme.name}
        for key, value in pairs.items():
            if empty and value:
                connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))

    def _write_changes(self, changes: ChangeSet) -> None:
        if not changes.rows:
            return
        head = self._project._writing_head()
        head.undo, head.redo = self._step, None
        self._project._write(changes)
        self._project._record(head, "import", changes, self._step)

    def _refresh_names(self) -> None:
        self._project.forget_scheme()
        self._names = AttributeNames(self._project.scheme)

    # Batches

    def _flush(self, batch: list[AnnotatedDocument]) -> None:
        if not batch:
            return
        self._learn(batch)
        try:
            counts = self._write_batch(batch, careful=False)
        except sqlite3.IntegrityError:  # an id in the files is taken already: look at each
            counts = self._write_batch(batch, careful=True)
        for name, count in counts.items():
            setattr(self.report, name, getattr(self.report, name) + count)
        self._taken_in += len(batch)
        self._progress(self._taken_in)

    def _learn(self, batch: list[AnnotatedDocument]) -> None:
        """Put labels, relations, attributes and annotators that the project does not know yet into it."""
        strangers: dict[str, Annotator] = {}
        for document in batch:
            for annotation in document.annotations:
                self._label(annotation.label)
                if annotation.attributes:
                    self._growth.label(_with_attributes(annotation))
            for relation in document.relations:
                self._growth.relation(relation.type)
            for answer in document.labels:
                self._growth.answer(_guessed(f"form/{answer.name}", answer.name, answer.value))
            for key in _annotators_of(document):
                if key and key not in self._annotators:
                    strangers[key] = Annotator(key, key)
        rows = [*self._growth.take_rows(), *(added("annotators", new) for new in strangers.values())]
        self._annotators |= set(strangers)
        if rows:
            with self._project._changing():
                self._write_changes(ChangeSet("Import", tuple(rows)))
            self._refresh_names()

    def _label(self, label: Label) -> str:
        """The id of the project's label for the importer's `label`. Importers use one object for many marks."""
        known = self._labels.get(id(label))
        if known is None:
            known = self._labels[id(label)] = (label, self._growth.label(label).id)
        return known[1]

    def _write_batch(self, batch: list[AnnotatedDocument], *, careful: bool) -> dict[str, int]:
        project = self._project
        counts = {"documents": 0, "duplicates": 0, "annotations": 0, "relations": 0}
        with project._changing():
            connection = project._connection
            head = project._writing_head()
            head.undo, head.redo = self._step, None
            known = _Known(connection, careful)
            tables: Rows = {table: [] for table in _BULK}
            revisions = []
            for document in batch:
                sha256 = text_hash(document.text)
                rows = self._rows(document, sha256, known, counts)
                if not any(rows.values()):
                    continue
                key = known.ids[sha256]
                payload = history.encoded_inserts(rows)
                revisions.append(head.follow("import", "Import", self._step, project.annotator, key, payload))
                for table, new in rows.items():
                    tables[table] += new
            _insert(connection, tables, known.numbers, revisions)
        return counts

    def _rows(self, document: AnnotatedDocument, sha256: str, known: _Known, counts: dict[str, int]) -> Rows:
        """The rows that `document` adds: all of it when it is new, else what the project does not have of it yet."""
        rows: Rows = {table: [] for table in _BULK}
        key = known.document(sha256)
        if key is None:
            key = known.add_document(sha256, document)
            rows["documents"] = [self._document_values(key, sha256, document)]
            rows["zones"] = [zone_values(key, zone._replace(id=zone.id or new_id())) for zone in document.zones]
            counts["documents"] += 1
        else:
            counts["duplicates"] += 1
        rows["occurrences"] = known.new_occurrences(key, document)
        self._annotation_rows(key, document, known, rows)
        rows["statuses"] = [
            values
            for annotator, status in document.statuses.items()
            if known.is_new("statuses", (values := status_values(key, annotator, status))[0])
        ]
        rows["document_labels"] = [
            document_label_values(key, answer._replace(id=answer.id or new_id()), self._names)
            for answer in document.labels
            if not answer.id or known.is_new("document_labels", answer.id)
        ]
        counts["annotations"] += len(rows["annotations"])
        counts["relations"] += len(rows["relations"])
        return rows

    def _annotation_rows(self, key: str, document: AnnotatedDocument, known: _Known, rows: Rows) -> None:
        ids: dict[str, str] = {}  # the file's ids, and ours where theirs is taken by another document's mark
        length, label_of, to_row, mine = len(document.text), self._label, self._names.to_row, self._project.annotator
        moment, checked = self._moment, known.checks(key)
        for annotation in document.annotations:
            theirs, label, fragments, attributes, note, annotator, origin, confidence, created, updated = annotation
            start, end = fragments[0].start, fragments[-1].end
            if end > length:
                self.report.warnings.append(_beyond(document, annotation))
                continue
            chosen = theirs or new_id()
            if checked:
                free = known.annotation(key, chosen)
                if free is None:
                    ids[theirs] = theirs
                    continue
                chosen = free
            ids[theirs] = chosen
            label_id = label_of(label)
            row = (
                *(chosen, key, label_id, start, end, None if len(fragments) == 1 else fragments_to_row(fragments)),
                *(to_row(label_id, attributes) if attributes else "{}", note, annotator or mine, origin or "import"),
                *(confidence, created or moment, updated or created or moment),
            )
            rows["annotations"].append(row)
        self._relation_rows(key, document, known, ids, rows)

    def _relation_rows(
        self, key: str, document: AnnotatedDocument, known: _Known, ids: dict[str, str], rows: Rows
    ) -> None:
        for relation in document.relations:
            source, target = ids.get(relation.source), ids.get(relation.target)
            if source is None or target is None:
                self.report.warnings.append(_hanging(document, relation.type.name))
                continue
            if relation.id and not known.is_new("relations", relation.id):
                continue
            placed = relation._replace(
                id=relation.id or new_id(),
                type=self._growth.relation(relation.type),
                source=source,
                target=target,
                annotator=relation.annotator or self._project.annotator,
                created=relation.created or self._moment,
                updated=relation.updated or relation.created or self._moment,
            )
            rows["relations"].append(relation_values(key, placed, self._names))

    def _document_values(self, key: str, sha256: str, document: AnnotatedDocument) -> tuple[Any, ...]:
        metadata = {name: value for name, value in document.metadata.items() if value}
        publication, published = metadata.pop("publication", ""), metadata.pop("published", "")
        read = (document.language, document.direction, written(metadata), document.note, self._moment)
        return (key, sha256, document.title, publication, published, *read)


class _Known:
    """What the project has already, asked for as a batch needs it, and what the batch has added to it."""

    def __init__(self, connection: sqlite3.Connection, careful: bool) -> None:
        self._connection = connection
        self._careful = careful
        self._new: set[str] = set()
        self._annotations: set[str] = set()
        self.ids: dict[str, str] = {}  # of documents, by text hash
        self.numbers: dict[str, int] = {}  # of documents, by id

    def document(self, sha256: str) -> str | None:
        """The id of the document with that text."""
        if sha256 not in self.ids:
            sql = "SELECT id, number FROM texts JOIN documents USING (number) WHERE sha256 = ?"
            found = self._connection.execute(sql, (sha256,)).fetchone()
            if found:
                self.ids[sha256], self.numbers[found[0]] = found
        return self.ids.get(sha256)

    def add_document(self, sha256: str, document: AnnotatedDocument) -> str:
        """Store the text of a new document. It has the id its file gives it, unless another text has that."""
        key = document.id or document_id(sha256)
        if key in self.numbers or not self.is_new("documents", key):
            key = document_id(sha256)
        self._new.add(key)
        self.ids[sha256], self.numbers[key] = key, self._text(sha256, document.text)
        return key

    def _text(self, sha256: str, text: str) -> int:
        """The number of a text: a new one, or its old one where its document was deleted."""
        sql = "INSERT INTO texts (sha256, text) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING"
        made = self._connection.execute(sql, (sha256, text))
        if made.rowcount and made.lastrowid is not None:
            return made.lastrowid
        (number,) = self._connection.execute("SELECT number FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
        return int(number)

    def checks(self, document: str) -> bool:
        """Whether the marks of a document must be looked up one by one."""
        return self._careful or document not in self._new

    def annotation(self, document: str, key: str) -> str | None:
        """The id that a mark may have: its own, a new one where another document's mark has it, None if it is in."""
        if key in self._annotations:
            return self._noted(new_id())
        found = self._connection.execute("SELECT document FROM annotations WHERE id = ?", (key,)).fetchone()
        if found is None:
            return self._noted(key)
        return None if found[0] == self.numbers[document] else self._noted(new_id())

    def _noted(self, key: str) -> str:
        self._annotations.add(key)
        return key

    def is_new(self, table: str, key: str) -> bool:
        """Whether `table` has no row of that id."""
        return self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone() is None

    def new_occurrences(self, document: str, found: AnnotatedDocument) -> list[Sequence[Any]]:
        """The addresses in `found` under which the document was not known."""
        uri, path = found.metadata.get("uri", ""), found.metadata.get("path", "")
        places = found.occurrences or ((Occurrence(uri, path, found.title),) if uri or path else ())
        return [
            (new_id(), document, place.uri, place.path, place.title)
            for place in places
            if document in self._new or not self._occurs(document, place)
        ]

    def _occurs(self, document: str, place: Occurrence) -> bool:
        sql = "SELECT 1 FROM occurrences WHERE document = ? AND uri = ? AND path = ?"
        held = (self.numbers[document], place.uri, place.path)
        return self._connection.execute(sql, held).fetchone() is not None


_BULK = ("documents", "zones", "occurrences", "annotations", "relations", "statuses", "document_labels")


def _insert(connection: sqlite3.Connection, tables: Rows, numbers: dict[str, int], revisions: list[Any]) -> None:
    """Write the rows of a batch; `numbers` are those of its documents, by id."""
    for table in _BULK:
        place = 1  # of the document's id, or of the text's hash
        held = [
            (*row[:place], numbers[row[0] if table == "documents" else row[place]], *row[2:]) for row in tables[table]
        ]
        connection.executemany(insertion_by_number(table), held)
    connection.executemany(history.INSERT, revisions)


def _annotators_of(document: AnnotatedDocument) -> Iterator[str]:
    yield from (annotation.annotator for annotation in document.annotations)
    yield from (relation.annotator for relation in document.relations)
    yield from (answer.annotator for answer in document.labels)
    yield from document.statuses


def _with_attributes(annotation: Annotation) -> Label:
    """The mark's label, with every attribute that the mark bears: what a file uses without defining is guessed."""
    label = annotation.label
    known = {attribute.name for attribute in label.attributes}
    place = f"{label.layer}/{label.name}"
    missing = [
        _guessed(f"{place}/{name}", name, value) for name, value in annotation.attributes.items() if name not in known
    ]
    return Label(
        label.id, label.layer, label.name, label.color, label.shortcut, label.enabled, (*label.attributes, *missing)
    )


def _guessed(place: str, name: str, value: object) -> Attribute:
    kind: AttributeKind = "text"
    if isinstance(value, bool):
        kind = "yes_no"
    elif isinstance(value, int | float):
        kind = "number"
    return Attribute(named_id(f"attributes/{place}"), name, kind, several=isinstance(value, list))


def _beyond(document: AnnotatedDocument, annotation: Annotation) -> str:
    return (
        f"In “{document.title}”, a mark {annotation.label.name} ends at {annotation.end}, past the end of the text"
        f" ({len(document.text)} characters): it was left out."
    )


def _hanging(document: AnnotatedDocument, name: str) -> str:
    return f"In “{document.title}”, a link {name} leads to or from a mark that is not there: it was left out."
