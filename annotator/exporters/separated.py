"""Comma-separated values as spreadsheets, R and SPSS read them, and reading them again."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from annotator.core.registry_csv import safe_cell

Row = tuple[str, ...]
_RISKY = frozenset("'=+-@\t\r")  # what such a cell begins with; most do not, and are not looked at twice
_LONGEST = 10_000_000  # characters of a cell


def safe(cells: Iterable[str]) -> Row:
    """A row in which no spreadsheet finds something to work out: such a cell begins with an apostrophe."""
    return tuple([safe_cell(cell) if cell[:1] in _RISKY else cell for cell in cells])


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a file holds them, in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def head(names: Sequence[str], *, marked: bool) -> bytes:
    """The first row; `marked` puts the byte-order mark before it by which spreadsheets know UTF-8."""
    return (codecs.BOM_UTF8 if marked else b"") + written([names])


def rows(path: Path, names: Sequence[str]) -> Iterator[Row]:
    """The rows of a file behind its first, which must hold `names`. Raises ValueError where anything is amiss."""
    csv.field_size_limit(_LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = csv.reader(stream, strict=True)
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
