"""Near-duplicates: articles that are mostly the same words, as the copies of one wire story in many papers.

Two texts are alike when of all the runs of three words in either, at least half stand in both (the Jaccard index of
their shingles). Nothing is compared with everything: each text has a signature of 128 least hashes, of which equal ones
are as frequent as the texts are alike, and only texts that agree in one of 32 bands of it are looked at.

All 128 are found in one pass, as “one-permutation hashing” has it (Li, Owen, Zhang: One Permutation Hashing, NIPS
2012): a hash belongs to the bin of its highest bits, and each bin keeps its least. A bin that stays empty, as many do
of a short text, takes its value from the first full one in an order of its own (Shrivastava: Optimal Densification for
Fast and Accurate Minwise Hashing, ICML 2017). The signatures that are kept have a byte a bin (Li, König: b-Bit Minwise
Hashing, WWW 2010). Hashes are those of CRC-32, mixed: the same on every machine and in every run.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import eq
from zlib import crc32

from annotator.core.annotation import AnnotatedDocument
from annotator.core.folding import folded

SHINGLE = 3  # words
BINS = 128
ROWS = 4  # bins of a band
BANDS = BINS // ROWS
THRESHOLD = 0.5
METHOD = (
    f"MinHash of {SHINGLE}-word shingles of the folded body, one permutation, {BINS} bins, optimal densification,"
    f" {BANDS} bands of {ROWS}"
)

_ODD = 0x9E3779B1  # spreads what CRC-32 leaves side by side
_MASK = 0xFFFFFFFF
_SHIFT = 32 - BINS.bit_length() + 1  # what is above it says which bin
_BY_CHANCE = 1 / 256  # how often the bytes of two bins agree that do not
_LOOKED_AT = 64  # texts of one bucket that each is compared with, so that a large bucket does not cost its square
_WORD = re.compile(r"\w+")
_SIGNS = re.compile("[\u0300-\u036f]")  # that NFD takes off Latin, Greek and Cyrillic letters
_BODY = "BODY"


def body_of(document: AnnotatedDocument) -> str:
    """What of a document is compared: its body where zones say which that is, without head, caption and boilerplate."""
    bodies = [zone.span.covered(document.text) for zone in document.zones if zone.label == _BODY]
    return "\n".join(bodies) if any(map(str.strip, bodies)) else document.text


def shingles(text: str) -> set[int]:
    """The hashes of all runs of three words of `text`, folded; of fewer words there is one run."""
    words = _words(text)
    data = b" ".join(words)
    ends = list(accumulate((len(word) + 1 for word in words), initial=0))
    last = ends[min(SHINGLE, len(words)) :]
    return {crc32(data[start : end - 1]) * _ODD & _MASK for start, end in zip(ends, last, strict=False) if words}


def _words(text: str) -> list[bytes]:
    plain = folded(text).lower()
    if not plain.isascii():
        plain = _SIGNS.sub("", unicodedata.normalize("NFD", plain))
    return [word.encode() for word in _WORD.findall(plain)]


def jaccard(one: str, other: str) -> float:
    """How much alike two texts are, counted in full: 0 to 1."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second) if first or second else 0.0


def signature(text: str) -> array[int] | None:
    """The least hash of each bin; None for a text without a word."""
    least = {number >> _SHIFT: number for number in sorted(shingles(text), reverse=True)}
    if not least:
        return None
    found = (least[place] if place in least else _borrowed(place, least) for place in range(BINS))
    return array("I", found)


def _borrowed(place: int, least: dict[int, int]) -> int:
    return next(least[other] for other in _others(place) if other in least)


@lru_cache(maxsize=BINS)
def _others(place: int) -> tuple[int, ...]:
    """All bins, in the order in which the one at `place` asks them for their value."""
    return tuple(sorted(range(BINS), key=lambda other: blake2b(b"%d/%d" % (place, other)).digest()))


class NearDuplicates:
    """Takes texts in one by one, keeps 256 bytes and the key of each, and says which are alike."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._keys: list[str] = []
        self._bands = [array("I") for _ in range(BANDS)]
        self._bins = bytearray()  # the lowest byte of each bin

    def add(self, key: str, text: str) -> None:
        """Take in the text of that key. One without a word is like no other."""
        found = signature(text)
        if found is None:
            return
        self._keys.append(key)
        self._bins += bytes([number & 255 for number in found])
        data = found.tobytes()
        size = ROWS * found.itemsize
        for number, band in enumerate(self._bands):
            band.append(crc32(data[number * size : (number + 1) * size]))

    def groups(self) -> list[list[str]]:
        """The keys of texts that are alike, two or more together, in order: whoever is like one of a group is in it.

        The same for the same texts, in whatever order they came.
        """
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        sets = DisjointSets(len(order))
        for band in self._bands:
            for bucket in _buckets(band, order):
                self._join(bucket, sets)
        found: dict[int, list[str]] = {}
        for number in order:
            found.setdefault(sets.root(number), []).append(self._keys[number])
        return [group for group in found.values() if len(group) > 1]

    def _join(self, bucket: list[int], sets: DisjointSets) -> None:
        for place, one in enumerate(bucket):
            for other in bucket[max(0, place - _LOOKED_AT) : place]:
                if sets.root(one) != sets.root(other) and self._are_alike(one, other):
                    sets.join(one, other)

    def _are_alike(self, one: int, other: int) -> bool:
        first = self._bins[one * BINS : (one + 1) * BINS]
        second = self._bins[other * BINS : (other + 1) * BINS]
        equal = sum(map(eq, first, second)) / BINS
        return bool((equal - _BY_CHANCE) / (1 - _BY_CHANCE) >= self._threshold)


def _buckets(band: array[int], order: Iterable[int]) -> Iterator[list[int]]:
    """Those that agree in a band, where they are two or more."""
    found: dict[int, list[int]] = {}
    for number in order:
        found.setdefault(band[number], []).append(number)
    return (bucket for bucket in found.values() if len(bucket) > 1)


class DisjointSets:
    """Numbers from 0, each in one set: alone at first."""

    def __init__(self, count: int) -> None:
        self._above = array("L", range(count))

    def root(self, number: int) -> int:
        """The number that stands for the set of `number`."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of those that the two are in; the lower root stands for it."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first
