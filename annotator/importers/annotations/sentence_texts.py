"""A text out of sentences that are given whole and, beside that, word by word: where each word stands in it."""

from __future__ import annotations

from collections.abc import Sequence


class SentenceTexts:
    """Sentences one behind the other. `add` says where the words of one came to stand, in code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.rebuilt = 0  # sentences whose words do not stand in their text, put together from the words

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def gap(self, text: str) -> None:
        """What stands between two sentences."""
        self._parts.append(text)
        self._length += len(text)

    def add(self, text: str, words: Sequence[str], gaps: Sequence[int] | None = None) -> list[tuple[int, int]]:
        """Put a sentence to the end. Returns where its words stand.

        Where they do not stand in `text` they are joined with `gaps` spaces before each, else with one.
        """
        places = _found(text, words)
        if places is None:
            self.rebuilt += 1
            text, places = _joined(words, gaps)
        before = self._length
        self.gap(text)
        return [(start + before, end + before) for start, end in places]


def _found(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the words stand in the text, one behind the other; None where one does not, or other words are between."""
    at, places = 0, []
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        places.append((start, at))
    return places


def _joined(words: Sequence[str], gaps: Sequence[int] | None) -> tuple[str, list[tuple[int, int]]]:
    text, places = "", []
    for number, word in enumerate(words):
        if number:
            text += " " * (min(max(gaps[number], 0), 1000) if gaps is not None else 1)
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places
