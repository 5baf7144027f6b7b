"""Whether a file is a web page, from its beginning."""

from __future__ import annotations

import re

_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*|<\?.{0,200}?\?>\s*)*"
    rb"<(?:!doctype\s+(?:html|\"-//)|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\s*(?:<!--.{0,4000}?-->\s*)*<(?:meta|title|link|div|p|article|section|main|table|h[1-6]|center|base|style|script)"
    rb"(?:\s[^<>]{0,2000})?>",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(rb"</(?:p|div|article|section|table|h[1-6]|title|body|a|span|li|td)\s*>", re.IGNORECASE)
_LATER = re.compile(rb"^[ \t]*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.MULTILINE)


def sure_of_page(head: bytes) -> float:
    """How sure it is, from 0 to 1, that what begins with `head` is a web page."""
    start = _plain(head)
    if _START.match(start):
        return 0.6  # a database's pages are pages too: who knows them by what they hold is surer
    if start.lstrip().startswith(b"<?xml"):
        return 0.0
    if _FRAGMENT.match(start) and _ENDS.search(start):
        return 0.5
    found = _LATER.search(start, 0, 4000)  # behind what a server or a program wrote first
    return 0.4 if found and _ENDS.search(start) else 0.0


def _plain(head: bytes) -> bytes:
    """`head` as ASCII, where it is UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:200].count(0) * 3 > len(head[:200]):
        return head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    return head.removeprefix(b"\xef\xbb\xbf")
