"""JSON Lines in the shape that spaCy is trained from: spans that may overlap, and entities that do not."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, carried_part, loses
from annotator.exporters.json_lines import facts, line, lines, see_quote
from annotator.exporters.proving import Part, export_file


class SpacyExporter(PlainExporter):
    """`spans` holds every mark of one piece; `entities` those of them that lie side by side, the longest first."""

    name = "spacy"
    title = "spaCy, JSON Lines"
    suffix = ".jsonl"
    carries = Carries(nested=True, crossing=True, facts=True)
    unit = "code points"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        return export_file(contents, out, self.carries, _part, _read, progress)


def _part(document: AnnotatedDocument, _: Ledger) -> Part:
    text, marks = document.text, document.annotations
    spans = [
        {
            "start": mark.start,
            "end": mark.end,
            "label": mark.label.name,
            "layer": mark.label.layer,
            "id": mark.id,
            "text": text[mark.start : mark.end],
        }
        for mark in marks
    ]
    flat = carried_part(document, Carries(), Ledger()).annotations
    entities = sorted((mark.start, mark.end, mark.label.name) for mark in flat)
    meta = facts(document)
    data = line({"text": text, "spans": spans, "entities": entities, "meta": meta})
    held = tuple((mark.start, mark.end, mark.label.name, mark.label.layer, mark.id) for mark in marks)
    return Part(data, (text, held, tuple(entities), tuple(meta.items())), len(marks))


def _read(path: Path) -> Iterator[Hashable]:
    for found in lines(path):
        text = found["text"]
        for span in found["spans"]:
            see_quote(text, span["start"], span["end"], span["text"])
        spans = tuple((s["start"], s["end"], s["label"], s["layer"], s["id"]) for s in found["spans"])
        yield text, spans, tuple(map(tuple, found["entities"])), tuple(found["meta"].items())
