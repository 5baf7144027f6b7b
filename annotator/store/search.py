"""Full-text search. The index holds folded words; the places of a hit are found in the text itself."""

from __future__ import annotations

import time
from typing import NamedTuple

from annotator.core.query import match_expression, places
from annotator.core.span import Span
from annotator.store.reading import Reader

AROUND = 60  # characters of context on each side of a hit
PAGE = 50  # hits that are shown at first
BLOCKS = 64  # equal stretches of the archive, a power of two: counting looks at one after another
SOON = 0.03  # seconds after which a count is about right instead of exact


class Hit(NamedTuple):
    """The first place in a document where the words of a query stand."""

    document: str
    title: str
    span: Span | None  # in code points; None when only the title has the words
    snippet: str


class Count(NamedTuple):
    """How many documents hold the words of a query."""

    documents: int
    exact: bool  # False: worked out from a part of the archive


def search(reader: Reader, query: str, limit: int = PAGE) -> tuple[int, list[Hit]]:
    """How many documents hold the words of `query`, and the first `limit` of them in order of import."""
    expression = match_expression(query)
    ((total,),) = reader.rows("SELECT count(*) FROM search WHERE search MATCH ?", (expression,))
    return total, first_hits(reader, query, limit)


def first_hits(reader: Reader, query: str, limit: int = PAGE) -> list[Hit]:
    """The first `limit` documents that hold the words of `query`, in order of import; quick, however many there are."""
    sql = """
        SELECT d.id, d.title, t.text FROM search s JOIN documents d ON d.number = s.rowid
        JOIN texts t ON t.number = d.number WHERE search MATCH ? ORDER BY s.rowid LIMIT ?"""
    return [_hit(query, *row) for row in reader.rows(sql, (match_expression(query), limit))]


def counted(reader: Reader, query: str, seconds: float = SOON) -> Count:
    """How many documents hold the words of `query`: exactly, where `seconds` are enough to look through the archive.

    Else about: from stretches that lie scattered over all of it, as many as there was time for.
    """
    until = time.monotonic() + seconds
    expression = match_expression(query)
    last = int(reader.meta("indexed_to", "0"))
    begun, found = time.monotonic(), 0
    for done, block in enumerate(_SCATTERED, 1):
        found += _count(reader, expression, block * last // BLOCKS, (block + 1) * last // BLOCKS)
        now = time.monotonic()
        if done == 1 and (now - begun) * BLOCKS < until - now:
            return Count(_count(reader, expression, 0, last), exact=True)
        if now > until:
            return Count(round(found * BLOCKS / done), exact=done == BLOCKS)
    return Count(found, exact=True)


def _count(reader: Reader, expression: str, after: int, last: int) -> int:
    sql = "SELECT count(*) FROM search WHERE search MATCH ? AND rowid > ? AND rowid <= ?"
    ((count,),) = reader.rows(sql, (expression, after, last))
    return int(count)


def _mirrored(number: int) -> int:
    """`number` with its bits the other way round: counting so, one goes over a line in ever finer steps."""
    width = BLOCKS.bit_length() - 1
    return int(f"{number:0{width}b}"[::-1], 2)


_SCATTERED = tuple(map(_mirrored, range(BLOCKS)))


def _hit(query: str, document: str, title: str, text: str) -> Hit:
    span = next(places(text, query), None)
    if span is None:
        return Hit(document, title, None, title)
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    return Hit(document, title, span, " ".join(text[start:end].split()))
