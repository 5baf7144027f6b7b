"""Pages of a newspaper's web archive, saved as text: headline, caption, credit and body told apart."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.core.span import Span
from annotator.core.text import language_of, prevailing_direction
from annotator.importers.base import Source
from annotator.importers.credits import Dateline, credit_of, dateline_of
from annotator.importers.page_parts import Page, is_listing, page_of
from annotator.importers.signatures import known_format
from annotator.importers.text import readable_text


class ArchivePageImporter:
    """Takes archive pages in, with their zones; lists of articles are left out, and said so."""

    name = "archive-page"
    title = "Archive page"
    suffixes: tuple[str, ...] = (".txt",)
    loses = "Listing pages are left out. Pages hold neither date nor author."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the header lines of such a page stand, or the entries of a listing."""
        if known_format(head):
            return 0.0
        text = _roughly(head)
        if page_of(text) is not None:
            return 0.95
        return 0.9 if is_listing(text) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document, or a notice. Raises KnownError when it is no such page."""
        text, notices = readable_text(source)
        if is_listing(text):
            yield Notice(
                f"{source.name} is a listing page, not an article: it was left out"
                " (import it with --format text to have it)."
            )
            return
        page = page_of(text)
        if page is None:
            raise KnownError("It is not built like an archive page. Import it as plain text (--format text).")
        if page.body is None and not page.captions:
            raise KnownError("It is an archive page without an article. Import it as plain text (--format text).")
        yield from notices
        yield document_of(text, page, source)


def _roughly(head: bytes) -> str:
    """Enough of the text to see how the page is built: its header lines are the same in every encoding but UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore").replace("\r\n", "\n")
    return head.decode("utf-8", errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")


def document_of(text: str, page: Page, source: Source) -> AnnotatedDocument:
    """The document that `page`, the parts of `text`, makes."""
    dateline = _dateline(text, page)
    body = text[page.body.start : page.body.end] if page.body else text
    return AnnotatedDocument(
        text=text,
        title=page.title.covered(text),
        language=language_of(body),
        direction=prevailing_direction(body),
        metadata=_metadata(text, page, dateline, source),
        zones=tuple(Zone("", label, span) for label, span in _zones(text, page, dateline)),
    )


def _dateline(text: str, page: Page) -> Dateline | None:
    """The dateline, placed within the page."""
    if page.body is None:
        return None
    found = dateline_of(text[page.body.start : page.body.end], f"{page.publication} {page.archive}")
    return found and Dateline(_placed(found.span, page.body.start), found.source)


def _placed(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)


def _zones(text: str, page: Page, dateline: Dateline | None) -> list[tuple[str, Span]]:
    zones = [("BOILERPLATE", span) for span in page.boilerplate]
    zones.append(("HEADLINE", page.title))
    for caption in page.captions:
        zones.append(("CAPTION", caption))
        if credit := credit_of(caption.covered(text)):
            zones.append(("CREDIT", _placed(credit, caption.start)))
    if page.body:
        zones.append(("BODY", page.body))
    if dateline:
        zones.append(("DATELINE", dateline.span))
    return sorted(zones, key=lambda zone: (zone[1].start, -zone[1].end))


def _metadata(text: str, page: Page, dateline: Dateline | None, source: Source) -> dict[str, str]:
    captions = [caption.covered(text) for caption in page.captions]
    caption = max(captions, key=len, default="")
    credit = credit_of(caption)
    own = f"{page.publication} {page.archive}".casefold()
    agency = dateline.source if dateline and dateline.source.casefold() not in own else ""
    found = {
        "publication": page.publication or page.archive,
        "archive": page.archive,
        "media_id": page.media_id,
        "caption": caption,
        "credit": credit.covered(caption) if credit else "",
        "agency": agency,
        "path": source.path,
    }
    return {name: value for name, value in found.items() if value}
