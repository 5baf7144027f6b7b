"""LitBank's quotations: rows of a quote's sentences and words, and of who speaks, beside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.text import LIMIT

_ROW = re.compile(rb"(?:QUOTE|ATTRIB)\t\S+\t")
_WORD = re.compile(r"\S+")


class LitBankQuotesImporter:
    """Takes the text in with its quotations, each with its speaker as an attribute."""

    name = "litbank-quotes"
    title = "LitBank quotations"
    suffixes: tuple[str, ...] = (".ann", ".tsv")
    carries = Carries(nested=True, crossing=True, attributes=True)
    loses = ""

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the first row is a quotation’s or a speaker’s."""
        return 0.97 if _ROW.match(head.removeprefix(b"\xef\xbb\xbf")) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document. Raises KnownError where there is no text beside it."""
        text = source.beside(f"{source.stem}.txt")
        if text is None:
            raise KnownError(f"Its text is not beside it: {source.stem}.txt is missing.")
        document = MarkedText(decoded(text.whole(LIMIT)).text, source.name)
        _put(document, decoded(source.whole(LIMIT)).text.split("\n"))
        yield from document.items(metadata={"path": text.path} if text.path else {})


def _put(document: MarkedText, rows: list[str]) -> None:
    words, start = [], 0
    for line in document.text.split("\n"):
        words.append([(found.start() + start, found.end() + start) for found in _WORD.finditer(line)])
        start += len(line) + 1
    speakers: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(rows, 1):
        kind, *cells = row.rstrip("\r").split("\t")
        if kind == "QUOTE":
            _quote(document, words, cells, number)
        elif kind == "ATTRIB" and len(cells) > 1:
            speakers[cells[0]] = (cells[1], number)
        elif row.strip():
            document.leave_out(f"line {number}", "it is neither a quotation nor a speaker")
    marks = {mark.key: mark for mark in document.marks}
    for key, (speaker, number) in speakers.items():
        if key in marks:
            marks[key].say("speaker", speaker)
        else:
            document.leave_out(f"line {number}: the speaker {speaker}", f"there is no quotation {key}")


def _quote(document: MarkedText, words: list[list[tuple[int, int]]], cells: list[str], number: int) -> None:
    key = cells[0] if cells else ""
    try:
        first, start, last, end = (int(each) for each in cells[1:5])
        pair = (words[first][start][0], words[last][end][1]) if min(first, start, last, end) >= 0 else None
    except (ValueError, IndexError):
        pair = None
    if pair is None:
        document.leave_out(f"line {number}: the quotation {key}", "its sentences or words are not there")
        return
    quote = cells[5] if len(cells) > 5 else None
    document.mark(key, "QUOTE", [pair], quote, layer="quotes", place=f"line {number}")
