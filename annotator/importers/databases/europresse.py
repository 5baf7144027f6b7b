"""Europresse (Eureka.cc), saved as HTML: the pages up to about 2013, and those with `article` elements since."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.dates import find_date, iso_date
from annotator.importers.markup import Element, below, html_root, paragraphs, words
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_PUBLICATION = re.compile(r"<(?:span|div|p)\b[^>]*class=[\"'][^\"']*DocPublicationName", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\w+·(\d{8})·\w+·[\w.\-]+)")
_RIGHTS = re.compile(r"^\s*(?:©|\(c\)|copyright|tous droits réservés)", re.IGNORECASE)
_END = re.compile(
    r"^\s*(?:(?:Numéro de document|Document number|Número de documento|Dokumentnummer)\s*:|Ce certificat est émis"
    r"|This certificate is issued|Date d['’]émission|Le présent document est protégé|This document is protected)",
    re.IGNORECASE,
)
_CAPTIONS = re.compile(
    r"^\s*(?:Illustrations?(?:\(s\))?|Légendes?|Photos?|Caption)\s*(?:\(s\))?\s*:\s*(.*)$", re.I | re.S
)
_NOTES = re.compile(r"^\s*(?:Notes?(?:\(s\))?|Encadré(?:\(s\))?)\s*:\s*(.*)$", re.IGNORECASE | re.DOTALL)
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_TITLE = "\ue000"  # set before a headline, so that its place among the paragraphs is known
_NAME = 90  # characters of a line that may be an author's


class EuropresseImporter:
    """Takes every article of such a page in, its fields told apart from its text."""

    name = "europresse"
    title = "Europresse, HTML"
    suffixes: tuple[str, ...] = (".html", ".htm")
    loses = "Pictures; the certificate under each article."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where classes stand that Europresse alone names so."""
        found = re.search(rb"DocPublicationName|titreArticle|docOcurrContainer|europresse\.com|eureka\.cc", head, re.I)
        named = re.search(rb"DocPublicationName", head)
        return 0.99 if found and named else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        tally = Tally(source)
        for number, block in enumerate(_blocks(text), 1):
            yield from tally.take_text(_article, block, f"article {number}")
        if not tally.found:
            raise KnownError("No article is in it. Save it from Europresse as HTML, with the full texts.")
        yield from tally.notices()


def _blocks(text: str) -> Iterator[str]:
    starts = [match.start() for match in _ARTICLE.finditer(text)]
    if not starts:
        starts = [match.start() for match in _PUBLICATION.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        if _PUBLICATION.search(text, start, end) or "titreArticle" in text[start:end]:
            yield text[start:end]


def _article(block: str) -> Article:
    root = html_root(f"<html><body>{block}</body></html>")
    article = Article()
    said = _read_names(article, root)
    _mark_headline(root)
    header = next(below(root, "header"), None)
    if header is None:
        _read_flow(article, paragraphs(root, said))
    else:
        _read_header(article, paragraphs(header, said))
        _read_text(article, paragraphs(root, said | {header}))
    if number := _NUMBER.search(" ".join(root.itertext())):
        article.say("record", number[1])
        article.facts.setdefault("published", iso_date(number[2]))
    return article


def _read_names(article: Article, root: Element) -> frozenset[Element]:
    """Takes publication and header in. Returns the elements that were read."""
    said = set()
    header = []
    for node in below(root, "span", "div", "p"):
        kind = node.get("class") or ""
        if "DocPublicationName" in kind:
            said.add(node)
            name, _, issue = words(node).partition(", no.")
            article.say("publication", name)
            article.say("issue", issue.strip())
        elif "DocHeader" in kind:
            said.add(node)
            header.append(words(node))
        elif "docAuthors" in kind and (author := words(node)):
            said.add(node)
            article.say("author", author)
    _say_header(article, " ".join(header))
    return frozenset(said)


def _say_header(article: Article, header: str) -> None:
    """Section, date and page, in any order."""
    found = find_date(header)
    if found is None:
        article.say("section", header)
        return
    article.say("published", found.iso)
    article.say("date", header[found.start : found.end])
    rest = _WEEKDAY.sub("", header[: found.start]) + " , " + header[found.end :]
    for part in (piece.strip(" ,;") for piece in rest.split(",")):
        if page := re.fullmatch(r"(?:p\.|page|pp\.)\s*(.+)", part, re.IGNORECASE):
            article.say("page", page[1])
        elif part:
            article.say("section", part)


def _mark_headline(root: Element) -> None:
    for node in list(below(root, "span", "p", "h1", "h2", "div")):
        if "titrearticlevisu" in (node.get("class") or "").lower():
            node.tag = "p"
            node.text = _TITLE + (node.text or "")


def _read_header(article: Article, found: list[str]) -> None:
    """What stands around the headline: a line above it, and the author below."""
    place = next((place for place, text in enumerate(found) if text.startswith(_TITLE)), None)
    if place is None:
        article.add("HEADLINE", *found)
        return
    article.add("DEK", *found[:place])
    article.add("HEADLINE", found[place].removeprefix(_TITLE))
    authors = [text for text in found[place + 1 :] if len(text) <= 2 * _NAME]
    article.add("DEK", *(text for text in found[place + 1 :] if len(text) > 2 * _NAME))
    _say_authors(article, authors)


def _say_authors(article: Article, lines: list[str]) -> None:
    for author in lines:
        article.add("BYLINE", author)
        article.say("author", author)


def _read_flow(article: Article, found: list[str]) -> None:
    """The older pages, where all stands one after the other."""
    place = next((place for place, text in enumerate(found) if text.startswith(_TITLE)), -1)
    if place >= 0:
        article.add("DEK", *found[:place])
        article.add("HEADLINE", found[place].removeprefix(_TITLE))
    rest = found[place + 1 :]
    if len(rest) > 1 and _is_name(rest[0]) and not (_RIGHTS.match(rest[1]) or _END.match(rest[1])):
        _say_authors(article, rest[:1])
        rest = rest[1:]
    elif author := article.facts.get("author"):
        article.add("BYLINE", author)
    _read_text(article, rest)


def _is_name(text: str) -> bool:
    few = len(text) <= _NAME and len(text.split()) <= 10
    return few and not re.search(r"[.!?:…»\"]\s*$", text) and text[:1].isupper()


def _read_text(article: Article, found: list[str]) -> None:
    zone = "BODY"
    for text in found:
        if _END.match(text):
            break
        if _RIGHTS.match(text):
            article.say("copyright", text)
        elif match := _CAPTIONS.match(text):
            zone = "CAPTION"
            article.add(zone, match[1])
        elif match := _NOTES.match(text):
            zone = "BOILERPLATE"
            article.add(zone, match[1])
        else:
            article.add(zone, text)
