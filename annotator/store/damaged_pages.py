"""Rows found page by page, where the tree that leads to a table's pages is damaged: as SQLite's file format has them.

Only for rows that prove themselves: texts, which have their hash beside them, and revisions, which are never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator.store.damaged_file import HEADER, page_size_of

_LEAF = 0x0D  # how a page begins that holds rows of a table
_LONGEST_CHAIN = 100_000  # pages that one row may go on over
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes of whole numbers, by their type


class Found(NamedTuple):
    """A row: its number in its table, and its values."""

    number: int
    values: tuple[Any, ...]


def rows_on_pages(path: Path, columns: int) -> Iterator[Found]:
    """Every row of so many columns that stands on a page of the file, whatever table it is of. Nobody has it open."""
    with path.open("rb") as file:
        head = file.read(HEADER)
        if len(head) < HEADER:
            return
        pages = _Pages(file, page_size_of(head))
        for number in range(2, path.stat().st_size // pages.size + 1):
            page = pages.page(number)
            if page[0] == _LEAF:
                yield from _rows_of(pages, page, columns)


class _Pages:
    def __init__(self, file: Any, size: int) -> None:
        self._file, self.size = file, size

    def page(self, number: int) -> bytes:
        self._file.seek((number - 1) * self.size)
        held: bytes = self._file.read(self.size)
        return held

    def payload(self, page: bytes, start: int, length: int) -> bytes:
        """The bytes of a row: those on its own page, then those on the pages that it goes on over."""
        most = self.size - 35
        least = (self.size - 12) * 32 // 255 - 23
        here = length
        if length > most:
            here = least + (length - least) % (self.size - 4)
            here = here if here <= most else least
        held = bytearray(page[start : start + here])
        following = int.from_bytes(page[start + here : start + here + 4], "big") if length > here else 0
        for _ in range(_LONGEST_CHAIN):
            if len(held) >= length or following < 2:
                break
            more = self.page(following)
            following = int.from_bytes(more[:4], "big")
            held += more[4:]
        if len(held) < length:
            raise ValueError("a row ends before its end")
        return bytes(held[:length])


def _rows_of(pages: _Pages, page: bytes, columns: int) -> Iterator[Found]:
    count = int.from_bytes(page[3:5], "big")
    for cell in range(min(count, pages.size // 4)):
        try:
            start = int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell], "big")
            length, start = _varint(page, start)
            number, start = _varint(page, start)
            if not _has_columns(page, start, columns):
                continue
            values = _values(pages.payload(page, start, length))
        except (IndexError, ValueError, UnicodeDecodeError):
            continue
        if len(values) == columns:
            yield Found(number, values)


def _has_columns(page: bytes, start: int, columns: int) -> bool:
    """Whether the row may have so many columns, by what stands on its own page: a look that costs little."""
    head, _ = _varint(page, start)
    return columns < head <= 1 + columns * 9


def _varint(held: bytes, start: int) -> tuple[int, int]:
    """A whole number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = held[start + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, start + place + 1
    return value << 8 | held[start + 8], start + 9


def _values(payload: bytes) -> tuple[Any, ...]:
    """The values of a row. Raises ValueError or IndexError for what is none."""
    end, place = _varint(payload, 0)
    start, values = end, []
    while place < end:
        kind, place = _varint(payload, place)
        value, start = _value(payload, start, kind)
        values.append(value)
    if place != end or start != len(payload):
        raise ValueError("this is no row")
    return tuple(values)


def _value(payload: bytes, start: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, start
    if kind in (8, 9):
        return kind - 8, start
    if kind in _SIZES:
        end = start + _SIZES[kind]
        return int.from_bytes(payload[start:end], "big", signed=True), end
    if kind < 12:
        raise ValueError("neither texts nor revisions have such values")
    end = start + (kind - 12) // 2
    held = payload[start:end]
    return (held.decode() if kind % 2 else held), end
