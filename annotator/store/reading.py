"""Everything that is read from a project: the scheme, the list of documents, a document with its marks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

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
from annotator.core.errors import KnownError
from annotator.core.query import match_expression
from annotator.core.rows import AttributeNames, fragments_from_row
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.core.span import Span
from annotator.store.database import connect_to_read, errors_for_people, schema_version

T = TypeVar("T")

CHUNK = 200  # documents that a streaming reader holds at a time


class DocumentRow(NamedTuple):
    """What the list of documents shows of one."""

    number: int  # its place in the project, from 1, in order of import
    id: str
    title: str
    publication: str
    direction: str
    status: str  # the asking annotator's
    marks: int


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents a list holds: all of the fields that are set must fit."""

    text: str = ""  # words to be found by full-text search
    status: str = ""
    annotator: str = ""  # whose status


ALL_DOCUMENTS = DocumentFilter()


class Reader:
    """Reads a project file through a connection that cannot write. Every job on another thread has its own."""

    def __init__(self, path: Path) -> None:
        """Open the project file at `path`. Raises NotAProjectError when it is none."""
        schema_version(path)
        self._start(connect_to_read(path), path)

    def _start(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._read = connection
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

    def close(self) -> None:
        """Give the file back."""
        self._read.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that `sql` gives. Raises KnownError when the file is damaged or out of reach."""
        with errors_for_people(self.shown_path):
            return self._read.execute(sql, parameters).fetchall()

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
        if self._scheme is None:
            self._scheme = self._read_scheme()
        return self._scheme

    @property
    def names(self) -> AttributeNames:
        """Which attribute a name means, under the scheme as it stands now."""
        if self._names is None:
            self._names = AttributeNames(self.scheme)
        return self._names

    def forget_scheme(self) -> None:
        """Read the scheme anew when it is next asked for."""
        self._scheme = self._names = None

    def _read_scheme(self) -> Scheme:
        layers = {
            row[0]: Layer(*row) for row in self.rows("SELECT id, name, title FROM layers ORDER BY position, rowid")
        }
        attributes, form = self._read_attributes()
        sql = (
            "SELECT id, layer, name, color, shortcut, enabled, attributes, title, guideline"
            " FROM labels ORDER BY position, rowid"
        )
        labels = [_label(row, layers, attributes) for row in self.rows(sql)]
        order = {layer.name: place for place, layer in enumerate(layers.values())}
        labels.sort(key=lambda label: order[label.layer])
        sql = "SELECT id, name, sources, targets, title FROM relation_types ORDER BY position, rowid"
        relations = [
            RelationType(key, name, tuple(json.loads(sources)), tuple(json.loads(targets)), title)
            for key, name, sources, targets, title in self.rows(sql)
        ]
        return Scheme(self.meta("scheme"), tuple(layers.values()), tuple(labels), tuple(relations), form)

    def _read_attributes(self) -> tuple[dict[str, Attribute], tuple[Attribute, ...]]:
        sql = (
            "SELECT id, name, kind, title, several, required, optional, details, form"
            " FROM attributes ORDER BY position, rowid"
        )
        found = [(_attribute(row[:-1]), row[-1]) for row in self.rows(sql)]
        form = tuple(attribute for attribute, of_documents in found if of_documents)
        return {attribute.id: attribute for attribute, _ in found}, form

    def annotators(self) -> list[Annotator]:
        """Everyone who annotates in this project."""
        return [Annotator(*row) for row in self.rows("SELECT id, name FROM annotators ORDER BY rowid")]

    def registry(self) -> list[RegistryEntry]:
        """The people, organisations, places and concepts of the project."""
        sql = "SELECT id, kind, name, aliases, attributes, note FROM registry ORDER BY name, id"
        return [
            RegistryEntry(key, kind, name, tuple(json.loads(aliases)), json.loads(attributes), note)
            for key, kind, name, aliases, attributes, note in self.rows(sql)
        ]

    # The list of documents

    def document_numbers(self, wanted: DocumentFilter = ALL_DOCUMENTS) -> list[int]:
        """The numbers of the documents that fit, in order of import."""
        conditions, parameters = ["1"], []
        if wanted.status == "new":
            conditions.append("id NOT IN (SELECT document FROM statuses WHERE annotator = ? AND status <> 'new')")
            parameters.append(wanted.annotator)
        elif wanted.status:
            conditions.append("id IN (SELECT document FROM statuses WHERE annotator = ? AND status = ?)")
            parameters += [wanted.annotator, wanted.status]
        if wanted.text.strip():
            conditions.append("number IN (SELECT rowid FROM search WHERE search MATCH ?)")
            parameters.append(match_expression(wanted.text))
        sql = f"SELECT number FROM documents WHERE {' AND '.join(conditions)} ORDER BY number"
        return [number for (number,) in self.rows(sql, parameters)]

    def document_rows(self, numbers: Iterable[int], annotator: str) -> dict[int, DocumentRow]:
        """What the list shows of the documents with those numbers, with `annotator`'s status of each."""
        sql = """
            SELECT d.number, d.id, d.title, d.publication, d.direction, coalesce(s.status, 'new'),
                   (SELECT count(*) FROM annotations a WHERE a.document = d.id)
            FROM documents d LEFT JOIN statuses s ON s.document = d.id AND s.annotator = ?
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
        found = self.rows(f"{_DOCUMENT} WHERE d.id = ?", (key,))
        if not found:
            raise KnownError(f"There is no document {key} in {self.shown_path}: it may have been deleted.")
        zones = self._zones("document = ?", (key,))
        return _document(found[0], tuple(zones.get(key, ())))

    def annotated(self, key: str) -> AnnotatedDocument:
        """A document with all that is known of it. Raises KnownError when there is none of that id."""
        self.document(key)
        return next(self.annotated_documents([key]))

    def annotations(self, document: str, start: int = 0, end: int | None = None) -> list[Annotation]:
        """The marks of a document that start from code point `start` up to `end`, in order of their starts."""
        sql = f"{_ANNOTATION} WHERE document = ? AND start >= ? AND start < ? ORDER BY start, rowid"
        limit = (1 << 62) if end is None else end
        return [annotation for _, annotation in self._annotations(sql, (document, start, limit))]

    def relations(self, document: str) -> list[Relation]:
        """The links of a document, in the order they were made."""
        return [relation for _, relation in self._relations(f"{_RELATION} WHERE document = ? ORDER BY rowid", document)]

    def label_counts(self, document: str) -> dict[str, int]:
        """How many marks of a document carry each label, by the label's id."""
        sql = "SELECT label, count(*) FROM annotations WHERE document = ? GROUP BY label"
        return dict(self.rows(sql, (document,)))

    def status(self, document: str, annotator: str) -> str | None:
        """How far `annotator` is with a document; None when it was never said."""
        found = self.rows("SELECT status FROM statuses WHERE document = ? AND annotator = ?", (document, annotator))
        return str(found[0][0]) if found else None

    # Many documents

    def annotated_documents(self, keys: Iterable[str] | None = None) -> Iterator[AnnotatedDocument]:
        """Documents with all that is known of them, in order of import: those of `keys`, or all. Streams."""
        wanted = self.document_ids() if keys is None else list(keys)
        for first in range(0, len(wanted), CHUNK):
            yield from self._chunk(json.dumps(wanted[first : first + CHUNK]))

    def _chunk(self, keys: str) -> Iterator[AnnotatedDocument]:
        inside = "document IN (SELECT value FROM json_each(?))"
        zones = self._zones(inside, (keys,))
        annotations = _gathered(self._annotations(f"{_ANNOTATION} WHERE {inside} ORDER BY start, rowid", (keys,)))
        relations = _gathered(self._relations(f"{_RELATION} WHERE {inside} ORDER BY rowid", keys))
        labels = _gathered(self._document_labels(inside, keys))
        occurrences = _gathered(self._occurrences(inside, keys))
        statuses: dict[str, dict[str, str]] = {}
        for document, annotator, status in self.rows(
            f"SELECT document, annotator, status FROM statuses WHERE {inside}", (keys,)
        ):
            statuses.setdefault(document, {})[annotator] = status
        for row in self.rows(f"{_DOCUMENT} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.number", (keys,)):
            key = row[0]
            yield _document(
                row,
                tuple(zones.get(key, ())),
                annotations=tuple(annotations.get(key, ())),
                relations=tuple(relations.get(key, ())),
                labels=tuple(labels.get(key, ())),
                occurrences=tuple(occurrences.get(key, ())),
                statuses=statuses.get(key, {}),
            )

    def _zones(self, condition: str, parameters: Sequence[Any]) -> dict[str, list[Zone]]:
        sql = f'SELECT document, id, label, start, "end" FROM zones WHERE {condition} ORDER BY start, "end" DESC'
        found: dict[str, list[Zone]] = {}
        for document, key, label, start, end in self.rows(sql, parameters):
            found.setdefault(document, []).append(Zone(key, label, Span(start, end)))
        return found

    def _annotations(self, sql: str, parameters: Sequence[Any]) -> Iterator[tuple[str, Annotation]]:
        labels = {label.id: label for label in self.scheme.labels}
        from_row = self.names.from_row
        for key, document, label, start, end, fragments, attributes, *rest in self.rows(sql, parameters):
            pieces = (Span(start, end),) if fragments is None else fragments_from_row(start, end, fragments)
            yield document, Annotation(key, labels[label], pieces, from_row(attributes), *rest)

    def _relations(self, sql: str, parameter: str) -> Iterator[tuple[str, Relation]]:
        types = {kind.id: kind for kind in self.scheme.relations}
        for key, document, kind, source, target, attributes, *rest in self.rows(sql, (parameter,)):
            yield document, Relation(key, types[kind], source, target, self.names.from_row(attributes), *rest)

    def _document_labels(self, condition: str, keys: str) -> Iterator[tuple[str, DocumentLabel]]:
        sql = f"SELECT document, id, attribute, value, annotator FROM document_labels WHERE {condition} ORDER BY rowid"
        for document, key, attribute, value, annotator in self.rows(sql, (keys,)):
            yield document, DocumentLabel(key, self.names.name_of(attribute), json.loads(value), annotator)

    def _occurrences(self, condition: str, keys: str) -> Iterator[tuple[str, Occurrence]]:
        sql = f"SELECT document, uri, path, title FROM occurrences WHERE {condition} ORDER BY rowid"
        for document, *rest in self.rows(sql, (keys,)):
            yield document, Occurrence(*rest)


_DOCUMENT = """
    SELECT d.id, d.sha256, d.title, d.publication, d.published, d.language, d.direction, d.metadata, d.note, t.text
    FROM documents d JOIN texts t ON t.sha256 = d.sha256"""
_ANNOTATION = """
    SELECT id, document, label, start, "end", fragments, attributes, note, annotator, origin, confidence,
           created, updated
    FROM annotations"""
_RELATION = "SELECT id, document, type, source, target, attributes, annotator, created, updated FROM relations"


def _document(row: tuple[Any, ...], zones: tuple[Zone, ...], **rest: Any) -> AnnotatedDocument:
    key, sha256, title, publication, published, language, direction, metadata, note, text = row
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


def _label(row: tuple[Any, ...], layers: dict[str, Layer], attributes: dict[str, Attribute]) -> Label:
    key, layer, name, color, shortcut, enabled, owned, title, guideline = row
    mine = tuple(attributes[attribute] for attribute in json.loads(owned) if attribute in attributes)
    return Label(key, layers[layer].name, name, color, shortcut, bool(enabled), mine, title, guideline)


def _attribute(row: tuple[Any, ...]) -> Attribute:
    key, name, kind, title, several, required, optional, details = row
    more = json.loads(details)
    more["values"] = tuple(Value(*value) for value in more.get("values", ()))
    more["skips"] = tuple((value, hidden) for value, hidden in more.get("skips", ()))
    switches: dict[str, Any] = {"several": bool(several), "required": bool(required), "optional": bool(optional)}
    return Attribute(id=key, name=name, kind=kind, title=title, **switches, **more)


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
