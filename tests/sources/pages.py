"""How well the article is found on the shared web pages, beside what trafilatura alone finds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.importers.html.page import web_page

_WORDS = 4  # words of a stretch by which texts are compared


@dataclass(slots=True)
class Snippets:
    """What was found of what should be in an article's body, and of what should not; and of titles and days."""

    wanted: int = 0
    found: int = 0
    unwanted: int = 0
    wrong: int = 0
    titled: int = 0
    titles: int = 0
    dated: int = 0
    days: int = 0
    told: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The counts, for a person."""
        return (
            f"found {self.found} of {self.wanted} ({self.found / self.wanted:.1%}), wrongly {self.wrong} of"
            f" {self.unwanted} ({self.wrong / self.unwanted:.1%}), titles {self.titles} of {self.titled}"
            f" ({self.titles / self.titled:.0%}), days {self.days} of {self.dated}"
        )


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a page."""

    body: str
    title: str
    day: str


def ours(data: bytes, address: str) -> Read:
    """By the importer."""
    document = web_page(data, address=address).document
    assert document is not None
    return Read(body_of(document), document.title, document.metadata.get("published", "")[:10])


def theirs(data: bytes, address: str) -> Read:
    """By trafilatura alone."""
    from trafilatura import bare_extraction

    found = bare_extraction(data, url=address, with_metadata=True, include_comments=False)
    return Read(found.text or "", found.title or "", found.date or "") if found else Read("", "", "")


def body_of(document: AnnotatedDocument) -> str:
    """What lies in the zones BODY."""
    zones = [zone.span for zone in document.zones if zone.label == "BODY"]
    return "\n\n".join(document.text[span.start : span.end] for span in zones)


def snippets(folder: Path, read: Callable[[bytes, str], Read]) -> Snippets:
    """The measure on the pages that come with words that must, and must not, be in the article."""
    counts = Snippets()
    for address, page in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).items():
        found = read((folder / page["file"]).read_bytes(), address)
        body = _plain(found.body)
        for snippet in page["with"]:
            counts.wanted += 1
            counts.found += _plain(snippet) in body
            counts.told += [] if _plain(snippet) in body else [f"missing in {page['file']}: {snippet}"]
        for snippet in page["without"]:
            counts.unwanted += 1
            counts.wrong += _plain(snippet) in body
            counts.told += [f"wrong in {page['file']}: {snippet}"] if _plain(snippet) in body else []
        right = _plain(found.title) == _plain(page["title"])
        counts.titled += 1
        counts.titles += right
        counts.told += [] if right else [f"title of {page['file']}: {found.title!r}, not {page['title']!r}"]
        if page["date"]:
            counts.dated += 1
            counts.days += found.day == page["date"]
    return counts


def overlaps(folder: Path, read: Callable[[bytes, str], Read]) -> Iterator[tuple[str, float, float]]:
    """For each page that comes with its article: which part of the body is the article's, and of it the body's."""
    for name, data, article in _articles(folder):
        got, want = _stretches(read(data, "").body), _stretches(article)
        common = (got & want).total()
        yield name, common / max(1, got.total()), common / max(1, want.total())


def _articles(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    from lxml import html

    known = folder / "ground-truth.json"
    if known.exists():
        for name, page in json.loads(known.read_text(encoding="utf-8")).items():
            yield name[:12], (folder / f"{name}.html").read_bytes(), page["articleBody"]
    for source in sorted(folder.glob("*/source.html")):
        expected = html.fromstring(source.with_name("expected.html").read_text(encoding="utf-8"))
        yield source.parent.name, source.read_bytes(), expected.text_content()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _stretches(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1)))
