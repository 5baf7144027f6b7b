"""doccano's JSON Lines: entities and relations between them, by numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.json_lines import Json, facts, line, lines
from annotator.exporters.proving import Part, export_file
from annotator.exporters.value_texts import value_texts


class DoccanoExporter(PlainExporter):
    """An article a line, as doccano takes it in for sequence labelling with relations."""

    name = "doccano"
    title = "doccano, JSON Lines"
    suffix = ".jsonl"
    carries = Carries(nested=True, crossing=True, links=True, answers=True, facts=True)
    unit = "code points"
    loses = loses(carries, "A project of doccano must allow overlapping spans.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        return export_file(contents, out, self.carries, _part, _read, progress)


def _part(document: AnnotatedDocument, _: Ledger) -> Part:
    numbers = {mark.id: number for number, mark in enumerate(document.annotations, 1)}
    entities = [
        {"id": numbers[mark.id], "label": mark.label.name, "start_offset": mark.start, "end_offset": mark.end}
        for mark in document.annotations
    ]
    relations = [
        {"id": number, "from_id": numbers[link.source], "to_id": numbers[link.target], "type": link.type.name}
        for number, link in enumerate(document.relations, 1)
    ]
    cats = [f"{answer.name}={text}" for answer in document.labels for text in value_texts(answer.value)]
    task: Json = {"text": document.text, "entities": entities, "relations": relations, "cats": cats, "Comments": []}
    meta = facts(document)
    held = (
        document.text,
        tuple((mark.start, mark.end, mark.label.name, document.text[mark.start : mark.end])
              for mark in document.annotations),
        tuple((numbers[link.source], numbers[link.target], link.type.name) for link in document.relations),
        tuple(cats),
        tuple(meta.items()),
    )  # fmt: skip
    return Part(line(task | {"meta": meta}), held, len(entities), len(relations))


def _read(path: Path) -> Iterator[Hashable]:
    for found in lines(path):
        text = found["text"]
        places = [(each["start_offset"], each["end_offset"], each["label"]) for each in found["entities"]]
        marks = [(start, end, label, text[start:end]) for start, end, label in places]
        links = [(each["from_id"], each["to_id"], each["type"]) for each in found["relations"]]
        yield text, tuple(marks), tuple(links), tuple(found["cats"]), tuple(found["meta"].items())
