"""Comma-separated values as spreadsheets, R and SPSS read them, and reading them again."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from annotator.core.registry_csv import safe_cell
from annotator.exporters.base import Contents
from annotator.exporters.options import YES, Option, yes_no

Row = tuple[str, ...]
_RISKY = frozenset("'=+-@\t\r")  # what such a cell begins with; most do not, and are not looked at twice
_LONGEST = 10_000_000  # characters of a cell


SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";"}
OPTIONS = (
    Option(
        "separator",
        "Between the cells",
        "comma",
        (("comma", "Comma"), ("tab", "Tab (TSV)"), ("semicolon", "Semicolon")),
        explanation="Spreadsheets of some languages expect semicolons.",
    ),
    yes_no(
        "safe",
        "Safe for spreadsheets",
        default=True,
        explanation="A cell that a spreadsheet would work out, such as =1+1, has an apostrophe before it.",
    ),
)


class Layout(NamedTuple):
    """How a table is written."""

    separator: str = ","
    safe: bool = True

    def row(self, cells: Iterable[str]) -> Row:
        """A row as it is written: safe, no spreadsheet finds something to work out in it."""
        return safe(cells) if self.safe else tuple(cells)


PLAIN = Layout()


def layout_of(contents: Contents) -> Layout:
    """The layout that was chosen."""
    chosen = contents.options
    return Layout(SEPARATORS[chosen.get("separator", "comma")], chosen.get("safe", YES) == YES)


def safe(cells: Iterable[str]) -> Row:
    """A row in which no spreadsheet finds something to work out: such a cell begins with an apostrophe."""
    return tuple([safe_cell(cell) if cell[:1] in _RISKY else cell for cell in cells])


def written(rows: Iterable[Sequence[str]], layout: Layout = PLAIN) -> bytes:
    """Rows as a file holds them, in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n", delimiter=layout.separator).writerows(rows)
    return out.getvalue().encode()


def head(names: Sequence[str], layout: Layout = PLAIN, *, marked: bool) -> bytes:
    """The first row; `marked` puts the byte-order mark before it by which spreadsheets know UTF-8."""
    return (codecs.BOM_UTF8 if marked else b"") + written([names], layout)


def rows(path: Path, names: Sequence[str], layout: Layout = PLAIN) -> Iterator[Row]:
    """The rows of a file behind its first, which must hold `names`. Raises ValueError where anything is amiss."""
    csv.field_size_limit(_LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = csv.reader(stream, strict=True, delimiter=layout.separator)
        if next(found, []) != list(names):
            raise ValueError("the columns are others")
        for row in found:
            if len(row) != len(names):
                raise ValueError(f"{len(row)} cells, not {len(names)}")
            yield tuple(row)


def by_document(found: Iterable[Row]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Rows that follow each other and have the same first cell, together with it."""
    for key, group in groupby(found, key=lambda row: row[0]):
        yield key, tuple(group)


def side_by_side(marks: Iterable[Row], articles: Iterable[Row]) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    """For each article its rows of marks and its own; marks must be in the order of the articles.

    Raises ValueError where there are marks of no article.
    """
    waiting = by_document(marks)
    key, held = next(waiting, (None, ()))
    for article, known in by_document(articles):
        if article == key:
            yield held, known
            key, held = next(waiting, (None, ()))
        else:
            yield (), known
    if key is not None:
        raise ValueError(f"there are marks of {key}, which is no article here")
