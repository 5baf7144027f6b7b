"""A book of articles as a PDF. Nothing is fetched, and nothing of an article is markup: all of it is drawn as text."""

from __future__ import annotations

from pathlib import Path

from annotator.exporters.page.book import Book, Printed
from annotator.exporters.page.told import ToldArticle
from annotator.gui.printing.article import ArticlePrinter
from annotator.gui.printing.lists import Line, ListPrinter
from annotator.gui.printing.sheets import Sheets
from annotator.gui.theme import LIGHT


def print_pages(book: Book, path: Path) -> Printed:
    """Draw `book` into the file at `path`. There must be an application, for its fonts.

    May be called on any thread. Raises KnownError where the file cannot be written.
    """
    sheets = Sheets(path, book.title, book.paper)
    try:
        return _Printing(book, sheets).all()
    finally:
        sheets.end()


class _Printing:
    def __init__(self, book: Book, sheets: Sheets) -> None:
        self._book, self._sheets = book, sheets
        self._lists = ListPrinter(sheets)
        self._articles = ArticlePrinter(sheets, names=book.names)

    def all(self) -> Printed:
        """The front, then each article on a page of its own."""
        self._front()
        first_pages = []
        for told in self._book.articles():
            self._sheets.head = f"{self._book.title}   ·   {told.number}   {told.title}"
            self._sheets.turn()
            first_pages.append(self._sheets.page)
            self._article(told)
        return Printed(self._sheets.page, tuple(first_pages))

    def _front(self) -> None:
        book, lists = self._book, self._lists
        self._sheets.head = book.title
        self._sheets.y += 70
        lists.paragraph(Line(36, serif=True).add(book.title, bold=True), behind=8)
        lists.paragraph(Line(14).add(book.summary, LIGHT.faint), behind=34)
        if book.used:
            lists.legend(book.used)
            self._sheets.y += 26
        if len(book.titles) > 1:
            lists.titles(book.titles)

    def _article(self, told: ToldArticle) -> None:
        if not _begins_with_title(told):
            self._lists.paragraph(Line(28, serif=True).add(told.title, bold=True), behind=6)
        self._lists.facts(told)
        self._articles.draw(told)
        if told.marks and self._book.list_of_marks:
            self._sheets.y += 24
            self._sheets.need(110)
            self._lists.rule()
            self._lists.marks(told, people=_is_by_several(told))


def _begins_with_title(told: ToldArticle) -> bool:
    headline = next((z.span.covered(told.document.text) for z in told.document.zones if z.label == "HEADLINE"), "")
    return bool(headline) and " ".join(headline.split()) == told.title


def _is_by_several(told: ToldArticle) -> bool:
    return len({mark.who for mark in told.marks}) > 1
