"""Documents in, by the thousand: bounded memory, a transaction for some hundred, one revision a document."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator
from annotator.core.changes import ChangeSet, RowChange
from annotator.core.clock import now
from annotator.core.collecting import seldom_collected
from annotator.core.errors import KnownError
from annotator.core.fitting import all_fitted, fitted
from annotator.core.ids import named_id, new_id
from annotator.core.imports import Count, Failure, Header, ImportItem, ImportReport, Notice, Progress, Stop
from annotator.core.rows import (
    document_label_values,
    fragments_to_row,
    registry_values,
    relation_values,
    row,
    status_values,
    written,
    zone_values,
)
from annotator.core.scheme import Attribute, AttributeKind, Label, Scheme
from annotator.core.scheme_changes import SchemeGrowth, added
from annotator.core.standing_off import StandOff
from annotator.core.untyped import Typing
from annotator.store import history
from annotator.store.history import Head
from annotator.store.joining import Waiting, joined_with_its_own, joinings, typing_by
from annotator.store.known import Known
from annotator.store.reading import Reader
from annotator.store.writing import StaleChangeError, count_documents, index_again, insertion_by_number, selection

if TYPE_CHECKING:
    from annotator.store.project import Project

BATCH_DOCUMENTS = 400
BATCH_CHARACTERS = 4_000_000

T = TypeVar("T")
Rows = dict[str, list[Sequence[Any]]]

_UNFIT = (sqlite3.IntegrityError, UnicodeError, OverflowError, orjson.JSONEncodeError)


class _OvertakenError(Exception):
    """Somebody changed the project between two batches: the step we were in is no longer its newest."""


class Importing:
    """One import into a project: gathers documents into batches and writes each batch in a transaction.

    It is one step of the editing history, unless a person edits meanwhile: what comes in after that is another step,
    so that undo takes back the newest first and never a document that somebody has marked since.
    """

    def __init__(self, project: Project, progress: Progress | None, stop: Stop | None, batch: int | None) -> None:
        self._project = project
        self._progress = progress or (lambda count: None)
        self._stop = stop or (lambda: False)
        self._batch = batch or BATCH_DOCUMENTS
        self._moment = now()
        self._taken_in = 0
        self._waiting = Waiting()
        self._joining = False  # whether the documents that are taken in are articles of the project
        self._begin_step()
        self._look_at_project()
        self.report = ImportReport()

    def _begin_step(self) -> None:
        self._step = new_id()
        self._begun = False

    def _look_at_project(self) -> None:
        """Learn what the project has: at the start, and whenever that may have changed."""
        self._project.forget_scheme()
        with self._own_reader() as reader:
            rows = {held[0]: row("labels", held) for held in reader.rows(selection("labels"))}
            self._growth = SchemeGrowth(reader.scheme, rows.get)
            self._version = reader.scheme.version
            self._names = reader.names
            annotators = reader.annotators()
            self._registry = reader.registry()
        self._entries = {entry.id for entry in self._registry}
        self._typing_by: Typing | None = None
        self._seen: set[tuple[object, ...]] = set()
        self._labels: dict[int, tuple[Label, str]] = {}  # the importer's label objects, kept alive, and our ids
        self._annotators = {annotator.id for annotator in annotators}
        named = {annotator.name: annotator.id for annotator in annotators} | self._project._newcomers
        self._people = named | {key: key for key in (*named.values(), *self._annotators)}  # our ids, by name and by id
        self._people[""] = self._project.annotator

    def _own_reader(self) -> AbstractContextManager[Reader]:
        """The window's connection stays the window's: a read of ours would hold it to what was there before."""
        path = self._project.path
        return nullcontext(self._project) if path is None else Reader(path)

    def run(self, items: Iterable[ImportItem]) -> ImportReport:
        """Take everything in, or as much as there is until the person cancels or the importer fails."""
        with seldom_collected():
            for batch in self._batches(items):
                self._flush(batch)
                self._join(self._waiting.taken())
            self._join(self._waiting.last(), again=True)
        return self.report

    def _batches(self, items: Iterable[ImportItem]) -> Iterator[list[AnnotatedDocument]]:
        batch: list[AnnotatedDocument] = []
        characters = 0
        try:
            for item in items:
                if self._stop():
                    self.report.cancelled = True
                    break
                if isinstance(item, Header) and not self._brings_news(item):
                    continue
                if isinstance(item, Header):
                    yield batch
                    batch, characters = [], 0
                    self._take_header(item)
                elif isinstance(item, StandOff) and not item.about.text:
                    self._waiting.put(item)
                    if self._waiting.full:
                        yield batch
                        batch, characters = [], 0
                elif isinstance(item, AnnotatedDocument | StandOff):
                    item = item if isinstance(item, AnnotatedDocument) else self._with_its_text(item)
                    batch.append(item)
                    characters += len(item.text) + (len(item.raw.packed) if item.raw else 0)
                    if len(batch) >= self._batch or characters >= BATCH_CHARACTERS:
                        yield batch
                        batch, characters = [], 0
                else:
                    self._note(item)
        except KnownError:
            yield batch  # what the importer gave before it failed comes in
            raise
        yield batch

    def _note(self, item: Failure | Notice) -> None:
        if isinstance(item, Failure):
            self.report.failed.append(item)
        elif not (isinstance(item, Count) and item.found == item.claimed):
            self.report.warnings.append(item.text)

    def _until_steady(self, work: Callable[[], T]) -> T:
        """Do `work`; again, as a step of its own, when somebody changed the project since our last batch."""
        while True:
            try:
                return work()
            except _OvertakenError:
                self._begin_step()
                self._look_at_project()

    @contextmanager
    def _writing(self) -> Iterator[Head]:
        """A transaction as a part of our step. Gives the head."""
        with self._project._changing():
            head = self._project._writing_head()
            if self._begun and head.undo != self._step:
                raise _OvertakenError
            yield head
            begun = self._begun or head.undo == self._step
        self._begun = begun

    # What a file says of all its documents

    def _brings_news(self, header: Header) -> bool:
        """Whether a file says what the project does not know: many small files name the same annotators each."""
        named = {annotator.id for annotator in header.annotators} <= self._annotators
        known = named and {entry.id for entry in header.registry} <= self._entries
        return not known or header.scheme != Scheme() or bool(header.project_id or header.project_name)

    def _take_header(self, header: Header) -> None:
        try:
            self._until_steady(partial(self._write_header, header))
        except (*_UNFIT, StaleChangeError) as error:  # two things of one id, or a letter that is none
            self.report.warnings.append(
                f"What a file says of its scheme, annotators and registry cannot be stored ({error}): its articles came"
                " in with the names that their marks have."
            )
            self._look_at_project()

    def _write_header(self, header: Header) -> None:
        self._growth.scheme(header.scheme)
        people = [new for new in header.annotators if new.id not in self._annotators]
        new = [entry for entry in header.registry if entry.id not in self._entries]
        entries = [added("registry", registry_values(entry)) for entry in new]
        self._write_new(people, entries, header)

    def _adopt(self, header: Header) -> None:
        """A project without documents becomes the one that the file came from: its ids are the same project's."""
        connection = self._project._connection
        empty = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM documents)").fetchone()[0]
        pairs = {"id": header.project_id, "name": header.project_name, "scheme": header.scheme.name}
        for key, value in pairs.items():
            if empty and value:
                connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))

    def _write_new(self, people: Iterable[Annotator], rows: Iterable[RowChange], header: Header | None = None) -> None:
        """Write new annotators, what the scheme lacked, and `rows`.

        The annotators are no part of the step: a person who has begun to work does not vanish with an undo.
        """
        named = ChangeSet("Import", tuple(added("annotators", new) for new in people))
        changes = ChangeSet("Import", (*self._growth.take_rows(), *rows))
        if not (named.rows or changes.rows or header):
            return
        with self._writing() as head:
            if header is not None:
                self._adopt(header)
            self._record(head, named, new_id())
            if changes.rows:
                head.undo, head.redo = self._step, None
            self._record(head, changes, self._step)
        self._look_at_project()

    def _record(self, head: Head, changes: ChangeSet, step: str) -> None:
        if changes.rows:
            self._project._write(changes)
            self._project._record(head, "import", changes, step)

    # Marks that stand off their texts

    def _typing(self) -> Typing:
        """How tables are read: by the scheme as it is by now."""
        if self._typing_by is None:
            self._typing_by = typing_by(self._growth.grown, self._registry)
        return self._typing_by

    def _with_its_text(self, found: StandOff) -> AnnotatedDocument:
        document, said = joined_with_its_own(found, self._typing())
        for each in said:
            self._note(each)
        return document

    def _join(self, every: Sequence[StandOff], *, again: bool = False) -> None:
        """Join marks with the articles that they are about. What finds none waits for the end, once."""
        if not every:
            return
        batch: list[AnnotatedDocument] = []
        characters = 0
        with self._own_reader() as reader:
            for found, document, said in joinings(reader, every, self._typing()):
                if document is None and not again and not self._stop() and self._waiting.put_off(found):
                    continue
                for each in said:
                    self._note(each)
                if document is not None:
                    batch.append(document)
                    characters += len(document.text)
                if characters >= BATCH_CHARACTERS:
                    self._take_joined(batch)
                    batch, characters = [], 0
        self._take_joined(batch)

    def _take_joined(self, batch: list[AnnotatedDocument]) -> None:
        self._joining = True
        try:
            self._flush(batch)
        finally:
            self._joining = False

    # Batches

    def _flush(self, batch: list[AnnotatedDocument]) -> None:
        """Take a batch in. A text that stands in it again waits: it is compared with what the project has by then."""
        while batch:
            first, batch = _each_text_once(batch)
            self._take_in(first)
            self._taken_in += len(first)
            self._progress(self._taken_in)

    def _take_in(self, batch: list[AnnotatedDocument]) -> None:
        try:
            self._until_steady(lambda: self._write_batch(batch, careful=False))
        except _UNFIT:  # an id in the files is taken already, or something cannot be stored: look at each
            self._look_at_project()
            self._take_in_carefully(batch)

    def _take_in_carefully(self, batch: list[AnnotatedDocument]) -> None:
        try:
            self._until_steady(lambda: self._write_batch(batch, careful=True))
        except _UNFIT as error:
            self._look_at_project()
            if len(batch) == 1:
                self.report.failed.append(_unfit(batch[0], error))
                return
            for document in batch:
                self._take_in_carefully([document])

    def _learn(self, batch: list[AnnotatedDocument]) -> None:
        """Put labels, relations, attributes and annotators that the project does not know yet into it."""
        strangers: dict[str, Annotator] = {}
        labels, people = self._labels, self._people
        for document in batch:
            for annotation in document.annotations:
                if id(annotation.label) not in labels:
                    self._label(annotation.label)
                if annotation.attributes:
                    self._learn_attributes(annotation)
                if annotation.annotator not in people:
                    strangers[annotation.annotator] = Annotator(annotation.annotator, annotation.annotator)
            for relation in document.relations:
                self._growth.relation(relation.type)
            for answer in document.labels:
                self._growth.answer(_guessed(f"form/{answer.name}", answer.name, answer.value))
            for key in _others_in(document):
                if key not in people:
                    strangers[key] = Annotator(key, key)
        self._write_new(strangers.values(), ())

    def _learn_attributes(self, annotation: Annotation) -> None:
        """The same names on the same label are looked at once: most marks of a file have been seen before."""
        names = (id(annotation.label), *annotation.attributes)
        if names not in self._seen:
            self._seen.add(names)
            self._growth.label(_with_attributes(annotation))

    def _label(self, label: Label) -> str:
        """The id of the project's label for the importer's `label`. Importers use one object for many marks."""
        known = self._labels.get(id(label))
        if known is None:
            known = self._labels[id(label)] = (label, self._growth.label(label).id)
        return known[1]

    def _write_batch(self, batch: list[AnnotatedDocument], *, careful: bool) -> None:
        self._learn(batch)
        counts = {"documents": 0, "duplicates": 0, "joined": 0, "annotations": 0, "relations": 0}
        warnings: list[str] = []
        with self._writing() as head:
            connection = self._project._connection
            known = Known(connection, careful, batch)
            tables: Rows = {table: [] for table in _BULK}
            revisions = []
            for document in batch:
                if self._joining and document.text not in known.ids:
                    self._note(_gone(document))
                    continue
                rows = self._rows(document, known, counts, warnings)
                if not any(rows.values()):
                    continue
                head.undo, head.redo = self._step, None
                key = known.ids[document.text]
                payload = history.encoded_inserts(rows, {"document": key, "sha256": known.hashes[key]})
                revisions.append(head.follow("import", "Import", self._step, self._project.annotator, key, payload))
                for table, new in rows.items():
                    tables[table] += new
            _insert(connection, tables, revisions)
            count_documents(connection, counts["documents"], known.new_characters)
        for name, count in counts.items():
            setattr(self.report, name, getattr(self.report, name) + count)
        self.report.warnings += warnings

    def _rows(self, document: AnnotatedDocument, known: Known, counts: dict[str, int], warnings: list[str]) -> Rows:
        """The rows that `document` adds: all of it when it is new, else what the project does not have of it yet."""
        rows: Rows = {table: [] for table in _BULK}
        key = known.ids.get(document.text)
        if key is None:
            key = known.add_document(document)
            rows["documents"] = [self._document_values(key, known.numbers[key], document)]
            rows["zones"] = self._zone_rows(key, document, known)
            counts["documents"] += 1
        elif self._joining:
            rows["zones"] = [] if known.has_zones(key) else self._zone_rows(key, document, known)
            counts["joined"] += 1
        else:
            counts["duplicates"] += 1
        rows["occurrences"] = known.new_occurrences(key, document)
        rows["pages"] = known.new_pages(key, document)
        ids = self._annotation_rows(key, document, known, rows, warnings)
        self._relation_rows(key, document, known, ids, rows, warnings)
        self._form_rows(key, document, known, rows)
        counts["annotations"] += len(rows["annotations"])
        counts["relations"] += len(rows["relations"])
        return rows

    def _zone_rows(self, key: str, document: AnnotatedDocument, known: Known) -> list[Sequence[Any]]:
        return [
            zone_values(known.numbers[key], zone._replace(id=known.own_id("zones", key, zone.id) or new_id()))
            for zone in document.zones
        ]

    def _annotation_rows(
        self, key: str, document: AnnotatedDocument, known: Known, rows: Rows, warnings: list[str]
    ) -> dict[str, str]:
        """Adds the rows of marks. Returns the file's ids with ours, which differ where another document has theirs."""
        ids: dict[str, str] = {}
        length, labels, to_row, people = len(document.text), self._labels, self._names.to_row, self._people
        moment, checked, number = self._moment, known.checks(key), known.numbers[key]
        for annotation in document.annotations:
            theirs, label, fragments, attributes, note, annotator, origin, confidence, created, updated, _ = annotation
            start, end = fragments[0].start, fragments[-1].end
            if end > length:
                warnings.append(_beyond(document, annotation))
                continue
            chosen = theirs or new_id()
            if checked and theirs:
                free = known.own_id("annotations", key, theirs)
                if free is None:
                    ids[theirs] = theirs
                    continue
                chosen = free
            held = labels.get(id(label))
            label_id = held[1] if held else self._label(label)
            if attributes:
                attributes = all_fitted(self._growth.asked(label_id), attributes)
            said = (
                *(label_id, start, end, None if len(fragments) == 1 else fragments_to_row(fragments)),
                *(to_row(label_id, attributes) if attributes else "{}", note, people[annotator]),
            )
            if checked and not theirs and known.has_mark(key, said):
                continue
            ids[theirs] = chosen
            times = (created or moment, updated or created or moment)
            rows["annotations"].append((chosen, number, *said, origin or "import", confidence, *times, self._version))
        return ids

    def _relation_rows(
        self,
        key: str,
        document: AnnotatedDocument,
        known: Known,
        ids: dict[str, str],
        rows: Rows,
        warnings: list[str],
    ) -> None:
        for relation in document.relations:
            source, target = ids.get(relation.source), ids.get(relation.target)
            if source is None or target is None:
                warnings.append(_hanging(document, relation.type.name))
                continue
            chosen = known.own_id("relations", key, relation.id) if relation.id else new_id()
            kind = self._growth.relation(relation.type)
            if chosen is None or (not relation.id and known.has_link(key, (kind.id, source, target))):
                continue
            placed = relation._replace(
                id=chosen,
                type=kind,
                source=source,
                target=target,
                annotator=self._people[relation.annotator],
                created=relation.created or self._moment,
                updated=relation.updated or relation.created or self._moment,
            )
            rows["relations"].append(relation_values(known.numbers[key], placed, self._names))

    def _form_rows(self, key: str, document: AnnotatedDocument, known: Known, rows: Rows) -> None:
        for annotator, status in document.statuses.items():
            values = status_values(key, self._people[annotator], status)
            if known.own_id("statuses", key, values[0]):
                rows["statuses"].append((values[0], known.numbers[key], *values[2:]))
        for answer in document.labels:
            chosen = known.own_id("document_labels", key, answer.id) if answer.id else new_id()
            if chosen is not None:
                asked = self._growth.form.get(answer.name)
                value = fitted(asked, answer.value) if asked else answer.value
                mine = answer._replace(id=chosen, value=value, annotator=self._people[answer.annotator])
                values = document_label_values(known.numbers[key], mine, self._names)
                if answer.id or not known.has_answer(key, values[2:]):
                    rows["document_labels"].append(values)

    def _document_values(self, key: str, number: int, document: AnnotatedDocument) -> tuple[Any, ...]:
        metadata = {name: value for name, value in document.metadata.items() if value}
        publication, published = metadata.pop("publication", ""), metadata.pop("published", "")
        read = (document.language, document.direction, written(metadata), document.note, self._moment)
        return (key, number, document.title, publication, published, *read)


_BULK = ("documents", "zones", "occurrences", "pages", "annotations", "relations", "statuses", "document_labels")


def _insert(connection: sqlite3.Connection, tables: Rows, revisions: list[Any]) -> None:
    """Write the rows of a batch, which refer to their documents by number."""
    for table in _BULK:
        connection.executemany(insertion_by_number(table), tables[table])
    connection.executemany(history.INSERT, revisions)
    index_again(connection, [number for _, number, *_ in tables["documents"]])


def _each_text_once(batch: list[AnnotatedDocument]) -> tuple[list[AnnotatedDocument], list[AnnotatedDocument]]:
    """The documents with a text that no earlier one has, and the others."""
    first: dict[str, AnnotatedDocument] = {}
    again = []
    for document in batch:
        if document.text in first:
            again.append(document)
        else:
            first[document.text] = document
    return list(first.values()), again


def _unfit(document: AnnotatedDocument, error: Exception) -> Failure:
    where = document.metadata.get("path") or document.metadata.get("uri") or document.title
    return Failure(where, f"It holds something that a project cannot ({error}). It was left out; the rest came in.")


def _others_in(document: AnnotatedDocument) -> Iterator[str]:
    """The annotators that stand elsewhere than at its marks."""
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
    return replace(label, attributes=(*label.attributes, *missing))


def _guessed(place: str, name: str, value: object) -> Attribute:
    kind: AttributeKind = "text"
    if isinstance(value, bool):
        kind = "yes_no"
    elif isinstance(value, int | float):
        kind = "number"
    return Attribute(named_id(f"attributes/{place}"), name, kind, several=isinstance(value, list))


def _gone(document: AnnotatedDocument) -> Failure:
    return Failure(document.title, "Its marks were left out: the article went while the import was at work.")


def _beyond(document: AnnotatedDocument, annotation: Annotation) -> str:
    return (
        f"In “{document.title}”, a mark {annotation.label.name} ends at {annotation.end}, past the end of the text"
        f" ({len(document.text)} characters): it was left out."
    )


def _hanging(document: AnnotatedDocument, name: str) -> str:
    return f"In “{document.title}”, a link {name} leads to or from a mark that is not there: it was left out."
