"""The stretches of bytes in which an archive holds its records: the file itself, or each part that gzip made of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from annotator.importers.warc.damage import DamageError

BLOCK = 1 << 16  # bytes read at a time
GZIP = b"\x1f\x8b\x08"
_LINE = 1 << 16  # bytes of a header's line
_HEADERS = 1 << 17  # bytes of a record's headers
BEGINS = re.compile(
    rb"WARC/\d\.\d\d?\r?\n|filedesc://\S+ \S+ \d{14} |(?:https?|ftp|dns)://?\S+ [\d.]{7,15} \d{14} \S+ -?\d+\r?\n"
)


class Stream:
    """Bytes from some place of a file on, read by line or by number, in bounded memory.

    `offset` is where it begins in the file; `place` how far it was read, in bytes of its own.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._held = b""
        self._at = 0
        self.offset = offset
        self.place = 0
        self.lines = 0  # that were read since the record began
        self._headers = _HEADERS

    def begin_record(self) -> None:
        """A record's headers begin: they may be so long, and no longer."""
        self._headers = _HEADERS
        self.lines = 0

    def tell(self) -> int:
        """How many bytes were read."""
        return self.place

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer only at the end; all that is left for less than none."""
        pieces = []
        while size:
            if self._at >= len(self._held) and not self._fill():
                break
            piece = self._held[self._at : self._at + size] if size > 0 else self._held[self._at :]
            self._at += len(piece)
            size -= len(piece) if size > 0 else 0
            pieces.append(piece)
        found = b"".join(pieces)
        self.place += len(found)
        return found

    def readline(self, size: int | None = None) -> bytes:
        """The next line, or as much of it as `size`. Raises DamageError where there is none for too long."""
        most = _LINE if size is None or size < 0 else min(size, _LINE)
        self.lines += 1
        line = b""
        while len(line) < most:
            if self._at >= len(self._held) and not self._fill():
                break
            end = self._held.find(b"\n", self._at, self._at + most - len(line)) + 1
            piece = self._held[self._at : end or self._at + most - len(line)]
            self._at += len(piece)
            line += piece
            if end:
                break
        self.place += len(line)
        self._headers -= len(line)
        if self._headers < 0 or (len(line) == _LINE and not line.endswith(b"\n")):
            raise DamageError("its headers have no end")
        return line

    def _fill(self) -> bool:
        self._held, self._at = self._more(), 0
        return bool(self._held)

    def _more(self) -> bytes:
        return self._file.read(BLOCK)


class Member(Stream):
    """A part that gzip made, unpacked as it is read. Raises DamageError where it is damaged or cut off."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__(file, offset)
        file.seek(offset)
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._packed = b""
        self._eaten = 0  # packed bytes that were taken from the file

    def _more(self) -> bytes:
        while not self._gzip.eof:
            packed = self._gzip.unconsumed_tail or self._packed or self._file.read(BLOCK)
            self._packed = b""
            if not packed:
                raise DamageError("it is cut off")
            if not self._gzip.unconsumed_tail:
                self._eaten += len(packed)
            try:
                unpacked = self._gzip.decompress(packed, BLOCK)
            except zlib.error:
                raise DamageError("its compressed bytes are wrong") from None
            if unpacked:
                return unpacked
        return b""

    def end(self) -> int:
        """Where the part ends in the file. What is left of it is read."""
        while self._fill():
            pass
        return self.offset + self._eaten - len(self._gzip.unused_data)


def is_gzip(file: BinaryIO) -> bool:
    """Whether a file, at its beginning, is packed with gzip. It is at its beginning again afterwards."""
    head = file.read(3)
    file.seek(0)
    return head == GZIP


def members(file: BinaryIO, start: int = 0) -> Iterator[Member]:
    """The parts that gzip made of a file, from byte `start` on. Each must have been read, or found damaged, before the
    next is asked for; where one is damaged, the next that can be found is given.
    """
    offset: int | None = start
    while offset is not None:
        file.seek(offset)
        head = file.read(3)
        if not head.strip(b"\0"):  # nothing more, or what a tape was filled with
            return
        member = Member(file, offset)
        yield member
        try:
            offset = member.end()
        except DamageError:
            offset = next_member(file, offset + 1)


def next_member(file: BinaryIO, start: int) -> int | None:
    """Where, from byte `start` on, the next part begins that unpacks to a record."""
    for found in found_from(file, start, re.compile(re.escape(GZIP)), 3):
        file.seek(found)
        try:
            begins = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(4096), 4096)
        except zlib.error:
            continue
        if BEGINS.match(begins.lstrip()):
            return found
    return None


def next_record(file: BinaryIO, start: int) -> int | None:
    """Where, from byte `start` on, the next record begins in a file that is not packed."""
    for found in found_from(file, start, BEGINS, 4096):
        file.seek(max(0, found - 1))
        if found == 0 or file.read(1) == b"\n":
            return found
    return None


def found_from(file: BinaryIO, start: int, pattern: re.Pattern[bytes], longest: int) -> Iterator[int]:
    """Where `pattern` stands in a file from byte `start` on; what it fits is at most `longest` bytes.

    The file may be read and moved between two of them.
    """
    held, base, position = b"", start, start
    while True:
        file.seek(position)
        block = file.read(BLOCK * 16)
        held += block
        position += len(block)
        ends = len(held) if not block else max(0, len(held) - longest)
        last = 0
        for found in pattern.finditer(held):
            if found.start() >= ends and block:
                break
            yield base + found.start()
            last = found.start() + 1
        if not block:
            return
        keep = max(last, ends)
        held, base = held[keep:], base + keep
