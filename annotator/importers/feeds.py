"""RSS and Atom: the entries of a feed, with as much text as the feed gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, children, first, html_root, paragraphs, words
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally
from annotator.importers.xml_records import readable_records

_MARKED = re.compile(r"<[a-z!/][^>]*>|&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)


class FeedImporter:
    """Takes every entry in."""

    name = "feed"
    title = "News feed (RSS, Atom)"
    suffixes: tuple[str, ...] = (".xml", ".rss", ".atom")
    loses = "Pictures and sounds. Most feeds hold only the beginning of each article."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is a feed’s."""
        root = re.search(rb"<(?:\w+:)?(rss|feed|RDF)[\s>]", head[:6000])
        if not root or re.match(rb"\s*(?:<!doctype html|<html)", head.removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
            return 0.0
        if root[1] == b"rss":
            return 0.98
        mark = b"http://www.w3.org/2005/Atom" if root[1] == b"feed" else b"purl.org/rss"
        return 0.98 if mark in head else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its entries. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        text = sound(text)
        tag = "entry" if re.search(r"<(?:\w+:)?entry[\s>]", text) else "item"
        records = readable_records(text, tag)
        channel = first(records.root, "channel", "feed") if records.root is not None else None
        tally = Tally(source)
        tally.texts = False
        for number, item in enumerate(records.whole, 1):
            yield from tally.take(partial(_article, item, channel), f"entry {number}")
        yield from records.failures(tally)
        if not tally.found:
            raise KnownError("It is a feed without entries.")
        yield from tally.notices()


def _article(item: Element, channel: Element | None) -> Article:
    article = Article()
    publication, title = _said(item, "source"), _said(item, "title")
    if publication and title.endswith(f" - {publication}"):
        title = title.removesuffix(f" - {publication}")
    article.add("HEADLINE", *_texts(title))
    author = _said(item, "creator") or _author(item) or _said(item, "author")
    article.add("BYLINE", author)
    article.say("author", author)
    article.say(
        "date",
        next(filter(None, (_said(item, name) for name in ("pubdate", "published", "issued", "date", "updated"))), ""),
    )
    article.say("uri", _address(item))
    article.say("record", _said(item, "guid", "id"))
    for part in children(item, "category"):
        article.say("subject", words(part) or part.get("term") or "")
    if channel is not None:
        publication = publication or _said(channel, "title")
        article.say(
            "language", _said(channel, "language") or channel.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        )
    article.say("publication", publication)
    _read_text(article, item, title)
    return article


def _read_text(article: Article, item: Element, title: str) -> None:
    whole = _content(item, "encoded") or _content(item, "content")
    summary = _content(item, "description", "summary")
    repeated = " ".join(summary).replace(title, "").replace(article.facts.get("publication", ""), "")
    if len(repeated.strip("\u00a0 .")) < 5:  # the title and the source once more, as a link
        summary = []
    if whole and " ".join(summary).rstrip(" .…[]")[:80] not in " ".join(whole):
        article.add("DEK", *summary)
    article.add("BODY", *(whole or summary))


def _author(item: Element) -> str:
    author = next(children(item, "author"), None)
    return words(first(author, "name")) if author is not None else ""


def _said(item: Element, *names: str) -> str:
    return words(next(children(item, *names), None))


def _content(item: Element, *names: str) -> list[str]:
    """The paragraphs of a part that holds mark-up, as elements or as text."""
    part = next(children(item, *names), None)
    if part is None:
        return []
    if len(part):
        return paragraphs(part)
    return _texts(part.text or "")


def _texts(text: str) -> list[str]:
    if not _MARKED.search(text):
        return [text]
    try:
        return paragraphs(html_root(f"<html><body>{text}</body></html>"))
    except KnownError:
        return []


def _address(item: Element) -> str:
    """The article’s address: the link of Atom that is no other, or the text of RSS’s."""
    for link in children(item, "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href") or ""
        if words(link):
            return words(link)
    return ""
