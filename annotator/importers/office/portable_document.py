"""The text of PDF files, where it is in them: not that of scans."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.article import joined_lines
from annotator.importers.base import Source
from annotator.importers.foreign_errors import foreign_errors
from annotator.importers.office.plain_documents import document_of

_PAGES = 3000
_CHARACTERS = 50_000_000


class PdfImporter:
    """Takes a PDF file’s text in as one document."""

    name = "pdf"
    title = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)
    loses = "Pictures and layout: columns may be out of order, and scanned pages hold no text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where it begins as PDF does."""
        return 0.9 if b"%PDF-" in head[:1024] else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its text. Raises KnownError when it is damaged, locked, or holds none."""
        pages = list(_pages(source))
        blank = sum(not page.strip() for page in pages)
        if blank == len(pages):
            raise KnownError("There is no text in it: its pages are pictures. Read them with an OCR program first.")
        if blank:
            yield Notice(f"{source.name}: {blank} of {len(pages)} pages hold no text. They may be pictures.")
        lines = [line for page in pages for line in [*page.split("\n"), ""]]
        yield document_of((("", paragraph) for paragraph in joined_lines(lines)), source)


def _pages(source: Source) -> Iterator[str]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd goes into our report or nowhere
    total = 0
    with source.open() as stream:
        with foreign_errors("PDF file"):
            reader = PdfReader(stream, strict=False)
            locked = reader.is_encrypted and not reader.decrypt("")
            count = 0 if locked else len(reader.pages)
        if locked:
            raise KnownError("It is locked with a password. Save it without one, then try again.")
        if count > _PAGES:
            raise KnownError(f"It has more than {_PAGES} pages. Split it, then try again.")
        for number in range(count):
            with foreign_errors("PDF file"):
                text = reader.pages[number].extract_text() or ""
            total += len(text)
            if total > _CHARACTERS:
                raise KnownError("Its text is longer than any document's: it was left alone.")
            yield text
