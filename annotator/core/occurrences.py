"""Where a name stands in a text, every time: for marking it everywhere, and for a concordance."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from annotator.core.errors import KnownError
from annotator.core.folding import folded
from annotator.core.proclitics import without_proclitics
from annotator.core.span import Span
from annotator.core.words import is_word, previous_word_start

LONGEST = 500  # characters of what is looked for

_SIGNS = "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad]*"  # vowel signs, accents, tatweel, soft hyphens
_LETTERS = (range(0x00C0, 0x0530), range(0x0620, 0x0700), range(0x1E00, 0x2000))  # that fall together with others


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `alike` takes letters for the same that a reader does: see `annotator.core.folding`."""

    text: str
    whole_words: bool = True
    case: bool = True  # whether “us” differs from “US”
    alike: bool = True


def occurrences(text: str, wanted: Wanted) -> Iterator[Span]:
    """Every place in `text` where what is wanted stands, in order, none over another. White space is as good as any.

    Whole words may have a possessive ’s, or, where letters are alike, Arabic prefixes, which stay out. Raises
    KnownError when there is nothing to look for.
    """
    pattern = _pattern(wanted)
    for match in pattern.finditer(text):
        start, end = match.span()
        if not wanted.whole_words or _stands_alone(text, start, end, wanted.alike):
            yield Span(start, end)


def _stands_alone(text: str, start: int, end: int, alike: bool) -> bool:
    if end < len(text) and is_word(text, end) and is_word(text, end - 1):
        return False
    if start == 0 or not is_word(text, start - 1) or not is_word(text, start):
        return True
    return alike and without_proclitics(text, Span(previous_word_start(text, start), end)).start == start


@lru_cache(maxsize=64)
def _pattern(wanted: Wanted) -> re.Pattern[str]:
    words = wanted.text[:LONGEST].split()
    if not words:
        raise KnownError("There is nothing to look for: type a word or a name first.")
    make = _word_alike if wanted.alike else _word
    between = rf"\s+{_SIGNS}" if wanted.alike else r"\s+"
    joined = between.join(make(word, wanted.case) for word in words)
    return re.compile(joined, re.NOFLAG if wanted.case or wanted.alike else re.IGNORECASE)


def _word(word: str, case: bool) -> str:
    return re.escape(word)


def _word_alike(word: str, case: bool) -> str:
    """A pattern for the word however its letters are written, and with any signs between them."""
    plain = [_plain(character) for character in word]
    letters = [letter for letters in plain for letter in letters]
    if not letters:
        return re.escape(word)
    return "".join(_class(letter, case) + _SIGNS for letter in letters)


def _class(letter: str, case: bool) -> str:
    same = {letter} if case else {letter, letter.lower(), letter.upper()}
    every = sorted(character for one in same if len(one) == 1 for character in {one, *_variants().get(one, ())})
    return re.escape(every[0]) if len(every) == 1 else f"[{''.join(map(re.escape, every))}]"


def _plain(character: str) -> str:
    """A character without accents and signs, in its own case; empty for a sign itself."""
    base = unicodedata.normalize("NFD", folded(character))
    return "".join(part for part in base if not unicodedata.combining(part))


@cache
def _variants() -> dict[str, set[str]]:
    """The characters that fall together with a letter."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for codes in _LETTERS:
        for code in codes:
            plain = _plain(chr(code))
            if len(plain) == 1 and plain != chr(code):
                found[plain].add(chr(code))
    return dict(found)
