"""Moving one edge of an annotation by a word or a character."""

from __future__ import annotations

from annotator.core.span import Span
from annotator.core.words import is_word, next_character, next_word_end, previous_character, previous_word_start

Fragments = tuple[Span, ...]


def nudged(text: str, fragments: Fragments, edge: str, direction: str, unit: str) -> Fragments | None:
    """`fragments` with the "start" or the "end" moved "out" or "in", by a "word" or a "character".

    It is the outermost edge that moves: the start of the first fragment, the end of the last. Inwards, a fragment of
    several from which the last word is taken goes altogether. None where nothing would be left, or no text is left.
    """
    first, last = fragments[0], fragments[-1]
    if edge == "start":
        start = _start(text, first.start, direction, unit)
        if start >= first.end:
            return fragments[1:] or None
        return None if start == first.start else (Span(start, first.end), *fragments[1:])
    end = _end(text, last.end, direction, unit)
    if end <= last.start:
        return fragments[:-1] or None
    return None if end == last.end else (*fragments[:-1], Span(last.start, end))


def _start(text: str, start: int, direction: str, unit: str) -> int:
    if direction == "out":
        return (previous_word_start if unit == "word" else previous_character)(text, start)
    return _behind_word(text, start) if unit == "word" else next_character(text, start)


def _end(text: str, end: int, direction: str, unit: str) -> int:
    if direction == "out":
        return _next_end(text, end) if unit == "word" else next_character(text, end)
    return _before_word(text, end) if unit == "word" else previous_character(text, end)


def _next_end(text: str, end: int) -> int:
    """The end of the next word; behind the last one, nothing but punctuation is left, which no word takes along."""
    found = next_word_end(text, end)
    return found if is_word(text, found - 1) else end


def _behind_word(text: str, start: int) -> int:
    """The start of the next word; from before punctuation, the word behind it."""
    if start < len(text) and is_word(text, start):
        start = next_word_end(text, start)
    while start < len(text) and not is_word(text, start):
        start += 1
    return start


def _before_word(text: str, end: int) -> int:
    """The end of the word before the last one; from behind punctuation, of the last."""
    if end > 0 and is_word(text, end - 1):
        end = previous_word_start(text, end)
    while end > 0 and not is_word(text, end - 1):
        end -= 1
    return end
