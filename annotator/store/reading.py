"""Everything that is read from a project: the scheme, the list of documents, a document with its marks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, TypeVar

import orjson

from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    Occurrence,
    RegistryEntry,
    Relation,
    Zone,
)
from annotator.core.changes import Row
from annotator.core.errors import KnownError
from annotator.core.raw_page import RawPage
from annotator.core.rows import COLUMNS, SCHEME_TABLES, AttributeNames, fragments_from_row
from annotator.core.scheme import Label, RelationType, Scheme
from annotator.core.scheme_changes import scheme_from_rows
from annotator.core.span import Span
from annotator.store.database import connect_to_read, errors_for_people, schema_version
from annotator.store.listing import ALL_DOCUMENTS, DocumentFilter, numbers_in, statement
from annotator.store.writing import selection

T = TypeVar("T")
N = TypeVar("N", bound=Label | RelationType)

CHUNK = 32  # documents that a streaming reader holds at a time: few enough to stay in the processor's cache


class DocumentRow(NamedTuple):
    """What the list of documents shows of one."""

    number: int  # its place in the project, from 1, in order of import
    id: str
    title: str
    publication: str
    direction: str
    status: str  # the asking annotator's
    marks: int


class Reader:
    """Reads a project file through a connection that cannot write. Every job on another thread has its own."""

    def __init__(self, path: Path) -> None:
        """Open the project file at `path`. Raises NotAProjectError when it is none."""
        schema_version(path)
        self._start(connect_to_read(path), path)

    def _start(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._read = connection
        self._read_lock = RLock()
        self._path = path
        self._scheme: Scheme | None = None
        self._names: AttributeNames | None = None

    @property
    def path(self) -> Path | None:
        """The project file; None for a project in memory."""
        return self._path

    @property
    def shown_path(self) -> str:
        """The project as sentences name it."""
        return str(self._path) if self._path else "the project in memory"

    def interrupt(self) -> None:
        """Break off what is being read on another thread: it raises a KnownError there."""
        with suppress(sqlite3.ProgrammingError):  # it was done, and is closed
            self._read.interrupt()

    def close(self) -> None:
        """Give the file back."""
        with self._read_lock:
            self._read.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that `sql` gives. Raises KnownError when the file is damaged or out of reach."""
        with errors_for_people(self.shown_path), self._read_lock:
            return self._read.execute(sql, parameters).fetchall()

    def pieces(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """All rows that `sql` gives, some at a time, for who does not want to hold all as they come."""
        with errors_for_people(self.shown_path), self._read_lock:
            cursor = self._read.execute(sql, parameters)
            while piece := cursor.fetchmany(size):
                yield piece

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """All that is read within is of one moment, whoever writes meanwhile."""
        with self._read_lock:
            if self._path is None or self._read.in_transaction:  # memory is written through the connection that reads
                yield
                return
            self.rows("BEGIN")
            try:
                yield
            finally:
                self.rows("COMMIT")

    def meta(self, key: str, default: str = "") -> str:
        """A name or number about the project as a whole: id, name, created."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else default

    @property
    def id(self) -> str:
        """The project's id: the same in all copies of it."""
        return self.meta("id")

    @property
    def name(self) -> str:
        """The project's name."""
        return self.meta("name")

    # The scheme

    @property
    def scheme(self) -> Scheme:
        """The project's scheme, as it stands now."""
        scheme = self._scheme
        if scheme is None:  # a job on another thread may forget it at any moment
            with self._snapshot():
                scheme = self._scheme = self._read_scheme()
        return scheme

    @property
    def names(self) -> AttributeNames:
        """Which attribute a name means, under the scheme as it stands now."""
        names = self._names
        if names is None:
            names = self._names = AttributeNames(self.scheme)
        return names

    def forget_scheme(self) -> None:
        """Read the scheme anew when it is next asked for."""
        self._scheme = self._names = None

    def _read_scheme(self) -> Scheme:
        ((version,),) = self.rows("SELECT coalesce(max(lamport), 0) FROM scheme_versions")
        return scheme_from_rows(self.scheme_tables(), self.meta("scheme"), version)

    def scheme_tables(self) -> dict[str, dict[str, Row]]:
        """The rows of the scheme as the file holds them: by table, then by id, in their order."""
        with self._snapshot():
            return {
                table: {
                    values[0]: dict(zip(COLUMNS[table], values, strict=True))
                    for values in self.rows(f"{selection(table)} ORDER BY position, rowid")
                }
                for table in SCHEME_TABLES
            }

    def label_uses(self) -> dict[str, tuple[int, int]]:
        """How many marks each label has, and in how many documents, by the label's id."""
        sql = "SELECT label, count(*), count(DISTINCT document) FROM annotations GROUP BY label"
        return {key: (marks, documents) for key, marks, documents in self.rows(sql)}

    def annotators(self) -> list[Annotator]:
        """Everyone who annotates in this project."""
        return [Annotator(*row) for row in self.rows("SELECT id, name FROM annotators ORDER BY rowid")]

    def registry(self) -> list[RegistryEntry]:
        """The people, organisations, places and concepts of the project."""
        sql = "SELECT id, kind, name, aliases, attributes, note, color FROM registry ORDER BY name, id"
        return [
            RegistryEntry(key, kind, name, tuple(json.loads(aliases)), json.loads(attributes), *shown)
            for key, kind, name, aliases, attributes, *shown in self.rows(sql)
        ]

    # The list of documents

    def document_numbers(self, wanted: DocumentFilter = ALL_DOCUMENTS, after: int = 0) -> list[int]:
        """The numbers of the documents that fit and come after number `after`, in order of import."""
        return list(self.listed(wanted, after))

    def listed(self, wanted: DocumentFilter = ALL_DOCUMENTS, after: int = 0, limit: int = -1) -> Sequence[int]:
        """The same in little room, however many there are; at most `limit`, where that is not negative.

        All documents of a project from which none was deleted are a `range`, and are known at once.
        """
        if not wanted.narrows:
            with self._snapshot():
                ((last,),) = self.rows("SELECT coalesce(max(number), 0) FROM documents")
                if self.document_count() == last:
                    return range(after + 1, last + 1)[: limit if limit >= 0 else None]
        ((numbers,),) = self.rows(*statement(wanted, after, limit))
        return numbers_in(numbers)

    def document_count(self) -> int:
        """How many documents there are; at once, however many."""
        return self._kept_count("documents", "SELECT count(*) FROM documents")

    def character_count(self) -> int:
        """How many code points their texts have together."""
        sql = "SELECT coalesce(sum(length(text)), 0) FROM documents JOIN texts USING (number)"
        return self._kept_count("characters", sql)

    def _kept_count(self, name: str, sql: str) -> int:
        """A count as it is kept; a file of an older version keeps none."""
        kept = self.meta(name)
        ((count,),) = [(kept,)] if kept else self.rows(sql)
        return int(count)

    def finished_count(self, annotator: str) -> int:
        """How many documents `annotator` has finished."""
        sql = "SELECT count(*) FROM statuses WHERE annotator = ? AND status = 'finished'"
        ((count,),) = self.rows(sql, (annotator,))
        return int(count)

    def finished_among(self, numbers: Iterable[int], annotator: str) -> frozenset[int]:
        """Those of the documents with these numbers that `annotator` has finished."""
        sql = """
            SELECT document FROM statuses INDEXED BY idx_statuses_document
            WHERE document IN (SELECT value FROM json_each(?)) AND annotator = ? AND status = 'finished'"""
        return frozenset(number for (number,) in self.rows(sql, (json.dumps(list(numbers)), annotator)))

    def publications(self) -> list[tuple[str, int]]:
        """Where the documents come from, and how many from each, the most frequent first."""
        sql = "SELECT publication, count(*) FROM documents WHERE publication <> '' GROUP BY publication"
        return sorted(self.rows(sql), key=lambda row: (-row[1], row[0]))

    def document_rows(self, numbers: Iterable[int], annotator: str) -> dict[int, DocumentRow]:
        """What the list shows of the documents with those numbers, with `annotator`'s status of each."""
        sql = """
            SELECT d.number, d.id, d.title, d.publication, d.direction, coalesce(s.status, 'new'),
                   (SELECT count(*) FROM annotations a WHERE a.document = d.number)
            FROM documents d LEFT JOIN statuses s ON s.document = d.number AND s.annotator = ?
            WHERE d.number IN (SELECT value FROM json_each(?))"""
        return {row[0]: DocumentRow(*row) for row in self.rows(sql, (annotator, json.dumps(list(numbers))))}

    def number_of(self, document: str) -> int | None:
        """The number of the document with that id."""
        found = self.rows("SELECT number FROM documents WHERE id = ?", (document,))
        return int(found[0][0]) if found else None

    def document_ids(self) -> list[str]:
        """The ids of all documents, in order of import."""
        return [key for (key,) in self.rows("SELECT id FROM documents ORDER BY number")]

    # One document

    def document(self, key: str) -> AnnotatedDocument:
        """A document with its text and zones, without marks. Raises KnownError when there is none of that id."""
        number = self._number(key)
        (found,) = self.rows(f"{_DOCUMENT} WHERE d.number = ?", (number,))
        return _document(found, tuple(zone for _, zone in self._zones("= ?", number)))

    def page(self, key: str) -> RawPage | None:
        """The page that a document was found in; None where its importer kept none.

        Raises KnownError when there is no document of that id.
        """
        found = self.rows(_PAGE, (self._number(key),))
        return RawPage(*found[0]) if found else None

    def annotated(self, key: str) -> AnnotatedDocument:
        """A document with all that is known of it. Raises KnownError when there is none of that id."""
        return next(self._numbered([self._number(key)]))

    def annotations(self, document: str, start: int = 0, end: int | None = None) -> list[Annotation]:
        """The marks of a document that start from code point `start` up to `end`, in order of their starts."""
        limits = (start, (1 << 62) if end is None else end)
        found = self._annotations("= ? AND start >= ? AND start < ?", self._number(document), *limits)
        return [annotation for _, annotation in found]

    def relations(self, document: str) -> list[Relation]:
        """The links of a document, in the order they were made."""
        return [relation for _, relation in self._relations("= ?", self._number(document))]

    def label_counts(self, document: str) -> dict[str, int]:
        """How many marks of a document carry each label, by the label's id."""
        sql = "SELECT label, count(*) FROM annotations WHERE document = ? GROUP BY label"
        return dict(self.rows(sql, (self._number(document),)))

    def status(self, document: str, annotator: str) -> str | None:
        """How far `annotator` is with a document; None when it was never said."""
        sql = "SELECT status FROM statuses WHERE document = ? AND annotator = ?"
        found = self.rows(sql, (self._number(document), annotator))
        return str(found[0][0]) if found else None

    def answers(self, document: str, annotator: str) -> list[DocumentLabel]:
        """What `annotator` has answered in a document's form, in the order it was answered."""
        found = self._document_labels("= ? AND annotator = ?", self._number(document), annotator)
        return [answer for _, answer in found]

    def _number(self, document: str) -> int:
        number = self.number_of(document)
        if number is None:
            raise KnownError(f"There is no document {document} in {self.shown_path}: it may have been deleted.")
        return number

    # Many documents

    def annotated_documents(self, keys: Iterable[str] | None = None) -> Iterator[AnnotatedDocument]:
        """Documents with all that is known of them, in order of import: those of `keys`, or all. Streams."""
        if keys is None:
            return self._numbered(self.listed())
        return self._numbered(sorted(self._number(key) for key in keys))

    def _numbered(self, numbers: Sequence[int]) -> Iterator[AnnotatedDocument]:
        for first in range(0, len(numbers), CHUNK):
            yield from self._chunk(json.dumps(list(numbers[first : first + CHUNK])))

    def _chunk(self, numbers: str) -> Iterator[AnnotatedDocument]:
        chosen = "IN (SELECT value FROM json_each(?))"
        with self._snapshot():
            zones = _gathered(self._zones(chosen, numbers))
            annotations = _gathered(self._annotations(chosen, numbers))
            relations = _gathered(self._relations(chosen, numbers))
            labels = _gathered(self._document_labels(chosen, numbers))
            occurrences = _gathered(self._occurrences(chosen, numbers))
            statuses = _gathered(self._statuses(chosen, numbers))
            documents = self.rows(f"{_DOCUMENT} WHERE d.number {chosen} ORDER BY d.number", (numbers,))
        for row in documents:
            number = row[0]
            yield _document(
                row,
                tuple(zones.get(number, ())),
                annotations=tuple(annotations.get(number, ())),
                relations=tuple(relations.get(number, ())),
                labels=tuple(labels.get(number, ())),
                occurrences=tuple(occurrences.get(number, ())),
                statuses=dict(statuses.get(number, ())),
            )

    # Each gives pairs of a document's number and what belongs to it, in their order, for the documents `chosen`.

    def _zones(self, chosen: str, *values: Any) -> Iterator[tuple[int, Zone]]:
        sql = f'SELECT document, id, label, start, "end" FROM zones WHERE document {chosen}'
        for number, key, label, start, end in self.rows(f'{sql} ORDER BY start, "end" DESC, id', values):
            yield number, Zone(key, label, Span(start, end))

    def _annotations(self, chosen: str, *values: Any) -> Iterator[tuple[int, Annotation]]:
        labels = _Named(self, lambda scheme: scheme.labels)
        named, make = self.names.named, tuple.__new__  # what Annotation(…) does, in half the time
        sql = f"{_ANNOTATION} WHERE document {chosen} ORDER BY document, start, rowid"
        for row in self.rows(sql, values):
            number, key, label, start, end, fragments, attributes, note, *rest = row
            pieces = (Span(start, end),) if fragments is None else fragments_from_row(start, end, fragments)
            said = {} if attributes == "{}" else named(label, orjson.loads(attributes))
            mark = (key, labels[label], pieces, said, note, *rest)
            yield number, make(Annotation, mark)

    def _relations(self, chosen: str, *values: Any) -> Iterator[tuple[int, Relation]]:
        types = _Named(self, lambda scheme: scheme.relations)
        sql = f"{_RELATION} WHERE document {chosen} ORDER BY rowid"
        for number, key, kind, source, target, attributes, *rest in self.rows(sql, values):
            yield number, Relation(key, types[kind], source, target, self.names.from_row(kind, attributes), *rest)

    def _document_labels(self, chosen: str, *values: Any) -> Iterator[tuple[int, DocumentLabel]]:
        sql = f"SELECT document, id, attribute, value, annotator FROM document_labels WHERE document {chosen}"
        for number, key, attribute, value, annotator in self.rows(f"{sql} ORDER BY rowid", values):
            yield number, DocumentLabel(key, self.names.name_of(attribute), json.loads(value), annotator)

    def _occurrences(self, chosen: str, *values: Any) -> Iterator[tuple[int, Occurrence]]:
        sql = f"SELECT document, uri, path, title FROM occurrences WHERE document {chosen} ORDER BY rowid"
        return ((number, Occurrence(*rest)) for number, *rest in self.rows(sql, values))

    def _statuses(self, chosen: str, *values: Any) -> Iterator[tuple[int, tuple[str, str]]]:
        sql = f"SELECT document, annotator, status FROM statuses WHERE document {chosen}"
        return ((number, (annotator, status)) for number, annotator, status in self.rows(sql, values))


_DOCUMENT = """
    SELECT d.number, d.id, t.sha256, d.title, d.publication, d.published, d.language, d.direction, d.metadata, d.note,
           t.text
    FROM documents d JOIN texts t ON t.number = d.number"""
_PAGE = """
    SELECT b.sha256, b.size, b.packed, p.media_type, p.encoding FROM pages p JOIN page_bytes b ON b.sha256 = p.content
    WHERE p.document = ? LIMIT 1"""
_ANNOTATION = """
    SELECT document, id, label, start, "end", fragments, attributes, note, annotator, origin, confidence,
           created, updated, scheme
    FROM annotations"""
_RELATION = "SELECT document, id, type, source, target, attributes, annotator, created, updated FROM relations"


def _document(row: tuple[Any, ...], zones: tuple[Zone, ...], **rest: Any) -> AnnotatedDocument:
    _, key, sha256, title, publication, published, language, direction, metadata, note, text = row
    named = {"publication": publication, "published": published}
    return AnnotatedDocument(
        text=text,
        title=title,
        id=key,
        sha256=sha256,
        language=language,
        direction=direction,
        metadata={name: value for name, value in named.items() if value} | json.loads(metadata),
        zones=zones,
        note=note,
        **rest,
    )


class _Named(dict[str, N]):
    """Labels or relations by id, from the scheme as it was last read; read anew for an id that is not in it.

    Another program may have added it: the command line imports into a project that a window has open.
    """

    def __init__(self, reader: Reader, chosen: Callable[[Scheme], Iterable[N]]) -> None:
        super().__init__({each.id: each for each in chosen(reader.scheme)})
        self._reader, self._chosen = reader, chosen

    def __missing__(self, key: str) -> N:
        self._reader.forget_scheme()
        self.update({each.id: each for each in self._chosen(self._reader.scheme)})
        if key not in self:
            raise KeyError(key)
        return self[key]


def _gathered(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
