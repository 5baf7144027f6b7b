"""Articles out of a table's rows, whatever kind of file the table is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from annotator.core.column_mapping import KEPT, LEFT_OUT, TARGETS, ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import html_root, paragraphs
from annotator.importers.tables.guessing import ambiguous_dates, guess_mapping, known_names
from annotator.importers.tally import Tally

_SAMPLE = 50  # rows by which a table is judged
_MARKED = re.compile(r"<(?:p|br|div|span|a|strong|em|b|i|h\d)\b[^>]*/?>", re.IGNORECASE)
_ABOVE = 10  # rows within which the names of the columns stand
_BETWEEN = "\x1b\x1b"  # cells, while a row is looked at as one text
_UNNAMED = "column"
_TAKEN = (*TARGETS, "published", "path")  # names that mean something of their own


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and its place in the file as sentences name it; `fault` says why it cannot be read."""

    cells: Sequence[str]
    place: str
    fault: str = ""


@dataclass(slots=True)
class Table:
    """A table: the names of its columns, the first rows, and all rows, the first once more among them."""

    columns: list[str]
    sample: list[Row]
    rows: Iterator[Row]
    mapping: ColumnMapping = field(default_factory=ColumnMapping)


def table_of(rows: Iterable[Row], mapping: ColumnMapping | None = None) -> Table:
    """The table that `rows` are. Without names in the first row, columns are numbered.

    Raises KnownError when there is nothing in it.
    """
    every = (row for row in rows if row.fault or any(cell.strip() for cell in row.cells))
    sample = list(islice(every, _SAMPLE))
    sample = sample[_header_place(sample) :]
    if not sample:
        raise KnownError("There is nothing in the table.")
    first, sample = sample[0], sample[1:]
    named = _is_header(first.cells, [row.cells for row in sample])
    columns = _names(first.cells if named else [""] * len(first.cells))
    if not named:
        sample = [first, *sample]
    cells = [row.cells for row in sample if not row.fault]
    chosen = mapping if mapping is not None and mapping.columns and mapping.fits(columns) else None
    return Table(columns, sample, chain(sample, every), chosen or guess_mapping(columns, cells))


def _header_place(rows: Sequence[Row]) -> int:
    """Where the names of the columns stand: in the first row, unless lines about the table stand above them."""
    for place, row in enumerate(rows[:_ABOVE]):
        if known_names(row.cells) > 1 and known_names(rows[0].cells) < 2:
            return place
    return 0


def _is_header(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds names: short words, none twice, of which one is known or which are unlike what follows."""
    cells = [cell.strip() for cell in first if cell.strip()]
    if not cells or any(len(cell) > 60 or cell.replace(".", "").isdigit() for cell in cells):
        return False
    if len(set(cells)) < len(cells) or any(re.match(r"https?://|\d{4}-\d\d-\d\d", cell) for cell in cells):
        return False
    if known_names(cells):
        return True
    return bool(others) and len(cells) == len(first) and all(re.fullmatch(r"[\w .\-/()#%]+", cell) for cell in cells)


def _names(cells: Sequence[str]) -> list[str]:
    """A name for every column; what is blank or there already is numbered."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"{_UNNAMED} {number}"
        names.append(name if name not in names else f"{name} {number}")
    return names


def table_items(source: Source, table: Table, tally: Tally) -> Iterator[ImportItem]:
    """The articles of a table. Raises KnownError when no column is a title or a text."""
    mapping = table.mapping
    if not mapping.holds_articles:
        raise KnownError(
            "No column of it looks like a title or a text. Its columns are:"
            f" {', '.join(table.columns[:20])}{' …' if len(table.columns) > 20 else ''}."
        )
    yield from _about(source, table)
    tally.texts = bool(mapping.columns_of("text"))
    for row in table.rows:
        if row.fault:
            tally.found += 1
            yield tally.failure(row.place, row.fault)
        elif any(cell.strip() for cell in row.cells):
            yield from tally.take(partial(_article, row, table.columns, mapping, tally), row.place)


def _about(source: Source, table: Table) -> Iterator[Notice]:
    mapping = table.mapping
    if not mapping.columns_of("text"):
        yield Notice(f"{source.name}: no column holds texts, so its articles are titles and what is known of them.")
    if ambiguous_dates(mapping, table.columns, [row.cells for row in table.sample]):
        example = "the day" if mapping.day_first else "the month"
        yield Notice(f"{source.name}: in dates such as 3/5/2024, the first number was taken as {example}.")


def _article(row: Row, columns: Sequence[str], mapping: ColumnMapping, tally: Tally) -> Article:
    if len(row.cells) > len(columns) and any(cell.strip() for cell in row.cells[len(columns) :]):
        raise KnownError(f"It has {len(row.cells)} fields, but the table {len(columns)} columns.")
    article = Article()
    article.day_first = mapping.day_first
    held: dict[str, list[str]] = {}
    cells = tally.sound(_BETWEEN.join(row.cells), row.place).split(_BETWEEN)
    for column, value in zip(columns, cells, strict=False):
        target = mapping.target(column)
        if target == KEPT:
            article.say(f"{column} (column)" if column in _TAKEN else column, value)
        elif target != LEFT_OUT and value.strip():
            held.setdefault(target, []).append(value)
    for target, value in mapping.fixed.items():
        held.setdefault(target, [value])
    _fill(article, held)
    return article


def _fill(article: Article, held: dict[str, list[str]]) -> None:
    for target, zone in (
        ("title", "HEADLINE"),
        ("subtitle", "DEK"),
        ("author", "BYLINE"),
        ("text", "BODY"),
        ("caption", "CAPTION"),
    ):
        for value in held.pop(target, ()):
            article.add(zone, *_paragraphs(value))
            if target == "author":
                article.say("author", value)
    time = " ".join(held.pop("time", ()))
    for value in held.pop("date", ()):
        article.say("date", f"{value} {time}".strip())
    for target, values in held.items():
        for value in values:
            article.say(target, value)


def _paragraphs(value: str) -> list[str]:
    """The paragraphs of a cell, which may be mark-up. A single line end parts them where blank lines do not."""
    if len(_MARKED.findall(value[:5000])) > 1 or re.match(r"\s*<(?:p|div)\b", value, re.IGNORECASE):
        try:
            return paragraphs(html_root(f"<html><body>{value}</body></html>"))
        except KnownError:
            return [value]
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return re.split(r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n", text)
