"""What a DocBin of spaCy holds, read as data: words, entities, spans and categories.

The file is a stranger's. It is unpacked within a limit, every number in it is looked at before it is used, and no
`Doc` is made of it: words, spans and labels are all that is wanted, and no stranger's number comes to spaCy's compiled
parts. Nothing in the format is pickled, and nothing here runs code from a file or looks for any.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from annotator.core.errors import KnownError
from annotator.importers.foreign_errors import foreign_errors
from annotator.importers.text import LIMIT

_SPANS = {40: struct.Struct(">QQQllll"), 32: struct.Struct(">QQllll")}  # by length: newer and older versions of spaCy
_BEGINS, _GOES_ON = 3, 1  # of ENT_IOB


class Marked(NamedTuple):
    """A run of words with a label: from the first up to, not including, the last."""

    first: int
    last: int
    label: str
    kb_id: str
    key: str
    group: str  # of spans; empty for entities


@dataclass(slots=True)
class DocBinText:
    """One document."""

    words: list[str]
    spaces: list[bool]  # whether one stands behind each word
    entities: list[Marked]
    spans: list[Marked]
    cats: dict[str, Any]
    said: dict[Any, Any]  # what users keep with it
    wrong: int = 0  # spans that are no spans of it


def is_docbin(head: bytes) -> bool:
    """Whether a file begins as a DocBin does: packed, and with its version and the names of its columns."""
    if head[:1] != b"\x78":
        return False
    try:
        start = zlib.decompressobj().decompress(head, 40)
    except zlib.error:
        return False
    return start[1:9] == b"\xa7version" and b"attrs" in start


def docbin_texts(data: bytes) -> Iterator[DocBinText]:
    """The documents. Raises KnownError where there is no spaCy, or the file is damaged."""
    strings, attributes, msgpack = (_module(name) for name in ("spacy.strings", "spacy.attrs", "srsly.msgpack"))
    message = _unpacked(msgpack, _inflated(data))
    if not isinstance(message, dict):
        raise KnownError("It is a damaged DocBin (it holds no columns).")
    with foreign_errors("DocBin"):
        known = strings.StringStore([each for each in message["strings"] if isinstance(each, str)])
        names = {number: name for name, number in attributes.IDS.items()}
        columns = [names[each] for each in message["attrs"]]
        held = _Columns(message, columns, known, msgpack)
    for number in range(len(held.lengths)):
        with foreign_errors("DocBin"):
            text = held.text(number)
        yield text


def _module(name: str) -> Any:
    """A part of spaCy. Not imported by name, so that a bundle of the program does not take it along."""
    try:
        return import_module(name)
    except ImportError as error:
        raise KnownError(
            "This format needs spaCy, which is not installed. Install it (pip install spacy), or have the texts written"
            " as JSON."
        ) from error


def _inflated(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, LIMIT)
    except zlib.error as error:
        raise KnownError(f"It is a damaged DocBin ({error}).") from None
    if unpacking.unconsumed_tail:
        raise KnownError(f"It is larger than {LIMIT // 1_000_000} MB when it is unpacked. Split it, then try again.")
    if not unpacking.eof:
        raise KnownError("It is a damaged DocBin (its end is missing).")
    return found


def _unpacked(msgpack: Any, data: bytes) -> Any:
    """The value of msgpack; names of objects may be anything that can be one."""
    with foreign_errors("DocBin"):
        return msgpack.unpackb(data, raw=False, use_list=False, strict_map_key=False)


class _Columns:
    """The numbers of all words of all documents, a row a word."""

    def __init__(self, message: dict[str, Any], columns: Sequence[str], known: Any, msgpack: Any) -> None:
        self._message, self._known, self._msgpack = message, known, msgpack
        self._columns = {name: place for place, name in enumerate(columns)}
        self._width = len(columns)
        self.lengths = _numbers("i", message["lengths"])
        self._tokens = _numbers("Q", message["tokens"])
        self._spaces = message["spaces"]
        total = sum(self.lengths)
        fitting = len(self._tokens) == total * self._width and len(self._spaces) == total
        if not fitting or any(length < 0 for length in self.lengths) or "ORTH" not in self._columns:
            raise KnownError("It is a damaged DocBin (its words are not as many as it says).")
        self._starts = [0]
        for length in self.lengths:
            self._starts.append(self._starts[-1] + length)

    def text(self, number: int) -> DocBinText:
        """The document of that number."""
        first, last = self._starts[number], self._starts[number + 1]
        words = [self._string(key) for key in self._column("ORTH", first, last)]
        flags = self._of("flags", number)
        unknown = isinstance(flags, dict) and bool(flags.get("has_unknown_spaces"))
        spaces = [unknown or bool(each) for each in self._spaces[first:last]]
        if unknown and spaces:
            spaces[-1] = False
        cats, said = self._of("cats", number), self._of("user_data", number)
        kept = _unpacked(self._msgpack, said) if isinstance(said, bytes) else {}
        held = cats if isinstance(cats, dict) else {}
        found = DocBinText(words, spaces, self._entities(first, last), [], held, kept if isinstance(kept, dict) else {})
        for group, packed in self._groups(number):
            span = self._span(group, packed, last - first)
            if span is None:
                found.wrong += 1
            else:
                found.spans.append(span)
        return found

    def _of(self, name: str, number: int) -> Any:
        held = self._message.get(name)
        return held[number] if isinstance(held, list | tuple) and number < len(held) else None

    def _column(self, name: str, first: int, last: int) -> Sequence[int]:
        place = self._columns.get(name)
        if place is None:
            return [0] * (last - first)
        return self._tokens[first * self._width + place : last * self._width : self._width]

    def _string(self, key: int) -> str:
        found = self._known[key]  # raises KeyError for one that the file does not hold
        return str(found)

    def _entities(self, first: int, last: int) -> list[Marked]:
        rows = zip(*(self._column(f"ENT_{name}", first, last) for name in ("IOB", "TYPE", "KB_ID", "ID")), strict=True)
        found: list[Marked] = []
        for place, (where, label, kb_id, key) in enumerate(rows):
            if where == _BEGINS and label:
                said = (self._string(label), self._string(kb_id), self._string(key))
                found.append(Marked(place, place + 1, *said, ""))
            elif where == _GOES_ON and found and found[-1].last == place:
                found[-1] = found[-1]._replace(last=place + 1)
        return found

    def _groups(self, number: int) -> Iterator[tuple[str, bytes]]:
        """The packed spans of a document, each with the name of its group."""
        packed = self._of("span_groups", number)
        held = _unpacked(self._msgpack, packed) if isinstance(packed, bytes) and packed else ()
        pairs = held.items() if isinstance(held, dict) else [(each, None) for each in held]
        for group, names in pairs:
            said = _unpacked(self._msgpack, group)
            for name in names or (said["name"],):
                yield from ((str(name), each) for each in said["spans"])

    def _span(self, group: str, packed: bytes, length: int) -> Marked | None:
        *keys, first, last, _, _ = _SPANS[len(packed)].unpack(packed)
        key, kb_id, label = keys if len(keys) == 3 else (0, *keys)
        if not 0 <= first < last <= length or not label:
            return None
        return Marked(first, last, self._string(label), self._string(kb_id), self._string(key), group)


def _numbers(kind: str, data: bytes) -> array[int]:
    """Whole numbers as the file packs them: the lowest byte first."""
    found = array(kind)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
