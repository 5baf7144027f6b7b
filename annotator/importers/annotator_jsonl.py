"""JSON Lines: a document a line, as this program writes them, or by others with a “text” and what they know of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from annotator.core.annotation import Annotator
from annotator.core.imports import Failure, Header, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotator_json import DOCUMENTS, first_object, taken
from annotator.importers.base import Source
from annotator.importers.headers import annotators_from
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.label_names import LabelNames
from annotator.importers.records import RecordReader

LIMIT = 64_000_000  # bytes of one line

_IS_WORDLESS = frozenset(("sha256", "annotations"))
_BEGINS_WORDLESS = re.compile(rb'\{"id":"[^"]*","sha256":"[0-9a-f]{64}","length":\d+,')
_BEGINS = re.compile(rb'\s*\{\s*"[^\n]*"text"\s*:\s*"')


class AnnotatorJsonLinesImporter:
    """Takes documents in line by line; a bad line is told by its number, and the rest goes on."""

    name = "jsonl"
    title = "JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    loses = "A line knows nothing of the project's labels but their names, and nothing of its registry."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the first line is an object with a text, also if it goes on past `head`."""
        found = first_object(head)
        if found is not None:
            return 0.95 if ("text" in found or found.keys() >= _IS_WORDLESS) and DOCUMENTS not in found else 0.4
        first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if b"\n" in first:
            return 0.0
        return 0.95 if _BEGINS_WORDLESS.match(first) else 0.6 if _BEGINS.match(first) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Document after document, and their annotators' names before the first that has them."""
        records = RecordReader(LabelNames(Scheme()))
        known: set[Annotator] = set()
        with source.open() as stream:
            for number, line in numbered_lines(stream):
                if line is None:
                    reason = f"Line {number} was left out: it is longer than {LIMIT // 1_000_000} MB."
                    yield Failure(source.name, reason)
                    continue
                data = _parsed(line)
                yield from _new_annotators(data, known)
                yield from taken(data, records, source, f"line {number}")


def _parsed(line: bytes) -> Any:
    try:
        return parsed(line)
    except ValueRefusedError as error:
        return error


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines that are not blank, with their numbers from 1; None for one that is too long."""
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LIMIT)
            yield number, None
        elif stripped := line.strip():
            yield number, stripped


def _new_annotators(data: Any, known: set[Annotator]) -> Iterator[Header]:
    if not isinstance(data, dict) or "annotators" not in data:
        return
    new = tuple(annotator for annotator in annotators_from(data["annotators"]) if annotator not in known)
    if new:
        known.update(new)
        yield Header(annotators=new)
