"""METS: which parts of a digitised newspaper's pages are an article. The pages are in ALTO files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, first, xml_root
from annotator.importers.record_text import record_text, sound
from annotator.importers.scans.alto import AltoPage, Reading, add_blocks, alto_page
from annotator.importers.scans.mets_articles import Area, LogicalArticle, Structure
from annotator.importers.scans.mods import Description, description_of
from annotator.importers.tally import Tally

_HREF = "{http://www.w3.org/1999/xlink}href"
_MOST_LEFT_OVER = 0.5  # the share of blocks outside articles above which they come in by page


class MetsImporter:
    """Takes every article of an issue in, in reading order, words cut by line ends whole again."""

    name = "mets"
    title = "Digitised newspaper (METS/ALTO)"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "Pictures, and where each word stands; what belongs to no article is counted."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is METS."""
        return 0.98 if re.search(rb"<(?:\w+:)?mets[\s>]", head[:4000], re.IGNORECASE) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when it is damaged, or none of its pages is beside it."""
        text, notices = record_text(source)
        yield from notices
        root = xml_root(sound(text))
        issue = _Issue(root, source)
        yield from issue.missing()
        tally = Tally(source)
        for logical in issue.structure.articles:
            yield from tally.take(partial(issue.article, logical), f"article {logical.key or tally.found + 1}")
        yield from issue.rest(tally)
        yield from tally.notices()


class _Issue:
    """One issue: its description, its pages and the articles on them."""

    def __init__(self, root: Element, source: Source) -> None:
        self._source = source
        self.structure = Structure(root)
        self._descriptions = {part.get("ID") or "": description_of(part) for part in below(root, "dmdsec")}
        self._issue = self._of_issue(root)
        self._key = root.get("OBJID") or ""
        self._pages: dict[str, AltoPage] = {}
        self._failed: list[Failure] = []
        self._used: set[Element] = set()
        for part in below(root, "file"):
            place = first(part, "flocat")
            href = place.get(_HREF) if place is not None else None
            if href and part.get("ID") in self.structure.text_files:
                self._read_page(part.get("ID") or "", href)
        if not self._pages:
            raise KnownError("Its pages are not beside it. Import the folder with its ALTO files as it was downloaded.")

    def _of_issue(self, root: Element) -> Description:
        """What is said of the issue as a whole, put together from all that is no article’s."""
        whole = Description()
        own = {key for logical in self.structure.articles for key in logical.descriptions}
        for key, each in self._descriptions.items():
            if key not in own and not re.search(r"ART|PICT|SECTION|ILL", key, re.IGNORECASE):
                whole = whole.filled_from(each)
        label = root.get("LABEL") or ""
        return whole.filled_from(Description(title=re.sub(r"[\s,]*\d{4}-\d\d-\d\d.*$", "", label), date=label))

    def _read_page(self, key: str, href: str) -> None:
        place = unquote(re.sub(r"^file:/*(?:\./)?", "", href)).replace("\\", "/")
        found = self._source.beside(place) or self._source.beside(place.rpartition("/")[2])
        if found is None:
            self._failed.append(Failure(f"{self._source.name}, page {key}", f"“{place}” is not beside it."))
            return
        try:
            page = alto_page(found)
        except (KnownError, OSError) as error:
            reason = str(error) if isinstance(error, KnownError) else f"It cannot be read: {error.strerror}."
            self._failed.append(Failure(found.name, reason))
        else:
            self._pages[key] = page

    def missing(self) -> Iterator[Failure]:
        """The pages that could not be read."""
        yield from self._failed

    def article(self, logical: LogicalArticle) -> Article | None:
        """An article of the issue. None when it is empty because it lies on a page that is missing."""
        article, reading = Article(), Reading()
        lost = False
        for area in logical.areas:
            page = self._pages.get(area.file)
            lost |= page is None
            if page is not None:
                self._add(article, page, area, reading)
        if article.is_empty:
            if lost or logical.areas:
                raise KnownError("Its text is on a page that is missing." if lost else "There is no text in it.")
            raise KnownError("The file does not say where its text is.")
        self._describe(article, logical)
        article.say("ocr_confidence", reading.confidence())
        return article

    def _add(self, article: Article, page: AltoPage, area: Area, reading: Reading) -> None:
        blocks = page.blocks_of(area.begin) if area.begin else page.blocks
        self._used.update(blocks)
        add_blocks(article, area.zone, blocks, reading)
        article.say("page", self.structure.page_label(area.file))

    def _describe(self, article: Article, logical: LogicalArticle) -> None:
        own = Description()
        for key in logical.descriptions:
            own = own.filled_from(self._descriptions.get(key, Description()))
        article.title = logical.label or own.title
        article.say("author", own.author)
        article.say("language", own.language or self._issue.language)
        article.say("section", logical.section)
        article.say("record", " ".join(filter(None, (self._key, logical.key))))
        if self._key.startswith("http"):
            article.say("uri", f"{self._key}#{logical.key}")
        self._say_issue(article)

    def _say_issue(self, article: Article) -> None:
        article.say("publication", self._issue.title)
        article.say("date", self._issue.date)
        article.say("issue", self._issue.number)
        article.say("publisher", self._issue.publisher)

    def rest(self, tally: Tally) -> Iterator[ImportItem]:
        """What belongs to no article: counted, or a document a page where most of the text does."""
        left = {key: [block for block in page.blocks if block not in self._used] for key, page in self._pages.items()}
        count = sum(map(len, left.values()))
        every = sum(len(page.blocks) for page in self._pages.values())
        if count <= every * _MOST_LEFT_OVER:
            if count:
                tally.left_out["blocks of text that belong to no article (imprint, advertisements, headings)"] = count
            return
        for key, blocks in left.items():
            if blocks:
                yield from tally.take(partial(self._page, key, blocks), f"page {self.structure.page_label(key) or key}")

    def _page(self, key: str, blocks: list[Element]) -> Article | None:
        article, reading = Article(), Reading()
        add_blocks(article, "BODY", blocks, reading)
        if article.is_empty:
            return None
        page = self.structure.page_label(key)
        article.say("page", page)
        article.say("ocr_confidence", reading.confidence())
        self._say_issue(article)
        article.say("language", self._issue.language)
        article.title = ", ".join(filter(None, (self._issue.title, self._issue.date, f"page {page or key}")))
        return article
