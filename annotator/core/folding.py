"""Letters that a reader takes for the same: what search compares instead of the text itself.

Arabic loses its vowel signs and tatweel, and the forms of alef, hamza, ya and ta marbuta fall together; other
scripts lose case and diacritics; soft hyphens go. Positions in the text itself are kept beside.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ARABIC = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىئ", "ي"),
    "ؤ": "و",
    "ة": "ه",
    **dict.fromkeys([chr(code) for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640)], ""),
    "\u00ad": "",  # a soft hyphen is a hint for the end of a line, not a part of the word
    **{digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
}
_TABLE = str.maketrans(_ARABIC)


def folded(text: str) -> str:
    """`text` as the search index takes it. Case and Latin diacritics are left to the index, which folds them itself."""
    return text if text.isascii() else text.translate(_TABLE)


def folded_with_positions(text: str) -> tuple[str, list[int]]:
    """`text` folded wholly, and for each character of that (and its end) the code point of `text` it stands for."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    pieces: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        piece = _folded_character(character)
        pieces.append(piece)
        positions += [position] * len(piece)
    return "".join(pieces), [*positions, len(text)]


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    base = character.translate(_TABLE)
    plain = "".join(part for part in unicodedata.normalize("NFD", base) if not unicodedata.combining(part))
    return plain.lower()
