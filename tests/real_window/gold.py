"""What an article should carry when it is annotated: positions, labels, links, the kinds of quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.templates import template

Fragments = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldMark:
    """A mark: its fragments are half open, in code points; `quote` is the kind of a QUOTE."""

    label: str
    fragments: Fragments
    quote: str = ""

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def length(self) -> int:
        return sum(end - start for start, end in self.fragments)

    def covers(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.fragments)

    def words(self, text: str) -> str:
        return " ".join(text[start:end] for start, end in self.fragments)


@dataclass(frozen=True, slots=True)
class Gold:
    """All marks of an article; a link is a name and the places in `marks` of the two that it joins."""

    marks: tuple[GoldMark, ...]
    links: tuple[tuple[str, int, int], ...]

    def target(self, link: str, mark: int) -> int | None:
        """Where the link of that name leads from a mark."""
        return next((to for name, start, to in self.links if (name, start) == (link, mark)), None)

    def labelled(self, *labels: str) -> list[int]:
        """The marks with one of the labels, in order of the text, the outer before the inner."""
        found = [number for number, mark in enumerate(self.marks) if mark.label in labels]
        return sorted(found, key=lambda number: (self.marks[number].start, -self.marks[number].length))


def read_gold(path: Path) -> Gold:
    """The gold kept at `path`."""
    held = json.loads(path.read_text(encoding="utf-8"))
    marks = [GoldMark(row["label"], _fragments(row["fragments"]), row.get("quote", "")) for row in held["marks"]]
    return Gold(tuple(marks), tuple((name, start, to) for name, start, to in held["links"]))


def wanted(gold: Gold, text: str) -> tuple[set[Any], set[Any]]:
    """The marks and links that an export of an article annotated after `gold` has."""
    layers = {label.name: label.layer for label in template("news").labels}
    marks = [(layers[mark.label], mark.label, mark.fragments, mark.words(text), mark.quote) for mark in gold.marks]
    return set(marks), {(name, marks[start], marks[to]) for name, start, to in gold.links}


def exported(document: Mapping[str, Any]) -> tuple[set[Any], set[Any]]:
    """The marks and links of a document of an exported JSON, to compare with `wanted`."""
    marks = {row["id"]: _exported_mark(row) for row in document["annotations"]}
    links = {(row["label"], marks[row["from"]], marks[row["to"]]) for row in document["relations"]}
    assert len(set(marks.values())) == len(marks), "a mark was made twice"
    assert len(links) == len(document["relations"]), "a link was made twice"
    return set(marks.values()), links


def _exported_mark(row: Mapping[str, Any]) -> tuple[str, str, Fragments, str, str]:
    kind = row["attributes"].get("quote", "")
    return row["layer"], row["label"], _fragments(row["fragments"]), row["text"], kind


def _fragments(rows: list[list[int]]) -> Fragments:
    return tuple((start, end) for start, end in rows)
