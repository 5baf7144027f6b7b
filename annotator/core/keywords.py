"""Words to look out for while reading: lists of them, found all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.folding import folded_with_positions
from annotator.core.span import Span

_WORD = re.compile(r"[^\W_]+")
LONGEST = 8  # words of a phrase


@dataclass(frozen=True, slots=True)
class KeywordList:
    """Words and phrases, one a line: `word*` stands for all words that begin so. `color` is `#rrggbb`."""

    name: str
    words: str
    color: str = "#8a4fb5"
    on: bool = True


class KeywordMatcher:
    """Finds the words of some lists in a text, in one pass. Case, accents and the forms of Arabic letters are alike."""

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        self._whole: dict[tuple[str, ...], int] = {}
        self._stems: dict[str, int] = {}
        for number, held in enumerate(lists):
            for line in held.words.splitlines():
                self._learn(line, number)
        self._first = {words[0] for words in self._whole}
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._longest = max(map(len, self._whole), default=0)

    def _learn(self, line: str, number: int) -> None:
        words = tuple(word for word, _, _ in _words(folded_with_positions(line)[0]))[:LONGEST]
        if len(words) == 1 and line.rstrip().endswith("*"):
            self._stems.setdefault(words[0], number)
        elif words:
            self._whole.setdefault(words, number)

    def found(self, text: str) -> Iterator[tuple[int, Span]]:
        """The places of the words, in order and apart, each with the number of its list. A longer phrase goes first."""
        plain, positions = folded_with_positions(text)
        words = list(_words(plain))
        place = 0
        while place < len(words):
            length, number = self._at(words, place)
            if length:
                start, end = words[place][1], words[place + length - 1][2]
                yield number, Span(positions[start], positions[end])
            place += max(1, length)

    def _at(self, words: list[tuple[str, int, int]], place: int) -> tuple[int, int]:
        """How many words from `place` on are one of a list, and of which; 0 where they are none."""
        word = words[place][0]
        if word in self._first:
            here = tuple(held for held, _, _ in words[place : place + self._longest])
            for length in range(len(here), 0, -1):
                if (number := self._whole.get(here[:length])) is not None:
                    return length, number
        for length in self._stem_lengths:
            if (number := self._stems.get(word[:length])) is not None and len(word) >= length:
                return 1, number
        return 0, -1


def _words(plain: str) -> Iterator[tuple[str, int, int]]:
    """The runs of letters and digits of a folded text, with where they start and end."""
    return ((match[0], match.start(), match.end()) for match in _WORD.finditer(plain))
