"""How forms were answered last: what a person copies into the next one."""

from __future__ import annotations

import json

from annotator.core.annotation import AttributeValue
from annotator.store.reading import Reader

RECENT = 5000  # marks and answers among which the last one is looked for: they are read without an index


def last_answers(reader: Reader, label: str, annotator: str, but: str) -> dict[str, AttributeValue]:
    """The answers of the mark that `annotator` worked on last, of the label with that id; not of the mark `but`.

    By the attribute's name; empty where there is no such mark that is answered.
    """
    sql = """
        SELECT attributes FROM
            (SELECT id, label, annotator, attributes, updated FROM annotations ORDER BY rowid DESC LIMIT ?)
        WHERE label = ? AND annotator = ? AND id <> ? AND attributes <> '{}' ORDER BY updated DESC, id DESC LIMIT 1"""
    found = reader.rows(sql, (RECENT, label, annotator, but))
    return reader.names.from_row(label, found[0][0]) if found else {}


def last_form(reader: Reader, annotator: str, but: str) -> dict[str, AttributeValue]:
    """The answers to the form of the document that `annotator` began to answer last; not of the document `but`."""
    sql = """
        SELECT l.document FROM
            (SELECT rowid, document, annotator FROM document_labels ORDER BY rowid DESC LIMIT ?) l
        JOIN documents d ON d.number = l.document
        WHERE l.annotator = ? AND d.id <> ? ORDER BY l.rowid DESC LIMIT 1"""
    found = reader.rows(sql, (RECENT, annotator, but))
    if not found:
        return {}
    sql = "SELECT attribute, value FROM document_labels WHERE document = ? AND annotator = ? ORDER BY rowid DESC"
    return {
        reader.names.name_of(attribute): json.loads(value)
        for attribute, value in reader.rows(sql, (found[0][0], annotator))
    }
