"""WebAnno TSV: what WebAnno and INCEpTION write, of the versions 1, 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.own_features import take_own_features
from annotator.importers.annotations.webanno_cells import layers_of
from annotator.importers.annotations.webanno_document import WebAnnoDocument
from annotator.importers.annotations.webanno_older import older_document
from annotator.importers.annotations.webanno_rows import WebAnnoRows
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.text import LIMIT

_THREE = re.compile(rb"#FORMAT=WebAnno TSV 3")
_TWO = re.compile(rb"\s*# [\w.]+ \|")
_ONE = re.compile(rb"#id=\d+\r?\n#text=")


class WebAnnoImporter:
    """Takes the sentences in as a text, layers of spans and chains as marks, relations and slots as links."""

    name = "webanno-tsv"
    title = "WebAnno TSV (INCEpTION)"
    suffixes: tuple[str, ...] = (".tsv",)
    carries = Carries(nested=True, crossing=True, links=True, attributes=True, notes=True, people=True)
    loses = (
        "Marks of no width. What stands between two sentences is not in the file: line ends are put there. Of version"
        " 1, all but named entities and parts of speech."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Sure: its first line says what it is."""
        start = head.removeprefix(b"\xef\xbb\xbf")
        if _THREE.match(start):
            return 1.0
        return 0.97 if _TWO.match(start) or _ONE.match(start) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """One document. Raises KnownError where there are no words."""
        lines = decoded(source.whole(LIMIT)).text.replace("\r\n", "\n").split("\n")
        head = source.head(1000).removeprefix(b"\xef\xbb\xbf")
        if _TWO.match(head) or _ONE.match(head):
            document = older_document(lines, source.name)
        else:
            document = _document(lines, source.name)
        yield from document.items(metadata={"path": source.path})


def _document(lines: list[str], name: str) -> MarkedText:
    rows = WebAnnoRows()
    rows.read(lines)
    if not rows.units:
        raise KnownError("There are no words of WebAnno TSV in it.")
    document = MarkedText(rows.texts.text, name)
    if rows.texts.rebuilt:
        document.tell("sentences were put together from their words: these do not stand so in the sentence’s text.")
    layers, _ = layers_of(rows.header)
    WebAnnoDocument(document, layers, rows.units).finish()
    take_own_features(document)
    for number, why in rows.wrong:
        document.leave_out(f"line {number}", why)
    return document
