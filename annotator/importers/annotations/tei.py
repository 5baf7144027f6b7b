"""TEI: names, dates and quotations within the text, and spans that stand off it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.tei_text import TeiText, language_in
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.markup import Damaged, Element, below, children, first, name_of, words, xml_root
from annotator.importers.text import LIMIT

_SPACE = b"http://www.tei-c.org/ns/1.0"
_NAMES = {
    "persname": "persName",
    "orgname": "orgName",
    "placename": "placeName",
    "geogname": "geogName",
    "eventname": "eventName",
    "objectname": "objectName",
    "name": "name",
    "rs": "rs",
    "date": "date",
    "time": "time",
    "q": "q",
    "quote": "quote",
    "said": "said",
    "measure": "measure",
    "term": "term",
}
_TYPED = ("name", "rs")  # whose type is their label
_SAID = ("ref", "key", "who", "when", "from", "to", "subtype", "ana", "cert", "role", "unit", "quantity")
_LANGUAGE = re.compile(r"[a-z]{2}(-\w+)?$")


class TeiImporter:
    """Takes the text of each TEI element in, with what is marked in it."""

    name = "tei"
    title = "TEI XML"
    suffixes: tuple[str, ...] = (".xml", ".tei")
    loses = "Layout, lemmas, parts of speech, syntax and the rest of the header; notes stand in the text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where TEI’s namespace stands in the root."""
        return 0.97 if _SPACE in head[:5000] and re.search(rb"<(?:\w+:)?(?:TEI|teiCorpus)\b", head[:5000]) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each TEI element that has a text. Raises KnownError where the file is broken or has none."""
        try:
            root = xml_root(decoded(source.whole(LIMIT)).text)
        except Damaged as error:
            raise KnownError(f"{error}") from None
        names = LabelNames(Scheme())
        elements = [each for each in below(root, "tei") if next(iter(children(each, "text")), None) is not None]
        if not elements:
            raise KnownError("There is no text of TEI in it.")
        for number, element in enumerate(elements, 1):
            name = source.name if len(elements) == 1 else f"text {number} of {source.name}"
            try:
                yield from _items(element, name, names, source)
            except KnownError as error:
                yield Failure(source.name, f"Text {number} was left out: {str(error).rstrip('.')}.")


def _items(element: Element, name: str, names: LabelNames, source: Source) -> Iterator[ImportItem]:
    flow = TeiText()
    text = next(children(element, "text"))
    flow.read(text, frozenset(_NAMES))
    document = MarkedText(flow.text, name, names)
    for found, start, end in sorted(flow.places, key=lambda place: (place[1], -place[2])):
        _mark(document, found, (start, end))
    for standing in below(element, "spangrp"):
        for span in children(standing, "span"):
            _span(document, span, standing, flow.by_id)
    header = next(iter(children(element, "teiheader")), None)
    about = _about(header) if header is not None else {}
    language = language_in(text) or language_in(element)
    title = about.pop("title", "")
    yield from document.items(title, about | {"path": source.path}, language if _LANGUAGE.match(language) else "")


def _mark(document: MarkedText, element: Element, pair: tuple[int, int]) -> None:
    name = name_of(element)
    kind = element.get("type") or ""
    label = kind if kind and name in _TYPED else _NAMES[name]
    place = f"line {element.sourceline}"
    mark = document.mark(f"{place}/{pair}/{name}", label, [pair], place=place)
    if kind and label != kind:
        mark.say("type", kind)
    for attribute in _SAID:
        if held := element.get(attribute):
            mark.say(attribute, held)


def _span(document: MarkedText, span: Element, group: Element, by_id: dict[str, tuple[int, int]]) -> None:
    """A span that stands off: from one element to another, or over the elements that it names."""
    place = f"line {span.sourceline}"
    targets = (span.get("target") or "").split() or [span.get("from") or "", span.get("to") or span.get("from") or ""]
    pairs = [by_id.get(target.removeprefix("#")) for target in targets]
    label = (span.get("ana") or span.get("type") or group.get("type") or words(span) or "span").removeprefix("#")
    known: list[tuple[int, int]] = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs) or not known:
        document.leave_out(f"{place}: the span {label[:40]}", "what it stands for is not in the text")
        return
    if span.get("target") is None:
        known = [(min(pair[0] for pair in known), max(pair[1] for pair in known))]
    mark = document.mark(f"{place}/{label}", label, known, place=place)
    if (note := words(span)) and note != label:
        mark.add_note(note)


def _about(header: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, path in (("title", "titlestmt"), ("publisher", "publicationstmt")):
        if (holder := first(header, path)) is not None:
            name = "title" if key == "title" else "publisher"
            found[key] = next((said for each in below(holder, name) if (said := words(each))), "")
    holder = first(header, "sourcedesc")
    dates: list[Any] = list(below(holder, "date")) if holder is not None else []
    found["published"] = next((when for date in dates if (when := date.get("when"))), "")
    authors = [words(each) for each in below(header, "author")]
    found["author"] = "; ".join(dict.fromkeys(filter(None, authors)))
    return found
