"""What a problem is, what may be done about it, and the article that rules look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Literal

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.frames import part_kinds
from annotator.core.scheme import Label, Scheme
from annotator.core.span import Span

AROUND = 20  # characters on each side of a single one that is shown
SHOWN = 120  # characters of what a problem is about

FixName = Literal["trim", "delete", "link", "unlink", "relabel", "set_attribute"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to put a problem right, as data: `target` is the id of a mark, or of a link for "unlink"."""

    name: FixName
    target: str
    value: str = ""  # relabel: the label's id; set_attribute: the value; link: the id of the mark it leads to
    attribute: str = ""  # set_attribute: its name; link: the id of its kind
    fragments: tuple[Span, ...] = ()  # trim: what remains


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an article that is probably not meant so."""

    rule: str  # the rule's id
    annotation: str  # the mark's id; empty for one about the text
    span: Span
    other: str = ""  # the id of a second mark, or of the attribute it is about
    values: Mapping[str, str] = field(default_factory=dict)  # for the rule's sentence
    fixes: tuple[Fix, ...] = ()
    annotator: str = ""  # whose problem it is, for one with an annotator's answers in the article's form

    @property
    def of_form(self) -> bool:
        """Whether it is about no place, but about answers in the article's form."""
        return self.rule.startswith("form_")

    def words(self, text: str) -> str:
        """What it is about, on one line; a single character with what stands around it."""
        if self.of_form:
            return ""
        start, end = self.span.start, self.span.end
        if end - start == 1:
            start, end = max(0, start - AROUND), end + AROUND
        words = " ".join(text[start : min(end, start + 2 * SHOWN)].split())
        return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"


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
        self.parts = {key: part_kinds(scheme, mark.label) for key, mark in {m.label.id: m for m in self.marks}.items()}
        self.heads = [mark for mark in self.marks if self.parts[mark.label.id]]
        self.quotation_problems: list[Problem] | None = None  # what two rules find in one reading of the text
        self._required: dict[str, bool] = {}

    @cached_property
    def lonely(self) -> list[Annotation]:
        """The marks that could be parts of a whole, such as a source of its quote, and that no link leads to."""
        taken = {relation.target for relation in self.relations}
        names = {name for kinds in self.parts.values() for kind in kinds for name in kind.targets}
        return [mark for mark in self.marks if mark.label.name in names and mark.id not in taken]

    @staticmethod
    def starting(marks: Sequence[Annotation], first: int, last: int) -> Sequence[Annotation]:
        """Those of `marks`, which are in order of the text, that start from `first` up to and with `last`."""
        low, high = (bisect(marks, place, key=attrgetter("start")) for bisect, place in (
            (bisect_left, first), (bisect_right, last)
        ))  # fmt: skip
        return marks[low:high]

    def requires(self, label: Label) -> bool:
        """Whether anything has to be answered about marks with `label`."""
        if label.id not in self._required:
            self._required[label.id] = any(one.required for one in label.attributes)
        return self._required[label.id]


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
