"""From a page's bytes to its text, as browsers do it: byte order mark, header, `<meta>`; what is plainly wrong is not
believed, and what cannot be read is replaced and counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.errors import KnownError
from annotator.core.text import REPLACEMENT
from annotator.importers.decoding import decoded

_PRESCAN = 1 << 16  # bytes in which a page may say its encoding: browsers look at 1024, and many pages say it later
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})["']""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.{0,4000}?-->", re.DOTALL)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# What pages call an encoding, and the codec that reads it: a name that is a part of another is read as the whole.
_WIDER = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
}
_ALSO = frozenset(
    [f"iso-8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + [f"windows-{number}" for number in range(1250, 1259)]
    + ["iso-8859-8-i", "iso-8859-6-i", "koi8-r", "koi8-u", "gb18030", "euc-jp", "iso-2022-jp", "macintosh", "cp1252"]
    + ["cp1251", "cp1250", "cp1256", "ibm866", "cp866", "windows-874", "x-mac-cyrillic"]
)
_ODD = {
    "windows-874": "cp874",
    "ibm866": "cp866",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
}


class PageText(NamedTuple):
    """A page's text, and what is to be said of its bytes."""

    text: str
    encoding: str
    guessed: bool  # whether neither the page nor its header named it, or what they named was wrong
    replaced: int  # how many stretches of bytes became U+FFFD


def page_text(data: bytes, header: str = "") -> PageText:
    """The text of the page `data`; `header` is the encoding that it was sent with, if that is known. Never fails."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], codec, False)
    if wide := _without_mark(data):
        return _read(data, wide, True)
    named = codec_of(header) or _declared(data)
    if named and named != "utf-8" and _is_utf8(data):
        return _read(data, "utf-8", True)
    if named and (named != "utf-8" or _is_utf8(data, damaged=True)):
        return _read(data, named, False)
    return _guess(data)


def codec_of(name: str) -> str:
    """The codec that reads what pages call `name`; empty for what is no encoding of pages."""
    plain = name.strip().strip("\"'").lower()
    if plain in _WIDER:
        return _WIDER[plain]
    return _ODD.get(plain, plain) if plain in _ALSO else ""


def _declared(data: bytes) -> str:
    head = _COMMENT.sub(b"", data[:_PRESCAN])
    found = _XML.match(head) or _META.search(head)
    return codec_of(found.group(1).decode("ascii", "ignore")) if found else ""


def _without_mark(data: bytes) -> str:
    """The codec of UTF-16 without its mark: every second byte of its markup is zero."""
    head = data[:400]
    if head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _is_utf8(data: bytes, *, damaged: bool = False) -> bool:
    """Whether `data` is UTF-8 with something in it that is not ASCII; `damaged`: or is that for the most part."""
    try:
        data.decode()
    except UnicodeDecodeError:
        if not damaged:
            return False
        right = sum(character > "\x7f" for character in data.decode(errors="ignore"))
        return right > data.decode(errors="replace").count(REPLACEMENT)
    return damaged or not data.isascii()


def _guess(data: bytes) -> PageText:
    """Markup is ASCII and tells nothing of the letters: what stands between it is what is judged."""
    words = re.sub(rb"<[^>]{0,2000}>", b" ", data[: 1 << 20])
    try:
        found = decoded(words)
    except KnownError:
        return _read(data, "utf-8" if _is_utf8(data, damaged=True) else "cp1252", True)
    return _read(data, codec_of(found.encoding) or "utf-8", found.guessed)


def _read(data: bytes, codec: str, guessed: bool) -> PageText:
    text = data.decode(codec, errors="replace")
    return PageText(text, codec, guessed, text.count(REPLACEMENT))
