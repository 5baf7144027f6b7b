"""The records of a WARC or ARC file, one after the other, with what could not be read told by its place."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from annotator.importers.warc.bodies import LIMIT
from annotator.importers.warc.damage import DamageError
from annotator.importers.warc.streams import BLOCK, Member, Stream, is_gzip, members, next_record

_MOST_DAMAGED = 1000  # places
_MOST_LINES = 300_000  # of headers that are none: thousands of them may be read anew for every place
Header = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Record:
    """What an archive says of one capture, and the bytes that came."""

    kind: str  # as WARC has it: response, request, revisit, …
    address: str
    captured: str  # ISO
    status: int  # of HTTP; 0 where there is none
    header: Header  # a header's value by its name, empty where there is none
    offset: int  # where in the file it begins, or the packed part that it lies in
    body: bytes  # as it was sent; empty where the record was not asked for


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in an archive that cannot be read, and why, as the end of a sentence."""

    offset: int
    reason: str
    lines: int = 0  # of headers that were read for nothing


Wanted = Callable[[str, int, Header], bool]  # kind, status and headers: whether a record's body is to be read


def records(file: BinaryIO, wanted: Wanted) -> Iterator[Record | Damage]:
    """The records of the archive `file`, a file that can seek, and what of it is damaged. Never fails on its bytes.

    Gives up where a thousand places of it are damaged: looking for the next record takes long.
    """
    damaged = lines = 0
    for found in _all_records(file, wanted):
        if isinstance(found, Damage):
            damaged += 1
            lines += found.lines
        if damaged > _MOST_DAMAGED or lines > _MOST_LINES:
            yield Damage(found.offset, "too much of the file is damaged, and nothing behind this was read")
            return
        yield found


def _all_records(file: BinaryIO, wanted: Wanted) -> Iterator[Record | Damage]:
    if is_gzip(file):
        for member in members(file):
            yield from _in_member(member, wanted)
        return
    offset: int | None = 0
    while offset is not None:
        file.seek(offset)
        reading = _Reading(Stream(file, offset), wanted)
        try:
            yield from reading.records()
            return
        except DamageError as error:
            place = offset + reading.start
            yield Damage(place, str(error), reading.lines)
            offset = _next(file, offset + reading.resume, place)


def _next(file: BinaryIO, start: int, failed: int) -> int | None:
    """Where reading goes on: at a record that the one before took for its own, or behind the one that failed."""
    found = next_record(file, start)
    return next_record(file, failed + 1) if found == failed else found


def _in_member(member: Member, wanted: Wanted) -> Iterator[Record | Damage]:
    reading = _Reading(member, wanted)
    try:
        yield from reading.records()
    except DamageError as error:
        yield Damage(member.offset, str(error), reading.lines)


class _Reading:
    """Goes through the records of one stream, which may begin in the middle of a file."""

    def __init__(self, stream: Stream, wanted: Wanted) -> None:
        from warcio.recordloader import ArcWarcRecordLoader

        logging.getLogger("warcio").setLevel(logging.CRITICAL)  # what is wrong with a record is told by us
        self._stream = stream
        self._wanted = wanted
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
        self.start = 0  # where in the stream the record begins that is being read
        self.resume = 1  # from where in it the next record is looked for, when this one is damaged

    def records(self) -> Iterator[Record]:
        """The records up to the end. Raises DamageError where one cannot be read."""
        while (line := self._first_line()) is not None:
            self.start = self._stream.place - len(line)
            self.resume = max(self.resume, 1)
            record = self._parsed(line)
            self.resume = self._stream.place  # a length that is wrong may hide the records behind this place
            made = self._made(record)
            self._pass_over(record)
            yield made

    @property
    def lines(self) -> int:
        """How many lines were read of the headers of the last record."""
        return self._stream.lines

    def _first_line(self) -> bytes | None:
        self._stream.begin_record()
        while line := self._stream.readline():
            if line.strip():
                return line
            self._stream.begin_record()
        return None

    def _parsed(self, line: bytes) -> Any:
        from warcio.exceptions import ArchiveLoadFailed

        try:
            record = self._loader.parse_record_stream(self._stream, line)
        except DamageError:
            raise
        except ArchiveLoadFailed:
            raise DamageError("it is no record") from None
        except EOFError:
            raise DamageError("it is cut off") from None
        except Exception as error:  # what a stranger's bytes make of a stranger's code
            raise DamageError(f"its headers are wrong ({type(error).__name__})") from None
        length = record.rec_headers.get_header("Content-Length") or ""
        if not re.fullmatch(r"\s*\d{1,15}\s*", length):
            raise DamageError("its length is missing or wrong")
        return record

    def _made(self, record: Any) -> Record:
        http, own = record.http_headers, record.rec_headers
        status = _status(http)

        kind = str(record.rec_type or "")
        said = own if kind == "resource" and not http else http  # a file that was put there has no headers but these

        def header(name: str) -> str:
            return str(said.get_header(name) or "") if said else ""

        body = self._body(record) if self._wanted(kind, status, header) else b""
        address = str(own.get_header("WARC-Target-URI") or "").strip().strip("<>")
        captured = str(own.get_header("WARC-Date") or "")
        offset = self._stream.offset if isinstance(self._stream, Member) else self._stream.offset + self.start
        return Record(kind, address, captured, status, header, offset, body)

    def _body(self, record: Any) -> bytes:
        body = bytes(record.raw_stream.read(min(LIMIT + 1, record.raw_stream.limit)))
        return body if len(body) <= LIMIT else body[: LIMIT + 1]

    def _pass_over(self, record: Any) -> None:
        """Read what is left of the record. Raises DamageError where the file ends before it."""
        left = record.raw_stream
        while left.limit > 0:
            if not left.read(min(BLOCK, left.limit)):
                raise DamageError(f"it is cut off: {left.limit} bytes are missing")


def _status(http: Any) -> int:
    code = http.get_statuscode() if http else ""
    return int(code) if re.fullmatch(r"\d{3}", code) else 0
