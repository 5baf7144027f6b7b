"""Tables for R, SPSS and spreadsheets: a row a statement, a row an article and annotator, and the code book of both."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import ExitStack
from pathlib import Path

from annotator.core.collecting import seldom_collected
from annotator.core.imports import Progress
from annotator.exporters.article_rows import ArticleRows
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import loses
from annotator.exporters.codebook import HEAD, codebook
from annotator.exporters.mark_rows import MarkRows
from annotator.exporters.proving import Part, Proof
from annotator.exporters.separated import Row, head, rows, safe, side_by_side, written
from annotator.exporters.whole_folder import whole_folder

STATEMENTS, ARTICLES, CODEBOOK = "statements.csv", "articles.csv", "codebook.csv"


class StatementsExporter(PlainExporter):
    """A folder of three tables. Registry entries stand by their names, with their ids beside them."""

    name = "statements"
    title = "Statements and code book, CSV"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      answers=True, people=True, statuses=True, facts=True)  # fmt: skip
    unit = "code points, UTF-16 units and bytes of UTF-8"
    loses = loses(carries, "Texts.")
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        proof = Proof(contents, self.carries, progress)
        marks, articles = MarkRows(contents), ArticleRows(contents)
        marked = contents.byte_order_mark
        with seldom_collected(), whole_folder(out) as folder:
            book = [*map(safe, codebook(contents.scheme, marks.answers, articles.answers))]
            (folder / CODEBOOK).write_bytes(head(HEAD, marked=marked) + written(book))
            with ExitStack() as files:
                of_marks = files.enter_context((folder / STATEMENTS).open("wb"))
                of_articles = files.enter_context((folder / ARTICLES).open("wb"))
                of_marks.write(head(marks.head, marked=marked))
                of_articles.write(head(articles.head, marked=marked))
                for document in proof.documents():
                    found = tuple(map(safe, marks.rows(document)))
                    known = tuple(map(safe, articles.rows(document)))
                    of_marks.write(written(found))
                    of_articles.write(written(known))
                    proof.count(Part(b"", (found, known), len(document.annotations), len(document.relations)))
            proof.compare(lambda: _read(folder, marks.head, articles.head))
            proof.report.verified = proof.report.verified and [*rows(folder / CODEBOOK, HEAD)] == book
        proof.report.files.append(str(out))
        return proof.report


def _read(folder: Path, of_marks: Row, of_articles: Row) -> Iterator[Hashable]:
    return side_by_side(rows(folder / STATEMENTS, of_marks), rows(folder / ARTICLES, of_articles))
