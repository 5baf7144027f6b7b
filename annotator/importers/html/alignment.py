"""Which blocks of a page's visible text are those that an extraction gave as its article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

_NO_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?؟。…:;])\s+|\n+")
_SURE = 24  # letters of a stretch that is hardly there twice by chance
_PIECE = 12  # letters of a part of a stretch that is looked for by itself


def letters(text: str) -> str:
    """The letters and digits of `text`: what is left of it however its spaces and signs were changed."""
    return _NO_LETTERS.sub("", text)


def coverage(blocks: Sequence[str], stretches: Sequence[str]) -> list[float]:
    """How much of each of `blocks`, a page's texts, lies in `stretches`, which come in their order: from 0 to 1.

    A stretch that stands on the page more than once is the one that lies between its neighbours.
    """
    keys = [letters(block) for block in blocks]
    page = "".join(keys)
    starts = [0, *accumulate(map(len, keys))]
    found = _placed(page, [key for stretch in stretches if (key := letters(stretch))], stretches)
    return [
        _covered(found, start, start + len(key)) / len(key) if key else -1.0
        for start, key in zip(starts, keys, strict=False)
    ]


def _placed(page: str, keys: Sequence[str], stretches: Sequence[str]) -> list[tuple[int, int]]:
    """Where on `page` the stretches lie, in order and apart from each other."""
    anchors = _in_order([(place, at) for place, key in enumerate(keys) if (at := _only(page, key)) >= 0])
    known = dict(anchors)
    order = [place for place, _ in anchors]
    found = []
    texts = [stretch for stretch in stretches if letters(stretch)]
    cursor = 0
    for place, key in enumerate(keys):
        if place in known:
            cursor = known[place] + len(key)
            found.append((known[place], cursor))
            continue
        after = bisect_right(order, place)
        end = known[order[after]] if after < len(order) else len(page)
        for piece in _pieces(page, key, texts[place], cursor, end):
            found.append(piece)
            cursor = piece[1]
    return _united(found)


def _only(page: str, key: str) -> int:
    """Where `key` stands if it is long and stands on the page once, else -1."""
    if len(key) < _SURE:
        return -1
    at = page.find(key)
    return at if at >= 0 and page.find(key, at + 1) < 0 else -1


def _in_order(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of `anchors` whose positions go up: one that was moved does not part its neighbours."""
    tails: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for index, (_, at) in enumerate(anchors):
        place = bisect_left(tails, at)
        before.append(lasts[place - 1] if place else -1)
        tails[place : place + 1] = [at]
        lasts[place : place + 1] = [index]
    run = []
    index = lasts[-1] if lasts else -1
    while index >= 0:
        run.append(anchors[index])
        index = before[index]
    return run[::-1]


def _pieces(page: str, key: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where `key` stands between `start` and `end`, or anywhere if it is long; else its sentences, each by itself."""
    at = page.find(key, start, end)
    if at < 0 and len(key) >= _SURE:
        at = page.find(key)
    if at >= 0:
        return [(at, at + len(key))]
    found = []
    for sentence in _SENTENCE.split(text):
        part = letters(sentence)
        at = page.find(part, start, end) if len(part) >= _PIECE and part != key else -1
        if at >= 0:
            start = at + len(part)
            found.append((at, start))
    return found


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _covered(spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """How many positions from `start` to `end` lie in `spans`."""
    first = max(0, bisect_right(spans, (start, start)) - 1)
    total = 0
    for left, right in spans[first:]:
        if left >= end:
            break
        total += max(0, min(right, end) - max(left, start))
    return total
