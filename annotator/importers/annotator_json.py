"""The program's own JSON: one object for a whole project; and lists or single objects of texts by others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem, Notice
from annotator.core.standing_off import StandOff
from annotator.importers.base import Source
from annotator.importers.headers import header_from
from annotator.importers.json_stream import JsonStream
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.label_names import LabelNames
from annotator.importers.records import RecordReader, stands_off

DOCUMENTS = "documents"

_OBJECT = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_LIST = re.compile(rb"\s*\[\s*(?:\{|$)")
_OURS = re.compile(rb'"(?:documents|format)"\s*:')


class AnnotatorJsonImporter:
    """Takes a project's JSON in, with everything in it; a file of any size, a document at a time."""

    name = "json"
    title = "JSON"
    suffixes: tuple[str, ...] = (".json",)
    loses = ""

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the object of an export begins; likely where any object or list of objects does."""
        head = head.removeprefix(b"\xef\xbb\xbf")
        if _LIST.match(head):
            return 0.6
        if not _OBJECT.match(head):
            return 0.0
        return 0.9 if _OURS.search(head[:2000]) else 0.5

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The header, then document after document. What cannot be taken in is told by its number in the file."""
        with source.open() as stream:
            reading = JsonStream(stream)
            if reading.peek() == b"[":
                yield from _documents(reading, RecordReader(LabelNames(header_from({})[0].scheme)), source)
            else:
                yield from _project(reading, source)


def _project(reading: JsonStream, source: Source) -> Iterator[ImportItem]:
    members: dict[str, Any] = {}
    seen = 0
    for key in reading.members():
        if key != DOCUMENTS:
            members[key] = _member(key, reading.value())
            continue
        if "scheme" not in members:  # it may come after the documents, and their labels are in it
            members = _all_members(source) | members
        records, items = _begun(members, source)
        yield from items
        yield from _documents(reading, records, source)
        seen += 1
    if not seen:
        yield from _single(members, source)
    if reading.peek():
        yield Failure(source.name, "What follows the end of its JSON was left out.")


def _member(key: str, data: bytes) -> Any:
    try:
        return parsed(data)
    except ValueRefusedError as error:
        raise KnownError(f"It cannot be read: in its “{key}”, {error}.") from None


def _all_members(source: Source) -> dict[str, Any]:
    """The members of the file's object, but for the documents."""
    members: dict[str, Any] = {}
    with source.open() as stream:
        reading = JsonStream(stream)
        for key in reading.members():
            if key == DOCUMENTS and reading.peek() == b"[":
                reading.pass_over()
            else:
                members[key] = _member(key, reading.value())
    return members


def _begun(members: dict[str, Any], source: Source) -> tuple[RecordReader, list[ImportItem]]:
    header, problems = header_from(members)
    notices = [Notice(f"In {source.name}, {problem}.") for problem in problems]
    return RecordReader(LabelNames(header.scheme)), [header, *notices]


def _documents(reading: JsonStream, records: RecordReader, source: Source) -> Iterator[ImportItem]:
    for number, data in enumerate(reading.elements(), 1):
        yield from taken(data, records, source, f"record {number}")


def taken(data: Any, records: RecordReader, source: Source, place: str) -> Iterator[ImportItem]:
    """The document that `data` describes with what is to be said of it, or why it is none."""
    document: AnnotatedDocument | StandOff | None = None
    try:
        if isinstance(data, ValueRefusedError):
            raise data
        if stands_off(data):
            document = records.stand_off(data, place, source.name)
        else:
            document = records.document(data, f"{place} of {source.name}")
    except KnownError as error:
        yield Failure(source.name, f"{place.capitalize()} was left out: {error}.")
    yield from records.take_notices()
    if document is not None:
        yield document


def _single(members: dict[str, Any], source: Source) -> Iterator[ImportItem]:
    if "text" not in members and not stands_off(members):
        raise KnownError("It is JSON, but has neither “documents” nor a “text”: there is nothing to take in.")
    records = RecordReader(LabelNames(header_from({})[0].scheme))
    yield from taken(members, records, source, "record 1")


def first_object(head: bytes) -> Any:
    """The object on the first line of a file that begins with `head`; None when there is none, or it goes on."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None
