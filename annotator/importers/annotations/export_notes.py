"""What stands beside this program's exports and says how they were made: no article, and read by people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.imports import ImportItem, Notice
from annotator.importers.base import Source

_CARD = re.compile(rb"---\n.{0,2000}?^- annotator-export$", re.MULTILINE | re.DOTALL)
_FORMAT = re.compile(rb'\s*\{\s*"format":\s*"annotator-(?:split|shards)"')


class ExportNotesImporter:
    """Knows the README.md of a dataset folder, split.json and manifest.json, and takes nothing in."""

    name = "export-notes"
    title = "What says how an export was made"
    suffixes: tuple[str, ...] = (".md", ".json")
    carries = Carries()
    loses = "Everything: it is about articles, and holds none."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where it begins as such files do."""
        return 0.99 if _CARD.match(head) or _FORMAT.match(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A notice."""
        yield Notice(f"{source.name} says how an export was made. It is no article, and was left out.")
