"""What is marked in a TEI document: elements of names and quotations, categories, spans, relations and features."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import ZONES
from annotator.importers.annotations.marked_text import DraftLink, DraftMark, MarkedText
from annotator.importers.annotations.tei_text import TeiText
from annotator.importers.markup import Element, below, children, name_of, words

_NAMES = {
    **{"persname": "persName", "orgname": "orgName", "placename": "placeName", "geogname": "geogName"},
    **{
        "eventname": "eventName",
        "objectname": "objectName",
        "name": "name",
        "rs": "rs",
        "date": "date",
        "time": "time",
    },
    **{"q": "q", "quote": "quote", "said": "said", "measure": "measure", "term": "term"},
}
_TYPED = ("name", "rs")  # whose type is their label
_SAID = ("ref", "key", "who", "when", "from", "to", "subtype", "ana", "cert", "role", "unit", "quantity")
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class TeiMarks:
    """The marks of one document. Categories and people that the header defines are known by their ids."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._categories: dict[str, tuple[str, str]] = {}  # layer and label
        for category in below(element, "category"):
            if key := category.get(_ID):
                terms = [each for each in below(category, "term") if each.get("type") == "layer"]
                name = category.get("n") or words(category)
                self._categories[key] = (words(terms[0]) if terms else "", name or key)
        self._people = {key: words(each) for each in below(element, "name", "persname") if (key := each.get(_ID))}
        self._marks: dict[str, DraftMark] = {}
        self._links: dict[str, DraftLink] = {}

    def is_one(self, element: Element) -> bool:
        """Whether an element of the text marks its words."""
        return name_of(element) in _NAMES or self._category(element) is not None

    def _category(self, element: Element) -> tuple[str, str] | None:
        return self._categories.get((element.get("ana") or "").removeprefix("#"))

    def put(self, document: MarkedText, flow: TeiText) -> None:
        """Make marks and links of what was noted in the text, and of what stands off it."""
        for found, start, end in sorted(flow.places, key=lambda place: (place[1], -place[2])):
            self._inline(document, found, (start, end))
        for group in below(self._element, "spangrp"):
            for span in children(group, "span"):
                self._span(document, span, group, flow.by_id)
        for relation in below(self._element, "relation"):
            ends = [(relation.get(end) or "").removeprefix("#") for end in ("active", "passive")]
            name = relation.get("n") or relation.get("name") or relation.get("type") or "relation"
            if any(end in self._marks for end in ends):  # others join people or places, not words
                person = self._person(relation)
                link = document.link(name, *ends, place=f"line {relation.sourceline}", annotator=person)
                self._links[relation.get(_ID) or ""] = link
        for structure in below(self._element, "fs"):
            self._structure(document, structure)
        for note in below(self._element, "note"):
            mark = self._marks.get((note.get("target") or "").removeprefix("#"))
            if mark is not None:
                mark.add_note("".join(note.itertext()).strip())

    def _structure(self, document: MarkedText, structure: Element) -> None:
        """Answers about a mark, a link or, as this program writes them, the document."""
        if structure.get("type") == "article":
            for name, value in _features(structure):
                document.answer(name, value, self._person(structure))
            return
        about = (structure.get("corresp") or "").removeprefix("#")
        thing = self._marks.get(about) or self._links.get(about)
        if thing is not None:
            said = dict(_features(structure))
            if isinstance(note := said.pop("note", None), str):
                thing.add_note(note)
            thing.attributes.update(said)

    def _person(self, element: Element) -> str:
        return self._people.get((element.get("resp") or "").removeprefix("#"), "")

    def _added(
        self, document: MarkedText, element: Element, layer: str, label: str, pairs: list[tuple[int, int]]
    ) -> DraftMark:
        place = f"line {element.sourceline}"
        key = element.get(_ID) or f"{place}/{len(document.marks)}"
        mark = document.mark(key, label, pairs, layer=layer, place=place, annotator=self._person(element))
        self._marks.setdefault(key, mark)
        return mark

    def _inline(self, document: MarkedText, element: Element, pair: tuple[int, int]) -> None:
        category, name, kind = self._category(element), name_of(element), element.get("type") or ""
        if category is not None:
            self._added(document, element, *category, [pair])
            return
        label = kind if kind and name in _TYPED else _NAMES[name]
        mark = self._added(document, element, "", label, [pair])
        if kind and label != kind:
            mark.say("type", kind)
        for attribute in _SAID:
            if held := element.get(attribute):
                mark.say(attribute, held)

    def _span(self, document: MarkedText, span: Element, group: Element, by_id: dict[str, tuple[int, int]]) -> None:
        """A span that stands off: from one place to another, over elements that it names, or going on with one."""
        category, kind = self._category(span), group.get("type") or ""
        said = (span.get("ana") or span.get("type") or kind or words(span) or "span").removeprefix("#")
        layer, label = category or ("", said)
        pairs = _pairs(span, by_id)
        if not pairs:
            document.leave_out(
                f"line {span.sourceline}: the span {label[:40]}", "what it stands for is not in the text"
            )
        elif kind == "zones" and span.get("n") in ZONES:
            document.zone(str(span.get("n")), *pairs[0])
        elif before := self._marks.get((span.get("prev") or "").removeprefix("#")):
            before.pairs.extend(pairs)
        else:
            mark = self._added(document, span, layer, label, pairs)
            if (note := words(span)) and note != label:
                mark.add_note(note)


def _pairs(span: Element, by_id: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the words of a span stand; nothing where one of its places is not there."""
    named = (span.get("target") or "").split()
    targets = named or [span.get("from") or "", span.get("to") or span.get("from") or ""]
    found = [by_id.get(target.removeprefix("#")) for target in targets]
    known = [pair for pair in found if pair is not None]
    if len(known) < len(found) or not known:
        return []
    return known if named else [(min(pair[0] for pair in known), max(pair[1] for pair in known))]


def _features(structure: Element) -> Iterator[tuple[str, AttributeValue]]:
    for feature in children(structure, "f"):
        name = feature.get("n") or feature.get("name") or ""
        held = next((each for each in feature if name_of(each)), None)
        if name and held is not None and (value := _value(held)) is not None:
            yield name, value


def _value(held: Element) -> AttributeValue | None:
    kind, written = name_of(held), held.get("value") or ""
    if kind == "vcoll":
        return [str(value) for each in held if name_of(each) and (value := _value(each)) is not None] or None
    if kind == "binary":
        return written in ("true", "1")
    if kind == "numeric":
        try:
            return int(written) if written.lstrip("-").isdecimal() and len(written) < 18 else float(written)
        except ValueError:
            return None
    text = "".join(held.itertext())
    return written or (text if kind == "string" else text.strip()) or None
