"""Full-text search. The index holds folded words; the places of a hit are found in the text itself."""

from __future__ import annotations

from typing import NamedTuple

from annotator.core.query import match_expression, places
from annotator.core.span import Span
from annotator.store.reading import Reader

AROUND = 60  # characters of context on each side of a hit


class Hit(NamedTuple):
    """The first place in a document where the words of a query stand."""

    document: str
    title: str
    span: Span | None  # in code points; None when only the title has the words
    snippet: str


def search(reader: Reader, query: str, limit: int = 50) -> tuple[int, list[Hit]]:
    """How many documents hold the words of `query`, and the first `limit` of them in order of import."""
    expression = match_expression(query)
    ((total,),) = reader.rows("SELECT count(*) FROM search WHERE search MATCH ?", (expression,))
    sql = """
        SELECT d.id, d.title, t.text FROM search s JOIN documents d ON d.number = s.rowid
        JOIN texts t ON t.number = d.number WHERE search MATCH ? ORDER BY s.rowid LIMIT ?"""
    return total, [_hit(query, *row) for row in reader.rows(sql, (expression, limit))]


def _hit(query: str, document: str, title: str, text: str) -> Hit:
    span = next(places(text, query), None)
    if span is None:
        return Hit(document, title, None, title)
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    return Hit(document, title, span, " ".join(text[start:end].split()))
