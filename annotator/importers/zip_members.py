"""What is in a ZIP file, read without writing it anywhere, and never more of it than a person could have meant."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from annotator.core.errors import KnownError
from annotator.importers.base import Source

MEMBERS = 100_000  # files in one archive
RATIO = 250  # times that a member may be larger than it is packed, from a size on at which it matters
_SMALL = 10_000_000  # bytes that any member may have, however well it packs
LARGEST = 2_000_000_000  # bytes of one member
_ELSEWHERE = 0xFFFFFFFF  # in place of a size that stands in another field, being too large for its own
TOTAL = 20_000_000_000  # bytes of all members


class ZipMembers:
    """The files in a ZIP file, by name. Close it, or use it with `with`."""

    def __init__(self, source: Source) -> None:
        self._stream = source.open()
        try:
            self._file = zipfile.ZipFile(self._stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            self._stream.close()
            raise KnownError(f"It is a damaged ZIP archive ({error}). Download or copy it anew.") from None
        if len(self._file.infolist()) > MEMBERS:
            self.close()
            raise KnownError(f"It holds more than {MEMBERS} files. Unpack it, then import the folder.")

    def __enter__(self) -> ZipMembers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file beneath."""
        self._file.close()
        self._stream.close()

    def names(self) -> list[str]:
        """The names of its files, folders left out, as the archive has them."""
        return [info.filename for info in self._file.infolist() if not info.is_dir()]

    def size(self, name: str) -> int:
        """How large the archive says the file is."""
        return self._file.getinfo(name).file_size

    def stream(self, name: str, limit: int = LARGEST) -> BinaryIO:
        """The bytes of a file. Raises KnownError for what is locked, damaged, or grows beyond all measure."""
        try:
            info = self._file.getinfo(name)
        except KeyError:
            raise KnownError(f"“{name}” is missing in it.") from None
        if info.flag_bits & 1:
            raise KnownError("It is locked with a password. Unpack it, then import what was in it.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others unpack without measure
            raise KnownError("It is packed in an unusual way. Unpack it, then import what was in it.")
        try:
            opened = self._file.open(info)
        except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
            raise KnownError(f"It is damaged in the archive ({error}).") from None
        most = min(limit, max(_SMALL, info.compress_size * RATIO))
        return io.BufferedReader(_Bounded(opened, most), 1 << 16)

    def read(self, name: str, limit: int = LARGEST) -> bytes:
        """All bytes of a file. Raises KnownError as `stream` does."""
        with self.stream(name, limit) as stream:
            return stream.read()


class _Bounded(io.RawIOBase):
    """Reads on until more came than may come: what an archive says of its sizes need not be true."""

    def __init__(self, stream: object, most: int) -> None:
        super().__init__()
        self._inner = stream
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data: bytes = self._inner.read(len(view))  # type: ignore[attr-defined]
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise KnownError(f"It is damaged in the archive ({error}).") from None
        except Exception as error:  # zlib.error, lzma.LZMAError: each module of compression has its own
            if type(error).__module__ not in ("zlib", "_lzma", "lzma", "bz2", "_bz2"):
                raise
            raise KnownError(f"It is damaged in the archive ({error}).") from None
        self._left -= len(data)
        if self._left < 0:
            raise KnownError("It grows far beyond its size when it is unpacked: it was left alone.")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()  # type: ignore[attr-defined]
        super().close()


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with `head` is a ZIP archive, of whatever kind."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names_in_head(head: bytes) -> Iterator[str]:
    """The names of members whose beginnings lie within a ZIP file's first bytes: enough to know an office file.

    What a member holds is stepped over where its size is known, for it may be a ZIP file itself.
    """
    at = 0
    while (at := head.find(b"PK\x03\x04", at)) >= 0:
        size, length, extra = (
            int.from_bytes(head[at + a : at + b], "little") for a, b in ((18, 22), (26, 28), (28, 30))
        )
        yield head[at + 30 : at + 30 + length].decode("utf-8", errors="replace")
        at += 30 + length + extra + (0 if size == _ELSEWHERE else size)
