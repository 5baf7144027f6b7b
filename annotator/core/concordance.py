"""A line of a concordance: a place in a document with what stands before and behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from annotator.core.span import Span
from annotator.core.text import direction_of

AROUND = 80  # characters of context on each side


class Line(NamedTuple):
    """One place. `mark` is the id of the annotation with just these words, if there is one; `label` its label's id.

    `covering` are the labels of all annotations that hold the place.
    """

    document: str
    number: int  # of the document, in order of import
    title: str
    span: Span
    before: str
    hit: str
    behind: str
    right_to_left: bool
    mark: str = ""
    label: str = ""
    covering: frozenset[str] = frozenset()


def line(document: str, number: int, title: str, text: str, span: Span) -> Line:
    """The line of a concordance for `span`, white space made single."""
    before = " ".join(text[max(0, span.start - AROUND) : span.start].split())
    behind = " ".join(text[span.end : span.end + AROUND].split())
    if span.start and text[span.start - 1].isspace():
        before += " "
    if span.end < len(text) and text[span.end].isspace():
        behind = " " + behind
    hit = " ".join(span.covered(text).split())
    paragraph = text.rfind("\n", 0, span.start) + 1
    reversed_ = direction_of(text[paragraph : span.end]) == "rtl"
    return Line(document, number, title, span, before, hit, behind, reversed_)


def _by_place(one: Line) -> tuple[Any, ...]:
    return one.number, one.span


_ORDERS: Mapping[str, Callable[[Line], tuple[Any, ...]]] = {
    "place": _by_place,
    "before": lambda one: (one.before.casefold().split()[::-1], _by_place(one)),  # from the nearest word outwards
    "hit": lambda one: (one.hit.casefold(), _by_place(one)),
    "behind": lambda one: (one.behind.casefold().split(), _by_place(one)),
    "title": lambda one: (one.title.casefold(), _by_place(one)),
    "label": lambda one: (not one.label, one.label, _by_place(one)),
}


def ordered(lines: Iterable[Line], order: str, *, backwards: bool = False) -> list[Line]:
    """`lines` by "place", by the words "before" or "behind", by "hit", "title" or "label"."""
    return sorted(lines, key=_ORDERS[order], reverse=backwards)
