"""Where words begin and end: what a drag of the mouse or a jump of the caret should take hold of.

Positions are code points. A word is a run of letters, digits and marks; an apostrophe or a hyphen between two of
them belongs to it, and so does the point of an initialism or of a number. Scripts written without spaces have no
such runs: there every character is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from annotator.core.span import Span

REACH = 500  # characters; in a run without any end, no further is looked for one

_JOINERS = frozenset("'’‘ʼ`´-‐‑·”\u200c\u200d\u00ad")  # ” stands for an apostrophe in some archives: Iraq”s
_APOSTROPHES = frozenset("'’”")
_NUMBER_JOINERS = frozenset(".,:/٫٬")
_OPENING = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_QUOTATION_MARKS = {"“": "”", "«": "»", "‘": "’", '"': '"', "„": "“", "”": "”", "»": "«"}
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_Test = Callable[[str, int], bool]


def snap(text: str, start: int, end: int) -> Span | None:
    """The whole words that `[start, end)` touches, without white space or punctuation around them.

    Quotation marks stay where both ends of the quotation are in it, and a bracket whose partner is inside does.
    A possessive ’s stays out unless it was wanted: in “Russia’s army” the name is “Russia”. Where it touches no word,
    what is left of it without white space; None if that is nothing.
    """
    start, end = max(0, start), min(end, len(text))
    first, last = _trimmed(text, start, end, _is_edge)
    if first < last:
        whole = _word_end(text, last)
        stem = _without_possessive(text, first, whole)
        words = _balanced(text, (start, end), (_word_start(text, first), stem if end <= stem else whole))
        return Span(*_quoted(text, (start, end), words))
    first, last = _trimmed(text, start, end, is_blank)
    return Span(first, last) if first < last else None


def word_at(text: str, position: int) -> Span | None:
    """The word that `position` stands in, or right behind, without a possessive ’s; None between words."""
    for character in (position, position - 1):
        if 0 <= character < len(text) and is_word(text, character):
            start = _word_start(text, character)
            return Span(start, _without_possessive(text, start, _word_end(text, character + 1)))
    return None


def next_word_end(text: str, position: int) -> int:
    """Where the next word after `position` ends; the end of the text behind the last."""
    while position < len(text) and not is_word(text, position):
        position += 1
    return _word_end(text, position + 1) if position < len(text) else len(text)


def word_behind(text: str, position: int) -> int | None:
    """Where the first word at or behind `position` begins, if its line has one there."""
    feed = text.find("\n", position)
    rest = range(position, feed if feed >= 0 else len(text))
    return next((place for place in rest if is_word(text, place)), None)


def previous_word_start(text: str, position: int) -> int:
    """Where the word before `position` starts; 0 before the first."""
    while position > 0 and not is_word(text, position - 1):
        position -= 1
    return _word_start(text, position - 1) if position > 0 else 0


def next_character(text: str, position: int) -> int:
    """The position behind the character at `position`, with the marks that cling to it."""
    position = min(position + 1, len(text))
    while position < len(text) and clings(text[position - 1], text[position]):
        position += 1
    return position


def previous_character(text: str, position: int) -> int:
    """The position of the character before `position`, which may have marks that cling to it."""
    position = max(position - 1, 0)
    while position > 0 and clings(text[position - 1], text[position]):
        position -= 1
    return position


def paragraph_at(text: str, position: int) -> Span | None:
    """The line of the text that holds `position`, without white space around it; None for a blank one."""
    end = text.find("\n", position)
    start, end = _trimmed(text, text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end, is_blank)
    return Span(start, end) if start < end else None


def _without_possessive(text: str, start: int, end: int) -> int:
    """Where the word that ends at `end` ends without an English possessive."""
    stem = end - 2
    possessive = text[stem + 1 : end] in ("s", "S") and text[stem : stem + 1] in _APOSTROPHES
    return stem if possessive and stem > start else end


def _word_start(text: str, position: int) -> int:
    """The start of the word of the character at `position`."""
    furthest = max(0, position - REACH)
    while position > furthest and _belong_together(text, position):
        position -= 1
    return position


def _word_end(text: str, end: int) -> int:
    """The end of the word whose character stands before `end`."""
    furthest = min(len(text), end + REACH)
    while end < furthest and _belong_together(text, end):
        end += 1
    return end


def _belong_together(text: str, gap: int) -> bool:
    """Whether the characters on both sides of `gap` are of one word."""
    if clings(text[gap - 1], text[gap]):
        return True
    if is_word(text, gap - 1) and is_word(text, gap):
        return not (_SPACELESS.match(text, gap - 1) or _SPACELESS.match(text, gap))
    return _joins(text, gap) or _joins(text, gap - 1) or _ends_initials(text, gap)


def clings(before: str, after: str) -> bool:
    """Whether two characters are drawn as one: a letter and its mark, the parts of an emoji."""
    if after.isascii() or before.isspace():
        return False
    if _is_mark(after) or after == "\u200d" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return (_is_flag_part(before) and _is_flag_part(after)) or (before == "\u200d" and after > "\u2100")


def _is_flag_part(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _joins(text: str, position: int) -> bool:
    """Whether the character at `position` joins its two neighbours to one word."""
    if not 0 < position < len(text) - 1:
        return False
    character, before, after = text[position], text[position - 1], text[position + 1]
    if character in _NUMBER_JOINERS and before.isdigit() and after.isdigit():
        return True
    if character == "." and after.isalpha():
        return _is_initial(text, position - 1)
    return character in _JOINERS and is_word(text, position - 1) and is_word(text, position + 1)


def _ends_initials(text: str, position: int) -> bool:
    """Whether the point at `position` is the last of initials, as in U.N. or e.g."""
    return text[position] == "." and position > 2 and text[position - 2] == "." and _is_initial(text, position - 1)


def _is_initial(text: str, position: int) -> bool:
    """Whether a letter stands alone at `position`, at the start of a word or behind a point."""
    return text[position].isalpha() and (position == 0 or not is_word(text, position - 1))


def is_word(text: str, position: int) -> bool:
    """Whether the character at `position` is one of a word."""
    character = text[position]
    return character.isalnum() or character == "_" or _is_mark(character)


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def is_blank(text: str, position: int) -> bool:
    """Whether the character at `position` is white space, or nothing that can be seen."""
    return text[position].isspace() or unicodedata.category(text[position]) in ("Cf", "Cc")


def _is_edge(text: str, position: int) -> bool:
    """Whether a selection should not begin or end with the character at `position`."""
    if text[position] == "%" and position and text[position - 1].isdigit():
        return False
    if text[position] == "." and _ends_initials(text, position):
        return False
    return is_blank(text, position) or unicodedata.category(text[position])[0] == "P"


def _trimmed(text: str, start: int, end: int, is_edge: _Test) -> tuple[int, int]:
    while start < end and is_edge(text, start):
        start += 1
    while start < end and is_edge(text, end - 1):
        end -= 1
    return start, end


def _balanced(text: str, wanted: tuple[int, int], words: tuple[int, int]) -> tuple[int, int]:
    """The words with the bracket before or behind them whose partner is among them."""
    start, end = words
    for position in range(start - 1, max(0, min(wanted[0], start - 1)) - 1, -1):
        if (closing := _OPENING.get(text[position])) and _unmatched(text, start, end, closing):
            start = position
    for position in range(end, min(len(text), max(wanted[1], end + 1))):
        if (opening := _CLOSING.get(text[position])) and _unmatched(text, start, end, opening):
            end = position + 1
    return start, end


def _quoted(text: str, wanted: tuple[int, int], words: tuple[int, int]) -> tuple[int, int]:
    """The words with the quotation marks around them, the outermost that are in what was wanted on both sides."""
    for start in range(wanted[0], words[0]):
        closing = _QUOTATION_MARKS.get(text[start])
        if closing and (end := text.rfind(closing, words[1], max(words[1], wanted[1]))) >= 0:
            return start, end + 1
    return words


def _unmatched(text: str, start: int, end: int, bracket: str) -> bool:
    """Whether there is a `bracket` in the stretch without its partner."""
    partner = _OPENING.get(bracket) or _CLOSING[bracket]
    return text.count(bracket, start, end) > text.count(partner, start, end)
