"""Going through all texts of a project for the places where something stands, or all annotations of a label."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from annotator.core.concordance import Line, line
from annotator.core.occurrences import Wanted, occurrences
from annotator.core.span import Span
from annotator.store.reading import Reader

CHUNK = 50  # documents read at a time
MOST = 100_000  # lines, after which nothing more is looked for

Progress = Callable[[int], None]
Stop = Callable[[], bool]


def find_occurrences(
    reader: Reader,
    wanted: Wanted,
    *,
    documents: Collection[str] | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Iterator[Line]:
    """The places of `wanted` in the texts of `documents`, or of all, in order of import; at most `MOST`.

    `progress` is told how many documents were read, and `stop` asked between them. Raises KnownError when there is
    nothing to look for.
    """
    count = 0
    for read, (number, key, title, text) in enumerate(_texts(reader, documents), 1):
        spans = list(occurrences(text, wanted))[: MOST - count]
        if spans:
            marks = _Marks(reader, number)
            yield from (marks.noted(line(key, number, title, text, span)) for span in spans)
            count += len(spans)
        if progress is not None and read % CHUNK == 0:
            progress(read)
        if count >= MOST or (stop is not None and stop()):
            return


def find_annotations(reader: Reader, labels: Collection[str], stop: Stop | None = None) -> Iterator[Line]:
    """The annotations with one of the labels, by id, as lines; at most `MOST`, in order of import."""
    sql = """
        SELECT a.document, a.id, a.label, a.start, a."end" FROM annotations a
        WHERE a.label IN (SELECT value FROM json_each(?)) ORDER BY a.document, a.start LIMIT ?"""
    held: tuple[int, str, str, str] | None = None
    for number, mark, label, start, end in reader.rows(sql, (json.dumps(list(labels)), MOST)):
        if held is None or held[0] != number:
            if stop is not None and stop():
                return
            held = next(_numbered(reader, [number]))
        found = line(held[1], number, held[2], held[3], Span(start, end))
        yield found._replace(mark=mark, label=label, covering=frozenset([label]))


def _texts(reader: Reader, documents: Collection[str] | None) -> Iterator[tuple[int, str, str, str]]:
    if documents is None:
        numbers = reader.listed()
    else:
        numbers = sorted(number for key in documents if (number := reader.number_of(key)) is not None)
    for first in range(0, len(numbers), CHUNK):
        yield from _numbered(reader, numbers[first : first + CHUNK])


def _numbered(reader: Reader, numbers: Sequence[int]) -> Iterator[Any]:
    sql = """
        SELECT d.number, d.id, d.title, t.text FROM documents d JOIN texts t ON t.number = d.number
        WHERE d.number IN (SELECT value FROM json_each(?)) ORDER BY d.number"""
    yield from reader.rows(sql, (json.dumps(list(numbers)),))


class _Marks:
    """The annotations of one document, to be found by place."""

    def __init__(self, reader: Reader, number: int) -> None:
        sql = 'SELECT start, "end", id, label, fragments FROM annotations WHERE document = ? ORDER BY start'
        self._rows = reader.rows(sql, (number,))
        self._starts = [row[0] for row in self._rows]
        self._longest = max((row[1] - row[0] for row in self._rows), default=0)

    def noted(self, found: Line) -> Line:
        """`found` with the annotations that hold its place."""
        first = bisect_left(self._starts, found.span.end - self._longest)
        last = bisect_right(self._starts, found.span.start)
        holding = [row for row in self._rows[first:last] if row[1] >= found.span.end]
        same = [row for row in holding if (row[0], row[1]) == (found.span.start, found.span.end) and row[4] is None]
        mark, label = (same[0][2], same[0][3]) if same else ("", "")
        return found._replace(mark=mark, label=label, covering=frozenset(row[3] for row in holding))
