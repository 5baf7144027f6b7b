"""A document's text: normalised once, at import, and never changed after."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Direction = Literal["ltr", "rtl"]

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class NormalText(NamedTuple):
    """What `normalised` made of a text; the two counts go into the import's report."""

    text: str
    line_ends: int  # how many \r\n or \r became \n
    replaced: int  # how many NULs and lone surrogates became U+FFFD, one for one


def normalised(raw: str) -> NormalText:
    r"""The text as it is stored: `\r\n` and `\r` become `\n`, leading byte-order marks go, nothing else moves.

    NULs and lone surrogates, which a database or UTF-8 cannot hold, become U+FFFD one for one.
    """
    text = raw.lstrip("\ufeff")
    text, line_ends = _LINE_END.subn("\n", text) if "\r" in text else (text, 0)
    text, replaced = _UNSTORABLE.subn(REPLACEMENT, text) if not text.isascii() or "\0" in text else (text, 0)
    return NormalText(text, line_ends, replaced)


def direction_of(text: str) -> Direction:
    """Which way `text` is read: that of its first letter with a direction, as Unicode's rule P2 has it."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "ltr"


def prevailing_direction(text: str, sample: int = 1500) -> Direction:
    """Which way most letters of `text`'s first `sample` characters are read: the direction of the document."""
    head = text[:sample]
    if head.isascii():
        return "ltr"
    backwards = sum(map(str.isalpha, _RIGHT_TO_LEFT.findall(head)))
    return "rtl" if backwards and 2 * backwards > sum(map(str.isalpha, head)) else "ltr"


def language_of(text: str, sample: int = 1500) -> str:
    """A first guess at the language, `ar`, `en` or empty: by script and the commonest English words, no more."""
    head = text[:sample]
    if prevailing_direction(head) == "rtl":
        return "ar" if re.search("[\u0627\u0629\u064a]", head) else ""
    words = re.findall(r"[a-z]+", head.lower())
    common = sum(word in _ENGLISH for word in words)
    return "en" if words and common >= max(2, len(words) // 12) else ""


_ENGLISH = frozenset(re.findall(r"\w+", "the of and to in that is was for on it with as by at from said be has have"))
