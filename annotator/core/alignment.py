"""Which words of a text are which words of another version of it. White space counts for nothing.

Words that stand in a row once in both texts are found first, long rows before short ones, as in a patience sort: the
time is that of sorting the words, however different the texts are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_ROWS = (16, 6, 2, 1)  # words in a row that are looked for, the longest first
_SURE = 4  # words: a shorter run is believed only close to one that is believed
_CLOSE = 3  # words between the two, in either text
# Letters of scripts that put no space between words are words each; so is whatever is neither letter nor space.
_WORD = re.compile(r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|\S")


class Run(NamedTuple):
    """So many words in a row that are the same in both texts, from those on."""

    old: int
    new: int
    length: int


class Words:
    """The words of a text and where they stand, in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        for found in _WORD.finditer(text):
            self.words.append(found.group())
            self.starts.append(found.start())

    def __len__(self) -> int:
        return len(self.words)

    def end(self, number: int) -> int:
        """Where the word of that number ends."""
        return self.starts[number] + len(self.words[number])

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the words that lie in a stretch, in part at least: the first, and the one behind the last."""
        first = bisect_right(self.starts, start) - 1
        if first < 0 or self.end(first) <= start:
            first += 1
        return first, max(first, bisect_left(self.starts, end))

    def begins_line(self, number: int) -> bool:
        """Whether a line begins between the word of that number and the one before, or one of them is not there."""
        if number in (0, len(self)):
            return True
        return "\n" in self.text[self.end(number - 1) : self.starts[number]]


def aligned(old: Words, new: Words) -> list[int]:
    """For each word of `old` the number of the same word in `new`, in order; -1 where it has none."""
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(word, len(numbers)) for word in each.words] for each in (old, new))
    found = [-1] * len(one)
    for run in _believed(_runs(one, other), len(one), len(other)):
        found[run.old : run.old + run.length] = range(run.new, run.new + run.length)
    return found


def _runs(one: Sequence[int], other: Sequence[int]) -> list[Run]:
    """The runs of words that are the same, in order, none touching the next in both texts."""
    runs: list[Run] = []
    gaps = [(0, len(one), 0, len(other), 0)]
    while gaps:
        start, end, new_start, new_end, level = gaps.pop()
        head = _same_ahead(one, other, start, new_start, min(end - start, new_end - new_start))
        runs += [Run(start, new_start, head)] if head else []
        start, new_start = start + head, new_start + head
        tail = _same_behind(one, other, end, new_end, min(end - start, new_end - new_start))
        runs += [Run(end - tail, new_end - tail, tail)] if tail else []
        end, new_end = end - tail, new_end - tail
        if start == end or new_start == new_end or level == len(_ROWS):
            continue
        length = _ROWS[level]
        anchors = _anchors(one[start:end], other[new_start:new_end], length)
        edges = [(start, new_start), *((start + a, new_start + b) for a, b in anchors), (end, new_end)]
        for (a, b), (c, d) in pairwise(edges):
            gaps.append((a, c, b, d, level + 1))
    return _joined(sorted(runs))


def _same_ahead(one: Sequence[int], other: Sequence[int], at: int, there: int, most: int) -> int:
    count = 0
    while count < most and one[at + count] == other[there + count]:
        count += 1
    return count


def _same_behind(one: Sequence[int], other: Sequence[int], at: int, there: int, most: int) -> int:
    count = 0
    while count < most and one[at - 1 - count] == other[there - 1 - count]:
        count += 1
    return count


def _anchors(one: Sequence[int], other: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Where rows of that many words begin that stand once in each, as many as follow each other in both."""
    here, there = _once(one, length), _once(other, length)
    return _rising(sorted((at, there[row]) for row, at in here.items() if row in there))


def _once(words: Sequence[int], length: int) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for at, row in enumerate(zip(*(words[shift:] for shift in range(length)), strict=False)):
        found[row] = -1 if row in found else at
    return {row: at for row, at in found.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of the pairs, which are in order of their first, whose seconds rise as well."""
    ends: list[int] = []  # the smallest second that a choice of so many may end with
    held: list[int] = []  # which pair that is
    before = [-1] * len(pairs)
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before[number] = held[place - 1] if place else -1
        ends[place : place + 1], held[place : place + 1] = [second], [number]
    chosen: list[tuple[int, int]] = []
    number = held[-1] if held else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _joined(runs: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (run.old, run.new):
            joined[-1] = last._replace(length=last.length + run.length)
        else:
            joined.append(run)
    return joined


def _believed(runs: list[Run], length: int, new_length: int) -> list[Run]:
    """The runs but for short ones far from any other: a common word that two different sentences share."""
    sure = [run.length >= _SURE for run in runs]
    edges = [Run(0, 0, 0), *runs, Run(length, new_length, 0)]
    kept = [True, *sure, True]
    for order in (range(1, len(runs) + 1), range(len(runs), 0, -1)):
        step = -1 if order.step == 1 else 1
        for number in order:
            kept[number] = kept[number] or (kept[number + step] and _close(edges[number], edges[number + step]))
    return [run for number, run in enumerate(runs, 1) if kept[number]]


def _close(one: Run, other: Run) -> bool:
    first, second = sorted((one, other))
    return second.old - first.old - first.length <= _CLOSE and second.new - first.new - first.length <= _CLOSE
