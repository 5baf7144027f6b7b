"""A PDF of articles with their marks. It is drawn by the window’s part of the program, which is passed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.core.imports import Progress
from annotator.exporters.base import EVERYTHING, Contents, ExportReport, PlainExporter
from annotator.exporters.options import YES, Option, yes_no
from annotator.exporters.page.book import Book, Printed, Used
from annotator.exporters.page.html import SHOWN, front_of, heading_of, shown_part, without_people
from annotator.exporters.page.told import Teller, ToldArticle
from annotator.exporters.page.writing import summary
from annotator.exporters.proving import Part, Proof
from annotator.exporters.whole_file import whole_file

_BREAKS = (OSError, ValueError, LookupError, TypeError)  # what reading a file that is wrong may raise


class PdfExporter(PlainExporter):
    """Pages for papers: each article in a column, names of labels below the words, what is said of marks behind it."""

    name = "pdf"
    title = "PDF, to print"
    suffix = ".pdf"
    carries = EVERYTHING._replace(zones=False)
    unit = ""
    loses = "Not carried: zones, but by how they are set. It is made to be looked at: no program reads it in again."
    options = (
        Option("page", "Paper", "a4", (("a4", "A4"), ("letter", "Letter"))),
        yes_no("labels", "Names of labels in the text", default=True),
        yes_no("list", "List of marks behind each article", default=True),
        *SHOWN,
    )

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all.

        Raises KnownError where that cannot be, or there is nothing here to draw pages with.
        """
        carries = shown_part(self.carries, contents.options)
        proof, teller = Proof(contents, carries, progress), Teller(contents)
        with whole_file(out) as file:
            if contents.print_pages is None:
                raise KnownError("Pages are drawn by the window’s part of the program, which is not there. Take html.")

            def articles() -> Iterator[ToldArticle]:
                for number, document in enumerate(proof.documents(), 1):
                    yield without_people(teller.article(document, number), carries)
                    proof.count(Part(b"", None, len(document.annotations), len(document.relations)))

            front = front_of(contents, carries)
            options = contents.options
            book = Book(
                heading_of(contents), summary(front), tuple(front.articles), tuple(_used(contents, front.counts)),
                articles, options.get("page", "a4"), options.get("labels", YES) == YES, options.get("list", YES) == YES,
            )  # fmt: skip
            printed = contents.print_pages(book, file.path)
            file.finish()
            proof.report.verified = _is_right(file.path, printed, proof.report.documents)
        proof.report.lost += [*proof.ledger.losses(), *contents.lost]
        proof.report.files.append(str(out))
        return proof.report


def _used(contents: Contents, counts: dict[tuple[str, str], int]) -> Iterator[Used]:
    for layer in contents.scheme.layers:
        labels = contents.scheme.labels_of(layer.name)
        found = tuple((label, count) for label in labels if (count := counts.get((label.layer, label.name), 0)))
        if found:
            yield Used(layer.shown, found)


def _is_right(path: Path, printed: Printed, articles: int) -> bool:
    """Whether the file opens, has the pages that were drawn, and something stands on each."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        with PdfReader(path) as reader:
            pages = len(reader.pages)
            drawn = all((held := page.get_contents()) is not None and held.get_data() for page in reader.pages)
    except (*_BREAKS, PyPdfError):
        return False
    return drawn and pages == printed.pages and len(printed.first_pages) == articles
