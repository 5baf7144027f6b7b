"""Dataset folders as this program writes them for Hugging Face: rows of articles, in JSON Lines or Parquet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotator
from annotator.core.carries import EVERYTHING
from annotator.core.errors import KnownError
from annotator.core.imports import Header, ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import Json, first_objects, items_of_records
from annotator.importers.annotations.predictions import NEEDED, predictions
from annotator.importers.annotator_json import taken
from annotator.importers.base import Source
from annotator.importers.headers import annotators_from
from annotator.importers.label_names import LabelNames
from annotator.importers.parquet_rows import MAGIC, parquet_columns, parquet_items
from annotator.importers.records import RecordReader

_LISTS = ("marks", "links", "answers", "zones")
_NEEDED = {"text", *_LISTS}
_BEGINS = re.compile(rb'\{"id":"[^"]*","sha256":"[0-9a-f]{64}","title":')  # a first row that is longer than the head


class DatasetFolderImporter:
    """Takes an article a row in, with its marks, links, answers and zones."""

    name = "huggingface"
    title = "Hugging Face dataset"
    suffixes: tuple[str, ...] = (".jsonl", ".parquet")
    carries = EVERYTHING
    loses = "Datasets of others: their columns are named as everybody likes. Take a table’s way in for those."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the first record has an article’s columns; a Parquet file is looked at when it is read."""
        if head.startswith(MAGIC):
            return 1.0
        records = first_objects(head)
        if records:
            return 0.98 if all(isinstance(records[0].get(name), list) for name in _LISTS) else 0.0
        return 0.98 if _BEGINS.match(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """An article a row. Raises KnownError where it is a Parquet file with other columns, or cannot be read."""
        if source.head(len(MAGIC)) != MAGIC:
            return items_of_records(source, _Rows(source).items)
        columns = set(parquet_columns(source))
        if columns >= NEEDED:
            return predictions(source)
        if columns >= _NEEDED:
            return parquet_items(source, _Rows(source).items)
        raise KnownError("It is a Parquet file, and its columns are those of neither articles nor predictions.")


class _Rows:
    """Makes the program's own records of rows."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._records = RecordReader(LabelNames(Scheme()))
        self._known: set[Annotator] = set()

    def items(self, row: Json, place: str) -> Iterator[ImportItem]:
        try:
            record = _record(row)
        except (TypeError, KeyError, ValueError, AttributeError):
            raise KnownError("its columns do not hold what an article’s do") from None
        new = tuple(each for each in annotators_from(row.get("annotators")) if each not in self._known)
        if new:
            self._known.update(new)
            yield Header(annotators=new)
        for item in taken(record, self._records, self._source, place):
            yield from _with_whole_links(item, f"{place} of {self._source.name}")


def _with_whole_links(item: ImportItem, place: str) -> Iterator[ImportItem]:
    """What was read, and of an article only the links whose marks are there."""
    if not isinstance(item, AnnotatedDocument):
        yield item
        return
    keys = {mark.id for mark in item.annotations}
    links = tuple(link for link in item.relations if link.source in keys and link.target in keys)
    if gone := len(item.relations) - len(links):
        yield Notice(f"In {place}, {gone} links were left out: a mark at their end is not there.")
    yield replace(item, relations=links) if gone else item


def _record(row: Json) -> Json:
    plain = {name: row[name] for name in ("id", "title", "text", "sha256", "language", "direction", "note")
             if row.get(name) is not None}  # fmt: skip
    return plain | {
        "metadata": {_word(each, "name"): each["value"] for each in _list(row, "metadata")},
        "annotations": list(map(_mark, _list(row, "marks"))),
        "relations": list(map(_link, _list(row, "links"))),
        "labels": [_without(each, "type") | {"value": _value(each)} for each in _list(row, "answers")],
        "zones": _list(row, "zones"),
        "status": {_word(each, "annotator"): each["status"] for each in _list(row, "statuses")},
        "occurrences": _list(row, "occurrences"),
    }


def _mark(row: Json) -> Json:
    pieces = [[piece["start"], piece["end"]] for piece in _list(row, "fragments")]
    read = row | {"fragments": pieces or [[row["start"], row["end"]]], "attributes": _attributes(row)}
    return read if row.get("confidence") is not None else _without(read, "confidence")


def _link(row: Json) -> Json:
    ends = {"from": row["source"], "to": row["target"], "attributes": _attributes(row)}
    return _without(row, "source", "target") | ends


def _attributes(row: Json) -> dict[str, Any]:
    return {_word(each, "name"): _value(each) for each in _list(row, "attributes")}


def _value(each: Mapping[str, Any]) -> Any:
    """An answer by its type; one of no type that is known is a text."""
    text, kind = each["value"], each.get("type")
    if kind == "yes_no":
        return text == "yes"
    return orjson.loads(text) if kind in ("number", "list") else text


def _word(row: Mapping[str, Any], name: str) -> str:
    held = row[name]
    if not isinstance(held, str):
        raise TypeError
    return held


def _list(row: Mapping[str, Any], name: str) -> list[Json]:
    held = row.get(name) or []
    if not isinstance(held, list):
        raise TypeError
    return held


def _without(row: Json, *names: str) -> Json:
    return {name: value for name, value in row.items() if name not in names}
