"""Marks as a table: a row each, in values that are parted by commas, tabs or semicolons."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.mark_rows import MarkRows
from annotator.exporters.proving import Frame, Part, export_file
from annotator.exporters.separated import OPTIONS, by_document, head, layout_of, rows, written


class MarksTableExporter(PlainExporter):
    """A row a mark, with its places in code points, UTF-16 units and bytes, its words, answers and links."""

    name = "csv"
    title = "Table of marks, CSV"
    suffix = ".csv"
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      people=True, facts=True)  # fmt: skip
    unit = "code points, UTF-16 units and bytes of UTF-8"
    loses = loses(carries, "Texts, and articles without a mark.")
    options = OPTIONS
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        table, layout = MarkRows(contents), layout_of(contents)

        def part(document: AnnotatedDocument, _: Ledger) -> Part:
            found = tuple(map(layout.row, table.rows(document)))
            return Part(written(found, layout), found or None, len(document.annotations), len(document.relations))

        frame = Frame(head(table.head, layout, marked=contents.byte_order_mark))

        def read(path: Path) -> Iterator[Hashable]:
            return (group for _, group in by_document(rows(path, table.head, layout)))

        return export_file(contents, out, self.carries, part, read, progress, frame)
