"""W3C Web Annotations and Recogito's: selectors by quote and by position, for a text that stands beside the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import Json, first_records, records_of
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.web_annotation_parts import (
    WebAnnotation,
    annotations_in,
    article_in,
    is_annotation,
)
from annotator.importers.annotations.web_annotation_stand_off import is_page_by_hash, stand_off_items
from annotator.importers.base import Source
from annotator.importers.json_values import ValueRefusedError
from annotator.importers.label_names import LabelNames
from annotator.importers.text import readable_text

_CONTEXT = re.compile(rb'"@context"\s*:\s*[^}]{0,200}?anno\.jsonld')
_SELECTOR = re.compile(rb'"selector"\s*:\s*(?:\[\s*)?\{\s*"(?:quote|start|type)"')


class WebAnnotationImporter:
    """Takes in the texts that stand beside the file, each with the annotations that speak of it."""

    name = "web-annotation"
    title = "W3C Web Annotation, Recogito"
    suffixes: tuple[str, ...] = (".jsonld", ".json")
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
        facts=True,
    )
    loses = "Annotations of pictures, sound, video and whole pages, and bodies that are no text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the context is that of Web Annotations, or targets have selectors."""
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"[", b"{"):
            return 0.0
        if _CONTEXT.search(head[:5000]):
            return 0.98
        records = [record for record in first_records(head) if isinstance(record, dict)]
        return 0.98 if any(map(is_annotation, records)) and _SELECTOR.search(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each text; of a page without its text, which names it by its hash, what is said of it.

        Raises KnownError where no annotation of a text is in it.
        """
        by_text: dict[str, list[WebAnnotation]] = {}
        others = found = 0
        with source.open() as stream:
            for record, place in records_of(source, stream):
                if isinstance(record, ValueRefusedError):
                    yield Failure(source.name, f"{place.capitalize()} was left out: {record}.")
                    continue
                article = article_in(record)
                if is_page_by_hash(record) and _text_beside(source, article or "") is None:
                    yield from stand_off_items(record, source.name, place)
                    found += 1
                    continue
                if article is not None:
                    by_text.setdefault(article, [])
                for annotation in annotations_in(record, place):
                    if annotation.selectors or annotation.ends or annotation.target:
                        by_text.setdefault(annotation.target, []).append(annotation)
                    else:
                        others += 1
        if not found and not any(by_text) and not any(each.selectors for held in by_text.values() for each in held):
            raise KnownError("No annotation in it marks words of a text.")
        if others:
            yield Notice(f"In {source.name}, {others} annotations were left out: they mark no words of a text.")
        links = by_text.pop("", []) if any(by_text) else []
        for target, held in by_text.items():
            yield from _document(source, target, [*held, *links])


def _document(source: Source, target: str, held: list[WebAnnotation]) -> Iterator[ImportItem]:
    found = _text_beside(source, target)
    if found is None:
        count = sum(bool(each.selectors) for each in held)
        which = "One annotation was" if count == 1 else f"{count} annotations were"
        of_what = f" of {target[:200]}" if target else ""
        todo = f"Put it there as {source.stem}.txt, then try again."
        yield Failure(source.name, f"{which} left out: the text{of_what} is not beside it. {todo}")
        return
    text, notices = readable_text(found)
    yield from notices
    document = MarkedText(text, source.name, LabelNames(Scheme()))
    keys = {annotation.key for annotation in held if annotation.selectors}
    for annotation in held:
        annotation.put(document, keys)
    about: Json = {"path": found.path}
    if urlsplit(target).scheme in ("http", "https"):
        about["uri"] = target
    yield from document.items(metadata=about)


def _text_beside(source: Source, target: str) -> Source | None:
    """The file that a target names, or the text that is called as the annotations are."""
    try:
        name = PurePosixPath(unquote(urlsplit(target).path)).name
    except ValueError:
        name = ""
    stems = [PurePosixPath(name).stem, source.stem, source.stem.removesuffix("-annotations")]
    for place in (name, *(f"{stem}.txt" for stem in stems if stem)):
        if place.endswith((".txt", ".md", ".text")) and (found := source.beside(place)) is not None:
            return found
    return None
