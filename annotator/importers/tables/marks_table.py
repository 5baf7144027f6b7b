"""Tables of marks or of answers as text: this program’s own, and others that say which article a row is about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from annotator.core.errors import KnownError
from annotator.core.imports import Header, ImportItem
from annotator.core.registry_csv import plain_cell
from annotator.importers.base import Source
from annotator.importers.tables.codebook_rows import Codebook, codebook_of
from annotator.importers.tables.mark_columns import Columns, columns_of
from annotator.importers.tables.mark_table import MarkTable, book_notice
from annotator.importers.tables.rows import Row
from annotator.importers.tables.separated import beginning, rows_as_written

CODEBOOK = "codebook.csv"  # stands beside the tables that it is about
_SAMPLE = 30  # rows by which a table is judged
_HEAD = 1 << 16  # bytes that they stand in


class MarksTableImporter:
    """Takes in a row as a mark, or as one person’s answers about an article; joined to the articles of the project."""

    name = "marks-table"
    title = "Table of marks or answers (CSV, TSV)"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".tab")
    loses = "Texts, where the table has none; columns of the program’s own tables that repeat what others say."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the columns are the program’s own, or say where marks are and on which article."""
        columns, _ = _columns(head)
        return 0.0 if not columns.kind else 0.99 if columns.own or columns.kind == "codebook" else 0.97

    def read(self, source: Source) -> Iterator[ImportItem]:
        """What its rows say of each article. Raises KnownError where it is no such table."""
        columns, delimiter = _columns(source.head(_HEAD))
        if not columns.kind:
            raise KnownError("Its columns do not say where marks are, or which article an answer is about.")
        if columns.kind == "codebook":
            yield Header(codebook_of(columns, _cells(source, delimiter)).scheme)
            yield book_notice(source.name)
            return
        table = MarkTable(
            source.name,
            source.path,
            columns,
            lambda: _behind_head(source, delimiter),
            _book_beside(source),
            columns.own,
        )
        yield from table.items()


def _columns(head: bytes) -> tuple[Columns, str]:
    rows, delimiter = beginning(head, _SAMPLE)
    return columns_of(rows[0], rows[1:]) if rows else Columns("", False), delimiter


def _behind_head(source: Source, delimiter: str) -> Iterator[Row]:
    return islice(rows_as_written(source, delimiter), 1, None)


def _cells(source: Source, delimiter: str) -> Iterator[list[str]]:
    return ([plain_cell(cell) for cell in row.cells] for row in _behind_head(source, delimiter) if not row.fault)


def _book_beside(source: Source) -> Codebook:
    """The code book in the same folder, where there is one."""
    beside = source.beside(CODEBOOK)
    if beside is None:
        return Codebook()
    columns, delimiter = _columns(beside.head(_HEAD))
    return codebook_of(columns, _cells(beside, delimiter)) if columns.kind == "codebook" else Codebook()
