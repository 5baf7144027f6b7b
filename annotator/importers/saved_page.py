"""Web pages saved as one file, MHTML: a message with the page and its pieces in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.base import Source
from annotator.importers.html.page import web_page
from annotator.importers.web_page import items_of

LIMIT = 200_000_000  # bytes of one file: its pictures are in it
_HEADERS = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n")
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(rb"^content-type:\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:from:\s*<?saved by|snapshot-content-location:|content-location:)", re.IGNORECASE | re.MULTILINE
)
_HTML = ("text/html", "application/xhtml+xml")


class SavedPageImporter:
    """Takes the page of an MHTML file in, as a web page; its address and the day it was saved stand in the file."""

    name = "mhtml"
    title = "Web page in one file"
    suffixes: tuple[str, ...] = (".mhtml", ".mht")
    loses = "Pictures, links and looks; frames within the page."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the headers of such a message begin it."""
        found = _HEADERS.match(head.removeprefix(b"\xef\xbb\xbf"))
        if not found:
            return 0.0
        headers = found.group()
        if _RELATED.search(headers):
            return 0.9
        return 0.8 if _PAGE.search(headers) and _SAVED.search(headers) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document. Raises KnownError when there is no page in it."""
        try:
            message = message_from_bytes(source.whole(LIMIT).removeprefix(b"\xef\xbb\xbf").lstrip())
            part = _page_of(message)
            data = part.get_payload(decode=True) if part is not None else None
        except (MessageError, ValueError, LookupError, RecursionError):
            raise KnownError("It is no whole MHTML file. Save the page again, then try again.") from None
        if part is None or not isinstance(data, bytes) or not data.strip():
            raise KnownError("There is no web page in it. Save the page again, then try again.")
        address = _address(part, message)
        page = web_page(data, encoding=str(part.get_param("charset", "") or ""), address=address, name=source.stem)
        saved = _saved_on(message)
        if page.document is not None and saved and not page.document.metadata.get("captured"):
            dated = replace(page.document, metadata={**page.document.metadata, "captured": saved})
            page = replace(page, document=dated)
        yield from items_of(page, source.name, source.path)


def _page_of(message: Message) -> Message | None:
    """The part that is the page: the one that the message names as its start, else the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in _HTML]
    start = message.get_param("start")
    named = [part for part in pages if start and part.get("Content-ID", "") == start]
    return next(iter(named or pages), None)


def _address(part: Message, message: Message) -> str:
    said = (part.get("Content-Location"), message.get("Snapshot-Content-Location"), message.get("Content-Location"))
    found = (re.sub(r"\s", "", str(each)) for each in said if each)
    return next((each for each in found if each.startswith(("http://", "https://"))), "")


def _saved_on(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
