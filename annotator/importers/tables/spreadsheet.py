"""Spreadsheets (.xlsx): every sheet that holds articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.base import Source
from annotator.importers.foreign_errors import foreign_errors
from annotator.importers.tables.rows import Row, Table, table_items, table_of
from annotator.importers.tally import Tally
from annotator.importers.zip_members import ZipMembers, is_zip, names_in_head

_LARGEST = 1_000_000_000  # bytes of all its parts, unpacked
_RATIO = 300
_WIDE = 1000  # columns
_LONG = 1 << 20  # rows, which no spreadsheet has more of


class SpreadsheetImporter:
    """Takes every row of every sheet in as an article, as the importer of tables does."""

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
        """Its articles. Raises KnownError when no sheet holds any."""
        tally = Tally(source)
        faults: list[str] = []
        read = 0
        for title, rows in _sheets(source):
            try:
                table = table_of(rows, self._mapping)
                yield from table_items(source, table, tally)
                read += 1
            except KnownError as error:
                faults.append(f"sheet “{title}”: {error}")
        if not read:
            raise KnownError(" ".join(faults) or "There is nothing in it.")
        yield from (Notice(f"{source.name}, {fault}") for fault in faults if "nothing in the table" not in fault)
        yield from tally.notices()

    def table(self, source: Source) -> Table:
        """The columns, first rows and mapping of the first sheet that holds something, for a person to look at."""
        for _, rows in _sheets(source):
            try:
                found = table_of(rows, self._mapping)
            except KnownError:
                continue
            found.rows = iter(found.sample)
            return found
        raise KnownError("There is nothing in it.")


def _sheets(source: Source) -> Iterator[tuple[str, Iterator[Row]]]:
    from openpyxl import load_workbook

    _check_size(source)
    with source.open() as stream:
        with foreign_errors("spreadsheet"):
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                yield sheet.title, _rows(sheet)
        finally:
            book.close()


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
