"""Letters that a reader takes for the same: what search compares instead of the text itself.

Arabic loses its vowel signs and tatweel, and the forms of alef, hamza, ya and ta marbuta fall together; other
scripts lose case and diacritics; soft hyphens go. Positions in the text itself are kept beside.
"""

from __future__ import annotations

import re
import unicodedata

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
    words = text.translate(_FOLDED)
    odd = _FOLDED.odd.intersection(text)
    if not odd:
        return words, list(range(len(text) + 1))
    positions: list[int] = []
    last = 0
    for match in re.finditer(f"[{re.escape(''.join(odd))}]", text):
        place = match.start()
        positions.extend(range(last, place))
        positions += [place] * len(_FOLDED[ord(text[place])])
        last = place + 1
    positions.extend(range(last, len(text) + 1))
    return words, positions


class _Folded(dict[int, str]):
    """What each character is folded to, worked out when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()  # characters that are folded to none, or to several

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = character.translate(_TABLE)
        plain = "".join(part for part in unicodedata.normalize("NFD", base) if not unicodedata.combining(part))
        self[code] = piece = plain.lower()
        if len(piece) != 1:
            self.odd.add(character)
        return piece


_FOLDED = _Folded()
