"""Full-text search. The index holds folded words; the places of a hit are found in the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.core.errors import KnownError
from annotator.core.folding import folded, folded_with_positions
from annotator.core.span import Span
from annotator.store.reading import Reader

AROUND = 60  # characters of context on each side of a hit

_TERM = re.compile(r'"([^"]*)"|(\S+)')


class Hit(NamedTuple):
    """The first place in a document where the words of a query stand."""

    document: str
    title: str
    span: Span | None  # in code points; None when only the title has the words
    snippet: str


def match_expression(query: str) -> str:
    """What a person typed, as the index wants it: every word must occur, quoted words side by side, `word*` begins so.

    Raises KnownError when nothing in it can be searched.
    """
    terms = []
    for phrase, word in _TERM.findall(query):
        term = folded(phrase or word)
        begins = term.endswith("*")
        if any(character.isalnum() for character in term):
            quoted = term.rstrip("*").replace('"', '""')
            terms.append(f'"{quoted}"' + ("*" if begins else ""))
    if not terms:
        raise KnownError(f"“{query}” has no word to search for.")
    return " ".join(terms)


def search(reader: Reader, query: str, limit: int = 50) -> tuple[int, list[Hit]]:
    """How many documents hold the words of `query`, and the first `limit` of them in order of import."""
    expression = match_expression(query)
    ((total,),) = reader.rows("SELECT count(*) FROM search WHERE search MATCH ?", (expression,))
    sql = """
        SELECT d.id, d.title, t.text FROM search s JOIN documents d ON d.number = s.rowid
        JOIN texts t ON t.sha256 = d.sha256 WHERE search MATCH ? ORDER BY s.rowid LIMIT ?"""
    return total, [_hit(*row, query) for row in reader.rows(sql, (expression, limit))]


def places(text: str, query: str) -> Iterator[Span]:
    """Every place in `text` where a word or phrase of `query` stands, in order."""
    words, positions = folded_with_positions(text)
    for match in _pattern(query).finditer(words):
        yield Span(positions[match.start()], positions[match.end()])


def _hit(document: str, title: str, text: str, query: str) -> Hit:
    span = next(places(text, query), None)
    if span is None:
        return Hit(document, title, None, title)
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    return Hit(document, title, span, " ".join(text[start:end].split()))


def _pattern(query: str) -> re.Pattern[str]:
    patterns = []
    for phrase, word in _TERM.findall(query):
        term, _ = folded_with_positions(phrase or word)
        words = re.findall(r"\w+", term)
        ending = r"\w*" if term.endswith("*") else ""
        if words:
            patterns.append(r"\W+".join(map(re.escape, words)) + ending)
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")
