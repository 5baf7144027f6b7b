"""Tables as text: fields parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.base import Source
from annotator.importers.decoding import Decoded, decoded
from annotator.importers.record_text import encoding_of
from annotator.importers.signatures import known_format
from annotator.importers.tables.guessing import known_names
from annotator.importers.tables.rows import Row, Table, table_items, table_of
from annotator.importers.tally import Tally

RECORD = 64_000_000  # characters of one field
_HEAD = 1 << 20  # bytes that the encoding is told by
_DELIMITERS = ",;\t|"
_SUFFIXES = (".csv", ".tsv", ".tab")


class SeparatedImporter:
    """Takes every row in as an article, by a mapping of its columns that is guessed where none is given."""

    name = "csv"
    title = "Table (CSV, TSV)"
    suffixes: tuple[str, ...] = _SUFFIXES
    loses = "Nothing of its columns: those that are not known are kept under their own names."

    def __init__(self, mapping: ColumnMapping | None = None) -> None:
        self._mapping = mapping

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where rows have the same number of fields, and the first row names what articles have."""
        text, delimiter = _sampled(head)
        if not delimiter:
            return 0.0
        rows = list(_parsed(io.StringIO(text, newline=""), delimiter, 20))
        if len(rows) < 2 and "\n" not in text.strip():
            return 0.0
        width = len(rows[0])
        even = sum(len(row) == width for row in rows[1:-1]) >= 0.9 * len(rows[1:-1])
        names = known_names(rows[0])
        if name.lower().endswith(_SUFFIXES):
            return 0.9 if even or names > 1 else 0.3
        return 0.85 if even and names > 1 and width > 2 else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when no column of it can be an article’s title or text."""
        with source.open() as stream:
            encoding = _encoding(stream)
            if encoding.guessed:
                yield Notice(f"{source.name} is not UTF-8: it was read as {encoding.encoding}.")
            table = _table(stream, encoding, self._mapping)
            tally = Tally(source)
            yield from table_items(source, table, tally)
            yield from tally.notices()

    def table(self, source: Source) -> Table:
        """Its columns, first rows and mapping, for a person to look at."""
        with source.open() as stream:
            found = _table(io.BytesIO(stream.read(_HEAD)), _encoding(stream), self._mapping)
            found.rows = iter(found.sample)
            return found


def _encoding(stream: BinaryIO) -> Decoded:
    stream.seek(0)
    head = _whole_lines(stream.read(_HEAD))
    try:
        found = decoded(head)
    except KnownError:
        if b"\0" in head[:1000]:
            raise
        found = Decoded("", "UTF-8", False)  # single wrong bytes: each row is judged by itself
    stream.seek(0)
    return found


def _whole_lines(head: bytes) -> bytes:
    """The head up to its last line end, so that no character is cut; UTF-16 as it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2]
    end = head.rfind(b"\n")
    return head[: end + 1] if end > 0 else head


def _sampled(head: bytes) -> tuple[str, str]:
    """The text of a table that begins with `head`, and what parts its fields: nothing where it is none."""
    if known_format(head) or head[:1] in b"{[<":
        return "", ""
    try:
        text = decoded(_whole_lines(head)).text
    except KnownError:
        text = head.decode("utf-8", errors="replace")
    return text, _delimiter(text)


def beginning(head: bytes, most: int) -> tuple[list[list[str]], str]:
    """The first rows of a table that begins with `head`, and what parts its fields; no rows where it is none."""
    text, delimiter = _sampled(head)
    return (list(_parsed(io.StringIO(text, newline=""), delimiter, most)) if delimiter else []), delimiter


def rows_as_written(source: Source, delimiter: str) -> Iterator[Row]:
    """All rows of a table, the head among them, with every character that its cells have."""
    with source.open() as stream:
        encoding = _encoding(stream)
        codec = "utf-8-sig" if encoding.encoding == "UTF-8" else encoding.encoding.lower()
        text = io.TextIOWrapper(stream, encoding=codec, errors="surrogateescape", newline="")
        yield from map(_decoded, _rows(text, delimiter, exact=True))


def _decoded(row: Row) -> Row:
    """A row with its cells in the encoding that it has itself; where that cannot be told, its fault says so."""
    try:
        encoding = encoding_of("\n".join(row.cells))
        return (
            replace(row, cells=[cell.encode("utf-8", "surrogateescape").decode(encoding) for cell in row.cells])
            if encoding
            else row
        )
    except (KnownError, UnicodeError) as error:
        return replace(row, cells=(), fault=str(error))


def _table(stream: BinaryIO, encoding: Decoded, mapping: ColumnMapping | None) -> Table:
    codec = "utf-8-sig" if encoding.encoding == "UTF-8" else encoding.encoding.lower()
    text = io.TextIOWrapper(stream, encoding=codec, errors="surrogateescape", newline="")
    try:
        sample = text.read(50_000)
    except UnicodeError:  # what is cut off in the middle of a character, where characters have two bytes or more
        raise KnownError(f"It says it is {encoding.encoding}, but is not. Save it anew, then try again.") from None
    text.seek(0)
    delimiter = _delimiter(sample)
    if not delimiter:
        raise KnownError("It is no table: its lines do not have the same number of fields.")
    return table_of(_rows(text, delimiter), mapping)


def _rows(text: io.TextIOBase, delimiter: str, *, exact: bool = False) -> Iterator[Row]:
    width = 0
    reader = _reader(text, delimiter, exact=exact)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            yield Row((), f"line {line}", f"It cannot be read ({error}).")
            if isinstance(error, UnicodeError):
                return
            continue
        width = width or len(cells)
        yield Row(cells, f"line {line}", _fault(cells, width, delimiter))


def _fault(cells: list[str], width: int, delimiter: str) -> str:
    """Why a row is not what it seems: a quotation mark that is not closed takes the rows behind it in."""
    if 0 < len(cells) < width and cells[-1].count("\n") > 0:
        swallowed = sum(line.count(delimiter) >= width - 1 for line in cells[-1].split("\n")[1:])
        if swallowed:
            return f"A quotation mark in it is not closed, so that {swallowed} more rows were taken for its text."
    return ""


def _reader(text: io.TextIOBase, delimiter: str, *, exact: bool = False) -> Any:
    csv.field_size_limit(max(csv.field_size_limit(), RECORD))
    return csv.reader(text, delimiter=delimiter, skipinitialspace=delimiter != "\t" and not exact)


def _parsed(text: io.TextIOBase, delimiter: str, most: int) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(_reader(text, delimiter)):
            if number >= most:
                return
            if row:
                yield row
    except csv.Error:
        return


def _delimiter(text: str) -> str:
    """What parts the fields: the character with which most rows have the same, and the largest, number of fields."""
    best, most = "", 0.0
    stripped = text.removeprefix("\ufeff")
    explicit = re.match(r"sep=(.)\r?\n", stripped)
    if explicit:
        return explicit[1]
    for delimiter in _DELIMITERS:
        rows = list(_parsed(io.StringIO(stripped[:50_000], newline=""), delimiter, 30))
        if not rows or len(rows[0]) < 2:
            continue
        width = len(rows[0])
        same = sum(len(row) == width for row in rows) / len(rows)
        score = same * min(width, 30) ** 0.3
        if same >= 0.5 and score > most:
            best, most = delimiter, score
    return best
