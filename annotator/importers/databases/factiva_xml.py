"""Factiva as XML: the answer of its service, with `ppsarticle` elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, children, first, name_of, paragraphs, words
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally
from annotator.importers.xml_records import readable_records

_FACTS = {
    "accessionno": "record", "baselanguage": "language", "copyright": "copyright", "sourcename": "publication",
    "sourcecode": "source_code", "publishername": "publisher", "pages": "page", "wordcount": "length",
    "edition": "edition", "sectionname": "section", "columnname": "column", "volume": "volume", "notes": "notes",
}  # fmt: skip
_CODED = {"region": "geographic", "newssubject": "subject", "company": "company", "industry": "industry"}
_TEXTS = {
    "headline": "HEADLINE", "leadparagraph": "BODY", "tailparagraphs": "BODY", "byline": "BYLINE", "credit": "CREDIT",
    "artwork": "CAPTION", "corrections": "BOILERPLATE", "contact": "BOILERPLATE",
}  # fmt: skip
_ORDER = ("headline", "byline", "credit", "leadparagraph", "tailparagraphs", "artwork", "corrections", "contact")


class FactivaXmlImporter:
    """Takes every article of such a file in."""

    name = "factiva-xml"
    title = "Factiva, XML"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "The marks of search hits; the text under them stays."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where its namespace or its elements stand."""
        return 0.99 if b"global.factiva.com" in head or b"<ppsarticle" in head.lower() else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        records = readable_records(text, "article", holder="ppsarticle")
        counted = first(records.root, "ppsarticleresultset") if records.root is not None else None
        count = counted.get("count") if counted is not None else None
        tally = Tally(source, int(count) if count and count.isdecimal() and len(count) < 10 else None)
        for number, record in enumerate(records.whole, 1):
            yield from tally.take(partial(_article, record), f"article {number}")
        yield from records.failures(tally)
        if not tally.found:
            raise KnownError("No article is in it.")
        yield from tally.notices()


def _article(record: Element) -> Article:
    article = Article()
    parts = {name_of(part): part for part in record}
    for name in _ORDER:
        if name in parts:
            article.add(_TEXTS[name], *paragraphs(parts[name]))
    if "byline" in parts:
        article.say("author", words(parts["byline"]))
    for part in record:
        name = name_of(part)
        if name in _FACTS:
            article.say(_FACTS[name], words(part))
        elif name in _CODED:
            article.say(_CODED[name], words(first(part, "name")) or part.get("code") or "")
        elif name == "publicationdate":
            article.say("date", words(next(below(part, "datetime"), None)) or words(next(children(part, "date"), None)))
    return article
