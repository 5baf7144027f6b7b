"""A text that is put together from words, as files that hold one word a line need it."""

from __future__ import annotations

import re

_LONG = 400  # words of a “sentence” from which it is broken into lines, so that it can be shown
_ENDS = re.compile(r"[.!?؟。…]+$")


class TokenText:
    """Words one after the other, a space between them; a sentence a line. Says where each word came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._gap = ""  # what comes before the next word
        self.broken = 0  # lines that were begun within an overlong sentence
        self._words = 0  # in this line

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """Its length in code points."""
        return self._length

    def add(self, word: str, space_after: bool = True) -> tuple[int, int]:
        """Put a word to the end; returns where it stands."""
        if self._length:
            self._put(self._gap)
        start = self._length
        self._put(word)
        self._gap = " " if space_after else ""
        self._words += 1
        if self._words >= _LONG and (_ENDS.match(word) or self._words >= 2 * _LONG):
            self.broken += 1
            self.end_line()
        return start, self._length

    def end_line(self, gap: str = "\n") -> None:
        """The next word begins a line; or stands behind `gap`."""
        if self._length:
            self._gap = gap
        self._words = 0

    def _put(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)
