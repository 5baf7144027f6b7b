"""Rich text files (.rtf) that are no download of a database."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.imports import ImportItem
from annotator.importers.base import Source
from annotator.importers.office.plain_documents import document_of
from annotator.importers.office.rich_text import is_rich_text, plain_text_of

_LIMIT = 100_000_000  # bytes of one file


class RichTextImporter:
    """Takes such a file in as one document."""

    name = "rtf"
    title = "Rich text"
    suffixes: tuple[str, ...] = (".rtf",)
    loses = "Pictures, notes, bold and italic."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where it begins as rich text does."""
        return 0.9 if is_rich_text(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its text. Raises KnownError when it is damaged, or holds none."""
        text = plain_text_of(source.whole(_LIMIT).decode("latin-1"))
        yield document_of((("", line) for line in text.split("\n")), source)
