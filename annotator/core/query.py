"""What a person types to search: as the full-text index wants it, and as it is found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.folding import folded, folded_with_positions
from annotator.core.span import Span

_TERM = re.compile(r'"([^"]*)"|(\S+)')


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


def places(text: str, query: str) -> Iterator[Span]:
    """Every place in `text` where a word or phrase of `query` stands, in order."""
    words, positions = folded_with_positions(text)
    for match in _pattern(query).finditer(words):
        yield Span(positions[match.start()], positions[match.end()])


def _pattern(query: str) -> re.Pattern[str]:
    patterns = []
    for phrase, word in _TERM.findall(query):
        term, _ = folded_with_positions(phrase or word)
        words = re.findall(r"\w+", term)
        ending = r"\w*" if term.endswith("*") else ""
        if words:
            patterns.append(r"\W+".join(map(re.escape, words)) + ending)
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")
