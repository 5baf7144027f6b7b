"""What three sample articles should carry, and where: read from what people would write down, words and not numbers.

A gold file names each quote with its source and cue, and each entity by its words, which stand for every whole-word
occurrence in the article. “said| the council” is the “said” that “ the council” follows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.span import Span
from annotator.resources import path as resource

HERE = Path(__file__).parent / "gold"

Fragments = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A quote with its source and its cue."""

    quote: Fragments
    source: Fragments
    cue: Fragments


@dataclass(frozen=True, slots=True)
class Name:
    """An entity, with all places where its words stand, the first in the text first."""

    label: str
    places: Fragments


@dataclass(frozen=True, slots=True)
class Gold:
    """One article as it should be annotated."""

    title: str  # of the file
    text: str
    frames: tuple[Frame, ...]
    names: tuple[Name, ...]


def all_gold() -> list[Gold]:
    """The gold of three articles of the sample archive, one of them Arabic."""
    return [_of_the_sample(), _from_file("second_convoy.json"), _from_file("corridor.json")]


def _of_the_sample() -> Gold:
    """The article of the sample that is annotated as shipped."""
    held = json.loads(resource("sample/annotations.json").read_text(encoding="utf-8"))
    (document,) = [one for one in held["documents"] if one["annotations"]]
    marks = {mark["id"]: mark for mark in document["annotations"]}
    links = {(link["from"], link["label"]): link["to"] for link in document["relations"]}
    frames = [
        Frame(_spans(mark), _spans(marks[links[key, "source"]]), _spans(marks[links[key, "cue"]]))
        for key, mark in marks.items()
        if mark["label"] == "QUOTE"
    ]
    text = document["text"]
    return Gold(document["title"], text, tuple(frames), tuple(_names(text, marks.values())))


def _names(text: str, marks: Any) -> Iterator[Name]:
    by_words: dict[tuple[str, str], list[Span]] = {}
    for mark in marks:
        if mark["layer"] == "entities":
            by_words.setdefault((mark["label"], mark["text"]), []).extend(_spans(mark))
    for (label, _), places in by_words.items():
        yield Name(label, tuple(sorted(places)))


def _from_file(name: str) -> Gold:
    held = json.loads((HERE / name).read_text(encoding="utf-8"))
    text = resource("sample/" + held["article"]).read_text(encoding="utf-8-sig")
    frames = [
        Frame(tuple(_place(text, half) for half in frame["quote"]), (_place(text, frame["source"]),),
              (_place(text, frame["cue"]),))
        for frame in held["frames"]
    ]  # fmt: skip
    names = [Name(label, places) for label, words in held["entities"].items() for places in _all_places(text, words)]
    return Gold(name, text, tuple(frames), tuple(names))


def _all_places(text: str, names: list[str]) -> Iterator[Fragments]:
    """Where each name stands; within a longer name of the same list it is no name of its own."""
    taken: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        found = [Span(*match.span()) for match in re.finditer(rf"(?<!\w){_pattern(name)}(?!\w)", text)]
        free = tuple(span for span in found if not any(span.overlaps(other) for other in taken))
        taken += free
        assert free, f"“{name}” does not stand in the article"
        yield free


def _place(text: str, words: str) -> Span:
    named, _, following = words.partition("|")
    match = re.search(rf"(?<!\w){_pattern(named)}(?!\w)(?={_pattern(following)})", text)
    assert match, f"“{words}” does not stand in the article"
    return Span(*match.span())


def _pattern(words: str) -> str:
    """The words with any white space between them, as no-break spaces are."""
    return r"\s+".join(re.escape(word) for word in words.split(" "))


def _spans(mark: Any) -> Fragments:
    return tuple(Span(start, end) for start, end in mark["fragments"])
