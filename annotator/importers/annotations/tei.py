"""TEI: names, dates and quotations within the text, and spans and relations that stand off it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.tei_marks import TeiMarks
from annotator.importers.annotations.tei_text import TeiText, language_in
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.markup import Damaged, Element, below, children, first, name_of, words, xml_root
from annotator.importers.text import LIMIT

_SPACE = b"http://www.tei-c.org/ns/1.0"
_LANGUAGE = re.compile(r"[a-z]{2}(-\w+)?$")


class TeiImporter:
    """Takes the text of each TEI element in, with what is marked in it."""

    name = "tei"
    title = "TEI XML"
    suffixes: tuple[str, ...] = (".xml", ".tei")
    carries = Carries(
        nested=True,
        crossing=True,
        discontinuous=True,
        links=True,
        attributes=True,
        link_attributes=True,
        notes=True,
        answers=True,
        people=True,
        zones=True,
        facts=True,
    )
    loses = "Layout, lemmas, parts of speech, syntax and the rest of the header; notes stand in the text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where TEI’s namespace stands in the root."""
        return 0.97 if _SPACE in head[:5000] and re.search(rb"<(?:\w+:)?(?:TEI|teiCorpus)\b", head[:5000]) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each TEI element that has a text. Raises KnownError where the file is broken or has none."""
        try:
            root = xml_root(decoded(source.whole(LIMIT)).text)
        except Damaged as error:
            raise KnownError(f"{error}") from None
        names = LabelNames(Scheme())
        elements = [each for each in below(root, "tei") if next(iter(children(each, "text")), None) is not None]
        if not elements:
            raise KnownError("There is no text of TEI in it.")
        for number, element in enumerate(elements, 1):
            name = source.name if len(elements) == 1 else f"text {number} of {source.name}"
            try:
                yield from _items(element, name, names, source)
            except KnownError as error:
                yield Failure(source.name, f"Text {number} was left out: {str(error).rstrip('.')}.")


def _items(element: Element, name: str, names: LabelNames, source: Source) -> Iterator[ImportItem]:
    marks, flow = TeiMarks(element), TeiText()
    text = next(children(element, "text"))
    flow.read(text, marks.is_one)
    flow.finish()
    document = MarkedText(flow.text, name, names, certain=True)
    marks.put(document, flow)
    header = next(iter(children(element, "teiheader")), None)
    about = _about(header) if header is not None else {}
    language = language_in(text) or language_in(element)
    title = about.pop("title", "")
    yield from document.items(title, about | {"path": source.path}, language if _LANGUAGE.match(language) else "")


def _about(header: Element) -> dict[str, str]:
    """Title, publisher, date and author; and the facts of a list with labels, as this program writes them."""
    found = {
        key: _first_in(header, path, key) for key, path in (("title", "titlestmt"), ("publisher", "publicationstmt"))
    }
    holder = first(header, "sourcedesc")
    dates: list[Any] = list(below(holder, "date")) if holder is not None else []
    found["published"] = next((when for date in dates if (when := date.get("when"))), "")
    authors = [words(each) for each in below(header, "author")]
    found["author"] = "; ".join(dict.fromkeys(filter(None, authors)))
    label = ""
    for facts in below(holder, "list") if holder is not None else ():
        for each in facts if facts.get("type") == "facts" else ():
            if name_of(each) == "label":
                label = words(each)
            elif name_of(each) == "item" and label not in ("", "id", "sha256", "path", "title"):
                found[label] = words(each)
    return found


def _first_in(header: Element, path: str, name: str) -> str:
    holder = first(header, path)
    return next((said for each in below(holder, name) if (said := words(each))), "") if holder is not None else ""
