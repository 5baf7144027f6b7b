"""The Reuters corpus RCV1: one `newsitem` a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, first, paragraphs, words
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally
from annotator.importers.xml_records import readable_records


class ReutersCorpusImporter:
    """Takes every item of such a file in."""

    name = "rcv1"
    title = "Reuters corpus (RCV1)"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "The names that codes stand for."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where such an item begins."""
        return 0.98 if re.search(rb"<newsitem\s[^>]*itemid=", head[:4000]) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its items. Raises KnownError when nothing of it can be read."""
        text, notices = record_text(source)
        yield from notices
        records = readable_records(sound(text), "newsitem")
        tally = Tally(source)
        for number, item in enumerate(records.whole, 1):
            yield from tally.take(partial(_article, item), f"item {number}")
        yield from records.failures(tally)
        if not tally.found:
            raise KnownError("No item is in it.")
        yield from tally.notices()


def _article(item: Element) -> Article:
    article = Article()
    title = words(first(item, "title"))
    article.title = title
    article.add("HEADLINE", words(first(item, "headline")) or title)
    article.add("BYLINE", words(first(item, "byline")))
    article.say("author", words(first(item, "byline")))
    article.add("DATELINE", words(first(item, "dateline")))
    for text in below(item, "text"):
        article.add("BODY", *paragraphs(text))
    article.say("record", item.get("itemid") or "")
    article.say("language", item.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    article.say("copyright", words(first(item, "copyright")))
    for part in below(item, "dc"):
        name, value = part.get("element") or "", part.get("value") or ""
        if name == "dc.date.published":
            article.say("date", value)
        elif name == "dc.source":
            article.say("publication", value)
    if "date" not in article.facts:
        article.say("date", item.get("date") or "")
    for codes in below(item, "codes"):
        kind = (codes.get("class") or "").split(":")[1:2]
        for code in below(codes, "code"):
            article.say(kind[0] if kind else "codes", code.get("code") or "")
    return article
