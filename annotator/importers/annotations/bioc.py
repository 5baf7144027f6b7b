"""BioC: passages and sentences with offsets, annotations with locations, relations with nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.places import squeezed
from annotator.importers.annotations.webanno_cells import short
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.markup import children
from annotator.importers.tally import Tally
from annotator.importers.text import LIMIT
from annotator.importers.xml_records import readable_records

_HEAD = re.compile(
    rb"<collection>(?:\s|<(?:source|date|key|infon)\b[^>]*>[^<]*</\w+>|<(?:key|source|date)\s*/>)*<document>"
)
_NAMING = ("label", "value", "type", "class")
_FARTHEST = 10_000  # characters that may lie between two passages


class BiocImporter:
    """Takes each document in with its passages, annotations and relations."""

    name = "bioc"
    title = "BioC XML"
    suffixes: tuple[str, ...] = (".xml",)
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, facts=True)
    loses = (
        "What is said of passages and sentences. A relation of many becomes links from its first mark to each other."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a collection of documents begins it."""
        return 0.98 if _HEAD.search(head[:5000]) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document each. Raises KnownError where there is none."""
        records = readable_records(decoded(source.whole(LIMIT)).text, "document")
        names = LabelNames(Scheme())
        for number, element in enumerate(records.whole, 1):
            key = _text_of(element, "id") or str(number)
            try:
                yield from _Document(element, f"document {key} of {source.name}", names).items(source, key)
            except KnownError as error:
                yield Failure(source.name, f"Document {key} was left out: {str(error).rstrip('.')}.")
        yield from records.failures(Tally(source))


def _text_of(element: Any, name: str) -> str:
    found = next(iter(children(element, name)), None)
    return (found.text or "") if found is not None else ""


def _number(written: str | None) -> int | None:
    return int(written) if written and re.fullmatch(r"\s*\d{1,9}\s*", written) else None


def _infons(element: Any) -> dict[str, str]:
    return {each.get("key", ""): each.text or "" for each in children(element, "infon") if each.get("key")}


class _Document:
    def __init__(self, element: Any, name: str, names: LabelNames) -> None:
        self._name = name
        self._names = names
        self._element = element
        self._text = ""
        self._held: list[tuple[Any, int, int, int]] = []  # what has annotations, its offset, and where its text stands

    def items(self, source: Source, key: str) -> Iterator[ImportItem]:
        for passage in children(self._element, "passage"):
            sentences = list(children(passage, "sentence"))
            for part in sentences or [passage]:
                self._part(part)
            if sentences:
                self._hold(passage, _number(_text_of(passage, "offset")) or 0, 0, len(self._text))
        self._hold(self._element, 0, 0, len(self._text))
        document = MarkedText(self._text, self._name, self._names)
        for element, offset, start, end in self._held:
            self._annotations(document, element, offset, start, end)
        for element, *_ in self._held:
            for relation in children(element, "relation"):
                _relation(document, relation)
        metadata = {"path": source.path, "id": key} | _infons(self._element)
        yield from document.items(metadata=metadata)

    def _hold(self, element: Any, offset: int, start: int, end: int) -> None:
        self._held.append((element, offset, start, end))

    def _part(self, part: Any) -> None:
        """Put the text of a passage or sentence where its offset says; behind the one before where that is not free."""
        offset, text = _number(_text_of(part, "offset")) or 0, _text_of(part, "text")
        gap = offset - len(self._text)
        if self._text and not 0 < gap <= _FARTHEST:
            gap = 1
        self._text += ("\n" if self._text else " ") * (gap if 0 < gap <= _FARTHEST and self._text else 0)
        self._hold(part, offset, len(self._text), len(self._text) + len(text))
        self._text += text

    def _annotations(self, document: MarkedText, element: Any, offset: int, start: int, end: int) -> None:
        for annotation in children(element, "annotation"):
            pairs = [
                (_number(each.get("offset")), _number(each.get("length"))) for each in children(annotation, "location")
            ]
            places = [(at, at + length) for at, length in pairs if at is not None and length is not None]
            quote = _text_of(annotation, "text") or None
            key = annotation.get("id") or ""
            said = _infons(annotation)
            layer, label = _label(said)
            if not places:
                document.leave_out(f"line {annotation.sourceline}: the annotation {key}", "it has no location")
                continue
            moved = self._moved(places, quote, offset, start, end)
            mark = document.mark(key, label, moved, quote, layer=layer, place=f"line {annotation.sourceline}")
            mark.attributes.update({name: value for name, value in said.items() if value})

    def _moved(
        self, places: list[tuple[int, int]], quote: str | None, offset: int, start: int, end: int
    ) -> list[tuple[int, int]]:
        """Places in the text: counted from the document’s beginning, or, as some write them, from the passage’s."""
        absolute = [(first - offset + start, last - offset + start) for first, last in places]
        relative = [(first + start, last + start) for first, last in places]
        for moved in (absolute, relative):
            words = " ".join(self._text[max(0, first) : max(0, last)] for first, last in moved)
            if quote is not None and squeezed(words) == squeezed(quote):
                return moved
        fits = all(start <= first < last <= end for first, last in absolute)
        return absolute if fits else relative


def _label(said: dict[str, str]) -> tuple[str, str]:
    """The layer and the label that infons give; they are taken out of `said`."""
    layer = (
        short(said.pop("type")) if "type" in said and any(said.get(name) for name in _NAMING if name != "type") else ""
    )
    name = next((name for name in _NAMING if said.get(name)), "")
    return layer, said.pop(name) if name else "annotation"


def _relation(document: MarkedText, relation: Any) -> None:
    nodes = [node.get("refid") or "" for node in children(relation, "node")]
    said = _infons(relation)
    _, name = _label(said)
    place = f"line {relation.sourceline}"
    if len(nodes) < 2:
        document.leave_out(f"{place}: the relation {relation.get('id') or ''}", "it joins fewer than two marks")
        return
    for target in nodes[1:]:
        link = document.link("relation" if name == "annotation" else name, nodes[0], target, place=place)
        link.attributes.update({key: value for key, value in said.items() if value})
