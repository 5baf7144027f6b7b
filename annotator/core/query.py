"""What a person types to search: as the full-text index wants it, and as it is found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.folding import folded, folded_with_positions
from annotator.core.span import Span
from annotator.core.text import normalised

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")  # the index takes an underscore for a gap, too


def match_expression(query: str) -> str:
    """What a person typed, as the index wants it: every word must occur, quoted words side by side, `word*` begins so.

    Raises KnownError when nothing in it can be searched.
    """
    terms = []
    for term in _terms(query):
        words = folded(term)
        if any(character.isalnum() for character in words):
            quoted = words.rstrip("*").replace('"', '""')
            terms.append(f'"{quoted}"' + ("*" if words.endswith("*") else ""))
    if not terms:
        raise KnownError(f"“{query}” has no word to search for.")
    return " ".join(terms)


def places(text: str, query: str) -> Iterator[Span]:
    """Every place in `text` where a word or phrase of `query` stands, in order; none where it has no word."""
    pattern = _pattern(query)
    if pattern is None:
        return
    words, positions = folded_with_positions(text)
    for match in pattern.finditer(words):
        yield Span(positions[match.start()], positions[match.end()])


def _terms(query: str) -> list[str]:
    """The words and quoted phrases of a query, without what neither a text nor the index can hold."""
    return [phrase or word for phrase, word in _TERM.findall(normalised(query).text)]


def _pattern(query: str) -> re.Pattern[str] | None:
    patterns = []
    for typed in _terms(query):
        term, _ = folded_with_positions(typed)
        words = _WORD.findall(term)
        ending = r"[^\W_]*" if term.endswith("*") else ""
        if words:
            patterns.append(r"[\W_]+".join(map(re.escape, words)) + ending)
    if not patterns:
        return None
    return re.compile(r"(?<![^\W_])(?:" + "|".join(patterns) + r")(?![^\W_])")
