"""What an export without the texts leaves out, and the list of it."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.annotation import AnnotatedDocument
from annotator.core.standing_off import without_text
from annotator.exporters.carrying import Ledger


def wordless(document: AnnotatedDocument, ledger: Ledger) -> AnnotatedDocument:
    """`document` with its text alone, which is for hashes: title and facts that may hold words of it are gone, and
    told in `ledger` with the text."""
    bare = without_text(document)
    ledger.lose("texts of articles", count=1)
    ledger.lose("titles of articles", count=bool(document.title))
    ledger.lose("facts that may quote articles", count=len(document.metadata) - len(bare.metadata))
    places = sum(bool(place.path or place.title) for place in document.occurrences)
    ledger.lose("names of files and links", count=places)
    return replace(bare, text=document.text)
