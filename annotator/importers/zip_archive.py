"""What is in a ZIP archive, as sources of their own: nothing is unpacked into the person’s folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from annotator.core.errors import KnownError
from annotator.core.imports import Failure
from annotator.importers.base import Source
from annotator.importers.reading_order import reading_rank
from annotator.importers.zip_members import TOTAL, ZipMembers

_IN_MEMORY = 32_000_000  # bytes of one member that are held before a temporary file takes them


def members_of(source: Source) -> Iterator[Source | Failure]:
    """The files in the archive, by name; what is hidden is passed over. Raises KnownError when it is damaged.

    A source that is given is to be read before the next is asked for.
    """
    with ZipMembers(source) as members:
        names = sorted(name for name in members.names() if not _is_hidden(name))
        if not names:
            raise KnownError("It is a ZIP archive without files.")
        total = 0
        for name in sorted(names, key=reading_rank):
            total += members.size(name)
            if total > TOTAL:
                raise KnownError("It holds more than 20 GB. Unpack it, then import the folder.")
            yield _member(source, members, name)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)


def _member(source: Source, members: ZipMembers, name: str) -> Source:
    opener = _once(partial(_unpacked, members, name))
    beside = partial(_beside, source, members, name)
    return Source(f"{source.name}/{name}", f"{source.path}/{name}", members.size(name), opener, beside)


def _beside(source: Source, members: ZipMembers, name: str, place: str) -> Source | None:
    """Another member, as seen from the folder of `name`; None for what is not in the archive."""
    other = (PurePosixPath(name).parent / place.removeprefix("./")).as_posix()
    return _member(source, members, other) if other in members.names() else None


def _unpacked(members: ZipMembers, name: str) -> BinaryIO:
    kept = cast(BinaryIO, SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - its reader closes it
    with members.stream(name) as stream:
        while piece := stream.read(1 << 20):
            kept.write(piece)
    kept.seek(0)
    return kept


def _once(unpack: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """Opens a member each time anew; a small one is unpacked once."""
    held: list[bytes] = []

    def opener() -> BinaryIO:
        if held:
            from io import BytesIO

            return BytesIO(held[0])
        stream = unpack()
        data = stream.read(_IN_MEMORY // 4)
        if not stream.read(1):
            held.append(data)
        stream.seek(0)
        return stream

    return opener
