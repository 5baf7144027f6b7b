"""CoNLL-2003 and its kin: a token a line with its tags, an empty line between sentences, -DOCSTART- before articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import cast

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.imports import Progress
from annotator.core.sentences import sentences
from annotator.core.tokens import Kind, tokens
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, carried_part, loses, side_by_side
from annotator.exporters.options import NO, YES, Option, yes_no
from annotator.exporters.proving import Part, export_file
from annotator.exporters.spelling import Spelling, spelling_of
from annotator.exporters.tagging import levels, sentence_starts, tags_of
from annotator.exporters.worded import with_words

DOCUMENT = "-DOCSTART-"
_ILLEGAL = re.compile(r"[\s|]+")  # in names: a | parts the tags of one cell
_TAKEN = Carries(nested=True, crossing=True)  # what comes as far as the columns, which then take what has a place
Sentence = tuple[tuple[str, ...], ...]  # tokens, each with its tags


class ConllExporter(PlainExporter):
    """Words are cut where a mark begins or ends; no sentence ends within a mark."""

    name = "conll"
    title = "CoNLL-2003 (IOB2, IOB1, BIOES)"
    suffix = ".conll"
    carries = Carries()
    unit = "tokens"
    loses = loses(
        carries,
        "White space is not kept, and there are no positions. Take one layer at a time, or a column for each layer or"
        " level.",
    )
    options = (
        Option(
            "tags", "Tags", "iob2", (("iob2", "IOB2"), ("iob1", "IOB1"), ("bioes", "BIOES")),
            explanation="IOB2 begins each mark with B-; IOB1 only where two of one label meet; BIOES has E- for the "
            "last word and S- for a single one.",
        ),
        Option(
            "nested", "Marks that overlap", NO, ((NO, "The longest only"), ("columns", "In more columns")),
            explanation="A column for each level: in the first are the outermost marks.",
        ),
        yes_no("layers", "A column for each layer", explanation="In the order of the scheme."),
        Option(
            "tokeniser", "Words", "words",
            (("words", "Words and signs"), ("spaces", "What stands between spaces"), ("characters", "Characters")),
            explanation="Characters suit models of Chinese, Japanese or Thai.",
        ),
        yes_no("breaks", "-DOCSTART- before each article", default=True),
    )  # fmt: skip

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        writing = _Writing(contents, spelling_of(contents.scheme, _ILLEGAL))
        read = _documents if writing.breaks else writing.read_without_breaks
        report = export_file(contents, out, _TAKEN, writing.part, read, progress)
        if writing.spelling.otherwise:
            told = Ledger()
            writing.spelling.tell(told)
            report.lost += told.losses()
        return report


@dataclass(slots=True)
class _Writing:
    """How one file is written."""

    contents: Contents
    spelling: Spelling
    kind: str = "iob2"
    nested: bool = False
    tokeniser: Kind = "words"
    breaks: bool = True
    layers: list[str] = field(default_factory=list)  # empty: all layers are one
    widths: list[int] = field(default_factory=list)  # of each layer: how many columns
    lengths: list[int] = field(default_factory=list)  # of each article: how many sentences

    def __post_init__(self) -> None:
        options = self.contents.options
        self.kind = options.get("tags", "iob2")
        self.nested = options.get("nested", NO) != NO
        self.tokeniser = cast(Kind, options.get("tokeniser", "words"))
        self.breaks = options.get("breaks", YES) == YES
        by_layer = options.get("layers", NO) == YES
        self.widths = [1]
        if self.nested or by_layer:
            self._look_through(by_layer)

    def _look_through(self, by_layer: bool) -> None:
        """Find which columns there will be: every line of the file must have the same."""
        if by_layer:
            used = {mark.label.layer for marks in self._marks() for mark in marks}
            known = [layer.name for layer in self.contents.scheme.layers if layer.name in used]
            self.layers = [*known, *sorted(used - set(known))]
        self.widths = [1] * max(1, len(self.layers))
        for marks in self._marks() if self.nested else ():
            found = [len(levels(group)) for group in self._groups(marks)]
            self.widths = [max(pair) for pair in zip(self.widths, found, strict=True)]

    def _marks(self) -> Iterator[Sequence[Annotation]]:
        """The marks of each article, as far as words can hold them."""
        for document in self.contents.documents():
            yield with_words(carried_part(document, _TAKEN, Ledger()), Ledger()).annotations

    def _groups(self, marks: Sequence[Annotation]) -> list[list[Annotation]]:
        if not self.layers:
            return [list(marks)]
        return [[mark for mark in marks if mark.label.layer == layer] for layer in self.layers]

    def _columns(self, marks: Sequence[Annotation], ledger: Ledger) -> Iterator[list[Annotation]]:
        for group, width in zip(self._groups(marks), self.widths, strict=True):
            rows = levels(group) if self.nested else [side_by_side(group, ledger)]
            yield from rows
            yield from ([] for _ in range(width - len(rows)))

    def part(self, document: AnnotatedDocument, ledger: Ledger) -> Part:
        """An article as the file has it."""
        document = with_words(document, ledger)
        columns = list(self._columns(document.annotations, ledger))
        kept = [mark for column in columns for mark in column]
        found = tuple(self._sentences(replace(document, annotations=tuple(kept)), columns))
        lines = [f"{DOCUMENT} -X- -X-{' O' * len(columns)}", ""] if self.breaks else []
        for sentence in found:
            lines += [" ".join((word, "-X- _", *tags)) for word, *tags in sentence]
            lines.append("")
        self.lengths.append(len(found))
        return Part("".join(f"{line}\n" for line in lines).encode(), found, len(kept))

    def _sentences(self, document: AnnotatedDocument, columns: list[list[Annotation]]) -> Iterator[Sentence]:
        text, marks = document.text, document.annotations
        words = list(tokens(text, {place for mark in marks for place in (mark.start, mark.end)}, self.tokeniser))
        firsts = sentence_starts(words, (sentence.end for sentence in sentences(text)), marks)
        name = self.spelling.label
        tagged = [
            tags_of(words, ((mark.start, mark.end, name(mark.label)) for mark in column), self.kind, firsts)
            for column in columns
        ]
        sentence: list[tuple[str, ...]] = []
        for number, (word, *tags) in enumerate(zip(words, *tagged, strict=True)):
            if sentence and number in firsts:
                yield tuple(sentence)
                sentence = []
            sentence.append((word.covered(text), *tags))
        if sentence:
            yield tuple(sentence)

    def read_without_breaks(self, path: Path) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of a file, as many for each article as it had."""
        found = (sentence for sentence in _blocks(path) if sentence)
        for length in self.lengths:
            yield tuple(islice(found, length))
        if any(True for _ in found):
            raise ValueError("there are more sentences than were written")


def _blocks(path: Path) -> Iterator[Sentence | None]:
    """The sentences of a file, and None where an article begins."""
    sentence: list[tuple[str, ...]] = []
    with path.open("rb") as stream:
        for line in stream:
            word, *fields = line.decode().removesuffix("\n").split(" ")
            if not fields:
                if sentence:
                    yield tuple(sentence)
                sentence = []
            elif word == DOCUMENT and fields[:2] == ["-X-", "-X-"]:
                yield None
            else:
                sentence.append((word, *fields[2:]))


def _documents(path: Path) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of every article in a file."""
    document: list[Sentence] | None = None
    for sentence in _blocks(path):
        if sentence is not None and document is not None:
            document.append(sentence)
        elif sentence is None:
            if document is not None:
                yield tuple(document)
            document = []
    if document is not None:
        yield tuple(document)
