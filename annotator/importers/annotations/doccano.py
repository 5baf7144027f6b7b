"""doccano's JSON Lines: spans as triples under “label”, or as objects with relations; categories as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import (
    Json,
    about,
    first_objects,
    first_records,
    items_of_records,
    plain_text,
    whole_number,
)
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_SPANS = ("entities", "label", "labels")
_CATEGORIES = ("cats", "label", "labels", "categories")
_QUESTION = "label"  # what a document's categories answer
_ANSWER = re.compile(r"[^=]+=.+", re.DOTALL)  # as this program writes the answers of a form
_TRIPLES = re.compile(rb'"(?:entities|labels?)"\s*:\s*\[\s*(?:\[\s*\d+\s*,\s*\d+\s*,\s*"|\{[^{}]*"start_offset")')
_OTHERS = frozenset(("sha256", "annotations", "documents", "spans", "tokens", "_input_hash", "scheme", "zones"))


class DoccanoImporter:
    """Takes a text a record in, with spans, relations, categories and comments."""

    name = "doccano"
    title = "doccano JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl", ".json")
    carries = Carries(nested=True, crossing=True, links=True, answers=True, facts=True)
    loses = "Who marked what: doccano writes a file for each person, and does not say in it who that is."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where texts have spans as triples, as objects with offsets, or a list of words."""
        if not first_records(head) and head.startswith(b"{"):  # the first goes on behind the head
            return 0.97 if _TRIPLES.search(head) else 0.0
        records = [record for record in first_objects(head) if "text" in record or "data" in record]
        return 0.97 if records and any(map(_is_one, records)) and not any(map(_is_other, records)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a record."""
        return items_of_records(source, partial(_items, source, LabelNames(Scheme())))


def _is_other(record: Json) -> bool:
    return not _OTHERS.isdisjoint(record) or not isinstance(record.get("text", record.get("data")), str)


def _is_one(record: Json) -> bool:
    return any(isinstance(record.get(name), list) and all(map(_fits, record[name])) for name in (*_SPANS, "cats"))


def _fits(each: Any) -> bool:
    return isinstance(each, str) or _is_triple(each) or (isinstance(each, dict) and "start_offset" in each)


def _is_triple(each: Any) -> bool:
    return isinstance(each, list) and len(each) == 3 and isinstance(each[2], str) and isinstance(each[0], int | float)


def _items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    text = data.get("text", data.get("data"))
    if not isinstance(text, str) or not text.strip():
        raise KnownError("it has no text")
    document = MarkedText(text, f"{place} of {source.name}", names)
    for name in _SPANS:
        for number, each in enumerate(_list(data, name)):
            _span(document, each, f"{name}/{number}")
    for number, each in enumerate(_list(data, "relations")):
        _relation(document, each, number)
    for name in _CATEGORIES:
        words = [each for each in _list(data, name) if isinstance(each, str)]
        if words and name == "cats" and all(map(_ANSWER.fullmatch, words)):
            for question, _, answer in (word.partition("=") for word in words):
                document.answer(question, answer)
        elif words:
            document.answer(_QUESTION if name == "labels" else name, words)
    comments = [plain_text(each) for each in _list(data, "Comments") + _list(data, "comments")]
    metadata = about(data, "text", "data", "entities", "relations", "cats", "label", "labels", "Comments", "comments")
    if comments:
        metadata["comments"] = "\n".join(filter(None, comments))
    yield from document.items(metadata={"path": source.path} | metadata)


def _list(data: Json, name: str) -> list[Any]:
    held = data.get(name)
    return held if isinstance(held, list) else []


def _span(document: MarkedText, each: Any, key: str) -> None:
    if isinstance(each, str):
        return
    if isinstance(each, dict):
        start, end, label = each.get("start_offset"), each.get("end_offset"), each.get("label")
        key = f"#{each['id']}" if "id" in each else key
    elif isinstance(each, list) and len(each) == 3:
        start, end, label = each
    else:
        start = end = label = None
    first, last = whole_number(start), whole_number(end)
    if first is None or last is None or not isinstance(label, str) or not label:
        document.leave_out(f"the span {plain_text(each)[:60]}", "it has no label, start or end")
        return
    document.mark(key, label, [(first, last)])


def _relation(document: MarkedText, each: Any, number: int) -> None:
    kind = each.get("type") if isinstance(each, dict) else None
    if not isinstance(kind, str) or not kind:
        document.leave_out(f"relation {number + 1}", "it has no type")
        return
    document.link(kind, f"#{each.get('from_id')}", f"#{each.get('to_id')}", place=f"relation {number + 1}")
