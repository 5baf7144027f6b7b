"""Web pages as browsers save them: HTML and XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.base import Source
from annotator.importers.html.page import WebPage, web_page
from annotator.importers.html.recognising import sure_of_page

LIMIT = 50_000_000  # bytes of one page
_PIECES = (
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "-filer",
    "_bestanden",
    "_elemei",
    "_pliki",
    "_file",
)
_PAGE = re.compile(r"(?P<stem>.+)\.(?:x?html?|xht|php|aspx?)$", re.IGNORECASE)


class WebPageImporter:
    """Takes a page in with all of its visible text, zones for what each part is, and what it says of itself."""

    name = "web-page"
    title = "Web page"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    loses = "Pictures, links and looks. Which part is the article is found by its form, and may be wrong."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where markup begins it; not very, so that pages of a database go to who knows them better."""
        return sure_of_page(head)

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document. Raises KnownError when there is nothing to be seen on the page."""
        page = web_page(source.whole(LIMIT), name=source.stem)
        yield from items_of(page, source.name, source.path)


def items_of(page: WebPage, name: str, path: str) -> Iterator[ImportItem]:
    """The document of `page`, of the file called `name`, and what a person should know. Raises KnownError for none."""
    if page.document is None:
        raise KnownError("There is no text to be seen on this page.")
    if page.read.guessed and not page.document.text.isascii():
        yield Notice(f"{name} does not say its encoding, or a wrong one: it was read as {page.read.encoding}.")
    if page.replaced or page.read.replaced:
        count = page.replaced + page.read.replaced
        yield Notice(f"In {name}, {count} NUL or broken characters became U+FFFD.")
    if page.flat:
        yield Notice(f"{name} is nested more deeply than any page should be: its parts could not be told apart well.")
    metadata = dict(page.document.metadata)
    if path:
        metadata["path"] = path
    yield replace(page.document, metadata=metadata)


def folders_of_pages(names: list[str]) -> frozenset[str]:
    """Which of the names in a folder are those of folders in which browsers keep the pieces of a page beside it."""
    stems = {found.group("stem") for name in names if (found := _PAGE.match(name))}
    return frozenset(
        name for name in names for ending in _PIECES if name.endswith(ending) and name.removesuffix(ending) in stems
    )
