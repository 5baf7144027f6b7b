"""Word files: a download of Nexis by article, any other as one document."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.imports import ImportItem
from annotator.importers.base import Importer, Source
from annotator.importers.databases.nexis_word import NexisWordImporter, is_nexis
from annotator.importers.office.plain_documents import document_of
from annotator.importers.office.word_paragraphs import word_paragraphs
from annotator.importers.zip_members import ZipMembers, is_zip, names_in_head


class WordImporter:
    """Takes a Word file in: its articles where it is a download of Nexis, else its text as one document."""

    name = "docx"
    title = "Word document"
    suffixes: tuple[str, ...] = (".docx",)
    loses = "Pictures, notes, bold and italic."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a Word file’s parts are in a ZIP file."""
        return 0.9 if is_zip(head) and any(part.startswith("word/") for part in names_in_head(head)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its text. Raises KnownError when it is damaged, or holds none."""
        if is_nexis(source):
            yield from NexisWordImporter().read(source)
            return
        with ZipMembers(source) as members:
            yield document_of(((each.style, each.text) for each in word_paragraphs(members)), source)

    def reads_as(self, source: Source) -> Importer:
        """The importer that a file will be read by: this one, or that of Nexis."""
        return NexisWordImporter() if is_nexis(source) else self
