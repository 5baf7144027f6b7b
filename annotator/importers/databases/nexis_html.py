"""Nexis, as HTML files were until 2019: articles parted by `DOC` elements that are hidden in comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.databases.nexis_article import Paragraph, nexis_article
from annotator.importers.databases.nexis_text import MARKER
from annotator.importers.markup import below, html_root, name_of, paragraphs
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_DOC = re.compile(r"<DOC\s+NUMBER=[^>]*>\s*(?:<DOCFULL>)?\s*(?:-->)?", re.IGNORECASE)
_END = re.compile(r"(?:<!--[^<>]*)?</DOC(?:FULL)?>", re.IGNORECASE)
_COUNT = re.compile(r"<META\b[^>]*\bDOCUMENTS\s*=\s*[\"']?(\d{1,9})", re.IGNORECASE)
_CENTRE = re.compile(r"\.(c\d+)\s*\{[^}]*text-align:\s*center", re.IGNORECASE)


class NexisHtmlImporter:
    """Takes every article of such a file in, its fields told apart from its text."""

    name = "nexis-html"
    title = "Nexis, HTML"
    suffixes: tuple[str, ...] = (".html", ".htm")
    loses = "Pictures, bold and italic."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the hidden elements of such a file stand."""
        text = head.decode("utf-8", errors="replace")
        hidden = re.search(r"<DOC\s+NUMBER=|NAME=\"DOC_ID_\d", text, re.IGNORECASE) and "<DOC id=" not in text
        return 0.99 if hidden and re.search(r"<(?:html|body|div|p)\b", text, re.IGNORECASE) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        starts = list(_DOC.finditer(text))
        if not starts:
            raise KnownError("No article is in it: the elements that part them are missing.")
        centred = frozenset(name.lower() for name in _CENTRE.findall(text[: starts[0].start()]))
        count = _COUNT.search(text)
        tally = Tally(source, int(count[1]) if count else None)
        ends = [match.start() for match in starts[1:]] + [len(text)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            block = _END.split(text[start.end() : end], maxsplit=1)[0]
            yield from tally.take_text(partial(_article, centred=centred), block, f"article {number}")
        yield from tally.notices()


def _article(block: str, centred: frozenset[str]) -> Article:
    root = html_root(f"<html><body>{block}</body></html>")
    found: list[Paragraph] = []
    body = next(below(root, "body"), root)
    for part in body:
        if name_of(part) in ("script", "style", ""):
            continue
        middle = (part.get("class") or "").lower() in centred
        found += [Paragraph(text, middle) for text in paragraphs(part)]
    return nexis_article([paragraph for paragraph in found if not MARKER.match(paragraph.text)])
