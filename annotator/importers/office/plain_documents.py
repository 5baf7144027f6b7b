"""One document out of the paragraphs of an office file, for all its kinds."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.importers.article import Article
from annotator.importers.base import Source

_TITLE = 300  # characters: a first paragraph that is longer is no title
_TITLES = ("title", "titel", "titre", "título", "titolo", "heading", "heading1", "heading 1", "überschrift1")


def document_of(paragraphs: Iterable[tuple[str, str]], source: Source) -> AnnotatedDocument:
    """The document that paragraphs, each with the name of its style, make. Raises KnownError when they hold no text.

    A paragraph of the style of titles is the headline; without one, the first short one is the title, and body.
    """
    article = Article()
    for style, text in paragraphs:
        headline = style.lower().strip() in _TITLES and not article.part("HEADLINE") and not article.part("BODY")
        article.add("HEADLINE" if headline else "BODY", text)
    body = article.part("BODY")
    if not article.part("HEADLINE"):
        first = body.split("\n\n")[0]
        article.title = first if len(first) <= _TITLE else source.stem
    if article.is_empty:
        raise KnownError("There is no text in it.")
    return article.document(source)
