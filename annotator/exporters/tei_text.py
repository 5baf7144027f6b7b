"""A text with its marks in TEI: elements around those that nest, anchors for all others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from annotator.core.annotation import Annotation
from annotator.exporters.xml_text import Element, child

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ELEMENTS = {
    "PERSON": "persName",
    "ORG": "orgName",
    "GPE": "placeName",
    "LOC": "placeName",
    "FAC": "placeName",
    "DATE": "date",
    "TIME": "time",
    "QUOTE": "q",
}  # what TEI has an element of its own for; the rest is a <seg>


class Inline(NamedTuple):
    """A mark that becomes an element."""

    start: int
    end: int
    mark: Annotation


def nesting(marks: Iterable[Annotation]) -> list[Inline]:
    """The marks of one piece that lie within each other or apart, in the order in which their elements begin."""
    open_ends: list[int] = []
    kept = []
    single = [Inline(mark.start, mark.end, mark) for mark in marks if len(mark.fragments) == 1]
    for each in sorted(single, key=lambda inline: (inline.start, -inline.end)):
        while open_ends and open_ends[-1] <= each.start:
            open_ends.pop()
        if not open_ends or each.end <= open_ends[-1]:
            open_ends.append(each.end)
            kept.append(each)
    return kept


def fill(
    block: Element,
    text: str,
    inline: Sequence[Inline],
    anchors: Collection[int],
    named: Callable[[Annotation], dict[str, str]],
) -> None:
    """Write `text` into `block`, with an element for each of `inline` and an anchor at each position of `anchors`."""
    stack: list[tuple[int, Element]] = [(len(text) + 1, block)]
    waiting = list(reversed(inline))
    borders = {0, len(text), *anchors, *(place for each in inline for place in (each.start, each.end))}
    ordered = sorted(borders)
    for number, place in enumerate(ordered):
        while stack[-1][0] <= place:
            stack.pop()
        if place in anchors:
            child(stack[-1][1], f"{TEI}anchor", {XML_ID: anchor(place)})
        while waiting and waiting[-1].start == place:
            each = waiting.pop()
            tag = _ELEMENTS.get(each.mark.label.name, "seg")
            stack.append((each.end, child(stack[-1][1], f"{TEI}{tag}", named(each.mark))))
        following = ordered[number + 1] if number + 1 < len(ordered) else place
        _append(stack[-1][1], text[place:following])


def anchor(place: int) -> str:
    """The id of the anchor at a position, in code points."""
    return f"at.{place}"


def _append(element: Element, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


class Found(NamedTuple):
    """What stands in a block: its text, the places of its elements by their ids, and of its anchors."""

    text: str
    places: dict[str, tuple[int, int]]
    anchors: dict[str, int]


def read(block: Element) -> Found:
    """The text of a block and where everything in it stands, in code points."""
    pieces: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    anchors: dict[str, int] = {}

    def go(element: Element, position: int) -> int:
        start = position
        pieces.append(element.text or "")
        position += len(element.text or "")
        for inner in element:
            position = go(inner, position)
            pieces.append(inner.tail or "")
            position += len(inner.tail or "")
        key = element.get(XML_ID)
        if key is not None and element.tag == f"{TEI}anchor":
            anchors[key] = start
        elif key is not None:
            places[key] = (start, position)
        return position

    go(block, 0)
    return Found("".join(pieces), places, anchors)
