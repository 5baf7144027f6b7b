"""The records of other tools' JSON: of a list, of lines, or of one object; and the first of them, to know a file by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

import orjson

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.importers.annotator_json import first_object
from annotator.importers.annotator_jsonl import numbered_lines
from annotator.importers.base import Source
from annotator.importers.json_stream import JsonStream
from annotator.importers.json_values import ValueRefusedError, parsed

Json = dict[str, Any]

_LARGEST = 200_000_000  # bytes of a file that is one object
_BRACKET = re.compile(rb'(?:[^][{}"]++|"(?:[^"\\]++|\\.)*+")*+([][{}])', re.DOTALL)  # the next that is in no text
_BETWEEN = (b" ", b"\t", b"\r", b"\n", b",")
_MARK = b"\xef\xbb\xbf"
_MOST = 5  # records that a file is known by
_FAR = 1 << 53
_OTHER_NAMES = {"url": "uri", "link": "uri", "date": "published", "source": "publication"}


def records_of(source: Source, stream: BinaryIO) -> Iterator[tuple[Any, str]]:
    """Each record with its place, as `line 3`; a ValueRefusedError in place of one that cannot be read.

    Raises KnownError where the file as a whole is no JSON.
    """
    start = stream.read(1 << 16).removeprefix(_MARK).lstrip()
    stream.seek(0)
    if start.startswith(b"["):
        for number, value in enumerate(JsonStream(stream).elements(), 1):
            yield value, f"record {number}"
    elif start.partition(b"\n")[0].strip() in (b"{", b"") or not _is_lines(start):
        try:
            yield parsed(source.whole(_LARGEST).removeprefix(_MARK).strip()), "record 1"
        except ValueRefusedError as error:
            raise KnownError(f"It cannot be read: {error}.") from None
    else:
        for number, line in numbered_lines(stream):
            if line is None:
                yield ValueRefusedError("the line is longer than 64 MB"), f"line {number}"
                continue
            try:
                yield parsed(line), f"line {number}"
            except ValueRefusedError as error:
                yield error, f"line {number}"


def _is_lines(start: bytes) -> bool:
    """Whether a file has an object a line: its first line is one, or does not end within what was looked at."""
    first, newline, rest = start.partition(b"\n")
    return not newline or first_object(first) is not None or rest.lstrip().startswith(b"{")


def items_of_records(source: Source, make: Callable[[Json, str], Iterator[ImportItem]]) -> Iterator[ImportItem]:
    """What `make` makes of each record and its place; a Failure for each that is no object, or that it refuses."""
    with source.open() as stream:
        for record, place in records_of(source, stream):
            try:
                if isinstance(record, ValueRefusedError):
                    raise record
                if not isinstance(record, dict):
                    raise KnownError("it is no object")
                yield from make(record, place)
            except KnownError as error:
                reason = str(error).rstrip(".")
                yield Failure(source.name, f"{place.capitalize()} was left out: {reason}.")


@lru_cache(maxsize=2)  # every format asks it of the same file
def first_records(head: bytes) -> tuple[Any, ...]:
    """The first records of a file that begins with `head`: the objects and lists that are whole in it."""
    text = head.removeprefix(_MARK).lstrip()
    if text[:1] not in (b"[", b"{"):
        return ()
    at = 1 if text[:1] == b"[" else 0
    found: list[Any] = []
    while len(found) < _MOST:
        end = _end_of_value(text, at)
        if end is None:
            break
        try:
            found.append(parsed(text[at:end].lstrip(b", \t\r\n")))
        except ValueRefusedError:
            break
        at = end
    return tuple(found)


def first_objects(head: bytes) -> list[Json]:
    """Those of the first records that are objects."""
    return [record for record in first_records(head) if isinstance(record, dict)]


def whole_number(held: Any) -> int | None:
    """`held` as a position: a whole number, also one written as 3.0; None when it is none."""
    if type(held) is int:
        return held
    return int(held) if type(held) is float and held.is_integer() and abs(held) < _FAR else None


def plain_text(held: Any) -> str:
    """`held` as a text for what is kept about a document; JSON where it is neither text nor a number."""
    if isinstance(held, str):
        return held
    return "" if held is None or held in ({}, []) else orjson.dumps(held).decode()


def about(data: Json, *names: str) -> dict[str, str]:
    """All that an object says, as texts, but for the members of those names; inner objects' under their own names."""
    said: dict[str, str] = {}
    for name, held in data.items():
        if name in names:
            continue
        if name in ("meta", "metadata") and isinstance(held, dict):
            said |= {inner: text for inner, value in held.items() if (text := plain_text(value))}
        elif text := plain_text(held):
            said[_OTHER_NAMES.get(name, name)] = text
    return said


def _end_of_value(text: bytes, at: int) -> int | None:
    """Behind the object or list that stands next from `at` on; None where there is none, or it goes on."""
    while text[at : at + 1] in _BETWEEN:
        at += 1
    if text[at : at + 1] not in (b"[", b"{"):
        return None
    depth = 0
    while found := _BRACKET.match(text, at):
        at = found.end()
        depth += 1 if found[1] in b"{[" else -1
        if depth == 0:
            return at
    return None
