"""NITF: one article a file, as agencies and the New York Times corpus have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.agencies.nitf_parts import read_nitf
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import below, xml_root
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally


class NitfImporter:
    """Takes such a file in."""

    name = "nitf"
    title = "NITF"
    suffixes: tuple[str, ...] = (".xml", ".nitf")
    loses = "Pictures; their captions come in."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the root is NITF; fairly where such an article stands within something else."""
        found = re.search(rb"<(?:\w+:)?nitf[\s>]", head[:20_000], re.IGNORECASE)
        others = re.search(rb"<(?:\w+:)?(?:newsItem|newsMessage|NewsML|packageItem)[\s>]", head)
        return 0.0 if not found or others else 0.97

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its article, or its articles where several stand in one file. Raises KnownError when it is damaged."""
        text, notices = record_text(source)
        yield from notices
        root = xml_root(sound(text))
        tally = Tally(source)
        for number, part in enumerate(below(root, "nitf"), 1):
            article = Article()
            read_nitf(article, part)
            yield from tally.take(lambda made=article: made, f"article {number}")  # type: ignore[misc]
        if not tally.found:
            raise KnownError("No article is in it.")
        yield from tally.notices()
