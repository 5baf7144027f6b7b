"""labelbuddy's JSON Lines, or its JSON where the file is called so: documents with annotations and extra data."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterator
from pathlib import Path

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.json_lines import Json, facts
from annotator.exporters.proving import Frame, Part, export_file

_LINES, _LIST = Frame(b"", b"\n", b"\n"), Frame(b"[\n", b",\n", b"\n]\n")


class LabelbuddyExporter(PlainExporter):
    """An article a line. What is said of a mark is its extra data: a note as it is, else an object of JSON."""

    name = "labelbuddy"
    title = "labelbuddy, JSON Lines or JSON"
    suffix = ".jsonl"
    carries = Carries(nested=True, crossing=True, attributes=True, notes=True, people=True, facts=True)
    unit = "code points and bytes of UTF-8"
    loses = loses(carries, "Of marks with one label at one place, labelbuddy itself keeps the first.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to `out`, whole or not at all: a list where its name ends in .json, else lines.

        Raises KnownError where that cannot be.
        """
        people = {person.id: person.name for person in contents.annotators}
        several = Counter(label.name for label in contents.scheme.labels)

        def make(document: AnnotatedDocument, _: Ledger) -> Part:
            return _part(document, people, {name for name, count in several.items() if count > 1})

        frame = _LIST if out.suffix.lower() == ".json" else _LINES
        return export_file(contents, out, self.carries, make, _read, progress, frame)


def _part(document: AnnotatedDocument, people: dict[str, str], unclear: set[str]) -> Part:
    text, named = document.text, facts(document)
    annotations: list[Json] = []
    held = []
    for mark in document.annotations:
        made: Json = {"label_name": mark.label.name, "start_char": mark.start, "end_char": mark.end}
        made |= {"start_byte": _byte(text, mark.start), "end_byte": _byte(text, mark.end)}
        extra = _extra(mark, people, layer=mark.label.name in unclear)
        annotations.append(made | ({"extra_data": extra} if extra else {}))
        held.append((mark.label.name, mark.start, mark.end, text[mark.start : mark.end], extra))
    task: Json = {"text": text, "utf8_text_md5_checksum": _checksum(text), "metadata": named}
    task |= {"display_title": document.title, "list_title": document.title} if document.title else {}
    data = orjson.dumps(task | {"annotations": annotations})
    return Part(data, (text, tuple(held), tuple(named.items()), document.title), len(annotations))


def _extra(mark: Annotation, people: dict[str, str], *, layer: bool) -> str:
    """What is said of a mark beside its label, as one text; nothing where there is nothing."""
    person = people.get(mark.annotator, "") if len(people) > 1 else ""
    if not (mark.attributes or person or layer or mark.note.startswith("{")):
        return mark.note
    said: Json = {"layer": mark.label.layer, "annotator": person, "note": mark.note}
    said = {name: each for name, each in said.items() if each}
    return orjson.dumps(said | ({"attributes": dict(mark.attributes)} if mark.attributes else {})).decode()


def _byte(text: str, position: int) -> int:
    """Where a code point begins in the bytes of UTF-8."""
    return position if text.isascii() else len(text[:position].encode())


def _checksum(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _read(path: Path) -> Iterator[Hashable]:
    with path.open("rb") as stream:
        for line in stream:
            if line.strip() not in (b"[", b"]", b""):
                yield _found(orjson.loads(line.strip().removesuffix(b",")))


def _found(task: Json) -> Hashable:
    text: str = task["text"]
    encoded = text.encode()
    if hashlib.md5(encoded, usedforsecurity=False).hexdigest() != task["utf8_text_md5_checksum"]:
        raise ValueError("the checksum is not that of the text")
    marks = []
    for each in task["annotations"]:
        words = encoded[each["start_byte"] : each["end_byte"]].decode()
        marks.append((each["label_name"], each["start_char"], each["end_char"], words, each.get("extra_data", "")))
    return text, tuple(marks), tuple(task["metadata"].items()), task.get("display_title", "")
