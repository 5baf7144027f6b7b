"""The lines of brat's standoff, each as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = re.compile(r"(?:[TERAMN][\w.-]+|\*|#\d*)$")
_SPANS = re.compile(r"(-?\d+) (-?\d+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its key, such as T1, the words of its second column, and the third column as it stands."""

    number: int
    key: str
    words: tuple[str, ...]
    rest: str | None

    @property
    def kind(self) -> str:
        """The letter or sign that says what the line is."""
        return self.key[:1]

    @property
    def place(self) -> str:
        """As sentences name it."""
        return f"line {self.number}"


class LineRefusedError(Exception):
    """A line that says nothing that can be used; the text says why."""


def lines_of(text: str) -> Iterator[Line | tuple[int, str]]:
    """The lines, in order; one that is none of brat's comes as its number and why."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        key, tab, rest = line.partition("\t")
        key = key.strip()
        if not tab and key.startswith("#"):
            continue
        if not tab or not _KEY.match(key):
            yield number, "it is none of brat’s lines"
            continue
        said, tab, quote = rest.partition("\t")
        yield Line(number, key, tuple(said.split(" ")) if said else (), quote if tab else None)


def spans_of(line: Line) -> tuple[str, list[tuple[int, int]]]:
    """The type and the pairs of positions of a T line. Raises LineRefusedError."""
    kind, *numbers = line.words or ("",)
    pairs = []
    for piece in " ".join(numbers).split(";"):
        found = _SPANS.match(piece.strip())
        if not kind or found is None or len(piece) > 40:
            raise LineRefusedError("its type or its positions cannot be read")
        pairs.append((int(found[1]), int(found[2])))
    return kind, pairs


def arguments_of(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """The role and the key of each `ROLE:KEY`. Raises LineRefusedError."""
    parts = [word.rpartition(":") for word in words if word]
    if not parts or not all(role and key for role, _, key in parts):
        raise LineRefusedError("its arguments are not of the form ROLE:KEY")
    return [(role, key) for role, _, key in parts]
