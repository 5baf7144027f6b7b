"""Lists of words to look out for while reading, and where they stand in a text.

One line of a list is a word or a phrase; `word*` is every word that begins so. Letters are compared as search compares
them, whole words only, Arabic ones also behind what is written together with them. What has no letters, as an emoji,
and what is of a script without spaces is found wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.core.folding import folded_with_positions
from annotator.core.span import Span

SLICE = 64_000  # code points that are looked through at a time
LONGEST = 80  # code points; a longer word is none
KNOWN = 200_000  # words of texts that are remembered
FURTHEST = 12  # code points from one word of a phrase to the next
FIRST_COLOR = "#8a4fb5"

_Found = tuple[int, int, int]  # where it starts, where it ends (negative: the longest comes first), its list

# Signs that belong to the letter before them, and letters of Indic scripts with theirs, which `\w` tears apart.
_SIGNS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad"
_WORD = re.compile(rf"[\w{_SIGNS}\u0900-\u0963\u0966-\u0dff]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_STAR = re.compile(r"\*(?!\S)")  # not that of “f*ck”
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
    """Words to look out for, one a line. `color` is `#rrggbb`; a list that is not `on` is kept for later."""

    name: str
    words: str
    color: str = FIRST_COLOR
    on: bool = True

    @classmethod
    def from_settings(cls, held: Mapping[str, object]) -> KeywordList:
        """The list as `to_settings` gives it; what is missing or of the wrong kind is as it is by default."""
        name, words, color, on = (held.get(key) for key in ("name", "words", "color", "on"))
        return cls(
            name if isinstance(name, str) else "",
            words if isinstance(words, str) else "",
            color if isinstance(color, str) else FIRST_COLOR,
            on if isinstance(on, bool) else True,
        )

    def to_settings(self) -> dict[str, object]:
        """The list as JSON holds it."""
        return {"name": self.name, "words": self.words, "color": self.color, "on": self.on}

    def lines(self) -> list[str]:
        """Its words and phrases, each once and without white space around it."""
        return list(dict.fromkeys(word for line in self.words.split("\n") if (word := " ".join(line.split()))))


@dataclass(slots=True)
class _Node:
    """A place on the way through phrases: where it goes on with which word, and for which lists one ends here.

    Keys are what stands before a word, as `_gap` has it, and the word or its beginning.
    """

    words: dict[tuple[str, str], _Node] = field(default_factory=dict)
    beginnings: dict[tuple[str, str], _Node] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)  # of the beginnings
    lists: set[int] = field(default_factory=set)

    def lead_on(self, gap: str, word: str, begins: bool) -> _Node:
        """Make the way on with a word, or with all that begin so."""
        if not begins:
            return self.words.setdefault((gap, word), _Node())
        self.lengths.add(len(word))
        return self.beginnings.setdefault((gap, word), _Node())

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
            for line in one.lines():
                self._take(line, number)
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
            here: list[_Found] = []
            limit = min(position + SLICE, len(text))
            following = self._find_words(text, position, limit, here)
            self._find_anywhere(text, position, following, here)
            yield self._chosen(here, ends)
            position = following

    def _take(self, line: str, number: int) -> None:
        """Take in a line of the list of that number."""
        words = list(_WORD.finditer(line))
        if not words or _SPACELESS.search(line):
            if line.strip():
                self._anywhere[line.strip()].add(number)
            return
        node, end = self._root, 0
        for match in words:
            word = folded_with_positions(match[0])[0]
            begins = _STAR.match(line, match.end()) is not None
            if word:
                gap = _gap(line[end : match.start()]) if end else ""
                node = node.lead_on(gap, word, begins)
                end = match.end() + begins
        if node is not self._root:
            node.lists.add(number)

    def _find_words(self, text: str, position: int, limit: int, found: list[_Found]) -> int:
        """Note the phrases whose first word begins before `limit`. Returns where to go on."""
        known = self._known
        if len(known) > KNOWN:
            known.clear()
        for match in _WORD.finditer(text, position):
            start, word = match.start(), match[0]
            if start >= limit:
                return start
            nodes = known.get(word)
            if nodes is None:
                nodes = known[word] = self._beginning_with(word)
            for offset, node in nodes:
                self._follow(text, start + offset, match.end(), node, found)
        return len(text)

    def _beginning_with(self, word: str) -> tuple[tuple[int, _Node], ...]:
        """Where a word as it is written leads from the root, and how many code points of it stay out."""
        if len(word) >= LONGEST:
            return ()
        letters, places = folded_with_positions(word)
        nodes = [(0, node) for node in self._root.after("", letters)]
        if _ARABIC.match(letters):
            for before in _BEFORE:
                if letters.startswith(before) and len(letters) - len(before) >= _LEFT:
                    stem = letters[len(before) :]
                    nodes += [(places[len(before)], node) for node in self._root.after("", stem)]
        return tuple(nodes)

    def _follow(self, text: str, start: int, end: int, node: _Node, found: list[_Found]) -> None:
        """Note what ends at a node, and go on from there with the next word."""
        found += ((start, -end, number) for number in node.lists)
        if not node.words and not node.beginnings:
            return
        match = _WORD.search(text, end)
        if match is None or match.start() - end > FURTHEST:
            return
        gap, word = _gap(text[end : match.start()]), folded_with_positions(match[0][:LONGEST])[0]
        for following in node.after(gap, word):
            self._follow(text, start, match.end(), following, found)

    def _find_anywhere(self, text: str, position: int, limit: int, found: list[_Found]) -> None:
        for match in self._firsts.finditer(text, position, limit) if self._firsts else ():
            start = match.start()
            for length in self._lengths[match[0]]:
                for number in self._anywhere.get(text[start : start + length], ()):
                    found.append((start, -start - length, number))

    def _chosen(self, found: list[_Found], ends: list[int]) -> list[list[Span]]:
        """What was found by list, the longest at each place, none before the `ends` of those that were chosen."""
        chosen: list[list[Span]] = [[] for _ in range(self._count)]
        for start, end, number in sorted(found):
            if start >= ends[number]:
                chosen[number].append(Span(start, -end))
                ends[number] = -end
        return chosen


def _gap(between: str) -> str:
    """What stands between two words, as it is compared: white space and hyphens alike, what cannot be seen gone."""
    return " ".join(between.translate(_ALIKE).split()) or " "
