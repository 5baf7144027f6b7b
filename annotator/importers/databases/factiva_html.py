"""Factiva, saved as HTML: articles with coded fields in a table, or with fields told by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.databases.factiva_fields import ACCESSION, CODES, finish, say_by_place, say_code
from annotator.importers.markup import Element, below, children, html_root, name_of, paragraphs, words
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_MARKS = re.compile(
    r"class=[\"'][^\"']*\b\w\wArticle\b|class=[\"']\w\wHeadline|articleParagraph\s+\w\warticleParagraph"
    r"|<td[^>]*class=[\"']index[\"']|global\.factiva\.com|id=[\"']article-[A-Z]",
)
_START = re.compile(r"<div\b[^>]*\bclass\s*=\s*[\"'](?:[^\"']*\s)?article(?:\s[^\"']*)?[\"'][^>]*>", re.IGNORECASE)


class FactivaHtmlImporter:
    """Takes every article of such a page in, its fields told apart from its text."""

    name = "factiva-html"
    title = "Factiva, HTML"
    suffixes: tuple[str, ...] = (".html", ".htm")
    loses = "Pictures and links."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where elements stand that Factiva alone names so."""
        text = head.decode("utf-8", errors="replace")
        if not re.search(r"<(?:html|div|table|!doctype)", text, re.IGNORECASE):
            return 0.0
        marks = {match[:12] for match in _MARKS.findall(text)}
        said = re.search(r"<title>\s*Factiva|class=[\"']factivalogo|Dow Jones|factiva", text, re.IGNORECASE)
        if re.search(r"<title>\s*Factiva\s*</title>", text, re.IGNORECASE):
            return 0.98  # its styles alone may fill what is looked at
        return 0.99 if marks and (said or len(marks) > 1) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        tally = Tally(source)
        for number, block in enumerate(_blocks(text), 1):
            yield from tally.take_text(_article, block, f"article {number}")
        if not tally.found:
            raise KnownError(
                "No article is in it. Save it from Factiva as “Article format”, not as a list of headlines."
            )
        yield from tally.notices()


def _blocks(text: str) -> Iterator[str]:
    """The mark-up of one article after the other. Of elements called so within each other, the inner one is it."""
    starts = list(_START.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=False):
        block = text[start.start() : end]
        if re.search(r"articleParagraph|Headline|class=[\"']index|<p\b|<td\b", block):
            yield block


def _article(block: str) -> Article | None:
    root = html_root(f"<html><body>{block}</body></html>")
    article = Article()
    if not _read_table(article, root):
        _read_places(article, root)
    if article.is_empty:
        return None
    return finish(article)


def _read_table(article: Article, root: Element) -> bool:
    """Takes the rows whose first cell is a code. Returns whether there are any."""
    found = False
    for row in below(root, "tr"):
        cells = list(children(row, "td", "th"))
        code = words(cells[0]).strip() if len(cells) > 1 else ""
        if code in CODES or ("index" in (cells[0].get("class") or "") if len(cells) > 1 else False):
            found = True
            say_code(article, code, paragraphs(cells[1]))
    return found


def _read_places(article: Article, root: Element) -> None:
    lines: list[str] = []
    title_place: int | None = None
    in_text = False
    for part in _leaves(root):
        kind = f"{part.get('class') or ''} {part.get('id') or ''}"
        found = paragraphs(part)
        if not found:
            continue
        if accession := ACCESSION.match(" ".join(found)):
            article.say("record", accession["id"])
        elif "articleparagraph" in kind.lower() or name_of(part) == "p":
            in_text = True
            article.add("BODY", *found)
        elif in_text:
            article.add("BOILERPLATE", *found)
        else:
            if title_place is None and _is_headline(part):
                title_place, found = len(lines), [" ".join(found)]
            lines += found
    front = Article()
    say_by_place(front, title_place, lines)
    article.put_before(front)


def _is_headline(part: Element) -> bool:
    own = [part, *below(part, "span", "b", "h1", "h2", "h3", "h4")]
    return any("headline" in (each.get("class") or "").lower() or each.get("id") == "hd" for each in own)


def _leaves(root: Element) -> Iterator[Element]:
    """The blocks that hold no further block, in the order of the page."""
    for node in below(root, "div", "p", "pre", "li", "h1", "h2", "h3", "h4"):
        if next((child for child in node if name_of(child) in ("div", "p", "table", "ul", "pre")), None) is None:
            yield node
