"""What an import format is, and what it reads from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Protocol

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem


def no_other(place: str) -> Source | None:
    """What stands beside a source that is alone: nothing."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """Something that an importer reads: a file, or what came through standard input."""

    name: str  # as reports name it
    path: str  # as documents keep it: the file's place within the folder that was imported
    size: int  # in bytes
    opener: Callable[[], BinaryIO]  # each call gives a new stream, at its beginning, that can seek
    beside: Callable[[str], Source | None] = no_other  # the file of that place, as seen from this one's folder

    def open(self) -> BinaryIO:
        """A stream of its bytes, for the caller to close. Raises OSError where it cannot be read."""
        return self.opener()

    def head(self, size: int) -> bytes:
        """Its first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def whole(self, limit: int) -> bytes:
        """All of its bytes. Raises KnownError when there are more than `limit`."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            most = f"{limit // 1_000_000} MB"
            raise KnownError(f"It is larger than {most}, the most that one text may have. Split it, then try again.")
        return data

    @property
    def stem(self) -> str:
        """Its name without folders and suffix."""
        return PurePath(self.path or self.name).stem


class Importer(Protocol):
    """Reads one format. Sees neither the project file nor the window."""

    @property
    def name(self) -> str:
        """As `annotator import --format` takes it."""

    @property
    def title(self) -> str:
        """As people read it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What such files' names usually end in. Content decides, not these."""

    @property
    def loses(self) -> str:
        """What the format cannot carry, or what is not taken from it; a sentence, or nothing."""

    def recognises(self, head: bytes, name: str) -> float:
        """How sure it is, from 0 to 1, that a file called `name` that begins with `head` is of this format."""

    def read(self, source: Source) -> Iterator[ImportItem]:
        """What `source` holds. Raises KnownError, and the source gives nothing more, where it cannot go on."""


class AnnotationImporter(Importer, Protocol):
    """Reads a format of marks."""

    @property
    def carries(self) -> Carries:
        """What is taken in beside texts and marks that lie side by side, where a file has it."""
