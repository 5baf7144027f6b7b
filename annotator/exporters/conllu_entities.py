"""Marks as entities in brackets over words, as CorefUD has them: `(e1-PERSON--layer:entities` up to `e1)`."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from urllib.parse import unquote

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.span import Span
from annotator.exporters.value_texts import typed_text

FIELDS = ("eid", "etype", "head", "other")  # of a bracket; which word is the head is left open
_SPECIAL = re.compile(r"[%\-()|=,:>\[\]\s]")
_BRACKET = re.compile(r"\((?P<begins>[^()]+)(?P<whole>\))?|(?P<ends>[^()]+)\)")
_PIECE = re.compile(r"e(\d+)(?:\[\d+/\d+\])?$")


class Entities:
    """The brackets of one article, by its words. `held` is what reading them must give: marks and links."""

    def __init__(self, document: AnnotatedDocument, people: dict[str, str], words: Sequence[Span]) -> None:
        self._people = people
        numbers = {mark.id: number for number, mark in enumerate(document.annotations, 1)}
        self._links: dict[str, list[tuple[str, int]]] = {}
        for link in document.relations:
            self._links.setdefault(link.source, []).append((link.type.name, numbers[link.target]))
        self._starts = {word.start: place for place, word in enumerate(words)}
        self._ends = {word.end: place for place, word in enumerate(words)}
        self._brackets: dict[int, tuple[list[str], list[str]]] = {}  # by word: those that end, those that begin
        marks = []
        for mark in sorted(document.annotations, key=lambda mark: (mark.start, -mark.end)):
            said = self._said(mark)
            self._put(mark, numbers[mark.id], said)
            spans = tuple((piece.start, piece.end) for piece in mark.fragments)
            marks.append((numbers[mark.id], spans, mark.label.name, tuple(said)))
        self.held: tuple[Hashable, ...] = (tuple(sorted(marks)),)

    def _said(self, mark: Annotation) -> list[tuple[str, str]]:
        """What is said of a mark beside its label, in order."""
        fixed = {"layer": mark.label.layer, "annotator": self._people.get(mark.annotator, ""), "note": mark.note}
        said = [(name, text) for name, text in fixed.items() if text]
        said += [(f"attr.{name}", typed_text(value)) for name, value in sorted(mark.attributes.items())]
        links = self._links.get(mark.id, ())
        return said + [(f"link{n}", f"{_encoded(name)}>e{target}") for n, (name, target) in enumerate(links, 1)]

    def _put(self, mark: Annotation, number: int, said: list[tuple[str, str]]) -> None:
        other = ",".join(f"{_encoded(name)}:{_encoded(text)}" for name, text in said)
        count = len(mark.fragments)
        for place, piece in enumerate(mark.fragments, 1):
            key = f"e{number}[{place}/{count}]" if count > 1 else f"e{number}"
            first, last = self._starts[piece.start], self._ends[piece.end]
            opening = f"({key}-{_encoded(mark.label.name)}--{other}"
            self._at(first)[1].append(f"{opening})" if first == last else opening)
            if first != last:
                self._at(last)[0].append(f"{key})")

    def _at(self, word: int) -> tuple[list[str], list[str]]:
        return self._brackets.setdefault(word, ([], []))

    def at(self, word: int) -> str:
        """The brackets at a word: first those that end, the innermost first, then those that begin."""
        if word not in self._brackets:
            return ""
        ends, begins = self._brackets[word]
        return "".join([*reversed(ends), *begins])


def _encoded(text: str) -> str:
    """A text without the signs that brackets are made of: %2D for a hyphen, and so on."""
    return _SPECIAL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


class EntityReading:
    """The brackets of one article being read."""

    def __init__(self) -> None:
        self._open: dict[int, int] = {}  # numbers of marks, with the word where their piece began
        self._pieces: dict[int, list[tuple[int, int]]] = {}
        self._said: dict[int, tuple[str, tuple[tuple[str, str], ...]]] = {}

    def add(self, word: int, brackets: str) -> None:
        """Take the brackets of a word in."""
        end = 0
        for found in _BRACKET.finditer(brackets):
            if found.start() != end:
                raise ValueError(brackets)
            end = found.end()
            if found["begins"]:
                self._begin(word, found["begins"], whole=bool(found["whole"]))
            else:
                number = _number(found["ends"])
                self._pieces[number].append((self._open.pop(number), word))
        if end != len(brackets):
            raise ValueError(brackets)

    def _begin(self, word: int, written: str, *, whole: bool) -> None:
        key, label, _, other = written.split("-")
        number = _number(key)
        self._said[number] = (unquote(label), tuple(_pairs(other)))
        pieces = self._pieces.setdefault(number, [])
        if whole:
            pieces.append((word, word))
        else:
            self._open[number] = word

    def held(self, words: Sequence[Span]) -> tuple[Hashable, ...]:
        """The marks with what is said of them."""
        if self._open:
            raise ValueError(f"marks without an end: {list(self._open)}")
        marks = [
            (number, tuple((words[a].start, words[b].end) for a, b in pieces), *self._said[number])
            for number, pieces in self._pieces.items()
        ]
        return (tuple(sorted(marks)),)


def _number(key: str) -> int:
    found = _PIECE.match(key)
    if found is None:
        raise ValueError(key)
    return int(found[1])


def _pairs(other: str) -> Iterator[tuple[str, str]]:
    for pair in other.split(",") if other else ():
        name, _, text = pair.partition(":")
        yield unquote(name), unquote(text)
