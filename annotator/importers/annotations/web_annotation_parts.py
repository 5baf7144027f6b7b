"""The parts of a Web Annotation: what it is about, which words it marks, and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.core.annotation import AttributeValue
from annotator.importers.annotations.json_records import Json, whole_number
from annotator.importers.annotations.marked_text import MarkedText

_LABELLING = ("tagging", "classifying", "highlighting", "linking")
_POINTING = ("identifying", "geotagging", "linking")
_UNLABELLED = "annotation"


@dataclass(frozen=True, slots=True)
class Selector:
    """Words of a text: by positions, by their own letters and those around them, or by both."""

    pair: tuple[int, int] | None
    quote: str | None
    before: str = ""
    after: str = ""

    def place(self, text: str) -> tuple[int, int]:
        """Its positions; where it has none, where its quote stands between what comes before and after it."""
        if self.pair is not None or not self.quote:
            return self.pair or (0, 0)
        whole = text.find(f"{self.before}{self.quote}{self.after}")
        start = whole + len(self.before) if whole >= 0 else text.find(self.quote)
        return (start, start + len(self.quote)) if start >= 0 else (0, len(self.quote))


@dataclass(slots=True)
class WebAnnotation:
    """An annotation, as far as this program has something like it."""

    key: str
    target: str  # the address of what it is about
    place: str
    selectors: list[Selector]
    ends: list[str] = field(default_factory=list)  # the annotations that it joins, where it is a link
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: dict[str, AttributeValue] = field(default_factory=dict)
    coded: dict[str, AttributeValue] = field(default_factory=dict)  # what this program calls attributes
    layer: str = ""
    annotator: str = ""
    created: str = ""

    def put(self, document: MarkedText, known: set[str]) -> None:
        """Make a mark of it for each of its labels, or a link; of what codes a text as a whole, answers."""
        if self.ends:
            if set(self.ends) <= known:
                name = self.labels[0] if self.labels else "linking"
                link = document.link(name, self.ends[0], self.ends[1], place=self.place, annotator=self.annotator)
                link.attributes.update(self.coded)
            return
        if not self.selectors:
            for name, value in self.coded.items():
                document.answer(name, value, self.annotator)
            return
        pairs = [selector.place(document.text) for selector in self.selectors]
        quotes = [selector.quote for selector in self.selectors]
        quote = " ".join(each for each in quotes if each) if all(quotes) else None
        for label in self.labels or [_UNLABELLED]:
            mark = document.mark(
                self.key, label, pairs, quote, layer=self.layer, place=self.place, annotator=self.annotator
            )
            mark.attributes.update(self.said | self.coded)
            mark.note = "\n".join(self.notes)
            mark.created = self.created
            mark.sought = all(selector.pair is None for selector in self.selectors)


def is_annotation(record: Json) -> bool:
    """Whether an object is an annotation, of the W3C's form or of Recogito's."""
    return "target" in record and ("body" in record or "bodies" in record or record.get("type") == "Annotation")


def article_in(record: Any) -> str | None:
    """The text that a page of annotations says it is about, where there may be none; None where it says nothing."""
    about = record.get("article") if isinstance(record, dict) else None
    source = about.get("source") if isinstance(about, dict) else None
    return source if isinstance(source, str) and source else None


def annotations_in(record: Any, place: str, depth: int = 0) -> Iterator[WebAnnotation]:
    """The annotations in a record: itself, or those of a page or a collection."""
    if not isinstance(record, dict) or depth > 3:
        return
    if is_annotation(record):
        yield _annotation(record, place)
        return
    for name in ("items", "first", "@graph"):
        held = record.get(name)
        for number, inner in enumerate(held if isinstance(held, list) else [held], 1):
            yield from annotations_in(inner, f"annotation {number}", depth + 1)


def _annotation(record: Json, place: str) -> WebAnnotation:
    targets = [inner for target in _list(record.get("target")) for inner in _pieces(target)]
    plain = [target for target in targets if isinstance(target, str)]
    first: Json = next((target for target in targets if isinstance(target, dict)), {})
    pieces = [each for each in targets if isinstance(each, dict) and each.get("source") == first.get("source")]
    selectors = [selector for piece in pieces for selector in _selectors(piece.get("selector"))]
    source = first.get("source", first.get("id"))
    address = source.get("id") if isinstance(source, dict) else source
    linking = record.get("motivation") == "linking"
    joined = [body["source"] for body in _list(record.get("body")) if _is_link(body)] if linking else []
    ends = [*plain, *joined]
    made = WebAnnotation(
        key=str(record.get("id", place)),
        target=_address(address, plain, record, selectors=bool(selectors)),
        place=place,
        selectors=selectors,
        ends=ends if linking and len(ends) == 2 else [],
        annotator=_person(record.get("creator", first.get("creator"))),
        created=_moment(record.get("created", first.get("created"))),
    )
    attributes = record.get("attributes")
    if isinstance(attributes, dict):
        made.coded |= {name: held for name, held in attributes.items() if _is_value(held)}
    for body in [*_list(record.get("body")), *_list(record.get("bodies")), *_list(record.get("bodyValue"))]:
        _body(made, body, record.get("motivation"))
    return made


def _address(address: Any, plain: list[str], record: Json, *, selectors: bool) -> str:
    """What an annotation is about: the text of its selectors, or the whole text that it codes."""
    if selectors:
        return address if isinstance(address, str) else ""
    coding = record.get("motivation") == "classifying" and isinstance(record.get("attributes"), dict)
    return plain[0] if coding and len(plain) == 1 else ""


def _pieces(target: Any) -> list[Any]:
    """A target; of one that is made of several, each."""
    return _list(target.get("items")) if isinstance(target, dict) and "items" in target else [target]


def _selectors(held: Any) -> Iterator[Selector]:
    """The selectors of a target; one by quote and one by position that stand together mean the same words."""
    items = [each for each in _list(held) if isinstance(each, dict)]
    quotes = [each for each in items if isinstance(each.get("exact"), str)]
    positions = [each for each in items if _pair(each) is not None and "exact" not in each]
    if quotes and len(quotes) == len(positions):
        for quote, position in zip(quotes, positions, strict=True):
            yield _selector(quote, _pair(position))
        return
    for item in items:
        inner = item.get("refinedBy")
        pair = _pair(item)
        if pair is not None or isinstance(item.get("exact"), str):
            yield _selector(item, pair)
        elif isinstance(inner, dict):
            yield from _selectors(inner)


def _selector(item: Json, pair: tuple[int, int] | None) -> Selector:
    quote = item.get("exact", item.get("quote"))
    around = [held if isinstance(held := item.get(name), str) else "" for name in ("prefix", "suffix")]
    return Selector(pair, quote if isinstance(quote, str) else None, *around)


def _pair(item: Json) -> tuple[int, int] | None:
    start, end = whole_number(item.get("start")), whole_number(item.get("end"))
    return (start, end) if start is not None and end is not None else None


def _body(made: WebAnnotation, body: Any, motivation: Any) -> None:
    if isinstance(body, str):
        made.notes.append(body)
        return
    if not isinstance(body, dict):
        return
    purpose = body.get("purpose", motivation)
    value = body.get("value", body.get("label"))
    address = body.get("source", body.get("id"))
    if isinstance(value, dict):
        value = value.get("label") or value.get("id")
    if isinstance(value, str) and value and purpose in _LABELLING:
        made.labels.append(value)
        made.layer = layer if isinstance(layer := body.get("layer"), str) else made.layer
    elif isinstance(value, str) and value:
        made.notes.append(value)
    elif isinstance(address, str) and address:
        made.said[purpose if isinstance(purpose, str) and purpose in _POINTING else "source"] = address


def _is_link(body: Any) -> bool:
    """Whether a body names the annotation that another is joined with."""
    return isinstance(body, dict) and body.get("purpose") == "linking" and isinstance(body.get("source"), str)


def _is_value(held: Any) -> bool:
    texts = isinstance(held, list) and bool(held) and all(isinstance(each, str) for each in held)
    return texts or (isinstance(held, bool | int | float | str) and held != "")


def _person(held: Any) -> str:
    if isinstance(held, list):
        held = held[0] if held else None
    if isinstance(held, dict):
        held = held.get("name") or held.get("nickname") or held.get("email") or held.get("id")
    return held if isinstance(held, str) else ""


def _moment(held: Any) -> str:
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$", held) if isinstance(held, str) else None
    return f"{found[1]}.{(found[2] or '').ljust(3, '0')[:3]}Z" if found else ""


def _list(held: Any) -> list[Any]:
    if held is None:
        return []
    return held if isinstance(held, list) else [held]
