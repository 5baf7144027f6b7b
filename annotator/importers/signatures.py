"""What a file is that no importer reads, from its first bytes, so that the person is told more than “no”."""

from __future__ import annotations

import re

_SIGNATURES = (
    (b"SQLite format 3\0", "a database or a project of this program"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, a word processor's document or a table"),
    (b"\xd0\xcf\x11\xe0", "an older office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"(\xb5/\xfd", "compressed with Zstandard"),
    (b"\x5d\x2a\x4d\x18", "compressed with Zstandard"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"WARC/", "a web archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|head|body|\?xml|!--)", re.IGNORECASE)


def known_format(head: bytes) -> str:
    """What a file that begins with `head` is, for a sentence; empty when it may be text."""
    for signature, name in _SIGNATURES:
        # A text may begin with the two letters of a program's signature, but not go on with what no text holds.
        if head.startswith(signature) and (len(signature) > 3 or any(byte in head for byte in b"\0\x01\x02\x03")):
            return name
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "XML"
    return ""
