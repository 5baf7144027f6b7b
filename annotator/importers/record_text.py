"""The text of a file that holds many records, of which some may be damaged or in another encoding than the rest."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.errors import KnownError
from annotator.core.imports import Notice
from annotator.importers.base import Source
from annotator.importers.decoding import decoded

LIMIT = 200_000_000  # bytes of one file
_WRONG = re.compile("[\udc80-\udcff]")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]{2,30})""")


class RecordText(NamedTuple):
    """A file's text. Wrong bytes in it stand there as lone surrogates, for `sound` to judge record by record."""

    text: str
    notices: list[Notice]


def record_text(source: Source, limit: int = LIMIT) -> RecordText:
    r"""What `source` holds, line ends as `\n`. Raises KnownError when it is no text at all."""
    data = source.whole(limit)
    declared = _declared(data[:4096])
    try:
        found = decoded(data)
    except KnownError:
        text = _as_declared(data, declared) or _with_gaps(data)
        return RecordText(_lines(text), [])
    if not found.guessed:
        return RecordText(_lines(found.text), [])
    text, name = _as_declared(data, declared) or found.text, declared or found.encoding
    return RecordText(_lines(text), [Notice(f"{source.name} is not UTF-8: it was read as {name}.")])


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _declared(head: bytes) -> str:
    """The older encoding that a page says it is in; empty when it says UTF-8, nothing or nonsense."""
    match = _DECLARED.search(head)
    name = match[1].decode("ascii").lower() if match else ""
    if name in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        return "windows-1252"  # what such pages are, as browsers know
    try:
        known = bool(name) and bool("".encode(name) == b"")
    except (LookupError, UnicodeError):
        return ""
    return name if known and not name.startswith("utf") else ""


def _as_declared(data: bytes, declared: str) -> str:
    try:
        return data.decode(declared) if declared else ""
    except (UnicodeError, LookupError):
        return ""


def _with_gaps(data: bytes) -> str:
    """UTF-8 with some wrong bytes. Raises KnownError, in the words that name the byte, for anything else."""
    text = data.decode("utf-8", errors="surrogateescape")
    wrong = len(_WRONG.findall(text))
    if wrong * 4 > sum(character > "\x7f" for character in text) or b"\0" in data:
        decoded(data)
    return text


def encoding_of(text: str) -> str:
    """The older encoding that a record is in, unlike the rest of its file; empty for one that is like the rest.

    Raises KnownError, naming the byte, when it is damaged.
    """
    if not _WRONG.search(text):
        return ""
    return decoded(text.encode("utf-8", errors="surrogateescape")).encoding


def sound(text: str) -> str:
    """A record's text, decoded by itself where it is in another encoding than the rest. Raises as `encoding_of`."""
    encoding = encoding_of(text)
    return text.encode("utf-8", errors="surrogateescape").decode(encoding) if encoding else text
