"""How well something fits what a person has typed of it so far."""

from __future__ import annotations

import re

from annotator.core.folding import folded_with_positions

_WORD = re.compile(r"\w+")


def fit(typed: str, text: str) -> int | None:
    """How well `typed` fits `text`: less is better, None where it does not. Case, accents and Arabic forms are alike.

    The beginning of the text is best, then the beginnings of its words in that order, as “mev” or “ma ev” of “Mark
    everywhere”, then any place in it.
    """
    wanted, held = folded_with_positions(typed.strip())[0], folded_with_positions(text)[0]
    if not wanted or held.startswith(wanted):
        return 0
    words = _WORD.findall(held)
    if _begin(wanted.split(), words):
        return 1
    if " " not in wanted and _letters_begin(wanted, words):
        return 2
    return 3 if wanted in held else None


def _begin(parts: list[str], words: list[str]) -> bool:
    """Whether each part begins a word, each a later one than the part before."""
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in parts)


def _letters_begin(typed: str, words: list[str]) -> bool:
    """Whether the letters can be cut so that each piece begins a word, the words in order."""
    if not typed:
        return True
    for number, word in enumerate(words):
        for length in range(min(len(word), len(typed)), 0, -1):
            if word.startswith(typed[:length]) and _letters_begin(typed[length:], words[number + 1 :]):
                return True
    return False
