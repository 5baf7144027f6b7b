"""PAGE XML, as transcription programs write it: one page a file, its regions in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, children, first, name_of, words, xml_root
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally

_ZONES = {
    "heading": "HEADLINE", "caption": "CAPTION", "header": "BOILERPLATE", "footer": "BOILERPLATE", "credit": "CREDIT",
    "page-number": "BOILERPLATE", "signature-mark": "BOILERPLATE", "catch-word": "BOILERPLATE", "footnote": "BODY",
}  # fmt: skip
_HYPHENS = "-¬\u00ad⸗="


class PageXmlImporter:
    """Takes a page in as one document; the kinds of its regions become zones."""

    name = "page-xml"
    title = "Scanned page (PAGE XML)"
    suffixes: tuple[str, ...] = (".xml",)
    loses = (
        "Where regions and lines stand. Words cut at line ends are joined where the next line goes on in lower case."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is PAGE’s."""
        return 0.98 if re.search(rb"<(?:\w+:)?PcGts[\s>]", head[:4000]) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The page. Raises KnownError when it is damaged."""
        text, notices = record_text(source)
        yield from notices
        root = xml_root(sound(text))
        page = first(root, "page")
        if page is None:
            raise KnownError("There is no page in it.")
        tally = Tally(source)
        tally.dates = False
        article = Article()
        for region in _in_order(page):
            article.add(_ZONES.get((region.get("type") or "").lower(), "BODY"), _text(region))
        if not article.part("HEADLINE"):
            article.title = source.stem
        article.say("page_image", page.get("imageFilename") or "")
        article.say("language", page.get("primaryLanguage") or "")
        yield from tally.take(lambda: article, "the page")
        yield from tally.notices()


def _in_order(page: Element) -> Iterator[Element]:
    """The text regions: first those in the reading order, then the rest in the order of the file."""
    every = {region.get("id") or str(number): region for number, region in enumerate(below(page, "textregion"))}
    order = first(page, "readingorder")
    done: set[Element] = set()
    for reference in _references(order) if order is not None else ():
        region = every.get(reference.get("regionRef") or "")
        for each in [region, *below(region, "textregion")] if region is not None else ():
            if each not in done:
                done.add(each)
                yield each
    yield from (region for region in every.values() if region not in done)


def _references(order: Element) -> Iterator[Element]:
    """References by their index where they have one, however deep groups lie within each other."""
    stack = [iter([order])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        if name_of(node) in ("regionref", "regionrefindexed"):
            yield node
        indexed = [child for child in node if (child.get("index") or "").isdecimal()]
        stack.append(iter(sorted(node, key=_index) if indexed else iter(node)))


def _text(region: Element) -> str:
    """A region’s text: its own where it has one, else that of its lines, else of their words."""
    own = _unicode(region)
    lines = own.split("\n") if own.strip() else [_line(line) for line in children(region, "textline")]
    text = ""
    for line in (each.strip() for each in lines):
        if text and text[-1] in _HYPHENS and line[:1].islower():
            text = text[:-1] + line
        elif line:
            text = f"{text} {line}" if text else line
    return text


def _line(line: Element) -> str:
    return _unicode(line) or " ".join(_unicode(word) for word in children(line, "word"))


def _unicode(element: Element) -> str:
    """The text that an element has of itself, by the best of its readings."""
    readings = sorted(children(element, "textequiv"), key=_index)
    for reading in readings:
        found = first(reading, "unicode")
        if found is not None and (found.text or "").strip():
            return "".join(found.itertext())
    return words(first(readings[0], "plaintext")) if readings else ""


def _index(element: Element) -> int:
    written = element.get("index") or ""
    return int(written) if written.isdecimal() and len(written) < 10 else 0
