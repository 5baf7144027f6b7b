"""The bytes that an article was found in, kept so that a better way of reading them can be tried later."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

_LEVEL = 6  # of compression: a page becomes a fifth of itself in a few milliseconds


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was saved or sent, packed."""

    sha256: str  # of the bytes before they were packed
    size: int  # of those, in bytes
    packed: bytes
    media_type: str = "text/html"
    encoding: str = ""  # what it was sent with; empty where only the page itself says

    @classmethod
    def of(cls, data: bytes, media_type: str = "text/html", encoding: str = "") -> RawPage:
        """The page whose bytes are `data`."""
        digest = hashlib.sha256(data).hexdigest()
        return cls(digest, len(data), zlib.compress(data, _LEVEL), media_type, encoding)

    @property
    def data(self) -> bytes:
        """The bytes, unpacked. Raises ValueError where they are not what was kept."""
        try:
            tool = zlib.decompressobj()
            data = tool.decompress(self.packed, self.size + 1)
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ValueError("The bytes of the page are not those that were kept.")
        return data
