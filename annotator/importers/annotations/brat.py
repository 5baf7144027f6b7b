"""brat's standoff: a text and, beside it, a file of lines that speak of it; annotation.conf says what there may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import Header, ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.importers.annotations.brat_document import EVENTS, BratDocument
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.text import LIMIT
from annotator.scheme_files.base import SchemeText
from annotator.scheme_files.brat import BratScheme

_CONFIGURATION = "annotation.conf"
_LOOKS = ("visual.conf", "kb_shortcuts.conf")
_BESIDE = (*_LOOKS, "tools.conf")
_LINE = re.compile(rb"(?:[TERAMN]\d+|\*|#\d+)\t\S+ \S")
_SECTION = re.compile(rb"^\[(?:entities|spans|relations|events|attributes|labels|drawing|search|options|\w+)\]", re.M)
_NAMES = (".ann", ".a1")


class BratImporter:
    """Takes a text in with what the .ann (or .a1 and .a2) beside it says of it, and a scheme from annotation.conf."""

    name = "brat"
    title = "brat standoff"
    suffixes: tuple[str, ...] = (".ann", ".a1", ".conf")
    carries = Carries(
        nested=True, crossing=True, discontinuous=True, links=True, attributes=True, link_attributes=True, notes=True
    )
    loses = (
        "Arguments of a relation beyond two. An equivalence becomes links from each mark to the next; a note of a link"
        " becomes an attribute of it."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where lines of brat's begin it; an empty file of such a name says that there are no marks."""
        name = PurePath(name).name.lower()
        if name == _CONFIGURATION or name in _BESIDE:
            return 0.95 if _SECTION.search(head) or not head.strip() else 0.3
        if not name.endswith(_NAMES):
            return 0.0
        first = next((line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()), b"")
        return 0.95 if not first or _LINE.match(first) else 0.3

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The document, or the scheme of an annotation.conf. Raises KnownError where there is no text beside it."""
        name = PurePath(source.name).name.lower()
        if name in _BESIDE:
            yield Notice(f"{source.name} says how brat shows marks: it is read along with annotation.conf.")
        elif name == _CONFIGURATION:
            yield from _scheme_items(source)
        else:
            yield from _document_items(source)


def _scheme_items(source: Source) -> Iterator[ImportItem]:
    texts = tuple(_text_beside(source, name) for name in _LOOKS)
    _text_beside(source, "tools.conf")  # it is no document either
    scheme, notes = _scheme(decoded(source.whole(LIMIT)).text, texts, source.name)
    yield from (Notice(f"{source.name}: {note}") for note in notes)
    yield Header(scheme)


@lru_cache(maxsize=4)  # each document of a folder asks for it
def _scheme(text: str, looks: tuple[str | None, ...], name: str) -> tuple[Scheme, tuple[str, ...]]:
    beside = dict(zip(_LOOKS, looks, strict=True)).get
    read = BratScheme().read(SchemeText(name, text, "brat", beside))
    return read.scheme, read.notes


@lru_cache(maxsize=4)  # so that documents share their labels
def _names(text: str, looks: tuple[str | None, ...], name: str) -> LabelNames:
    return LabelNames(_scheme(text, looks, name)[0])


def _text_beside(source: Source, name: str) -> str | None:
    other = source.beside(name)
    return decoded(other.whole(LIMIT)).text if other is not None else None


def _document_items(source: Source) -> Iterator[ImportItem]:
    text = source.beside(f"{source.stem}.txt")
    if text is None:
        raise KnownError(f"Its text is not beside it: {source.stem}.txt is missing.")
    names, fault = _names_beside(source)
    document = MarkedText(raw_text(text), source.name, names)
    if fault:
        document.notices.append(fault)
    lines = BratDocument(document, lambda kind, event: _layer(names, kind, event=event), frozenset(names.relations))
    lines.read(decoded(source.whole(LIMIT)).text)
    if source.name.lower().endswith(".a1") and (more := _text_beside(source, f"{source.stem}.a2")) is not None:
        lines.read(more, f"{source.stem}.a2")
    lines.finish()
    yield from document.items(metadata={"path": text.path} if text.path else {})


def raw_text(source: Source) -> str:
    """A text as positions in a file beside it count it: with its byte order mark, where it has one."""
    data = source.whole(LIMIT)
    return ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "") + decoded(data).text


def _names_beside(source: Source) -> tuple[LabelNames, str]:
    """The labels of the annotation.conf beside a file, and what is wrong with it."""
    text = _text_beside(source, _CONFIGURATION)
    if text is None:
        return LabelNames(Scheme()), ""
    try:
        return _names(text, tuple(_text_beside(source, name) for name in _LOOKS), _CONFIGURATION), ""
    except KnownError as error:
        return LabelNames(Scheme()), f"The labels of {source.name} were taken in by their names alone. {error}"


def _layer(names: LabelNames, kind: str, *, event: bool) -> str:
    known = next((layer for layer, name in names.labels if name == kind), "")
    return known or (EVENTS if event else "")
