"""Articles of the Dutch national library (Delpher): the text of one article a file, a title and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import below, name_of, words, xml_root
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally

_ZONES = {"title": "HEADLINE", "subheader": "DEK", "p": "BODY"}
_INDEX = re.compile(rb"<(?:\w+:)?DIDL[\s>]")


class KbArticleImporter:
    """Takes an article's text in. The index of an issue (DIDL) holds addresses, not texts: it is left out, and told."""

    name = "kb-article"
    title = "Delpher article (KB)"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "Date and newspaper, which stand in the index of the issue alone."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is a text that has a title or paragraphs, or an index of such texts."""
        start = head[:3000].removeprefix(b"\xef\xbb\xbf")
        text = re.match(rb"\s*(?:<\?xml[^>]*\?>\s*)?<text>\s*<(?:title|p|subheader)\b", start)
        return 0.97 if text or _INDEX.search(start) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The article. Raises KnownError when it is damaged."""
        text, notices = record_text(source)
        yield from notices
        if _INDEX.search(text[:3000].encode(errors="replace")):
            yield Notice(f"{source.name} is the index of an issue: it holds addresses, no text, and was left out.")
            return
        root = xml_root(sound(text))
        if name_of(root) != "text":
            raise KnownError("It is no article of Delpher.")
        tally = Tally(source)
        tally.dates = False
        article = Article()
        for part in below(root, *_ZONES):
            article.add(_ZONES[name_of(part)], words(part))
        article.say("record", source.stem)
        yield from tally.take(lambda: article, "the article")
        yield from tally.notices()
