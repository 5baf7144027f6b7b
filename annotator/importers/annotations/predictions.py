"""Marks that a model made elsewhere: a row each, with the hash of the text it is on. They become a machine's own.

Every row names its model; `MODEL VERSION` is an annotator of its own, and their ids are made of what they say, so that
the same file brings nothing the second time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator
from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.ids import named_id
from annotator.core.imports import Header, ImportItem
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.core.standing_off import Expected, StandOff
from annotator.importers.annotations.json_records import Json, first_objects, items_of_records, whole_number
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames
from annotator.importers.parquet_rows import MAGIC, parquet_items

NEEDED = frozenset(("sha256", "start", "end", "label", "model"))
_AT_ONCE = 20_000  # marks of one text that are held
_HASH = re.compile("[0-9a-f]{64}")
_LONGEST = 200  # characters of a name


class PredictionsImporter:
    """Takes marks for articles that are in the project; each article is known by the SHA-256 of its text."""

    name = "predictions"
    title = "Predictions of a model"
    suffixes: tuple[str, ...] = (".parquet", ".jsonl")
    carries = Carries(nested=True, crossing=True, people=True)
    loses = "Columns that it does not know, and marks of articles that are not in the project."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a record has what a prediction needs. Parquet is looked at as a dataset first."""
        records = first_objects(head)
        return 0.99 if records and records[0].keys() >= NEEDED else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The marks of each text, as long as its rows stand together. Raises KnownError where it cannot be read."""
        return predictions(source)


def predictions(source: Source) -> Iterator[ImportItem]:
    """The marks in a file of rows, JSON Lines or Parquet."""
    rows = _Rows(source)
    parquet = source.head(len(MAGIC)) == MAGIC
    yield from (parquet_items if parquet else items_of_records)(source, rows.items)
    yield from rows.take()


@dataclass(slots=True)
class _Rows:
    """Gathers the rows of one text."""

    source: Source
    _names: LabelNames = field(default_factory=lambda: LabelNames(Scheme()))
    _people: set[str] = field(default_factory=set)
    _sha256: str = ""
    _place: str = ""
    _marks: dict[str, tuple[Annotation, Expected]] = field(default_factory=dict)

    def items(self, row: Json, place: str) -> Iterator[ImportItem]:
        sha256 = _name(row, "sha256").lower()
        if not _HASH.fullmatch(sha256):
            raise KnownError("its “sha256” is not the hash of a text")
        person = _person(row)
        mark = self._mark(row, sha256, person)
        if person.id not in self._people:
            self._people.add(person.id)
            yield Header(annotators=(person,))
        if sha256 != self._sha256 or len(self._marks) >= _AT_ONCE:
            yield from self.take()
            self._sha256, self._place = sha256, place
        words = row.get("text")
        self._marks.setdefault(mark.id, (mark, Expected(words if isinstance(words, str) and words else None)))

    def take(self) -> Iterator[StandOff]:
        """What was gathered of the text whose rows have ended."""
        if self._marks:
            marks, expected = zip(*self._marks.values(), strict=True)
            about = AnnotatedDocument(text="", sha256=self._sha256, annotations=tuple(marks))
            yield StandOff(about, self.source.name, self._place, tuple(expected))
        self._marks = {}

    def _mark(self, row: Json, sha256: str, person: Annotator) -> Annotation:
        start, end = whole_number(row.get("start")), whole_number(row.get("end"))
        if start is None or end is None or not 0 <= start < end:
            raise KnownError("its start and end are no positions")
        label = self._names.label(_optional(row, "layer"), _name(row, "label"))
        said = [person.name, sha256, label.layer, label.name, start, end]
        key = named_id(f"predictions/{orjson.dumps(said).decode()}")
        pieces = (Span(start, end),)
        return Annotation(key, label, pieces, {}, "", person.id, person.name, _confidence(row), "", "")


def _person(row: Json) -> Annotator:
    name = " ".join(filter(None, (_name(row, "model"), _optional(row, "version"))))
    return Annotator(named_id(f"models/{name}"), name)


def _name(row: Json, name: str) -> str:
    held = _optional(row, name)
    if not held:
        raise KnownError(f"it has no “{name}”")
    return held


def _optional(row: Json, name: str) -> str:
    held = row.get(name)
    text = " ".join(str(held).split()) if isinstance(held, str | int | float) and not isinstance(held, bool) else ""
    if len(text) > _LONGEST:
        raise KnownError(f"its “{name}” is longer than {_LONGEST} characters")
    return text


def _confidence(row: Json) -> float | None:
    held: Any = row.get("confidence")
    if held is None or (isinstance(held, float) and math.isnan(held)):
        return None
    if isinstance(held, bool) or not isinstance(held, int | float) or not 0 <= held <= 1:
        raise KnownError("its confidence is no number from 0 to 1")
    return float(held)
