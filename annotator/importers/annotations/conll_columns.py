"""Which column of a file with a word a line holds the words, and which hold tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.importers.annotations.tag_runs import is_chunks, is_tag

DOCUMENT = re.compile(r"-DOCSTART-|#\s*(?:newdoc\b|begin document\b)")
_BLANKS = re.compile(r"[ \t]+")
_PLAIN = re.compile(r"[A-Z][A-Za-z_]{1,30}$")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file are."""

    word: int
    tags: tuple[int, ...]
    ragged: bool  # whether all columns behind the word are its tags, however many
    tabs: bool
    left_out: tuple[int, ...] = ()  # columns that hold something else
    chunks: tuple[int, ...] = ()  # columns of parts of sentences

    def split(self, line: str) -> list[str]:
        """The cells of a line."""
        return split_cells(line, tabs=self.tabs)

    def tags_of(self, cells: Sequence[str]) -> list[list[str]]:
        """The tags of a word, by column; those of ragged lines, where no column goes on, in one."""
        if self.ragged:
            return [[tag for cell in cells[self.word + 1 :] for tag in cell.split("|")]]
        return [cells[place].split("|") if place < len(cells) else [] for place in self.tags]


def split_cells(line: str, *, tabs: bool) -> list[str]:
    """The cells of a line, by tabs, or by blanks where it has none."""
    return [cell.strip() for cell in line.rstrip().split("\t")] if tabs else _BLANKS.split(line.strip())


def is_comment(line: str) -> bool:
    """Whether a line speaks of what follows: one that begins with # and ends with no tag."""
    return line.startswith("#") and not is_tag(line.split()[-1])


def columns_of(lines: Sequence[str]) -> Columns | None:
    """What the columns of these lines are; None where they do not look like words with tags."""
    words = [line for line in lines if line.strip() and not is_comment(line) and not DOCUMENT.match(line)]
    if not words:
        return None
    tabs = all("\t" in line.strip() for line in words)
    cells = [split_cells(line, tabs=tabs) for line in words]
    widths = Counter(map(len, cells))
    if min(widths) < 2:
        return None
    if len(widths) > 1:
        ragged = all(is_tag(cell) for row in cells for cell in row[1:])
        return Columns(0, (), True, tabs) if ragged else None
    return _regular([[row[place] for row in cells] for place in range(max(widths))], tabs)


def _regular(columns: list[list[str]], tabs: bool) -> Columns | None:
    tags = [place for place, cells in enumerate(columns) if all(map(is_tag, cells))]
    if not tags and _is_plain(columns[-1]):
        tags = [len(columns) - 1]
    others = [place for place in range(len(columns)) if place not in tags]
    if len(others) > 1 and all(cell.isdecimal() for cell in columns[others[0]]):
        others.pop(0)
    if not tags or not others:
        return None
    chunks = tuple(place for place in tags if len(tags) > 1 and is_chunks(columns[place]))
    kept = tuple(place for place in tags if place not in chunks)
    return Columns(others[0], kept or chunks, False, tabs, tuple(others[1:]), chunks if kept else ())


def _is_plain(cells: Sequence[str]) -> bool:
    """Whether a column holds labels without prefixes: mostly O, else words of which there are few."""
    outside = sum(cell == "O" for cell in cells)
    kinds = set(cells) - {"O"}
    return 2 * outside >= len(cells) and len(kinds) <= 50 and all(_PLAIN.match(kind) for kind in kinds)
