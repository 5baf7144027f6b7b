"""What is packed: bombs, names that lead elsewhere, sizes that lie, archives within archives, and web archives."""

from __future__ import annotations

import base64
import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile, file
from tests.importers.pages import body, page_record, warc
from tests.sources_made import packed

GOOD = ("good.txt", SENTENCE.encode())
_PAGE = body("<h1>Ferry</h1>", f"<p>{SENTENCE * 4}</p>")


def cases() -> Iterator[Hostile]:
    """ZIP, then gzip, then WARC, ARC and WACZ."""
    yield from _zips()
    yield from _damaged_zips()
    yield from _gzips()
    yield from _warcs()
    yield from _waczs()


def _zips() -> Iterator[Hostile]:
    zeros = bytes(60_000_000)
    yield file("bomb.zip", packed(("zeros.txt", zeros), GOOD), True, "far beyond")
    yield file("bomb of text.zip", packed(("a.txt", b"ferry " * 10_000_000), GOOD), True, "far beyond")
    yield file("bomb of bz2.zip", packed(("zeros.txt", zeros), GOOD, method=zipfile.ZIP_BZIP2), False, "unusual way")
    yield file("bomb of lzma.zip", packed(("zeros.txt", zeros), GOOD, method=zipfile.ZIP_LZMA), False, "unusual way")
    nest = packed(GOOD)
    for depth in range(6):
        nest = packed((f"{depth}.zip", nest))
    yield file("nest.zip", nest, False, "archive in an archive")
    inner = packed(("zeros.txt", bytes(20_000_000)))
    yield file("many bombs.zip", packed(*((f"{n}.zip", inner) for n in range(20)), GOOD), True)
    yield file("many files.zip", packed(*((f"{n}", b"") for n in range(100_001))), False, "more than 100000 files")
    yield file("many small files.zip", packed(*((f"{n}.txt", b"x") for n in range(500))))
    for number, name in enumerate(_NAMES):
        yield file(f"name {number}.zip", packed((name, SENTENCE.encode()), GOOD), True)
    yield file("same name.zip", packed(GOOD, GOOD, ("good.txt", b"other")), True)
    yield file("itself.zip", packed(("itself.zip", b"PK\x03\x04" + bytes(26)), GOOD), True)
    yield file("a folder and a file.zip", packed(("a/", b""), ("a", b"x"), GOOD), True)


_NAMES = (
    *("../../evil.txt", "/abs/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "CON", "nul.txt", "a\u202etxt.exe.txt"),
    *("x" * 300 + ".txt", " .txt", "trailing. ", "new\nline.txt", "<img src=x>.txt", "-rf.txt", "a/../../b.txt", "\x1b[31m.txt"),
)  # fmt: skip


def _damaged_zips() -> Iterator[Hostile]:
    sound = packed(("a.txt", SENTENCE.encode() * 50), GOOD)
    for part in (1, 2, 3):
        yield file(f"cut at {part} quarters.zip", sound[: len(sound) * part // 4], False, "damaged")
    yield file(
        "wrong checksum.zip", sound.replace(struct.pack("<I", zlib.crc32(SENTENCE.encode() * 50)), b"\1\2\3\4"), True
    )
    for name, size in (("small", 1), ("huge", 2**32 - 2), ("nought", 0)):
        yield file(f"lying size {name}.zip", _with_size(sound, size))
    yield file("locked.zip", _with_flag(sound, 1), None, "password")
    yield file("unknown packing.zip", _with_method(sound, 99), None)
    yield file("overlapping.zip", _overlapping(2000), None)
    yield file("junk before.zip", bytes(5000) + sound, None)
    yield file("comment.zip", sound[:-2] + struct.pack("<H", 65535) + b"PK\5\6" * 16383 + b"xyz", None)
    yield file("nothing.zip", b"PK\5\6" + bytes(18), False)


def _central(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


def _with_size(data: bytes, size: int) -> bytes:
    at = _central(data)
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def _with_flag(data: bytes, flag: int) -> bytes:
    at = _central(data)
    return data[: at + 8] + struct.pack("<H", flag) + data[at + 10 :]


def _with_method(data: bytes, method: int) -> bytes:
    at = _central(data)
    return data[: at + 10] + struct.pack("<H", method) + data[at + 12 :]


def _overlapping(count: int) -> bytes:
    """Many names for one packed stretch of the file."""
    one = packed(("00000.txt", b"ferry " * 100_000))
    at = _central(one)
    entry, local = one[at : one.index(b"PK\5\6")], one[:at]
    entries = b"".join(entry.replace(b"00000.txt", b"%05d.txt" % number) for number in range(count))
    return local + entries + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), at, 0)


def _gzips() -> Iterator[Hostile]:
    yield file("bomb.gz", gzip.compress(bytes(100_000_000)), False)
    yield file("text.txt.gz", gzip.compress(SENTENCE.encode()), None)
    yield file("cut.warc.gz", warc(page_record(1), page_record(2))[:-40], True)


def _warcs() -> Iterator[Hostile]:
    sound = warc(page_record(1), page_record(2), gzip=False)
    length = sound[sound.index(b"Content-Length: ") + 16 :].split(b"\r\n")[0]
    for name, lie in (("negative", b"-1"), ("huge", b"99999999999999999999"), ("words", b"many"), ("short", b"5"), ("nothing", b""), ("arabic", "٥".encode())):  # fmt: skip
        lying = sound.replace(b"Content-Length: " + length, b"Content-Length: " + lie, 1)
        yield file(f"length {name}.warc", lying, None)
    yield file("bomb.warc.gz", _record(bytes(60_000_000), packed_anew=True) + warc(page_record(2)), None)
    bomb = gzip.compress(b"<p>" + bytes(60_000_000))
    yield file("page bomb.warc.gz", warc(page_record(1, bomb, [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]), page_record(2)), True)  # fmt: skip
    layers = _PAGE
    for _ in range(30):
        layers = gzip.compress(layers)
    yield file("packed again and again.warc", warc(page_record(1, layers, [("Content-Type", "text/html"), ("Content-Encoding", ", ".join(["gzip"] * 30))]), page_record(2), gzip=False), True)  # fmt: skip
    yield file("padded again and again.warc", warc(page_record(1, _padded(12), [("Content-Type", "text/html"), ("Content-Encoding", ", ".join(["gzip"] * 13))]), page_record(2), gzip=False), True)  # fmt: skip
    yield file("many headers.warc", sound.replace(b"WARC-Date", b"X: y\r\n" * 50_000 + b"WARC-Date", 1), None)
    yield file("long header.warc", sound.replace(b"WARC-Date", b"X: " + b"y" * 3_000_000 + b"\r\nWARC-Date", 1), None)
    yield file("no ends.warc", b"WARC/1.0\r\n" * 50_000, None)
    yield file("nothing but beginnings.warc", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" * 20_000, None)
    yield file("chunks.warc", warc(page_record(1, b"7fffffff\r\n<p>x", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]), page_record(2), gzip=False), True)  # fmt: skip
    yield file("odd addresses.warc", warc(*(("response", address, "200 OK", [("Content-Type", "text/html")], _PAGE + str(n).encode()) for n, address in enumerate(_ADDRESSES)), gzip=False), True)  # fmt: skip
    yield file("length.arc", b"filedesc://a.arc 0.0.0.0 20161102100000 text/plain 99999999999\n1 0 A\n\nhttp://a.example/ 1.1.1.1 20161102100000 text/html -5\nx", None)  # fmt: skip


_ADDRESSES = (
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://[::1",
    "http://" + "a" * 5000,
    "http://a/\u202e",
    "x",
)


def _record(data: bytes, *, packed_anew: bool) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: %d\r\n\r\n"
    return gzip.compress(head % len(data) + data + b"\r\n\r\n")


def _padded(layers: int) -> bytes:
    """Packed so often, each time with as much that says nothing as a page may be long: small from outside alone."""
    data = _PAGE
    for _ in range(layers):
        size, check = struct.pack("<I", len(data) & 0xFFFFFFFF), struct.pack("<I", zlib.crc32(data))
        inner = zlib.compressobj(9, zlib.DEFLATED, -15)
        nothing = b"\0\0\0\xff\xff" * 2_000_000
        data = b"\x1f\x8b\x08\0\0\0\0\0\0\3" + nothing + inner.compress(data) + inner.flush() + check + size
    return gzip.compress(data, 1)


def _waczs() -> Iterator[Hostile]:
    crawl = warc(page_record(1))
    yield file("trojan.wacz", packed(("datapackage.json", b"{}"), ("archive/a.warc.gz", crawl), ("../../evil.sh", b"rm"), ("archive/../../../b.warc.gz", warc(page_record(2))), ("viewer/index.html", b"<script>alert(1)</script>")), True)  # fmt: skip
    yield file("lying.wacz", packed(("datapackage.json", b'{"resources": [{"path": "/etc/passwd"}, {"path": "archive/none.warc.gz", "bytes": -1}]}'), ("archive/a.warc.gz", crawl)), True)  # fmt: skip
    yield file("deep package.wacz", packed(("datapackage.json", b"[" * 200_000), ("archive/a.warc.gz", crawl)), True)
    yield file("bomb.wacz", packed(("datapackage.json", b"{}"), ("archive/a.warc", bytes(60_000_000)), ("archive/b.warc.gz", crawl)), None)  # fmt: skip
    yield file("empty.wacz", packed(("datapackage.json", b"{}"), ("archive/a.warc.gz", b"")), None)
    yield file(
        "in itself.wacz", packed(("datapackage.json", b"{}"), ("archive/a.warc.gz", packed(("a.wacz", crawl)))), None
    )
    parted = "".join(f"--x{n}\r\nContent-Type: multipart/related; boundary=x{n + 1}\r\n\r\n" for n in range(2000))
    yield file("deep.mht", f"MIME-Version: 1.0\r\nSnapshot-Content-Location: http://a.example/\r\nContent-Type: multipart/related; boundary=x0\r\n\r\n{parted}", False)  # fmt: skip
    zeros = base64.encodebytes(bytes(8_000_000)).decode()
    yield file("large part.mht", f"{_MHT}--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{zeros}\r\n--x--", None)  # fmt: skip
    yield file("odd words.mht", f"{_MHT.replace('Subject: a', 'Subject: ' + '=?utf-8?q?=?=' * 20_000)}--x\r\nContent-Type: text/html; charset=x-none\r\n\r\n<p>{SENTENCE * 3}\r\n--x--", None)  # fmt: skip
    yield file("without end.mht", _MHT + "--x\r\n" * 50_000, None)


_MHT = (
    "From: <Saved by x>\r\nSnapshot-Content-Location: http://a.example/\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
)
