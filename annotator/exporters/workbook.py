"""Excel workbooks, written row by row so that their size does not matter, and read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from pathlib import Path
from typing import IO, Any, BinaryIO
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from annotator.exporters.carrying import Ledger
from annotator.exporters.separated import Row

ROWS = 1_048_576  # of a sheet, the first among them
LONGEST = 32_767  # UTF-16 units of a cell
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no file of Excel can hold
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WIDE = {"title": 40, "quote": 60, "note": 40, "guideline": 60}  # columns by their letters; others are of even width


class Sheet:
    """One sheet of a workbook that is being written: a head that stays in view, then rows."""

    def __init__(self, book: Any, title: str, head: Row, numbers: Set[str], ledger: Ledger) -> None:
        """`numbers` are the columns whose cells are numbers."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._cell, self._sheet, self._ledger = WriteOnlyCell, book.create_sheet(title), ledger
        self._numbers = frozenset(place for place, name in enumerate(head) if name in numbers)
        self._sheet.freeze_panes = "A2"
        for place, name in enumerate(head, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(name, 16)
        cells = [self._text(name) for name in head]
        for cell in cells:
            cell.font = Font(bold=True)
        self._sheet.append(cells)
        self._left = ROWS - 1

    @property
    def full(self) -> bool:
        """Whether no row fits in any more."""
        return self._left <= 0

    def add(self, row: Row) -> Row:
        """Write a row, and give it as it was written: without what Excel refuses."""
        held = tuple([self._held(place, cell) for place, cell in enumerate(row)])
        self._left -= 1
        self._sheet.append([self._value(place, cell) for place, cell in enumerate(held)])
        return held

    def _held(self, place: int, cell: str) -> str:
        if place in self._numbers:
            return _number(cell)
        if not cell.isprintable() and (found := REFUSED.findall(cell)):
            self._ledger.lose("characters that Excel refuses (they became U+FFFD)", count=len(found))
            cell = REFUSED.sub("\ufffd", cell)
        if len(cell) > LONGEST // 2 and len(cell.encode("utf-16-le")) > 2 * LONGEST:
            self._ledger.lose(f"cells of more than {LONGEST:,} characters (they were cut)", count=1)
            cell = cell.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", errors="ignore")
        return cell

    def _value(self, place: int, cell: str) -> Any:
        if not cell:
            return None
        if place in self._numbers and f"{float(cell):.16g}" == cell:
            return int(cell) if cell.isdecimal() else float(cell)
        return self._text(cell) if cell[0] in "=#" else cell

    def _text(self, cell: str) -> Any:
        """A cell that is text whatever it begins with."""
        made = self._cell(self._sheet, cell)
        made.data_type = "s"
        return made


def _number(cell: str) -> str:
    """A number as a workbook holds it: of 16 digits; one that has more stays as it is, and is written as text."""
    if not cell or cell.isdecimal():
        return cell
    short = f"{float(cell):.16g}"  # as openpyxl writes it
    return short if float(short) == float(cell) else cell


def new_book() -> Any:
    """A workbook to be filled from top to bottom."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Annotator"
    return book


def save(book: Any, stream: BinaryIO) -> None:
    """Write a workbook that is complete."""
    book.save(stream)


def rows(path: Path, number: int, head: Sequence[str]) -> Iterator[Row]:
    """The rows of a sheet, by its number from 1, behind its first, which must hold `head`.

    Reads what stands in the file, not what a program for spreadsheets makes of it. Raises ValueError where anything is
    amiss: also for a formula.
    """
    with ZipFile(path) as archive, archive.open(f"xl/worksheets/sheet{number}.xml") as stream:
        found = _cells(stream, len(head))
        if next(found, ()) != tuple(head):
            raise ValueError("the columns are others")
        yield from found


def _cells(stream: IO[bytes], width: int) -> Iterator[Row]:
    rows = 0
    for _, element in iterparse(stream):
        if element.tag != f"{_SPACE}row":
            continue
        rows += 1
        cells = [""] * width
        for cell in element:
            letters = (cell.get("r") or "").removesuffix(str(rows))
            text, number = cell.findtext(f"{_SPACE}is/{_SPACE}t"), cell.findtext(f"{_SPACE}v")
            if cell.find(f"{_SPACE}f") is not None or (text is None) == (number is None):
                raise ValueError(f"{cell.get('r')} is neither a text nor a number")
            cells[_place(letters)] = text or number or ""
        element.clear()
        yield tuple(cells)


@cache
def _place(letters: str) -> int:
    """The number of a column, from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
