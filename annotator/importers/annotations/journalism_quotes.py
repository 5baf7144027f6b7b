"""Quotes in JSON as newsrooms of the JournalismAI project share them: paragraphs, and sources, cues and contents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import accumulate

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import (
    Json,
    about,
    first_objects,
    items_of_records,
    plain_text,
    whole_number,
)
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.places import squeezed
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_LAYER = "quotes"
_UNIT = "characters, the last one included"
_KNOWN = {"publisher": "publication", "publish_date": "published"}


class JournalismQuotesImporter:
    """Takes an article a record in, its paragraphs as lines, with the spans of who said what."""

    name = "news-quotes"
    title = "Quotes of JournalismAI (JSON)"
    suffixes: tuple[str, ...] = (".json", ".jsonl")
    carries = Carries(nested=True, crossing=True, attributes=True, facts=True)
    loses = "Which source and cue belong to which content: the format does not say it."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where records have paragraphs and spans with labels."""
        records = first_objects(head)
        return 0.98 if any(isinstance(each.get("paragraphs"), list) and _spans(each) for each in records) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a record."""
        return items_of_records(source, partial(_items, source, LabelNames(Scheme())))


def _spans(data: Json) -> list[Json]:
    held = data.get("entities")
    return [each for each in held if isinstance(each, dict) and "span_label" in each] if isinstance(held, list) else []


def _items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    held = data.get("paragraphs")
    paragraphs = [each for each in held if isinstance(each, str)] if isinstance(held, list) else []
    if not any(each.strip() for each in paragraphs):
        raise KnownError("it has no paragraphs")
    lines = [each if each.endswith("\n") else f"{each}\n" for each in paragraphs]
    starts = list(accumulate((len(line) for line in lines), initial=0))
    document = MarkedText("".join(lines), f"{place} of {source.name}", names, _UNIT)
    for number, span in enumerate(_spans(data)):
        _span(document, span, starts, number)
    metadata = {_KNOWN.get(name, name): said for name, said in about(data, "paragraphs", "entities").items()}
    title = metadata.pop("title", "")
    yield from document.items(title, metadata | {"path": source.path})


def _span(document: MarkedText, span: Json, starts: list[int], number: int) -> None:
    label, quote = span.get("span_label"), span.get("span_text")
    start, end = whole_number(span.get("span_start")), whole_number(span.get("span_end"))
    first = whole_number(span.get("paragraph_start")) or 0
    last = whole_number(span.get("paragraph_end"))
    if not isinstance(label, str) or not label or start is None or end is None or not 0 <= first < len(starts) - 1:
        document.leave_out(f"the span {plain_text(span)[:60]}", "it has no label, start, end or paragraph")
        return
    words = quote if isinstance(quote, str) and quote else None
    pair = (starts[first] + start, starts[first] + end)
    other = (pair[0], starts[last] + end) if last is not None and 0 <= last < len(starts) - 1 else pair
    if words is not None and squeezed(document.text[other[0] : other[1] + 1]) == squeezed(words):
        pair = other
    key = str(span.get("index", number))
    mark = document.mark(key, label, [pair], words, layer=_LAYER, place=f"span {key}")
    if isinstance(said := span.get("span_coref"), str) and said:
        mark.say("coref", said)
