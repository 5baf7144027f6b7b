"""JSON Lines: a document a line, for programs that read one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import orjson

from annotator.core.imports import Progress
from annotator.exporters.base import EVERYTHING, Contents, ExportReport, PlainExporter
from annotator.exporters.checked_writing import CheckedWriting, write_and_check
from annotator.exporters.document_json import annotators_of


class JsonLinesExporter(PlainExporter):
    """Writes the documents of the program's JSON, each with the names of those who annotated it."""

    name = "jsonl"
    title = "JSON Lines"
    suffix = ".jsonl"
    loses = (
        "The scheme's colours, shortcuts and rules, the registry and the project's name: each line knows only its own"
        " document. Take JSON to keep all."
    )
    carries = EVERYTHING
    unit = "code points"
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        return write_and_check(contents, out, self.name, _write, with_header=False, progress=progress)


def _write(writing: CheckedWriting, stream: BinaryIO) -> None:
    names = {annotator.id: annotator.name for annotator in writing.contents.annotators}
    for document, written in writing.documents():
        known = sorted(annotators_of(document) & names.keys())
        written["annotators"] = [{"id": key, "name": names[key]} for key in known]
        stream.write(orjson.dumps(written) + b"\n")
