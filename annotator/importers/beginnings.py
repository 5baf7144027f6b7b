"""The beginning of a source, by which its format is known."""

from __future__ import annotations

import re

from annotator.importers.annotations.json_records import first_records
from annotator.importers.base import Source

HEAD = 1 << 16  # bytes that a format is recognised by
_FAR = 1 << 22  # bytes that are looked at where the first record of JSON does not end before
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_LONG = 400  # bytes of a text in JSON that is cut out
_CUT = b'"' + b"x" * 200 + b'"'


def beginning(source: Source) -> bytes:
    """The first bytes of `source`; of JSON whose texts are long, with these cut out, so that what follows is seen."""
    head = source.head(HEAD)
    if len(head) < HEAD or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{") or first_records(head):
        return head
    return _STRING.sub(_short, source.head(_FAR))[:HEAD]


def _short(found: re.Match[bytes]) -> bytes:
    return _CUT if found.end() - found.start() > _LONG else found[0]
