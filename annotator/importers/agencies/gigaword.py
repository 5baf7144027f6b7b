"""Gigaword and its like: SGML files with one `DOC` element after the other, and no root."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article, joined_lines
from annotator.importers.base import Source
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_DOC = re.compile(r"<DOC\b([^>]*)>(.*?)(</DOC\s*>|(?=<DOC\b)|\Z)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_ELEMENT = re.compile(
    r"<(HEADLINE|HEAD|HL|DATELINE|BYLINE|DOCNO|DOCID|DATE_TIME|DATE|TITLE|SO)\b[^>]*>(.*?)</\1\s*>", re.S | re.I
)
_TEXT = re.compile(r"<TEXT\b[^>]*>(.*?)(?:</TEXT\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?P\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")
_ID = re.compile(r"(?P<source>[A-Za-z]+)(?:_[A-Z]{3})?_?(?P<date>(?:19|20)\d{6})")
_LANGUAGES = {"ENG": "en", "ARB": "ar", "CMN": "zh", "FRA": "fr", "FRE": "fr", "SPA": "es", "FRN": "fr", "SPN": "es"}


class GigawordImporter:
    """Takes every document of such a file in, of whatever type."""

    name = "gigaword"
    title = "Gigaword, SGML"
    suffixes: tuple[str, ...] = (".sgml", ".sgm")
    loses = "Mark-up within the text; hard line ends, which become spaces."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where documents begin, at the top of the file, and have a text."""
        text = head.decode("utf-8", errors="replace").removeprefix("\ufeff").lstrip()
        begins = re.match(r"<DOC\b", text, re.IGNORECASE)
        inside = re.search(r"<(?:TEXT|HEADLINE|DOCNO)\b", text, re.IGNORECASE)
        return 0.97 if begins and inside else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its documents. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        tally = Tally(source)
        for number, match in enumerate(_DOC.finditer(text), 1):
            yield from tally.take_text(partial(_article, match[1], bool(match[3])), match[2], f"document {number}")
        if not tally.found:
            raise KnownError("No document is in it.")
        yield from tally.notices()


def _article(attributes: str, closed: bool, content: str) -> Article:
    if not closed:
        raise KnownError("Its end (“</DOC>”) is missing: the file was cut off within it.")
    known = {name.lower(): value for name, value in _ATTRIBUTE.findall(attributes)}
    parts = {name.upper(): " ".join(_plain(held).split()) for name, held in _ELEMENT.findall(content)}
    article = Article()
    article.add("HEADLINE", parts.get("HEADLINE") or parts.get("HEAD") or parts.get("HL") or parts.get("TITLE") or "")
    article.add("BYLINE", parts.get("BYLINE", ""))
    article.add("DATELINE", parts.get("DATELINE", ""))
    key = known.get("id") or known.get("docid") or parts.get("DOCNO") or parts.get("DOCID") or ""
    article.say("record", key)
    article.say("document_type", known.get("type", ""))
    article.say("author", parts.get("BYLINE", ""))
    article.say("publication", parts.get("SO", ""))
    article.say("date", parts.get("DATE_TIME") or parts.get("DATE") or "")
    _read_key(article, key)
    for held in _TEXT.findall(content):
        for piece in _PARAGRAPH.split(held):
            article.add("BODY", *joined_lines(_plain(piece).split("\n")))
    return article


def _read_key(article: Article, key: str) -> None:
    """Source, language and date out of an id such as `NYT_ENG_19990401.0001`."""
    match = _ID.match(key)
    if not match:
        return
    article.facts.setdefault("publication", match["source"].upper())
    if "date" not in article.facts:
        date = match["date"]
        article.say("published", f"{date[:4]}-{date[4:6]}-{date[6:]}")
    for code, language in _LANGUAGES.items():
        if f"_{code}_" in key.upper():
            article.say("language", language)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
