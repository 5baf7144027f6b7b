"""Spreadsheets (.xlsx): every sheet that holds articles, or marks and answers about articles of the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.base import Source
from annotator.importers.foreign_errors import foreign_errors
from annotator.importers.tables.codebook_rows import Codebook, codebook_of
from annotator.importers.tables.mark_columns import Columns, columns_of
from annotator.importers.tables.mark_table import MarkTable
from annotator.importers.tables.rows import Row, Table, table_items, table_of
from annotator.importers.tally import Tally
from annotator.importers.zip_members import ZipMembers, is_zip, names_in_head

_LARGEST = 1_000_000_000  # bytes of all its parts, unpacked
_RATIO = 300
_WIDE = 1000  # columns
_SAMPLE = 30  # rows by which a sheet is judged
_LONG = 1 << 20  # rows, which no spreadsheet has more of


class SpreadsheetImporter:
    """Takes every row of every sheet in as an article, as the importer of tables does; or as a mark, or answers."""

    name = "xlsx"
    title = "Spreadsheet (Excel)"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")
    loses = "Formulas, whose last results come in; colours and comments."

    def __init__(self, mapping: ColumnMapping | None = None) -> None:
        self._mapping = mapping

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a spreadsheet’s parts are in a ZIP file."""
        return 0.95 if is_zip(head) and any(part.startswith("xl/") for part in names_in_head(head)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles, marks and answers. Raises KnownError when no sheet holds any."""
        tally = Tally(source)
        faults: list[str] = []
        read = 0
        with _book(source) as book:
            kinds = {} if self._mapping else _kinds(book)
            codes = _codebook(book, kinds)
            for sheet in book.worksheets:
                columns = kinds.get(sheet.title)
                if columns is not None:
                    read += 1
                    yield from _marks(source, sheet, columns, codes)
                    continue
                try:
                    table = table_of(_rows(sheet), self._mapping)
                    yield from table_items(source, table, tally)
                    read += 1
                except KnownError as error:
                    faults.append(f"sheet “{sheet.title}”: {error}")
        if not read:
            raise KnownError(" ".join(faults) or "There is nothing in it.")
        yield from (Notice(f"{source.name}, {fault}") for fault in faults if "nothing in the table" not in fault)
        yield from tally.notices()

    def table(self, source: Source) -> Table:
        """The columns, first rows and mapping of the first sheet that holds something, for a person to look at."""
        with _book(source) as book:
            if _kinds(book) and not self._mapping:
                raise KnownError("It holds marks, not articles.")
            for sheet in book.worksheets:
                try:
                    found = table_of(_rows(sheet), self._mapping)
                except KnownError:
                    continue
                found.rows = iter(found.sample)
                return found
        raise KnownError("There is nothing in it.")


@contextmanager
def _book(source: Source) -> Iterator[Any]:
    from openpyxl import load_workbook

    _check_size(source)
    with source.open() as stream:
        with foreign_errors("spreadsheet"):
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _kinds(book: Any) -> dict[str, Columns]:
    """The sheets that are tables of marks or of answers, or a code book, with their columns."""
    found = {}
    for sheet in book.worksheets:
        head, *sample = [[*row.cells] for row in islice(_rows(sheet), _SAMPLE)] or [[]]
        columns = columns_of(head, sample)
        if columns.kind:
            found[sheet.title] = columns
    return found if any(columns.kind != "codebook" for columns in found.values()) else {}


def _codebook(book: Any, kinds: Mapping[str, Columns]) -> Codebook:
    for title, columns in kinds.items():
        if columns.kind == "codebook":
            return codebook_of(columns, (row.cells for row in islice(_rows(book[title]), 1, None)))
    return Codebook()


def _marks(source: Source, sheet: Any, columns: Columns, codes: Codebook) -> Iterator[ImportItem]:
    if columns.kind != "codebook":
        name = f"{source.name}, sheet “{sheet.title}”"
        yield from MarkTable(name, source.path, columns, lambda: islice(_rows(sheet), 1, None), codes).items()


def _check_size(source: Source) -> None:
    """Raises KnownError for what would fill the memory once unpacked."""
    with ZipMembers(source) as members:
        total = sum(members.size(name) for name in members.names())
        if total > _LARGEST or (total > 10_000_000 and total > source.size * _RATIO):
            raise KnownError("It grows far beyond its size when it is unpacked: it was left alone.")


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its size need not be true, and rows beyond it would be lost
    for number, cells in enumerate(_cells(sheet), 1):
        if number > _LONG:
            raise KnownError(f"It claims more than {_LONG} rows, which no spreadsheet has.")
        if all(cell is None for cell in cells):  # a file may name its last row alone
            continue
        texts = [_text(cell) for cell in cells[:_WIDE]]
        while texts and not texts[-1]:
            texts.pop()
        yield Row(texts, f"sheet “{sheet.title}”, row {number}")


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    with foreign_errors("spreadsheet"):
        yield from sheet.iter_rows(values_only=True)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
