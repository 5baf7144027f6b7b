"""A document that is put together from another tool’s file: its text, and marks, links and answers by its own keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, DocumentLabel, Relation, Zone
from annotator.core.errors import KnownError
from annotator.core.ids import named_id, text_hash
from annotator.core.imports import ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.core.text import language_of, normalised, prevailing_direction
from annotator.importers.annotations.places import CODE_POINTS, Places
from annotator.importers.label_names import LabelNames
from annotator.importers.text import first_line

MODEL = "model"  # where a mark comes from that no person made
_SHOWN = 10  # marks of one document that are named when they are left out
_LONG = 40  # characters of a quote in a sentence


@dataclass(slots=True)
class DraftMark:
    """A mark as a file has it. Attributes and note may still grow until the document is made."""

    key: str
    layer: str  # empty: where the scheme has the label
    label: str
    pairs: list[tuple[int, int]]
    quote: str | None
    place: str  # in the file, as `line 12`
    attributes: dict[str, AttributeValue] = field(default_factory=dict)
    note: str = ""
    annotator: str = ""
    created: str = ""
    origin: str = ""  # what proposed it, where no person made it
    confidence: float | None = None  # how sure that was, 0 to 1
    sought: bool = False  # its place is not the file's: it was found by its words, and says nothing of what is counted

    def say(self, name: str, value: AttributeValue) -> None:
        """Give the attribute a value; one that has another already holds both."""
        self.attributes[name] = joined_values(self.attributes.get(name), value)

    def propose(self, score: Any) -> None:
        """Say that a model made it; `score` is how sure it was, where that is a number from 0 to 1."""
        self.origin = MODEL
        known = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
        self.confidence = float(score) if known else None

    def add_note(self, text: str) -> None:
        """Add a line to the note."""
        self.note = f"{self.note}\n{text}" if self.note else text


@dataclass(slots=True)
class DraftLink:
    """A link as a file has it, between keys of marks."""

    name: str
    source: str
    target: str
    place: str
    attributes: dict[str, AttributeValue] = field(default_factory=dict)
    annotator: str = ""

    def say(self, name: str, value: AttributeValue) -> None:
        """Give the attribute a value; one that has another already holds both."""
        self.attributes[name] = joined_values(self.attributes.get(name), value)

    def add_note(self, text: str) -> None:
        """A link has no note of its own: it becomes an attribute."""
        self.say("note", text)


def joined_values(held: AttributeValue | None, value: AttributeValue) -> AttributeValue:
    """`value`, with what was there before as a list of texts."""
    if held is None or held == value:
        return value
    before = held if isinstance(held, list) else [str(held)]
    more = value if isinstance(value, list) else [str(value)]
    return [*before, *(each for each in more if each not in before)]


class MarkedText:
    """One document being put together. `items` gives it, with what a person should know of it.

    `raw` is the text as the file's positions count it, `name` names it in sentences. `certain` is whether they count
    `unit` without doubt: as where they were worked out from words, and are not the file's.
    """

    def __init__(
        self, raw: str, name: str, names: LabelNames | None = None, unit: str = CODE_POINTS, *, certain: bool = False
    ) -> None:
        normal = normalised(raw)
        self.text = normal.text
        if not self.text.strip():
            raise KnownError("There is no text in it.")
        self.marks: list[DraftMark] = []
        self.links: list[DraftLink] = []
        self.answers: list[tuple[str, AttributeValue, str]] = []  # name, value, annotator
        self.zones: list[tuple[str, int, int]] = []  # labels, and positions as the file counts
        self.notices: list[str] = []
        self._raw = raw
        self._name = name
        self._names = names or LabelNames(Scheme())
        self._unit, self._certain = unit, certain
        self._left_out: list[str] = []
        self._joined: dict[str, str] = {}  # keys of marks that became parts of others
        if normal.replaced:
            self.tell(f"{normal.replaced} NUL or broken characters became U+FFFD.")

    def tell(self, text: str) -> None:
        """Note something that a person should know of this document: a sentence that goes on behind its name."""
        self.notices.append(f"In {self._name}, {text}")

    def leave_out(self, what: str, why: str) -> None:
        """Note that something does not come in, as `line 3: PERSON “Ann”` and the reason."""
        self._left_out.append(f"{what} was left out: {why}")

    def mark(
        self,
        key: str,
        label: str,
        pairs: Sequence[tuple[int, int]],
        quote: str | None = None,
        *,
        layer: str = "",
        place: str = "",
        annotator: str = "",
    ) -> DraftMark:
        """Add a mark; returns it, for what else is said of it."""
        made = DraftMark(key, layer, label, list(pairs), quote, place, annotator=annotator)
        self.marks.append(made)
        return made

    def link(self, name: str, source: str, target: str, *, place: str = "", annotator: str = "") -> DraftLink:
        """Add a link between the marks of those keys; returns it."""
        made = DraftLink(name, source, target, place, annotator=annotator)
        self.links.append(made)
        return made

    def join(self, one: DraftMark, other: DraftMark) -> None:
        """Make one mark in pieces of two; links that lead to `other` lead to `one`."""
        one.pairs.extend(other.pairs)
        one.quote = f"{one.quote} {other.quote}" if one.quote is not None and other.quote is not None else None
        self.marks = [mark for mark in self.marks if mark is not other]
        self._joined[other.key] = one.key

    def zone(self, label: str, start: int, end: int) -> None:
        """Add a zone of the page. Without any, the whole text is its body."""
        self.zones.append((label, start, end))

    def answer(self, name: str, value: AttributeValue, annotator: str = "") -> None:
        """Add an answer of the document's form; a second one to the same question joins the first."""
        for place, (known, held, person) in enumerate(self.answers):
            if (known, person) == (name, annotator):
                self.answers[place] = (name, joined_values(held, value), annotator)
                return
        self.answers.append((name, value, annotator))

    def items(
        self, title: str = "", metadata: Mapping[str, str] | None = None, language: str = ""
    ) -> Iterator[ImportItem]:
        """What is to be said of the document, and the document."""
        sha256 = text_hash(self.text)
        placed = self._placed()
        ids = _ids(sha256, placed)
        annotations = [self._annotation(ids[place], mark, spans) for place, (mark, spans) in enumerate(placed)]
        keys: dict[str, str] = {}
        for (mark, _), annotation in zip(placed, annotations, strict=True):
            keys.setdefault(mark.key, annotation.id)
        keys |= {other: keys[one] for other, one in self._joined.items() if one in keys and other not in keys}
        relations = tuple(self._relations(sha256, keys))
        yield from map(Notice, self.notices)
        yield from self._told()
        yield AnnotatedDocument(
            text=self.text,
            title=title or first_line(self.text),
            sha256=sha256,
            language=language or language_of(self.text),
            direction=prevailing_direction(self.text),
            metadata={name: said for name, said in (metadata or {}).items() if said},
            zones=self._zones(),
            annotations=tuple(annotations),
            relations=relations,
            labels=tuple(self._answers(sha256)),
        )

    def _zones(self) -> tuple[Zone, ...]:
        places = Places(self._raw, self.text, self._unit, self._certain)
        found = [(label, places.find([(start, end)], None)[0]) for label, start, end in self.zones]
        zones = tuple(Zone("", label, spans[0]) for label, spans in found if spans)
        return zones or (Zone("", "BODY", Span(0, len(self.text))),)

    def _placed(self) -> list[tuple[DraftMark, tuple[Span, ...]]]:
        places = Places(self._raw, self.text, self._unit, self._certain)
        chosen = places.choose([(mark.pairs, mark.quote) for mark in self.marks if not mark.sought])
        found = []
        ways: Counter[str] = Counter()
        for mark in self.marks:
            spans, way = places.find(mark.pairs, mark.quote)
            if not spans:
                self.leave_out(_described(mark), _reason(mark, len(self.text)))
                continue
            ways[way] += not mark.sought
            found.append((mark, spans))
        quoted = any(mark.quote for mark in self.marks)
        self._tell_ways(ways, places.said, chosen if quoted else "")
        return found

    def _tell_ways(self, ways: Counter[str], said: str, chosen: str) -> None:
        """Tell what the positions were found to count. `chosen` is what the quotes show, empty where there are none."""
        for way, count in (+ways).items():
            if way == "by its words":
                self.tell(f"{_marks(count)} at wrong places: the words that they quote were found nearby or once.")
            elif way != said:
                shown = "the words that they quote show it" if chosen else "only so do they begin and end with words"
                self.tell(f"{_marks(count)} placed in {way}, not in {said}: {shown}.")

    def _annotation(self, key: str, mark: DraftMark, spans: tuple[Span, ...]) -> Annotation:
        label = self._names.label(mark.layer, mark.label)
        said = (mark.attributes, mark.note, mark.annotator, mark.origin, mark.confidence, mark.created, mark.created)
        return Annotation(key, label, spans, *said)

    def _relations(self, sha256: str, keys: Mapping[str, str]) -> Iterator[Relation]:
        seen: Counter[str] = Counter()
        for link in self.links:
            source, target = keys.get(link.source), keys.get(link.target)
            if source is None or target is None:
                self.leave_out(f"{link.place}: the link {link.name}".lstrip(": "), "a mark at its end is not there")
                continue
            said = f"{sha256}/{link.annotator}/{link.name}/{source}/{target}"
            seen[said] += 1
            kind = self._names.relation(link.name)
            key = named_id(f"{said}/{seen[said]}")
            yield Relation(key, kind, source, target, link.attributes, link.annotator, "", "")

    def _answers(self, sha256: str) -> Iterator[DocumentLabel]:
        for name, value, annotator in self.answers:
            yield DocumentLabel(named_id(f"{sha256}/{annotator}/form/{name}"), name, value, annotator)

    def _told(self) -> Iterator[Notice]:
        for text in self._left_out[:_SHOWN]:
            yield Notice(f"In {self._name}, {text}.")
        if len(self._left_out) > _SHOWN:
            yield Notice(f"In {self._name}, {len(self._left_out) - _SHOWN} more marks or links were left out.")


def _ids(sha256: str, placed: Sequence[tuple[DraftMark, tuple[Span, ...]]]) -> list[str]:
    """Ids made of what the marks say: the same at every import, whatever numbers the file gives them."""
    seen: Counter[str] = Counter()
    ids = []
    for mark, spans in placed:
        where = ";".join([f"{span.start}-{span.end}" for span in spans])
        said = f"{sha256}/{mark.annotator}/{mark.layer}/{mark.label}/{where}"
        seen[said] += 1
        ids.append(named_id(f"{said}/{seen[said]}"))
    return ids


def _marks(count: int) -> str:
    return "one mark was" if count == 1 else f"{count} marks were"


def _described(mark: DraftMark) -> str:
    words = f" “{mark.quote[:_LONG]}”" if mark.quote else ""
    where = ", ".join(f"{start} to {end}" for start, end in mark.pairs[:3])
    return f"{mark.place}: {mark.label}{words} at {where}".lstrip(": ")


def _reason(mark: DraftMark, length: int) -> str:
    if any(start == end for start, end in mark.pairs):
        return "it is empty, and a mark needs words"
    if any(start > end or start < 0 for start, end in mark.pairs):
        return "its positions are backwards or below zero"
    if mark.quote is None or any(end > length for _, end in mark.pairs):
        return f"it ends past the text, which has {length} characters"
    return "its words do not stand at its place"
