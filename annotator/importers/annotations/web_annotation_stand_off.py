"""Pages of Web Annotations, as this program writes them, whose text is not beside them: it is named by its hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, DocumentLabel, Relation
from annotator.core.imports import Header, ImportItem, Notice
from annotator.core.span import Span
from annotator.core.standing_off import Expected, StandOff
from annotator.importers.annotations.json_records import Json, whole_number
from annotator.importers.label_names import LabelNames
from annotator.importers.marks_json import MarkRefusedError, value, values

_OWN = ("urn:uuid:", "urn:x-annotator:")


def is_page_by_hash(record: Any) -> bool:
    """Whether a record is a page that says the hash of the text that it is about."""
    about = record.get("article") if isinstance(record, dict) else None
    return isinstance(about, dict) and isinstance(about.get("sha256"), str) and bool(about["sha256"])


def stand_off_items(page: Json, source: str, place: str) -> Iterator[ImportItem]:
    """The annotators that a page names, what it says of its text, and what cannot be read of it."""
    reading = _Reading(LabelNames())
    for item in page.get("items") or []:
        try:
            reading.take(item)
        except (MarkRefusedError, LookupError, TypeError, ValueError, AttributeError):
            reading.left_out += 1
    yield Header(annotators=tuple(reading.people.values()))
    if reading.left_out:
        yield Notice(f"In {source}, {reading.left_out} annotations were left out: they are not as this program writes.")
    article = page["article"]
    facts = article.get("metadata")
    about = AnnotatedDocument(
        text="",
        id=_text(article.get("id")),
        sha256=article["sha256"],
        metadata={name: held for name, held in facts.items() if isinstance(held, str)}
        if isinstance(facts, dict)
        else {},
        annotations=tuple(mark for mark, _ in reading.marks),
        relations=tuple(reading.links),
        labels=tuple(reading.answers),
    )
    expected = tuple(words for _, words in reading.marks)
    yield StandOff(about, source, place, expected, whole_number(article.get("length")))


class _Reading:
    """The items of a page, one after the other."""

    def __init__(self, names: LabelNames) -> None:
        self._names = names
        self.people: dict[str, Annotator] = {}
        self.marks: list[tuple[Annotation, Expected]] = []
        self.links: list[Relation] = []
        self.answers: list[DocumentLabel] = []
        self.left_out = 0

    def take(self, item: Json) -> None:
        """Make a mark, a link or an answer of an item. Raises what a wrong shape raises."""
        motivation = item["motivation"]
        key, person = _key(item["id"]), self._person(item.get("creator"))
        if motivation == "linking":
            end, tag = item["body"]
            ends = _key(item["target"]), _key(end["source"])
            kind = self._names.relation(_said(tag["value"]))
            self.links.append(Relation(key, kind, *ends, values(item.get("attributes") or {}), person, "", ""))
        elif motivation == "classifying":
            ((name, answer),) = item["attributes"].items()
            self.answers.append(DocumentLabel(key, name, value(name, answer), person))
        else:
            self.marks.append((self._mark(item, key, person), _expected(item)))

    def _mark(self, item: Json, key: str, person: str) -> Annotation:
        tag, *rest = item["body"]
        note = _text(rest[0]["value"]) if rest else ""
        label = self._names.label(_text(tag.get("layer")), _said(tag["value"]))
        spans = tuple(Span(int(place["start"]), int(place["end"])) for place in map(_position, _targets(item)))
        times = _text(item.get("created")), _text(item.get("modified"))
        return Annotation(key, label, spans, values(item.get("attributes") or {}), note, person, "", None, *times)

    def _person(self, creator: Any) -> str:
        if not isinstance(creator, dict):
            return ""
        key = _key(creator["id"])
        self.people.setdefault(key, Annotator(key, _text(creator.get("name")) or key))
        return key


def _targets(item: Json) -> list[Json]:
    target = item["target"]
    found: list[Json] = target.get("items", [target])
    return found


def _selectors(target: Json) -> list[Json]:
    held = target["selector"]
    return held if isinstance(held, list) else [held]


def _position(target: Json) -> Json:
    return next(each for each in _selectors(target) if each["type"] == "TextPositionSelector")


def _expected(item: Json) -> Expected:
    quoted = [each["exact"] for target in _targets(item) for each in _selectors(target) if "exact" in each]
    return Expected(" ".join(quoted) if quoted else None, _text(item.get("hash")))


def _key(address: str) -> str:
    for own in _OWN:
        address = address.removeprefix(own)
    return unquote(address)


def _said(name: Any) -> str:
    if not isinstance(name, str) or not name:
        raise ValueError
    return name


def _text(held: Any) -> str:
    return held if isinstance(held, str) else ""
