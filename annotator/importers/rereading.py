"""Kept pages read again, by the readers of today."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.raw_page import RawPage
from annotator.importers.html.page import READ, web_page
from annotator.importers.web_page import LIMIT

_HTML = ("text/html", "application/xhtml+xml")


def read_again(page: RawPage, document: AnnotatedDocument) -> AnnotatedDocument:
    """What `page`, in which `document` was found, gives today: text, zones, and what the page says of itself.

    What is known from elsewhere (its address, when it was captured, in which file it lay) stays. Raises KnownError
    where the bytes are not those that were kept, or nothing can be read from them.
    """
    if page.media_type not in _HTML:
        raise KnownError(f"This version does not read pages of the kind {page.media_type} again.")
    if page.size > LIMIT:
        raise KnownError("The page is larger than 50 MB.")
    try:
        data = page.data
    except ValueError:
        raise KnownError("The bytes of the page that were kept are damaged.") from None
    found = web_page(
        data,
        encoding=page.encoding,
        address=document.metadata.get("uri", ""),
        name=document.title,
        media_type=page.media_type,
    ).document
    if found is None:
        raise KnownError("There is no text to be seen on the page any more.")
    known = {name: value for name, value in document.metadata.items() if name not in READ}
    return replace(found, metadata={**found.metadata, **known}, raw=None)
