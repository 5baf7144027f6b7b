"""The body of an HTTP response as the server meant it: chunks joined, unpacked, and no longer than a page may be."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from annotator.importers.warc.damage import DamageError

LIMIT = 50_000_000  # bytes of a page
_LAYERS = 4  # packings within each other: servers use one, and each costs a page's whole length
_CHUNK = 1 << 16


def body_of(raw: bytes, transfer: str, encodings: str) -> bytes:
    """The body in `raw`, sent with these two headers.

    What says that it is packed and is not is taken as it stands: programs unpack pages and keep the headers.
    Raises DamageError for an encoding that is not known, and for what is too long.
    """
    data = _joined(raw) if "chunked" in transfer.lower() else raw
    if encodings.count(",") >= _LAYERS:
        raise DamageError("it is packed again and again")
    for name in reversed([name.strip().lower() for name in encodings.split(",")]):
        if name in ("", "identity", "none", "utf-8", "binary"):
            continue
        if name not in _UNPACKING:
            raise DamageError(f"it is packed in a way this version does not read ({name[:30]})")
        data = _UNPACKING[name](data)
    return data


def _joined(raw: bytes) -> bytes:
    """The chunks in `raw` as one; `raw` itself where they were joined already."""
    pieces: list[bytes] = []
    at = 0
    while at < len(raw):
        end = raw.find(b"\n", at, at + 200)
        size = _size(raw[at:end]) if end >= 0 else -1
        if size < 0:  # none: the rest is no chunk, or the body is cut off
            return b"".join(pieces) if pieces else raw
        if size == 0:
            break
        pieces.append(raw[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if raw[at : at + 2] == b"\r\n" else raw[at : at + 1] == b"\n"
    return b"".join(pieces)


def _size(line: bytes) -> int:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if 0 < len(digits) <= 8 and digits.isalnum() else -1
    except ValueError:
        return -1


def _inflated(bits: int) -> Callable[[bytes], bytes]:
    def unpack(data: bytes) -> bytes:
        return _unpacked(data, lambda: zlib.decompressobj(bits))

    return unpack


def _deflated(data: bytes) -> bytes:
    """What is called deflate is so with a header of zlib's, as it should be, or without."""
    with_header = _unpacked(data, zlib.decompressobj)
    return _unpacked(data, lambda: zlib.decompressobj(-zlib.MAX_WBITS)) if with_header is data else with_header


def _unpacked(data: bytes, unpacker: Callable[[], Any]) -> bytes:
    """As much of `data` as can be unpacked; `data` itself where nothing can."""
    pieces: list[bytes] = []
    length = 0
    tool = unpacker()
    for at in range(0, len(data), _CHUNK):
        packed = data[at : at + _CHUNK]
        while packed:
            try:
                pieces.append(tool.decompress(packed, LIMIT))
            except zlib.error:
                return b"".join(pieces) if length else data
            length += len(pieces[-1])
            if length > LIMIT:
                raise DamageError("its page is larger than 50 MB")
            packed = tool.unconsumed_tail
        if tool.eof:
            break
    return b"".join(pieces) if length else data


def _brotli(data: bytes) -> bytes:
    import brotli  # only where an archive holds such pages

    pieces: list[bytes] = []
    length = 0
    tool = brotli.Decompressor()
    for at in range(0, len(data), _CHUNK):
        packed: bytes | None = data[at : at + _CHUNK]
        while packed is not None:
            try:
                pieces.append(tool.process(packed, output_buffer_limit=_CHUNK * 16))
            except brotli.error:
                return b"".join(pieces) if length else data
            length += len(pieces[-1])
            if length > LIMIT:
                raise DamageError("its page is larger than 50 MB")
            packed = None if tool.can_accept_more_data() else b""
    return b"".join(pieces) if length else data


_UNPACKING: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _inflated(16 + zlib.MAX_WBITS),
    "x-gzip": _inflated(16 + zlib.MAX_WBITS),
    "deflate": _deflated,
    "br": _brotli,
}
