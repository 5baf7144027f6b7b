"""CoNLL-2003 with IOB2 tags: a token a line, an empty line between sentences, -DOCSTART- before each article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.core.sentences import sentences
from annotator.core.tokens import tokens
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.proving import Part, export_file
from annotator.exporters.spelling import NO_WHITE_SPACE, Spelling, spelling_of
from annotator.exporters.worded import with_words

DOCUMENT = "-DOCSTART-"
Sentence = tuple[tuple[str, str], ...]  # tokens with their tags


class ConllExporter(PlainExporter):
    """One label a token. Words are cut where a mark begins or ends; no sentence ends within a mark."""

    name = "conll"
    title = "CoNLL-2003 (IOB2)"
    suffix = ".conll"
    carries = Carries()
    unit = "tokens"
    loses = loses(carries, "White space is not kept, and there are no positions. Take one layer at a time.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        spelling = spelling_of(contents.scheme, NO_WHITE_SPACE)
        report = export_file(
            contents, out, self.carries, lambda document, ledger: _part(document, spelling, ledger), _read, progress
        )
        if spelling.otherwise:
            told = Ledger()
            spelling.tell(told)
            report.lost += told.losses()
        return report


def _part(document: AnnotatedDocument, spelling: Spelling, ledger: Ledger) -> Part:
    document = with_words(document, ledger)
    spans = sorted((mark.start, mark.end, spelling.label(mark.label)) for mark in document.annotations)
    found = tuple(_tagged(document.text, spans))
    lines = [f"{DOCUMENT} -X- -X- O", ""]
    for sentence in found:
        lines += [f"{word} -X- _ {tag}" for word, tag in sentence]
        lines.append("")
    return Part("\n".join([*lines, ""]).encode(), found, len(document.annotations))


def _tagged(text: str, spans: list[tuple[int, int, str]]) -> Iterator[Sentence]:
    """The sentences, each token with its tag."""
    borders = {border for start, end, _ in spans for border in (start, end)}
    ends = [sentence.end for sentence in sentences(text)]
    waiting, sentence = iter([*spans, (len(text), len(text), "")]), list[tuple[str, str]]()
    start, end, label = next(waiting)
    place = 0
    for token in tokens(text, borders):
        while end <= token.start < len(text) and start < len(text):
            start, end, label = next(waiting)
        while place < len(ends) and ends[place] <= token.start:
            place += 1
            if sentence and not start < token.start < end:
                yield tuple(sentence)
                sentence = []
        tag = "O" if token.start < start else f"B-{label}" if token.start == start else f"I-{label}"
        sentence.append((token.covered(text), tag))
    if sentence:
        yield tuple(sentence)


def _read(path: Path) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of every document in a file."""
    document: list[Sentence] | None = None
    sentence: list[tuple[str, str]] = []
    with path.open("rb") as stream:
        for line in stream:
            fields = line.decode().removesuffix("\n").split(" ")
            if fields == [""]:
                if sentence and document is not None:
                    document.append(tuple(sentence))
                sentence = []
            elif fields[0] == DOCUMENT:
                if document is not None:
                    yield tuple(document)
                document = []
            else:
                sentence.append((fields[0], fields[-1]))
    if document is not None:
        yield tuple(document)
