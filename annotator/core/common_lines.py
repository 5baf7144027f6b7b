"""Lines that many texts have: an archive's header, a copyright, “Read more”. They say nothing of what a text is."""

from __future__ import annotations

from array import array
from zlib import crc32

_COUNTERS = 1 << 20  # as many lines are told apart, more or less: 4 MB, however many texts there are
LEAST = 50  # texts that a line must stand in to be called common
SHARE = 0.1  # of all texts that it must stand in


class CommonLines:
    """Counts lines, then takes the common ones out. Two lines may share a counter, so it never counts too few."""

    def __init__(self) -> None:
        self._counts = array("I", bytes(4 * _COUNTERS))
        self._texts = 0

    def add(self, text: str) -> None:
        """Count the lines of a text, each once."""
        self._texts += 1
        for place in {_place(line) for line in text.split("\n") if line.strip()}:
            self._counts[place] += 1

    @property
    def common(self) -> bool:
        """Whether there are any, as far as was counted."""
        return max(self._counts) >= self._least

    @property
    def _least(self) -> float:
        return max(LEAST, SHARE * self._texts)

    def without(self, text: str) -> str:
        """`text` without its common lines; all of it where nothing else would be left."""
        least = self._least
        kept = "\n".join([line for line in text.split("\n") if self._counts[_place(line)] < least])
        return kept if kept.strip() else text


def _place(line: str) -> int:
    return crc32(line.strip().encode()) % _COUNTERS
