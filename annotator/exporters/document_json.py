"""Documents as objects of the program's JSON, as CONTRACT-following programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.standing_off import without_text, words_hash

Json = dict[str, Any]


def document_to_json(document: AnnotatedDocument, left_out: list[str]) -> Json:
    """The object of `document`. Ids of marks that do not lie within the text are put into `left_out` instead."""
    missing = len(left_out)
    annotations = _annotations(document, left_out)
    gone = set(left_out[missing:])
    links = [link for link in document.relations if not gone or (link.source not in gone and link.target not in gone)]
    written: Json = {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "sha256": document.sha256,
        "language": document.language,
        "direction": document.direction,
        "metadata": dict(document.metadata),
        "zones": [
            {"id": key, "label": label, "start": span.start, "end": span.end} for key, label, span in document.zones
        ],
        "labels": [
            {"id": key, "name": name, "value": value, "annotator": annotator}
            for key, name, value, annotator in document.labels
        ],
        "status": dict(sorted(document.statuses.items())),
        "annotations": annotations,
        "relations": [_relation(link) for link in links],
    }
    if document.occurrences:
        written["occurrences"] = [
            _filled({"uri": place.uri, "path": place.path, "title": place.title}) for place in document.occurrences
        ]
    if document.note:
        written["note"] = document.note
    return written


def stand_off_to_json(document: AnnotatedDocument, left_out: list[str]) -> Json:
    """The object of `document` without its words: the hash of the text and of each mark’s words stand for them."""
    bare = without_text(document)
    written = document_to_json(replace(bare, text=document.text), left_out)
    for mark in written["annotations"]:
        mark["hash"] = words_hash(bare.sha256, mark.pop("text"))
    del written["title"]
    return {"id": written.pop("id"), "sha256": written.pop("sha256"), "length": len(written.pop("text"))} | written


def _annotations(document: AnnotatedDocument, left_out: list[str]) -> list[Json]:
    text, length = document.text, len(document.text)
    written = []
    for mark in document.annotations:
        key, label, fragments, attributes, note, annotator, origin, confidence, created, updated, _ = mark
        start, end = fragments[0].start, fragments[-1].end
        if end > length:
            left_out.append(key)
            continue
        single = len(fragments) == 1
        item = {
            "id": key,
            "layer": label.layer,
            "label": label.name,
            "start": start,
            "end": end,
            "fragments": [[start, end]] if single else [[piece.start, piece.end] for piece in fragments],
            "text": text[start:end] if single else mark.covered(text),
            "attributes": attributes,
            "note": note,
            "annotator": annotator,
            "origin": origin,
            "created": created,
            "updated": updated,
        }
        if confidence is not None:
            item["confidence"] = confidence
        written.append(item)
    return written


def _relation(link: Relation) -> Json:
    return {
        "id": link.id,
        "label": link.type.name,
        "from": link.source,
        "to": link.target,
        "attributes": link.attributes,
        "annotator": link.annotator,
        "created": link.created,
        "updated": link.updated,
    }


def _filled(pairs: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in pairs.items() if value}


def annotators_of(document: AnnotatedDocument) -> set[str]:
    """The ids of everyone who had a hand in `document`."""
    marks: list[Annotation] = list(document.annotations)
    return (
        {mark.annotator for mark in marks}
        | {link.annotator for link in document.relations}
        | {answer.annotator for answer in document.labels}
        | set(document.statuses)
    )
