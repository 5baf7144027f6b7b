"""Prodigy's JSON Lines, and spaCy's JSON, which is much the same: texts with words, spans, relations and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.ids import is_made
from annotator.core.imports import Failure, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import (
    Json,
    about,
    first_records,
    items_of_records,
    plain_text,
    records_of,
    whole_number,
)
from annotator.importers.annotations.marked_text import DraftMark, MarkedText
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_HELD = (
    *("text", "spans", "ents", "tokens", "sents", "relations", "label", "accept", "options", "answer", "cats"),
    *("_input_hash", "_task_hash", "_view_id", "_annotator_id", "_session_id", "_timestamp", "_is_binary", "html"),
    *("config", "versions", "view_id", "annotator_id", "session_id"),
)
_OTHERS = frozenset(("sha256", "annotations", "documents", "zones"))
_NEVER = ("reject", "ignore")
_SPANS = re.compile(rb'"(?:tokens|spans|ents)"\s*:\s*\[\s*\{[^{}]*"start"\s*:\s*\d')
_SURE = 0.5  # the score from which a category holds


class ProdigyImporter:
    """Takes a text a record in, with spans, relations, categories, and who annotated it."""

    name = "prodigy"
    title = "Prodigy and spaCy JSON"
    suffixes: tuple[str, ...] = (".jsonl", ".json")
    carries = Carries(nested=True, crossing=True, links=True, attributes=True, answers=True, people=True, facts=True)
    loses = "Words, sentences, parts of speech and dependencies; the spans of what was rejected or ignored."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where texts have Prodigy's hashes, spans or entities with start and end, or are spaCy's pairs."""
        records = first_records(head)
        if not records and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):  # the first goes on behind the head
            return 0.97 if _SPANS.search(head) else 0.0
        return 0.98 if any(map(_is_one, records)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a record."""
        names = LabelNames(Scheme())
        if any(isinstance(record, list) for record in first_records(source.head(1 << 16))):
            return _pairs(source, names)
        return items_of_records(source, partial(_record_items, source, names))


def _is_one(record: Any) -> bool:
    if isinstance(record, list):
        return _pair_of(record) is not None
    if not isinstance(record, dict) or not _OTHERS.isdisjoint(record):
        return _is_training(record)
    if not isinstance(record.get("text"), str):
        return False
    held = [each for name in ("spans", "ents") for each in _list(record, name)]
    spans = bool(held) and all(isinstance(each, dict) and "start" in each and "end" in each for each in held)
    return spans or "_task_hash" in record or "_input_hash" in record or ("ents" in record and "tokens" in record)


def _is_training(record: Any) -> bool:
    """Whether a file is one object with a list of texts and their entities."""
    held = record.get("annotations") if isinstance(record, dict) and "text" not in record else None
    return isinstance(held, list) and any(_pair_of(each) is not None for each in held[:5])


def _pair_of(record: Any) -> tuple[str, Json] | None:
    """The text and what is said of it, of a record such as `["text", {"entities": [[0, 3, "ORG"]]}]`."""
    if isinstance(record, list) and len(record) == 2 and isinstance(record[0], str) and isinstance(record[1], dict):
        return record[0], record[1]
    return None


def _pairs(source: Source, names: LabelNames) -> Iterator[ImportItem]:
    with source.open() as stream:
        for record, place in records_of(source, stream):
            yield from _pair_items(source, names, record, place)


def _pair_items(source: Source, names: LabelNames, record: Any, place: str) -> Iterator[ImportItem]:
    pair = _pair_of(record)
    if pair is None or not pair[0].strip():
        yield Failure(source.name, f"{place.capitalize()} was left out: it is no text with its entities.")
        return
    text, said = pair
    yield from _items(source, names, {"text": text, "cats": said.get("cats"), "spans": _triples(said)}, place)


def _triples(said: Json) -> list[Any]:
    held = [each for name in ("entities", "spans") for each in _list(said, name)]
    return [
        dict(zip(("start", "end", "label"), each, strict=False)) if isinstance(each, list) else each for each in held
    ]


def _record_items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    if _is_training(data):
        for number, record in enumerate(data["annotations"], 1):
            yield from _pair_items(source, names, record, f"text {number}")
        return
    yield from _items(source, names, data, place)


def _items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise KnownError("it has no text")
    document = MarkedText(text, f"{place} of {source.name}", names)
    metadata = about(data, *_HELD)
    spans = [each for name in ("spans", "ents") for each in _list(data, name)]
    if data.get("answer") in _NEVER:
        metadata["answer"] = data["answer"]
        if spans or data.get("label"):
            document.tell(f"{len(spans)} spans were left out: the answer was “{data['answer']}”.")
    else:
        _put(document, data, spans)
    yield from document.items(metadata={"path": source.path} | metadata)


def _put(document: MarkedText, data: Json, spans: list[Any]) -> None:
    annotator = next((held for name in _PEOPLE if isinstance(held := data.get(name), str)), "")
    words = _words(data)
    for span in spans:
        place = _place_of(span)
        label = span.get("label") if isinstance(span, dict) else None
        if place is None or not isinstance(label, str) or not label:
            document.leave_out(f"the span {plain_text(span)[:60]}", "it has no label, start or end")
            continue
        quote = words.between(place) if span.get("text") is None else str(span["text"])
        mark = document.mark(f"{place}/{label}", label, [place], quote, annotator=annotator)
        if not annotator and "answer" not in data:
            _propose(mark, span, data)
        for name, said in _attributes(span).items():
            mark.say(name, said)
    for relation in _list(data, "relations"):
        _relation(document, relation, annotator)
    _answers(document, data, annotator)


_PEOPLE = ("_annotator_id", "annotator_id", "_session_id", "session_id")


def _propose(mark: DraftMark, span: Json, data: Json) -> None:
    """Say which model made a span of a task that nobody has answered."""
    source, meta = span.get("source"), data.get("meta")
    if isinstance(source, str) and source:
        mark.annotator = source
        mark.propose(span.get("score", meta.get("score") if isinstance(meta, dict) else None))


def _attributes(span: Json) -> dict[str, str]:
    """What spaCy says of an entity beside its label: its entry in a knowledge base."""
    names = {"kb_id": "kb_id", "id": "ent_id", "span_id": "span_id"}
    said = {shown: span.get(name) for name, shown in names.items()}
    return {name: held for name, held in said.items() if isinstance(held, str) and held and not is_made(held)}


def _place_of(span: Any) -> tuple[int, int] | None:
    if not isinstance(span, dict):
        return None
    start, end = whole_number(span.get("start")), whole_number(span.get("end"))
    return (start, end) if start is not None and end is not None else None


class _Words:
    """The words between two positions, where tokens begin and end there."""

    def __init__(self, tokens: list[Json]) -> None:
        self._tokens = tokens
        self._starts = {token["start"]: number for number, token in enumerate(tokens)}
        self._ends = {token["end"]: number for number, token in enumerate(tokens)}

    def between(self, place: tuple[int, int]) -> str | None:
        first, last = self._starts.get(place[0]), self._ends.get(place[1])
        if first is None or last is None or first > last:
            return None
        tokens = self._tokens[first : last + 1]
        parts = [token["text"] + " " * (after["start"] > token["end"]) for token, after in pairwise(tokens)]
        return "".join([*parts, tokens[-1]["text"]])


def _words(data: Json) -> _Words:
    whole = [
        token
        for token in _list(data, "tokens")
        if isinstance(token, dict)
        and isinstance(token.get("text"), str)
        and all(type(token.get(end)) is int for end in ("start", "end"))
    ]
    return _Words(whole)


def _relation(document: MarkedText, relation: Any, annotator: str) -> None:
    """A relation between spans; an end that is a word alone becomes a mark of its own."""
    ends = [relation.get(end) for end in ("head_span", "child_span")] if isinstance(relation, dict) else [None]
    places = [_place_of(end) for end in ends]
    label = relation.get("label") if isinstance(relation, dict) else None
    if None in places or not isinstance(label, str) or not label:
        document.leave_out("a relation", "it has no label, or does not say where its ends are")
        return
    keys = [_end(document, place, end, annotator) for place, end in zip(places, ends, strict=True) if place and end]
    document.link(label, keys[0], keys[1], place="a relation", annotator=annotator)


def _end(document: MarkedText, place: tuple[int, int], span: Json, annotator: str) -> str:
    named = span.get("label")
    label = named if isinstance(named, str) and named else "WORD"
    known = [mark.key for mark in document.marks if mark.pairs == [place]]
    key = f"{place}/{label}"
    if known:
        return key if key in known else known[0]
    return document.mark(key, label, [place], annotator=annotator).key


def _answers(document: MarkedText, data: Json, annotator: str) -> None:
    label, accepted, cats = data.get("label"), data.get("accept"), data.get("cats")
    if isinstance(accepted, list) and accepted:
        document.answer("choice", [str(each) for each in accepted], annotator)
    elif isinstance(label, str) and label:
        document.answer("label", label, annotator)
    if isinstance(cats, dict):
        for name, score in cats.items():
            if isinstance(score, bool | int | float) and name:
                document.answer(name, bool(score >= _SURE), annotator)


def _list(data: Json, name: str) -> list[Any]:
    held = data.get(name)
    return held if isinstance(held, list) else []
