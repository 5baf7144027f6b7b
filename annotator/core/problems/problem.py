"""What a problem is, what may be done about it, and the article that rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.scheme import Scheme
from annotator.core.span import Span

FixName = Literal["trim", "delete", "unlink", "relabel", "set_attribute"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to put a problem right, as data: `target` is the id of a mark, or of a link for "unlink"."""

    name: FixName
    target: str
    value: str = ""  # relabel: the label's id; set_attribute: the value
    attribute: str = ""  # set_attribute: its name
    fragments: tuple[Span, ...] = ()  # trim: what remains


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an article that is probably not meant so."""

    rule: str  # the rule's id
    annotation: str  # the mark's id; empty for one about the text
    span: Span
    other: str = ""  # the id of a second mark
    values: Mapping[str, str] = field(default_factory=dict)  # for the rule's sentence
    fixes: tuple[Fix, ...] = ()


class Article:
    """A document with its marks and links in an order that does not depend on how they were given."""

    def __init__(self, document: AnnotatedDocument, scheme: Scheme) -> None:
        self.document = document
        self.scheme = scheme
        self.text = document.text
        self.marks = sorted(document.annotations, key=lambda mark: (mark.start, mark.end, mark.label.id, mark.id))
        self.by_id = {mark.id: mark for mark in self.marks}
        self.relations = sorted(document.relations, key=lambda relation: relation.id)
        self.links: dict[str, list[Relation]] = {}
        for relation in self.relations:
            self.links.setdefault(relation.source, []).append(relation)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for: its title and the sentence of a problem, in English with placeholders."""

    id: str
    title: str
    sentence: str
    check: Callable[[Article], Iterator[Problem]]


def whole(mark: Annotation) -> Span:
    """The stretch from a mark's first character to its last."""
    return Span(mark.start, mark.end)
