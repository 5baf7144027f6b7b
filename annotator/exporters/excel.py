"""One Excel workbook with sheets for marks, articles and the code book: cells are texts or numbers, never formulas."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.collecting import seldom_collected
from annotator.core.imports import Progress
from annotator.exporters import article_rows, mark_rows
from annotator.exporters.article_rows import ArticleRows
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import loses
from annotator.exporters.codebook import HEAD, codebook
from annotator.exporters.mark_rows import MarkRows
from annotator.exporters.proving import Part, Proof
from annotator.exporters.separated import Row, side_by_side
from annotator.exporters.whole_file import whole_file
from annotator.exporters.workbook import ROWS, Sheet, new_book, rows, save

MARKS, ARTICLES, CODEBOOK = "marks", "articles", "codebook"


class ExcelExporter(PlainExporter):
    """The tables of `statements` as one workbook."""

    name = "xlsx"
    title = "Excel, with the code book"
    suffix = ".xlsx"
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      answers=True, people=True, statuses=True, facts=True)  # fmt: skip
    unit = "code points, UTF-16 units and bytes of UTF-8"
    loses = loses(carries, "Texts.")
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        proof = Proof(contents, self.carries, progress)
        marks, articles = MarkRows(contents), ArticleRows(contents)
        with seldom_collected(), whole_file(out) as file:
            book = new_book()
            of_marks = Sheet(book, MARKS, marks.head, mark_rows.NUMBERS, proof.ledger)
            of_articles = Sheet(book, ARTICLES, articles.head, article_rows.NUMBERS, proof.ledger)
            of_codes = Sheet(book, CODEBOOK, HEAD, frozenset(), proof.ledger)
            codes = [of_codes.add(row) for row in codebook(contents.scheme, marks.answers, articles.answers)]
            for document in proof.documents():
                found = [*zip(document.annotations, marks.rows(document), strict=True)]
                known = tuple(_added(of_articles, [*articles.rows(document)], "rows of articles", proof))
                kept = tuple(_added(of_marks, [row for _, row in found] if known else [], "", proof))
                gone = [mark.id for mark, _ in found[len(kept) :]]
                proof.ledger.lose(f"marks beyond the {ROWS:,} rows of a sheet", gone)
                held = (kept, known) if known else None
                proof.count(Part(b"", held, len(kept), _links(document, gone)))
            save(book, file.stream)
            file.finish()
            proof.compare(lambda: _read(file.path, marks.head, articles.head, codes))
        proof.report.files.append(str(out))
        return proof.report


def _added(sheet: Sheet, found: list[Row], what: str, proof: Proof) -> Iterator[Row]:
    """The rows that find a place in the sheet, as they were written."""
    for number, row in enumerate(found):
        if sheet.full:
            if what:
                proof.ledger.lose(f"{what} beyond the {ROWS:,} of a sheet", count=len(found) - number)
            return
        yield sheet.add(row)


def _links(document: AnnotatedDocument, gone: list[str]) -> int:
    lost = set(gone)
    return sum(link.source not in lost for link in document.relations)


def _read(path: Path, of_marks: Row, of_articles: Row, codes: list[Row]) -> Iterator[Hashable]:
    if [*rows(path, 3, HEAD)] != codes:
        raise ValueError("the code book is another")
    return side_by_side(rows(path, 1, of_marks), rows(path, 2, of_articles))
