"""The problems of all documents of a project, also of names that carry two labels in different documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.problems import Problem, corpus_name, problems_of, two_labels_problem
from annotator.core.registry_alike import look_alikes
from annotator.core.span import Span
from annotator.store.reading import Reader

MOST = 100_000  # rows, after which nothing more is looked for

Progress = Callable[[int], None]
Stop = Callable[[], bool]


class Row(NamedTuple):
    """What is wrong in a document, and what it is about. Of the registry: no document, and entries' ids."""

    number: int  # the document's; 0 for what is in none
    document: str  # its id
    title: str
    problem: Problem
    words: str


def corpus_problems(
    reader: Reader, off: Collection[str] = (), stop: Stop | None = None, progress: Progress | None = None
) -> Iterator[Row]:
    """The problems of all documents in order of import, then those of all together; at most `MOST`. Streams.

    `progress` is told how many documents were read, and `stop` asked between them. Of the rule "two_labels" the
    documents are looked at together, and each mark with a rarer label is told of. Last come registry entries that
    look alike.
    """
    return islice(_problems(reader, off, stop, progress), MOST)


def _problems(reader: Reader, off: Collection[str], stop: Stop | None, progress: Progress | None) -> Iterator[Row]:
    names = None if "two_labels" in off else _Names()
    apart = {*off, "two_labels"}
    scheme = reader.scheme
    for read, document in enumerate(reader.annotated_documents(), 1):
        if stop is not None and stop():
            return
        number = reader.number_of(document.id) or 0
        if names is not None:
            names.add(number, document)
        for problem in problems_of(document, scheme, apart):
            yield Row(number, document.id, document.title, problem, problem.words(document.text))
        if progress is not None:
            progress(read)
    if names is not None:
        yield from names.problems()
    if "look_alike" not in off:
        yield from _look_alikes(reader, stop)


def _look_alikes(reader: Reader, stop: Stop | None) -> Iterator[Row]:
    """Pairs of registry entries, as problems whose `annotation` and `other` are the entries' ids."""
    entries = {entry.id: entry for entry in reader.registry()}
    for one, other, _ in look_alikes(entries.values()):
        if stop is not None and stop():
            return
        values = {"one": entries[one].name, "other": entries[other].name}
        yield Row(0, "", "", Problem("look_alike", one, Span(0, 1), other, values), " · ".join(values.values()))


class _Names:
    """Which labels the same words carry, and where."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str, str], Counter[str]] = {}
        self._shown: dict[str, str] = {}
        self._titles: dict[int, tuple[str, str]] = {}
        self._marks: list[tuple[int, str, str, Span, str, tuple[str, str, str]]] = []

    def add(self, number: int, document: AnnotatedDocument) -> None:
        self._titles[number] = document.id, document.title
        for mark in document.annotations:
            name = corpus_name(document.text, mark)
            if name is not None:
                self._shown[mark.label.id] = mark.label.shown
                self._labels.setdefault(name, Counter())[mark.label.id] += 1
                span, words = Span(mark.start, mark.end), mark.covered(document.text)
                self._marks.append((number, mark.id, mark.label.id, span, words, name))

    def problems(self) -> Iterator[Row]:
        for number, key, label, span, words, name in self._marks:
            counts = self._labels[name]
            if len(counts) > 1:
                (usual, most), (_, second) = counts.most_common(2)
                if label != usual:
                    shown = {"label": self._shown[label], "other": self._shown[usual], "words": words}
                    fixed = usual if most > second else ""
                    problem = two_labels_problem(key, span, shown, fixed)
                    yield Row(number, *self._titles[number], problem, words)
