"""The place in a file where something did not come in, as it stands there, for a person to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import KnownError
from annotator.core.imports import Failure
from annotator.core.open_files import is_open
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.signatures import known_format
from annotator.importers.walking import sources
from annotator.importers.zip_archive import members_of

SHOWN = 20_000  # bytes
_BYTES = 512  # of what is no text
_BYTE = re.compile(r"^At byte (\d+)\b")
_LINE = re.compile(r"\bline (\d+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """What stands at the place of a failure."""

    file: Path
    place: str  # within the file, as the report says it; empty for the whole
    text: str


def file_of(failure: Failure) -> Path | None:
    """The file on the disk that a failure is about, be it only something within it; None when there is none."""
    name = _name_of(failure.path)
    return next((path for path in (Path(name), *Path(name).parents) if path.is_file()), None)


def raw_record(failure: Failure) -> RawRecord:
    """The bytes at the place of a failure, as text. Raises KnownError when they cannot be had."""
    file, name = file_of(failure), _name_of(failure.path)
    if file is None:
        raise KnownError(f"{name} is not there any more, or it is a folder.")
    if is_open(file):
        raise KnownError(f"{file} belongs to a project that is open.")
    place = failure.path[len(name) :].lstrip(", ")
    try:
        data = _bytes_at(file, name, failure.reason, place)
    except OSError as error:
        raise KnownError(f"It cannot be read: {error.strerror or error}.") from error
    return RawRecord(file, place, _as_text(data))


def _name_of(path: str) -> str:
    """The part of a failure’s path that names a source: what stands behind a comma may be a place within it."""
    pieces = path.split(", ")
    for count in range(len(pieces), 0, -1):
        name = ", ".join(pieces[:count])
        if Path(name).is_file():
            return name
    return re.sub(r", (?:article|line|record|sheet|page|row) [^/]*$", "", path)


def _bytes_at(file: Path, name: str, reason: str, place: str) -> bytes:
    """The bytes at a place of the file, or of the member of an archive, that has the name."""
    (source,) = sources([file])
    members = (source,) if source.name == name else members_of(source)
    for member in members:  # an archive is open only while it is gone through
        if isinstance(member, Source) and member.name == name:
            with member.open() as stream:
                _go_to(stream, reason, place)
                return stream.read(SHOWN)
    raise KnownError(f"{name} cannot be looked into.")


def _go_to(stream: BinaryIO, reason: str, place: str) -> None:
    if found := _BYTE.search(reason):
        stream.seek(int(found[1]))
    elif found := _LINE.search(place) or _LINE.match(reason):
        for _ in range(int(found[1]) - 1):
            if not stream.readline():
                return


def _as_text(data: bytes) -> str:
    """Text as it is written, wrong bytes as �; what is no text as its first bytes."""
    if known_format(data) or b"\0" in data:
        pieces = (data[at : at + 16].hex(" ") for at in range(0, min(len(data), _BYTES), 16))
        return "\n".join(pieces)
    try:
        return decoded(data).text
    except KnownError:
        return data.decode("utf-8", errors="replace")
