"""Documents as rows of fixed columns, with everything that is said of them; answers as texts with their types."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, Relation
from annotator.core.ids import text_hash
from annotator.exporters.columns import ATTRIBUTES, FLOAT, SPANS, STRING, WHOLE, Columns, Type
from annotator.exporters.json_lines import see_quote
from annotator.exporters.row_files import Row

MARK: Mapping[str, Type] = {
    "id": STRING, "layer": STRING, "label": STRING, "start": WHOLE, "end": WHOLE, "fragments": SPANS, "text": STRING,
    "attributes": ATTRIBUTES, "note": STRING, "annotator": STRING, "origin": STRING, "confidence": FLOAT,
    "created": STRING, "updated": STRING,
}  # fmt: skip
LINK: Mapping[str, Type] = {
    "id": STRING, "label": STRING, "source": STRING, "target": STRING, "attributes": ATTRIBUTES, "annotator": STRING,
    "created": STRING, "updated": STRING,
}  # fmt: skip
COLUMNS: Columns = {
    "id": STRING, "sha256": STRING, "title": STRING, "text": STRING, "language": STRING, "direction": STRING,
    "note": STRING, "metadata": [{"name": STRING, "value": STRING}], "marks": [MARK], "links": [LINK],
    "answers": [{"id": STRING, "name": STRING, "value": STRING, "type": STRING, "annotator": STRING}],
    "zones": [{"id": STRING, "label": STRING, "start": WHOLE, "end": WHOLE}],
    "statuses": [{"annotator": STRING, "status": STRING}],
    "occurrences": [{"uri": STRING, "path": STRING, "title": STRING}],
    "annotators": [{"id": STRING, "name": STRING}],
}  # fmt: skip


def document_row(document: AnnotatedDocument, people: Mapping[str, str]) -> Row:
    """The row of a document. `people` are the names of annotators by their ids."""
    at_work = {*(mark.annotator for mark in document.annotations), *(link.annotator for link in document.relations)}
    at_work |= {*(answer.annotator for answer in document.labels), *document.statuses}
    return {
        "id": document.id,
        "sha256": document.sha256 or text_hash(document.text),
        "title": document.title,
        "text": document.text,
        "language": document.language,
        "direction": document.direction,
        "note": document.note,
        "metadata": [{"name": name, "value": value} for name, value in document.metadata.items()],
        "marks": [mark_row(mark, document.text) for mark in document.annotations],
        "links": [link_row(link) for link in document.relations],
        "answers": [
            {"id": answer.id, "name": answer.name, "annotator": answer.annotator} | typed(answer.value)
            for answer in document.labels
        ],
        "zones": [
            {"id": zone.id, "label": zone.label, "start": zone.span.start, "end": zone.span.end}
            for zone in document.zones
        ],
        "statuses": [{"annotator": key, "status": status} for key, status in sorted(document.statuses.items())],
        "occurrences": [{"uri": at.uri, "path": at.path, "title": at.title} for at in document.occurrences],
        "annotators": [{"id": key, "name": people[key]} for key in sorted(at_work & people.keys())],
    }


def mark_row(mark: Annotation, text: str) -> Row:
    """A mark, with its words."""
    return {
        "id": mark.id,
        "layer": mark.label.layer,
        "label": mark.label.name,
        "start": mark.start,
        "end": mark.end,
        "fragments": [{"start": piece.start, "end": piece.end} for piece in mark.fragments],
        "text": mark.covered(text),
        "attributes": _attributes(mark.attributes),
        "note": mark.note,
        "annotator": mark.annotator,
        "origin": mark.origin,
        "confidence": mark.confidence,
        "created": mark.created,
        "updated": mark.updated,
    }


def link_row(link: Relation) -> Row:
    """A link between two marks."""
    return {
        "id": link.id,
        "label": link.type.name,
        "source": link.source,
        "target": link.target,
        "attributes": _attributes(link.attributes),
        "annotator": link.annotator,
        "created": link.created,
        "updated": link.updated,
    }


def _attributes(attributes: Mapping[str, AttributeValue]) -> list[Row]:
    return [{"name": name} | typed(value) for name, value in attributes.items()]


def typed(value: AttributeValue) -> Row:
    """An answer as a text, and what kind of answer it is."""
    if isinstance(value, bool):
        return {"value": "yes" if value else "no", "type": "yes_no"}
    if isinstance(value, list):
        return {"value": json.dumps(value, ensure_ascii=False), "type": "list"}
    return {"value": str(value), "type": "text" if isinstance(value, str) else "number"}


# What a document holds, from itself and from its row: the two ways share nothing


def held_by(document: AnnotatedDocument) -> Hashable:
    """What the row of a document must hold."""
    return (
        *(document.id, document.title, document.text, document.language, document.direction, document.note),
        tuple(document.metadata.items()),
        tuple(map(mark_held_by, document.annotations)),
        tuple(map(link_held_by, document.relations)),
        tuple((key, name, repr(value), whose) for key, name, value, whose in document.labels),
        tuple((key, label, span.start, span.end) for key, label, span in document.zones),
        tuple(sorted(document.statuses.items())),
        tuple((at.uri, at.path, at.title) for at in document.occurrences),
    )


def mark_held_by(mark: Annotation) -> Hashable:
    """What the row of a mark must hold."""
    pieces = tuple((piece.start, piece.end) for piece in mark.fragments)
    coded = tuple((name, repr(value)) for name, value in mark.attributes.items())
    return (mark.id, mark.label.layer, mark.label.name, pieces, coded, mark.note, mark.annotator, mark.origin,
            mark.confidence, mark.created, mark.updated)  # fmt: skip


def link_held_by(link: Relation) -> Hashable:
    """What the row of a link must hold."""
    coded = tuple((name, repr(value)) for name, value in link.attributes.items())
    return (link.id, link.type.name, link.source, link.target, coded, link.annotator, link.created, link.updated)


def held_in(row: Row) -> Hashable:
    """What the row of a document holds. Raises ValueError where its parts do not agree."""
    text = row["text"]
    if text_hash(text) != row["sha256"]:
        raise ValueError("the text is not the one of the hash")
    return (
        *(row["id"], row["title"], text, row["language"], row["direction"], row["note"]),
        _pairs(row["metadata"], "name", "value"),
        tuple(mark_held_in(mark, text) for mark in row["marks"]),
        tuple(map(link_held_in, row["links"])),
        tuple((each["id"], each["name"], _value(each), each["annotator"]) for each in row["answers"]),
        tuple((each["id"], each["label"], each["start"], each["end"]) for each in row["zones"]),
        _pairs(row["statuses"], "annotator", "status"),
        tuple((each["uri"], each["path"], each["title"]) for each in row["occurrences"]),
    )


def mark_held_in(row: Row, text: str | None) -> Hashable:
    """What the row of a mark holds. Raises ValueError where its words are not those at its place in `text`."""
    pieces = tuple((piece["start"], piece["end"]) for piece in row["fragments"])
    if (row["start"], row["end"]) != (pieces[0][0], pieces[-1][1]):
        raise ValueError("a mark does not begin and end with its pieces")
    if text is not None:
        whole = " ".join(text[start:end] for start, end in pieces)
        see_quote(whole, 0, len(whole), row["text"])
    said = ("note", "annotator", "origin", "confidence", "created", "updated")
    coded = tuple((each["name"], _value(each)) for each in row["attributes"])
    return (row["id"], row["layer"], row["label"], pieces, coded, *(row[name] for name in said))


def link_held_in(row: Row) -> Hashable:
    """What the row of a link holds."""
    coded = tuple((each["name"], _value(each)) for each in row["attributes"])
    ends = (row["id"], row["label"], row["source"], row["target"])
    return (*ends, coded, row["annotator"], row["created"], row["updated"])


def _pairs(rows: Iterable[Row], *names: str) -> Hashable:
    return tuple(tuple(row[name] for name in names) for row in rows)


def _value(row: Row) -> str:
    text, kind = row["value"], row["type"]
    readings: dict[str, Any] = {"text": repr, "number": lambda number: number, "yes_no": _yes_no}
    return repr(json.loads(text)) if kind == "list" else str(readings[kind](text))


def _yes_no(text: str) -> str:
    return repr({"yes": True, "no": False}[text])
