"""Articles and what is said of their marks, as people read it: what a page or a print shows."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, Relation
from annotator.core.scheme import Attribute, Label
from annotator.core.span import Span
from annotator.exporters.base import Contents
from annotator.exporters.value_texts import value_texts

Said = tuple[tuple[str, str], ...]  # names and what they hold, as people read them


class ToldLink(NamedTuple):
    """A link of a mark, seen from one of its ends."""

    kind: str
    number: int  # of the mark at the other end
    words: str  # there
    answers: Said
    who: str  # empty where it is of the one who made the mark that it starts from


class ToldMark(NamedTuple):
    """A mark with its number in the article and all that is said of it."""

    number: int  # from 1, in the order of the text
    label: Label
    fragments: tuple[Span, ...]
    lane: int  # how far below the words its line runs: of marks on the same words, the innermost 0
    suggested: bool
    words: str
    answers: Said
    note: str
    who: str
    links: tuple[ToldLink, ...]  # that start here
    linked: tuple[ToldLink, ...]  # that lead here


class ToldArticle(NamedTuple):
    """An article to be shown."""

    number: int  # from 1
    document: AnnotatedDocument
    facts: Said
    answers: tuple[tuple[str, str, str], ...]  # of the form: name, what it holds, who says so
    statuses: Said  # who, and how far
    marks: tuple[ToldMark, ...]

    @property
    def title(self) -> str:
        """What the article is called in a list."""
        return article_title(self.document, self.number)


def article_title(document: AnnotatedDocument, number: int) -> str:
    """What the article of that number is called."""
    return " ".join(document.title.split()) or f"Article {number}"


class Teller:
    """Tells articles one by one, with the names of people and of entries of the registry."""

    def __init__(self, contents: Contents) -> None:
        self._people = {person.id: person.name for person in contents.annotators}
        self._entries = {entry.id: entry.name for entry in contents.registry}
        self._form = {each.name: each for each in contents.scheme.form}

    def article(self, document: AnnotatedDocument, number: int) -> ToldArticle:
        """An article as it is told."""
        marks = sorted(document.annotations, key=lambda mark: (mark.start, -mark.end))
        numbers = {mark.id: place for place, mark in enumerate(marks, 1)}
        words = {mark.id: mark.covered(document.text) for mark in marks}
        whose = {mark.id: mark.annotator for mark in marks}
        starting: dict[str, list[ToldLink]] = {}
        leading: dict[str, list[ToldLink]] = {}
        for link in document.relations:
            other = link.annotator != whose[link.source]  # else it goes without saying
            told = self._answers(link.attributes, {}), self._name(link.annotator) if other else ""
            there = ToldLink(link.type.shown, numbers[link.target], words[link.target], *told)
            starting.setdefault(link.source, []).append(there)
            leading.setdefault(link.target, []).append(_seen_from_there(link, numbers, words, *told))
        lanes = lanes_of(marks)
        return ToldArticle(
            number,
            document,
            tuple(sorted(document.metadata.items())),
            tuple(
                (self._shown(self._form.get(each.name), each.name), self._value(self._form.get(each.name), each.value),
                 self._name(each.annotator)) for each in document.labels
            ),
            tuple((self._name(person), status.replace("_", " ")) for person, status in document.statuses.items()),
            tuple(
                ToldMark(
                    numbers[mark.id], mark.label, mark.fragments, lanes[mark.id], _is_suggested(mark), words[mark.id],
                    self._answers(mark.attributes, {each.name: each for each in mark.label.attributes}), mark.note,
                    self._name(mark.annotator), tuple(starting.get(mark.id, ())), tuple(leading.get(mark.id, ())),
                ) for mark in marks
            ),
        )  # fmt: skip

    def _name(self, annotator: str) -> str:
        return self._people.get(annotator, annotator)

    def _answers(self, answers: Mapping[str, AttributeValue], asked: Mapping[str, Attribute]) -> Said:
        order = {name: place for place, name in enumerate(asked)}
        known = sorted(answers.items(), key=lambda answer: (order.get(answer[0], len(order)), answer[0]))
        return tuple((self._shown(asked.get(name), name), self._value(asked.get(name), held)) for name, held in known)

    def _shown(self, attribute: Attribute | None, name: str) -> str:
        return attribute.shown if attribute else name

    def _value(self, attribute: Attribute | None, held: AttributeValue) -> str:
        values = {value.name: value.shown for value in attribute.values} if attribute else {}
        entries = self._entries if attribute and attribute.kind == "entity" else {}
        return ", ".join(entries.get(text, values.get(text, text)) for text in value_texts(held))


def lanes_of(marks: Iterable[Annotation]) -> dict[str, int]:
    """The lane of each mark, by id: shorter marks nearer to the words, no two that overlap in one.

    The gaps between the pieces of a mark count as its own.
    """
    lanes: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start)):
        extent = (mark.start, mark.end)
        lane = next((n for n, taken in enumerate(lanes) if _has_room(taken, extent)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        insort(lanes[lane], extent)
        found[mark.id] = lane
    return found


def _has_room(taken: list[tuple[int, int]], extent: tuple[int, int]) -> bool:
    """Whether none of these, which are in order and apart from each other, overlaps `extent`."""
    place = bisect_left(taken, extent)
    if place < len(taken) and taken[place][0] < extent[1]:
        return False
    return not place or taken[place - 1][1] <= extent[0]


def _seen_from_there(
    link: Relation, numbers: Mapping[str, int], words: Mapping[str, str], answers: Said, who: str
) -> ToldLink:  # fmt: skip
    return ToldLink(link.type.shown, numbers[link.source], words[link.source], answers, who)


def _is_suggested(mark: Annotation) -> bool:
    return mark.confidence is not None and mark.origin not in ("manual", "import")
