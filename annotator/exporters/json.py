"""The program's own JSON: one object that holds the whole project, and that imports back to the same."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import orjson

from annotator.core.annotation import RegistryEntry
from annotator.core.clock import now
from annotator.core.imports import Progress
from annotator.core.scheme_json import scheme_to_json
from annotator.exporters.base import EVERYTHING, Contents, ExportReport, PlainExporter
from annotator.exporters.checked_writing import CheckedWriting, write_and_check
from annotator.exporters.document_json import Json

VERSION = 1


class JsonExporter(PlainExporter):
    """Writes a document a line within one object, so that it reads as JSON and can be looked at line by line."""

    name = "json"
    title = "JSON"
    suffix = ".json"
    loses = ""
    carries = EVERYTHING
    unit = "code points"
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        return write_and_check(contents, out, self.name, _write, with_header=True, progress=progress)


def _write(writing: CheckedWriting, stream: BinaryIO) -> None:
    head = orjson.dumps(_head(writing.contents), option=orjson.OPT_INDENT_2)
    stream.write(head.removesuffix(b"\n}") + b',\n  "documents": [')
    separator = b"\n"
    for _, document in writing.documents():
        stream.write(separator + orjson.dumps(document))
        separator = b",\n"
    stream.write(b"\n]}\n")


def _head(contents: Contents) -> Json:
    return {
        "format": "annotator",
        "version": VERSION,
        "project": {"id": contents.project_id, "name": contents.project_name, "exported": now()},
        "scheme": scheme_to_json(contents.scheme),
        "annotators": [{"id": annotator.id, "name": annotator.name} for annotator in contents.annotators],
        "registry": [_entry(entry) for entry in contents.registry],
    }


def _entry(entry: RegistryEntry) -> Json:
    written: Json = {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "attributes": dict(entry.attributes),
    }
    return written | {name: text for name, text in (("note", entry.note), ("color", entry.color)) if text}
