"""Names as the registry compares them: folded, cut into words, without titles, and by how they sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from annotator.core.folding import folded

_SILENT = frozenset(".'’‘ʼ`´ʿʾʻ")  # U.N. is UN, O’Brien is OBrien, ʿAli is Ali

# Words before a name that are none of it. A post (minister, president) says who somebody is now, and goes as well.
TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "hon", "rev"),
        *("gen", "general", "col", "colonel", "maj", "major", "capt", "captain", "lt", "lieutenant", "sgt", "adm"),
        *("admiral", "president", "minister", "sen", "senator", "rep", "gov", "governor", "king", "queen", "prince"),
        *("princess", "sheikh", "shaikh", "imam", "ayatollah", "pope", "st", "saint", "herr", "frau", "monsieur"),
        *("madame", "mme", "m", "senor", "senora", "signor", "the", "former", "deputy", "prime", "foreign"),
        *("السيد", "السيده", "الدكتور", "الدكتوره", "د", "الشيخ", "الرييس", "الوزير", "الملك", "الامير", "الاميره"),
        *("المهندس", "اللواء", "العميد", "العقيد", "القاضي", "الاستاذ", "نايب", "رييس", "وزير"),
    ]
)
_PARTICLES = frozenset(("al", "el", "ul", "ad", "as", "ar", "bin", "ibn", "bn", "ben", "abu", "de", "la", "le", "von"))

_SOUNDS = (  # in this order: longer ones first
    *(("ph", "f"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("sch", "s")),
    *(("ck", "k"), ("q", "k"), ("g", "k"), ("c", "k"), ("z", "s"), ("v", "f"), ("j", "s"), ("w", "o")),
    *(("ou", "o"), ("oo", "o"), ("ee", "i"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("y", "i"), ("u", "o")),
    ("e", "a"),
)
_DOUBLED = re.compile(r"(.)\1+")
_ARABIC_ARTICLE = re.compile(r"^ال(?=..)")


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded_character(chr(code))
        return found


def _folded_character(character: str) -> str:
    if character in _SILENT:
        return ""
    parts = unicodedata.normalize("NFD", folded(character))
    plain = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    return "".join(_word_part(part) for part in plain)


def _word_part(character: str) -> str:
    kind = unicodedata.category(character)
    return "" if kind == "Cf" else " " if kind[0] in "PSZC" else character


_FOLDING = _Folding()


def name_key(name: str) -> str:
    """`name` without case, accents, Arabic variants, vowel signs and punctuation; words a space apart."""
    return " ".join(name.translate(_FOLDING).split())


def bare_words(key: str) -> list[str]:
    """The words of a folded name without the titles before it; all of them where it is nothing but titles."""
    words = key.split()
    for place, word in enumerate(words):
        if word not in TITLES:
            return words[place:]
    return words


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """About how a folded word sounds, so that Mohammed and Muhammad, Gaddafi and Qadhafi are one. Not for display."""
    word = _ARABIC_ARTICLE.sub("", word)
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 3 and word.endswith("h") else word


def sounds(words: list[str]) -> tuple[str, ...]:
    """How a name sounds, without articles and particles; those too where there is nothing else."""
    kept = [word for word in words if word not in _PARTICLES] or words
    return tuple(sound(word) for word in kept)
