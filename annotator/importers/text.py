"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.core.span import Span
from annotator.core.text import language_of, normalised, prevailing_direction
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.signatures import known_format

LIMIT = 100_000_000  # bytes of one file
TITLE = 200  # characters of a title


class TextImporter:
    """Takes any text in as it stands."""

    name = "text"
    title = "Plain text"
    suffixes: tuple[str, ...] = (".txt",)
    loses = "Nothing is recognised in it: the whole text is the body, its first line the title."

    def recognises(self, head: bytes, name: str) -> float:
        """A little, if it can be text at all: every other format that is surer comes first."""
        if not head or known_format(head):
            return 0.0
        try:
            decoded(head)
        except KnownError:  # the head may end within a character, or hold too little to tell: reading tells why
            return 0.05 if b"\0" not in head else 0.0
        return 0.1

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document. Raises KnownError when it is no text."""
        text, notices = readable_text(source)
        yield from notices
        yield plain_document(text, source)


def readable_text(source: Source) -> tuple[str, list[Notice]]:
    """The text of `source` as it is stored, and what a person should know about it. Raises KnownError if it is none."""
    found = decoded(source.whole(LIMIT))
    normal = normalised(found.text)
    if not normal.text.strip():
        raise KnownError("There is no text in it.")
    notices = []
    if found.guessed:
        notices.append(Notice(f"{source.name} is not UTF-8: it was read as {found.encoding}."))
    if normal.replaced:
        notices.append(Notice(f"In {source.name}, {normal.replaced} NUL or broken characters became U+FFFD."))
    return normal.text, notices


def plain_document(text: str, source: Source) -> AnnotatedDocument:
    """A document that is body from its first character to its last."""
    return AnnotatedDocument(
        text=text,
        title=first_line(text) or source.stem,
        language=language_of(text),
        direction=prevailing_direction(text),
        metadata={"path": source.path} if source.path else {},
        zones=(Zone("", "BODY", Span(0, len(text))),),
    )


def first_line(text: str) -> str:
    """The first line of `text` that is not blank, at most 200 characters of it."""
    return text.lstrip().partition("\n")[0][:TITLE].strip()
