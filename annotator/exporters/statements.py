"""Tables for R, SPSS and spreadsheets: a row a statement, a row an article and annotator, and the code book of both."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import ExitStack
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.collecting import seldom_collected
from annotator.core.imports import Progress
from annotator.exporters.answer_columns import ODD, AnswerColumns
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import loses
from annotator.exporters.codebook import HEAD, codebook
from annotator.exporters.mark_rows import MarkRows
from annotator.exporters.proving import Part, Proof
from annotator.exporters.separated import Row, by_document, head, rows, safe, written
from annotator.exporters.spelling import Spelling
from annotator.exporters.whole_folder import whole_folder

STATEMENTS, ARTICLES, CODEBOOK = "statements.csv", "articles.csv", "codebook.csv"
FIXED = ("document", "title", "language", "direction", "characters", "annotator", "status", "marks")


class StatementsExporter(PlainExporter):
    """A folder of three tables. Registry entries stand by their names, with their ids beside them."""

    name = "statements"
    title = "Statements and code book, CSV"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      answers=True, people=True, statuses=True, facts=True)  # fmt: skip
    unit = "code points, UTF-16 units and bytes of UTF-8"
    loses = loses(carries, "Texts.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        proof = Proof(contents, self.carries, progress)
        marks, articles = MarkRows(contents), ArticleRows(contents)
        marked = contents.byte_order_mark
        with seldom_collected(), whole_folder(out) as folder:
            book = [*codebook(contents.scheme, marks.answers, articles.answers)]
            (folder / CODEBOOK).write_bytes(head(HEAD, marked=marked) + written(book))
            with ExitStack() as files:
                of_marks = files.enter_context((folder / STATEMENTS).open("wb"))
                of_articles = files.enter_context((folder / ARTICLES).open("wb"))
                of_marks.write(head(marks.head, marked=marked))
                of_articles.write(head(articles.head, marked=marked))
                for document in proof.documents():
                    found, known = tuple(marks.rows(document)), tuple(articles.rows(document))
                    of_marks.write(written(found))
                    of_articles.write(written(known))
                    proof.count(Part(b"", (found, known), len(document.annotations), len(document.relations)))
            proof.compare(lambda: _read(folder, marks.head, articles.head))
            proof.report.verified = proof.report.verified and [*rows(folder / CODEBOOK, HEAD)] == book
        proof.report.files.append(str(out))
        return proof.report


class ArticleRows:
    """The table of articles: a row for everyone who answered, marked or said how far they are; one where nobody did."""

    def __init__(self, contents: Contents) -> None:
        spelling = Spelling(ODD, "column")
        for name in FIXED:
            spelling.of(("fixed", name), name)
        facts: set[str] = set()
        asked: set[str] = set()
        for document in contents.documents():
            facts.update(document.metadata)
            asked.update(answer.name for answer in document.labels)
        form = contents.scheme.form
        other = sorted(asked - {each.name for each in form})
        self.answers = AnswerColumns(form, other, contents.registry, spelling, "form")
        self._facts = sorted(facts)
        columns = (spelling.of(("fact", name), f"meta_{name}") for name in self._facts)
        self.head: Row = (*FIXED, *self.answers.head(), *columns)
        self._people = {person.id: person.name for person in contents.annotators}

    def rows(self, document: AnnotatedDocument) -> Iterator[Row]:
        """The rows of one article."""
        marks = [mark.annotator for mark in document.annotations]
        people = [*(answer.annotator for answer in document.labels), *document.statuses, *marks]
        known = [document.metadata.get(name, "") for name in self._facts]
        for person in dict.fromkeys(people) or [""]:
            answers = {answer.name: answer.value for answer in document.labels if answer.annotator == person}
            about = (document.id, document.title, document.language, document.direction, str(len(document.text)))
            work = (self._people.get(person, person), document.statuses.get(person, ""), str(marks.count(person)))
            yield safe((*about, *work, *self.answers.cells(answers), *known))


def _read(folder: Path, of_marks: Row, of_articles: Row) -> Iterator[Hashable]:
    marks = dict(by_document(rows(folder / STATEMENTS, of_marks)))
    for key, known in by_document(rows(folder / ARTICLES, of_articles)):
        yield marks.get(key, ()), known
