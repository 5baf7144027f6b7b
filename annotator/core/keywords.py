"""Lists of words to look out for while reading, and where they stand in a text.

One line of a list is a word or a phrase; `word*` is every word that begins so. Letters are compared as search compares
them, whole words only, Arabic ones also behind what is written together with them. What has no letters, as an emoji,
and what is of a script without spaces is found wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.core.folding import folded_with_positions
from annotator.core.span import Span
from annotator.core.words import SPACELESS

SLICE = 64_000  # code points that are looked through at a time
LONGEST = 80  # code points; a longer word is none
KNOWN = 200_000  # words of texts that are remembered
FIRST_COLOR = "#8a4fbf"

# Signs that belong to the letter before them, and letters of Indic scripts with theirs, which `\w` tears apart.
_SIGNS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad"
_WORD = re.compile(rf"[\w{_SIGNS}\u0900-\u0963\u0966-\u0dff]+")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
# How an Arabic word may begin that is another one behind it; what is left has at least `_LEFT` letters.
_TOGETHER = ("ال", "بال", "كال", "لل", "ب", "ك", "ل", "")
_BEFORE = tuple(before for one in ("", "و", "ف") for other in _TOGETHER if (before := one + other))
_LEFT = 3
_ALIKE = {
    **dict.fromkeys(map(ord, "-‐‑–\u200c\u200d"), " "),
    **dict.fromkeys(map(ord, "’‘ʼ`´"), "'"),
    **dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
}  # between two words


@dataclass(frozen=True, slots=True)
class KeywordList:
    """Words to look out for. `color` is `#rrggbb`; a list that is not `on` is kept for later."""

    name: str
    words: tuple[str, ...] = ()
    color: str = FIRST_COLOR
    on: bool = True

    @classmethod
    def from_settings(cls, held: Mapping[str, object]) -> KeywordList:
        """The list as `to_settings` gives it; what is missing or of the wrong kind is as it is by default."""
        name, words, color, on = (held.get(key) for key in ("name", "words", "color", "on"))
        return cls(
            name if isinstance(name, str) else "",
            words_of(words) if isinstance(words, str) else (),
            color if isinstance(color, str) else FIRST_COLOR,
            on if isinstance(on, bool) else True,
        )

    def to_settings(self) -> dict[str, object]:
        """The list as JSON holds it, its words one a line."""
        return {"name": self.name, "words": "\n".join(self.words), "color": self.color, "on": self.on}


def words_of(lines: str) -> tuple[str, ...]:
    """The words that a person wrote one a line: without blank lines, each once."""
    return tuple(dict.fromkeys(word for line in lines.split("\n") if (word := " ".join(line.split()))))


@dataclass(slots=True)
class _Node:
    """A place on the way through phrases: where it goes on with which word, and for which lists one ends here.

    Keys are what stands before a word, as `_gap` has it, and the word or its beginning.
    """

    words: dict[tuple[str, str], _Node] = field(default_factory=dict)
    beginnings: dict[tuple[str, str], _Node] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)  # of the beginnings
    lists: set[int] = field(default_factory=set)

    def after(self, gap: str, word: str) -> Iterator[_Node]:
        """Where a word leads."""
        if node := self.words.get((gap, word)):
            yield node
        for length in self.lengths:
            if length <= len(word) and (node := self.beginnings.get((gap, word[:length]))):
                yield node


class KeywordMatcher:
    """Finds the words of several lists at once, in time that grows with the text and not with the lists."""

    def __init__(self, lists: Sequence[KeywordList]) -> None:
        self._count = len(lists)
        self._root = _Node()
        self._anywhere: defaultdict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(lists):
            for word in one.words:
                self._take(word, number)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)  # of what is found anywhere, by its first letter
        for word in self._anywhere:
            self._lengths[word[0]].add(len(word))
        firsts = "".join(map(re.escape, self._lengths))
        self._firsts = re.compile(f"[{firsts}]") if firsts else None
        self._known: dict[str, tuple[tuple[int, _Node], ...]] = {}

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._root.words or self._root.beginnings or self._anywhere)

    def find(self, text: str) -> list[list[Span]]:
        """Where the words of each list stand in `text`: in order, and none over another of the same list."""
        found: list[list[Span]] = [[] for _ in range(self._count)]
        for slice_ in self.slices(text):
            for spans, more in zip(found, slice_, strict=True):
                spans += more
        return found

    def slices(self, text: str) -> Iterator[list[list[Span]]]:
        """The same, for about `SLICE` code points of the text after the other."""
        ends = [0] * self._count
        position = 0
        while position < len(text):
            here: list[tuple[int, int, int]] = []
            limit = min(position + SLICE, len(text))
            following = self._find_words(text, position, limit, here)
            self._find_anywhere(text, position, following, here)
            yield self._chosen(here, ends)
            position = following

    def _take(self, line: str, number: int) -> None:
        """Take in a line of the list of that number."""
        words = list(_WORD.finditer(line))
        if not words or SPACELESS.search(line):
            if line.strip():
                self._anywhere[line.strip()].add(number)
            return
        node, end = self._root, words[0].start()
        for match in words:
            word = folded_with_positions(match[0])[0]
            key = _gap(line[end : match.start()]) if node is not self._root else "", word
            begins = line[match.end() : match.end() + 1] == "*"
            end = match.end() + begins
            node = (node.beginnings if begins else node.words).setdefault(key, _Node()) if word else node
        _note_lengths(self._root, line, words)
        if node is not self._root:
            node.lists.add(number)
