"""What a project has already, as an import asks for it: texts, ids, addresses, marks that say the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Occurrence
from annotator.core.ids import document_id, new_id, text_hash
from annotator.core.rows import written
from annotator.store.writing import store_text

_SAID = 'label, start, "end", fragments, attributes, note, annotator'


class Known:
    """What the project has already, asked for as a batch needs it, and what the batch has added to it.

    A text stands in a batch only once.
    """

    def __init__(self, connection: sqlite3.Connection, careful: bool, batch: Sequence[AnnotatedDocument]) -> None:
        self._connection = connection
        self._careful = careful
        self._new: set[str] = set()
        self._taken: dict[tuple[str, str], str] = {}  # the documents of the ids given in this batch, by table and id
        self._said: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
        self.new_characters = 0  # of the texts of new documents
        self.ids: dict[str, str] = {}  # of documents, by text
        self.numbers: dict[str, int] = {}  # of documents, by id
        self.hashes: dict[str, str] = {}  # of their texts, by id
        self._text_hashes = {document.text: text_hash(document.text) for document in batch}
        self._given = self._look_up_ids(batch)  # ids that documents have
        self._look_up_texts()

    def _look_up_texts(self) -> None:
        texts = {sha256: text for text, sha256 in self._text_hashes.items()}
        sql = """
            SELECT id, number, sha256 FROM texts JOIN documents USING (number)
            WHERE sha256 IN (SELECT value FROM json_each(?))"""
        for key, number, sha256 in self._connection.execute(sql, (written(list(texts)),)):
            self._note(key, number, sha256, texts[sha256])

    def _look_up_ids(self, batch: Sequence[AnnotatedDocument]) -> set[str]:
        """Which of the ids that the batch's documents might have are those of documents already."""
        wanted = {document.id for document in batch} | {document_id(sha256) for sha256 in self._text_hashes.values()}
        sql = "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._connection.execute(sql, (written(list(wanted)),))}

    def add_document(self, document: AnnotatedDocument) -> str:
        """Store the text of a new document. It has the id its file gives it, unless another text has that."""
        sha256 = self._text_hashes[document.text]
        wanted = (document.id, document_id(sha256))
        key = next((key for key in wanted if key and key not in self._given), None) or new_id()
        self._new.add(key)
        self.new_characters += len(document.text)
        self._note(key, store_text(self._connection, sha256, document.text), sha256, document.text)
        return key

    def _note(self, key: str, number: int, sha256: str, text: str) -> None:
        self.ids[text], self.numbers[key], self.hashes[key] = key, number, sha256
        self._given.add(key)

    def checks(self, document: str) -> bool:
        """Whether what belongs to a document must be looked up one by one."""
        return self._careful or document not in self._new

    def own_id(self, table: str, document: str, key: str) -> str | None:
        """The id that a row of a document may have: `key`, or a new one where a row of another document has that.

        None when the document has that row.
        """
        if not key:
            return new_id()
        if not self.checks(document):
            return key
        owner = self._taken.get((table, key))
        if owner is None:
            sql = f"SELECT documents.id FROM {table} JOIN documents ON number = document WHERE {table}.id = ?"
            found = self._connection.execute(sql, (key,)).fetchone()
            owner = found[0] if found else None
        if owner is None:
            self._taken[table, key] = document
            return key
        return None if owner == document else new_id()

    def has_mark(self, document: str, said: tuple[Any, ...]) -> bool:
        """Whether a document has a mark that says all of that: how marks without an id are known again."""
        return said in self._sayings("annotations", _SAID, document)

    def has_link(self, document: str, said: tuple[Any, ...]) -> bool:
        """Whether a document has a link of that type between those marks: how links without an id are known again."""
        links = self._sayings("relations", "type, source, target", document)
        new = said not in links
        links.add(said)
        return not new

    def has_zones(self, document: str) -> bool:
        """Whether a document has zones."""
        sql = "SELECT 1 FROM zones WHERE document = ? LIMIT 1"
        return self._connection.execute(sql, (self.numbers[document],)).fetchone() is not None

    def has_answer(self, document: str, said: tuple[Any, ...]) -> bool:
        """Whether the form of a document has that answer."""
        return said in self._sayings("document_labels", "attribute, value, annotator", document)

    def _sayings(self, table: str, columns: str, document: str) -> set[tuple[Any, ...]]:
        if (table, document) not in self._said:
            sql = f"SELECT {columns} FROM {table} WHERE document = ?"
            self._said[table, document] = set(self._connection.execute(sql, (self.numbers[document],)))
        return self._said[table, document]

    def new_occurrences(self, document: str, found: AnnotatedDocument) -> list[Sequence[Any]]:
        """The addresses in `found` under which the document was not known."""
        uri, path = found.metadata.get("uri", ""), found.metadata.get("path", "")
        places = found.occurrences or ((Occurrence(uri, path, found.title),) if uri or path else ())
        return [
            (new_id(), self.numbers[document], place.uri, place.path, place.title)
            for place in places
            if document in self._new or not self._occurs(document, place)
        ]

    def new_pages(self, document: str, found: AnnotatedDocument) -> list[Sequence[Any]]:
        """The page that the document was found in, its bytes stored; nothing where it has one already."""
        if found.raw is None or (document not in self._new and self._has_page(document)):
            return []
        page = found.raw
        sql = "INSERT INTO page_bytes (sha256, size, packed) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"
        self._connection.execute(sql, (page.sha256, page.size, page.packed))
        return [(new_id(), self.numbers[document], page.sha256, page.media_type, page.encoding)]

    def _has_page(self, document: str) -> bool:
        sql = "SELECT 1 FROM pages WHERE document = ?"
        return self._connection.execute(sql, (self.numbers[document],)).fetchone() is not None

    def _occurs(self, document: str, place: Occurrence) -> bool:
        sql = "SELECT 1 FROM occurrences WHERE document = ? AND uri = ? AND path = ?"
        held = (self.numbers[document], place.uri, place.path)
        return self._connection.execute(sql, held).fetchone() is not None
