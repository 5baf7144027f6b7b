"""What documents hold, so that two projects can be compared: ids aside, and white space where it must be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue
from annotator.exporters.value_texts import value_texts

Pieces = tuple[tuple[int, int], ...]


class Mark(NamedTuple):
    """A mark with all that is said of it."""

    label: str
    pieces: Pieces
    layer: str
    attributes: str  # as JSON
    note: str
    annotator: str  # by name


class Link(NamedTuple):
    """A link between the places of two marks."""

    name: str
    source: tuple[str, Pieces]
    target: tuple[str, Pieces]
    attributes: str


@dataclass(slots=True)
class Held:
    """What one text holds; `exact` where positions are those of the text, not of its characters without spaces."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)  # name, value as JSON, annotator

    def placed(self) -> Counter[tuple[str, Pieces]]:
        """Where which labels stand."""
        return Counter((mark.label, mark.pieces) for mark in self.marks)


def bare(text: str) -> str:
    """A text without white space: what is the same in formats that hold words."""
    return "".join(text.split())


def held(
    documents: Iterable[AnnotatedDocument], people: Mapping[str, str], *, exact: frozenset[str] = frozenset()
) -> dict[str, Held]:
    """What each text holds, by the text without white space. Positions of the texts in `exact` are as they stand."""
    found: dict[str, Held] = {}
    for document in documents:
        squeezed = bare(document.text)
        mine = found.setdefault(squeezed, Held(document.text))
        counted = _without_spaces(document.text) if document.text not in exact else None
        by_id = {mark.id: _mark(mark, counted, people) for mark in document.annotations}
        mine.marks += by_id.values()
        for link in document.relations:
            source, target = by_id[link.source], by_id[link.target]
            ends = (source.label, source.pieces), (target.label, target.pieces)
            mine.links.append(Link(link.type.name, *ends, _json(link.attributes)))
        for answer in document.labels:
            who = people.get(answer.annotator, answer.annotator)
            mine.answers.append((answer.name, _json({answer.name: answer.value}), who))
    return found


def _without_spaces(text: str) -> list[int]:
    """For each position, how many characters that are no white space stand before it."""
    return list(accumulate((not sign.isspace() for sign in text), initial=0))


def _mark(mark: Annotation, counted: list[int] | None, people: Mapping[str, str]) -> Mark:
    pieces = tuple((span.start, span.end) for span in mark.fragments)
    if counted is not None:
        pieces = tuple((counted[start], counted[end]) for start, end in pieces)
    who = people.get(mark.annotator, mark.annotator)
    return Mark(mark.label.name, pieces, mark.label.layer, _json(mark.attributes), mark.note, who)


def _json(attributes: Mapping[str, AttributeValue]) -> str:
    return json.dumps(attributes, ensure_ascii=False, sort_keys=True)


def as_texts(attributes: str) -> str:
    """Attributes of which each value is a text: what a format without types keeps of them."""
    return json.dumps(
        {name: sorted(_texts(value)) for name, value in json.loads(attributes).items()}, ensure_ascii=False
    )


def _texts(value: AttributeValue) -> list[str]:
    """As formats write yes, numbers and words that have no other kinds."""
    return value_texts(value)
