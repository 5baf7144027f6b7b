"""labelbuddy's JSON and JSON Lines: texts with annotations, and what is said of each as extra data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

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
from annotator.importers.annotations.marked_text import DraftMark, MarkedText
from annotator.importers.base import Source
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.label_names import LabelNames
from annotator.importers.marks_json import MarkRefusedError, values

_CHECKSUM = "utf8_text_md5_checksum"
_TITLES = ("display_title", "list_title", "long_title", "short_title")  # the last two were names of older versions
_HEAD = re.compile(rb'"(?:utf8_text_md5_checksum"\s*:|annotations"\s*:\s*\[\s*\{[^{}]*"label_name")')
_OURS = frozenset(("layer", "annotator", "note", "attributes"))


class LabelbuddyImporter:
    """Takes a text a record in, with annotations; extra data becomes a note."""

    name = "labelbuddy"
    title = "labelbuddy JSON and JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl", ".json")
    carries = Carries(nested=True, crossing=True, attributes=True, notes=True, people=True, facts=True)
    loses = "Labels that are used nowhere, colours and keys: import its file of labels as a scheme."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where texts have labelbuddy’s checksum, or annotations with label_name."""
        records = first_objects(head)
        if not records and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):  # the first goes on behind the head
            return 0.98 if _HEAD.search(head) else 0.0
        return 0.98 if any(map(_is_one, records)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a record."""
        return items_of_records(source, partial(_items, source, LabelNames(Scheme())))


def _is_one(record: Json) -> bool:
    held = record.get("annotations")
    named = isinstance(held, list) and any(isinstance(each, dict) and "label_name" in each for each in held)
    return _CHECKSUM in record or (named and "data" not in record)


def _items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise KnownError("it has no text: let labelbuddy export the texts with the annotations")
    document = MarkedText(text, f"{place} of {source.name}", names, certain=_counts_twice(data, text))
    checksum = data.get(_CHECKSUM)
    if isinstance(checksum, str) and checksum.lower() != _checksum(text):
        document.tell("the checksum is not that of the text: it may have been changed after it was marked.")
    for number, each in enumerate(_list(data, "annotations") + [_older(each) for each in _list(data, "labels")], 1):
        _mark(document, each, text, number)
    metadata = about(data, "text", "annotations", "labels", "meta", "metadata", _CHECKSUM, *_TITLES)
    for name in ("metadata", "meta"):
        if isinstance(data.get(name), dict):
            metadata |= about(data[name])
    title = metadata.pop("title", "") or next(filter(None, (plain_text(data.get(name)) for name in _TITLES)), "")
    language = metadata.pop("language", "")
    known = language if re.fullmatch(r"[a-z]{2}(-\w+)?", language) else ""
    yield from document.items(title, {"path": source.path} | metadata, known)


def _counts_twice(data: Json, text: str) -> bool:
    """Whether each annotation is placed in code points and in bytes, and both are the same place."""
    held = [each for each in _list(data, "annotations") if isinstance(each, dict)]
    in_bytes = ({name: at for name, at in each.items() if name.endswith("_byte")} for each in held)
    found = [(_pair(each, text), _pair(only, text)) for each, only in zip(held, in_bytes, strict=True)]
    return all(one is not None and one == other for one, other in found)


def _list(data: Json, name: str) -> list[Any]:
    held = data.get(name)
    return held if isinstance(held, list) else []


def _older(held: Any) -> Any:
    """An annotation as the first versions wrote it: start, end, label, and what else is said."""
    names = ("start_char", "end_char", "label_name", "extra_data")
    return dict(zip(names, held, strict=False)) if isinstance(held, list) else held


def _mark(document: MarkedText, each: Any, text: str, number: int) -> None:
    label = each.get("label_name") if isinstance(each, dict) else None
    pair = _pair(each, text) if isinstance(each, dict) else None
    if not isinstance(label, str) or not label or pair is None:
        document.leave_out(f"annotation {number}", "it has no label, start or end")
        return
    mark = document.mark(f"{number}", label, [pair], place=f"annotation {number}")
    extra = each.get("extra_data")
    if isinstance(extra, str) and extra and not _own(mark, extra):
        mark.add_note(extra)


def _pair(each: Json, text: str) -> tuple[int, int] | None:
    """Where an annotation stands; what is given in bytes alone is counted anew."""
    start, end = whole_number(each.get("start_char")), whole_number(each.get("end_char"))
    if start is not None and end is not None:
        return start, end
    first, last = whole_number(each.get("start_byte")), whole_number(each.get("end_byte"))
    if first is None or last is None or not 0 <= first <= last:
        return None
    encoded = text.encode(errors="replace")
    try:
        return len(encoded[:first].decode()), len(encoded[:last].decode())
    except UnicodeDecodeError:
        return None


def _own(mark: DraftMark, extra: str) -> bool:
    """Take in what this program says of a mark; whether it was that."""
    if not extra.startswith("{"):
        return False
    try:
        said = parsed(extra.encode(errors="replace"))
        if not isinstance(said, dict) or not said or not said.keys() <= _OURS:
            return False
        attributes = values(said.get("attributes") or {})
    except (ValueRefusedError, MarkRefusedError):
        return False
    mark.attributes.update(attributes)
    mark.layer, mark.annotator, mark.note = (plain_text(said.get(name)) for name in ("layer", "annotator", "note"))
    return True


def _checksum(text: str) -> str:
    return hashlib.md5(text.encode(errors="replace"), usedforsecurity=False).hexdigest()
