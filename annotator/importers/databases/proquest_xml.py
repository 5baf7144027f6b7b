"""ProQuest’s TDM Studio and its like: one `RECORD` a file, the text as mark-up within the XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, first, html_root, paragraphs, words
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally
from annotator.importers.xml_records import readable_records


class ProquestXmlImporter:
    """Takes every record of such a file in."""

    name = "proquest-xml"
    title = "ProQuest, XML"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "Pictures; codes other than subjects."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a record with ProQuest’s number begins."""
        return (
            0.98 if re.search(rb"<RECORD[\s>]", head[:8000]) and re.search(rb"<GOID>|<DFS>|<PubFrosting", head) else 0.0
        )

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its records. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        records = readable_records(sound(text), "record")
        tally = Tally(source)
        for number, record in enumerate(records.whole, 1):
            yield from tally.take(partial(_article, record), f"record {number}")
        yield from records.failures(tally)
        if not tally.found:
            raise KnownError("No record is in it.")
        yield from tally.notices()


def _article(record: Element) -> Article:
    article = Article()
    journal = first(record, "pubfrosting")
    article.add("HEADLINE", _title(record, journal))
    for part in below(record, "contributor", "author"):
        name = words(first(part, "originalform", "normalizedform")) or (words(part) if not len(part) else "")
        article.add("BYLINE", name)
        article.say("author", name)
    article.say("record", words(first(record, "goid")))
    article.say(
        "date",
        words(first(record, "numericpubdate", "numericdate")) or words(first(record, "alphapubdate", "alphadate")),
    )
    if journal is not None:
        article.say("publication", words(first(journal, "title")))
        article.say("place", words(first(journal, "pubcity", "city")))
    article.say("page", words(first(record, "startpage")) or words(first(record, "pagination")))
    article.say("section", words(first(record, "section")))
    article.say("language", words(first(record, "isocode", "rawlang", "language")))
    article.say("document_type", words(first(record, "objecttype", "sourcetype")))
    for part in below(record, "genericdata", "term"):
        article.say(
            "subject", words(first(part, "flextermvalue", "termvalue")) or (words(part) if not len(part) else "")
        )
    for abstract in below(record, "abstext"):
        article.add("DEK", *_marked(abstract))
    for text in below(record, "text", "fulltext"):
        article.add("BODY", *_marked(text))
    return article


def _title(record: Element, journal: Element | None) -> str:
    """The article’s title, which is not the journal’s."""
    for part in below(record, "title"):
        if journal is None or journal not in part.iterancestors():
            return words(part)
    return ""


def _marked(part: Element) -> list[str]:
    """Paragraphs of a text that is mark-up written as text."""
    text = "".join(part.itertext())
    if not re.search(r"<[a-zA-Z/!]", text):
        return re.split(r"\n\s*\n", text)
    try:
        return paragraphs(html_root(f"<html><body>{text}</body></html>"))
    except KnownError:
        return []
