"""Where a mark of a file stands in the text: what its numbers count is found out by the words it quotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from annotator.core.offsets import Utf16Map
from annotator.core.span import Span
from annotator.core.text import normalised
from annotator.importers.positions import StoredPositions

CODE_POINTS = "code points"
_UTF16 = "UTF-16 units"
NEAR = (
    60  # characters around its place in which the words of a mark are looked for when they stand there more than once
)

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a file's numbers: what they count, and the way from a pair of them to stored positions."""

    unit: str
    start: Callable[[int], int]
    end: Callable[[int], int]

    def spans(self, pairs: Pairs, length: int) -> tuple[Span, ...]:
        """The pairs as spans, in order, what overlaps joined; none when one is empty, backwards or past the end."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted((self.start(start), self.end(end)) for start, end in pairs):
            if not 0 <= start < end <= length:
                return ()
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(Span(start, end) for start, end in joined)


def readings(raw: str, text: str) -> Iterator[Reading]:
    """What numbers in a file about `raw`, stored as `text`, may mean; the likeliest first."""
    stored = StoredPositions(raw, text).stored
    yield Reading(CODE_POINTS, stored, stored)
    if not raw.isascii() and max(raw) > "\uffff":
        to_code_points = Utf16Map(raw).to_code_points

        def utf16(position: int) -> int:
            return stored(to_code_points(position))

        yield Reading(_UTF16, utf16, utf16)
    if len(raw) != len(text):
        yield Reading("characters after line ends were made one", _same, _same)
    if not raw.isascii():
        ends: list[int] = []  # counted when somebody asks: most never do

        def in_bytes(position: int) -> int:
            if not ends:
                ends.extend(accumulate((len(character.encode()) for character in raw), initial=0))
            return stored(bisect_left(ends, position))

        yield Reading("bytes of UTF-8", in_bytes, in_bytes)
    yield Reading("characters, the last one included", stored, lambda position: stored(position) + 1)


def _same(position: int) -> int:
    return position


def squeezed(words: str) -> str:
    """Words with one space between them: some tools quote a line end as a space."""
    return " ".join(words.split())


def covered(text: str, spans: Iterable[Span]) -> str:
    """The words of `text` in `spans`, joined by a space."""
    return " ".join([text[span.start : span.end] for span in spans])


class Places:
    """Finds the places of one text's marks.

    `unit` is what the file says that it counts; where it says nothing, or is wrong, the quotes decide.
    """

    def __init__(self, raw: str, text: str, unit: str = CODE_POINTS, certain: bool = False) -> None:
        """`certain` is whether numbers count that without doubt, as those that we worked out ourselves do."""
        self._text = text
        all_readings = list(readings(raw, text))
        self._readings = sorted(all_readings, key=lambda reading: reading.unit != unit)
        if certain:
            del self._readings[1:]
        self.said = self._readings[0].unit  # one that is the same in this text is not told apart

    def choose(self, marks: Sequence[tuple[Pairs, str | None]]) -> str:
        """Take the unit under which most of `marks`, each its numbers and its words, are right; returns its name.

        Where words do not tell code points from UTF-16 units, marks that quote none do: they begin and end with words.
        """
        quoted = [(pairs, squeezed(quote)) for pairs, quote in marks if quote is not None and quote.strip()]
        silent = [pairs for pairs, quote in marks if quote is None]
        right = {reading.unit: self._right(reading, quoted) for reading in self._readings[:1]}
        if silent or right[self.said] < len(quoted):
            right = {reading.unit: self._right(reading, quoted) for reading in self._readings}
            best = max(right.values())
            self._readings.sort(key=lambda reading: right[reading.unit] < best)
            two = [reading for reading in self._readings[:2] if right[reading.unit] == best]
            if self._readings[0].unit == CODE_POINTS and len(two) == 2 and two[1].unit == _UTF16:
                self._choose_by_borders(two[0], two[1], silent)
        return self._readings[0].unit

    def _choose_by_borders(self, one: Reading, other: Reading, marks: Sequence[Pairs]) -> None:
        """Put `other` first if more marks begin and end where words do under it."""
        first, second = (sum(self._at_borders(reading, pairs) for pairs in marks) for reading in (one, other))
        if second > first:
            self._readings.sort(key=lambda reading: reading is not other)

    def find(self, pairs: Pairs, quote: str | None) -> tuple[tuple[Span, ...], str]:
        """The spans of a mark, and how they were found: a unit's name, or “by its words”; no spans when nowhere."""
        if quote is None or not quote.strip():
            first = self._readings[0]
            return first.spans(pairs, len(self._text)), first.unit
        wanted = squeezed(quote)
        for reading in self._readings:
            spans = reading.spans(pairs, len(self._text))
            if spans and squeezed(covered(self._text, spans)) == wanted:
                return spans, reading.unit
        return self._by_words(pairs, normalised(quote).text), "by its words"

    def _right(self, reading: Reading, quoted: Iterable[tuple[Pairs, str]]) -> int:
        found = ((reading.spans(pairs, len(self._text)), wanted) for pairs, wanted in quoted)
        return sum(squeezed(covered(self._text, spans)) == wanted for spans, wanted in found if spans)

    def _at_borders(self, reading: Reading, pairs: Pairs) -> bool:
        spans = reading.spans(pairs, len(self._text))
        return bool(spans) and all(self._is_border(span.start) and self._is_border(span.end) for span in spans)

    def _is_border(self, position: int) -> bool:
        before, after = self._text[position - 1 : position], self._text[position : position + 1]
        return not (before.isalnum() and after.isalnum()) and not (before.isspace() and after.isspace())

    def _by_words(self, pairs: Pairs, words: str) -> tuple[Span, ...]:
        """Where `words` stand, if that is one place in the text, or one near theirs. Marks in pieces are not sought."""
        if len(pairs) != 1 or not words.strip():
            return ()
        first = self._text.find(words)
        if first >= 0 and self._text.find(words, first + 1) < 0:
            return (Span(first, first + len(words)),)
        near = self._readings[0].start(pairs[0][0])
        start = self._text.find(words, max(0, near - NEAR), near + NEAR + len(words))
        again = self._text.find(words, start + 1, near + NEAR + len(words)) if start >= 0 else 0
        return (Span(start, start + len(words)),) if start >= 0 > again else ()
