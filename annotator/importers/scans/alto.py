"""The words of a scanned page in ALTO, of any version, and pages of which nothing else is known as documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, name_of, xml_root
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally

_LIMIT = 100_000_000  # bytes of one page


class AltoPage:
    """A page: its blocks of text, in the order of the file."""

    def __init__(self, root: Element) -> None:
        self._by_id = {key: each for each in root.iter() if isinstance(each.tag, str) and (key := each.get("ID"))}
        self.blocks = list(below(root, "textblock"))

    def blocks_of(self, key: str) -> list[Element]:
        """The blocks that an id stands for: a block, or what holds some; the line, where it is one."""
        found = self._by_id.get(key)
        if found is None:
            return []
        inner = list(below(found, "textblock"))
        return inner or ([found] if next(below(found, "string"), None) is not None else [])


def alto_page(source: Source) -> AltoPage:
    """The page in a file. Raises KnownError when it is none, or damaged."""
    text, _ = record_text(source, _LIMIT)
    root = xml_root(sound(text))
    if name_of(root) != "alto":
        raise KnownError("It is no ALTO file.")
    return AltoPage(root)


class Reading:
    """Reads blocks one after the other, so that a word that a line, column or page cuts in two becomes one again."""

    def __init__(self) -> None:
        self._cut = ""  # the whole word whose first half came last
        self._stump = False  # whether the last word ended in a hyphen that nobody resolved
        self.confidences: list[float] = []

    def paragraph(self, block: Element) -> str:
        """The text of a block in one line."""
        words: list[str] = []
        for node in block.iter():
            name = name_of(node)
            if name == "string":
                self._take(node, words)
            elif name == "hyp":
                self._stump = not self._cut
        return " ".join(words)

    def _take(self, node: Element, words: list[str]) -> None:
        content, whole = node.get("CONTENT") or "", node.get("SUBS_CONTENT") or ""
        kind = (node.get("SUBS_TYPE") or "").lower()
        confidence = node.get("WC") or ""
        if re.fullmatch(r"[01](?:\.\d+)?", confidence):
            self.confidences.append(float(confidence))
        if kind == "hyppart2" and self._cut:
            self._cut = ""
            return
        if self._stump and words and content[:1].islower():
            words[-1] = words[-1].rstrip("-¬\u00ad⸗") + content
        elif content or whole:
            words.append(whole if kind == "hyppart1" and whole else content)
        self._stump = False
        self._cut = whole if kind == "hyppart1" else ""

    def confidence(self) -> str:
        """How sure the program was that read the page, 0 to 1; nothing where it always says the same."""
        if len(set(self.confidences)) < 2:
            return ""
        return f"{sum(self.confidences) / len(self.confidences):.2f}"


def add_blocks(article: Article, zone: str, blocks: Sequence[Element], reading: Reading) -> None:
    """Put blocks into an article, a paragraph each."""
    for block in blocks:
        article.add(zone, reading.paragraph(block))


class AltoImporter:
    """Takes a page in as one document, where no METS file says what on it is an article."""

    name = "alto"
    title = "Scanned page (ALTO)"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "Where each word stands on the page. Import the METS file, and the articles are told apart."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is ALTO’s."""
        return 0.97 if re.search(rb"<(?:\w+:)?alto[\s>]", head[:4000], re.IGNORECASE) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The page. Raises KnownError when it is damaged."""
        page = alto_page(source)
        tally = Tally(source)
        tally.dates = False
        article, reading = Article(), Reading()
        add_blocks(article, "BODY", page.blocks, reading)
        article.title = source.stem
        article.say("ocr_confidence", reading.confidence())
        article.say("page", source.stem)
        yield from tally.take(lambda: article, "the page")
        yield from tally.notices()
