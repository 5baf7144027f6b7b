"""Where sentences begin and end, for a caret that goes by them. Rules of thumb: no annotation depends on them.

A sentence ends with a stop, a question or exclamation mark, and the quotation marks and brackets that close behind it,
where white space follows; and at every line feed. It does not end behind a title or an initial, nor where a small
letter goes on: “Who?” she said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.core.span import Span
from annotator.core.words import paragraph_at

REACH = 20_000  # characters; no further is looked back for the beginning of a paragraph

_END = re.compile(r"(?<![.!?؟۔…])(?P<stop>[.!?؟۔…]++)[\"'”’»)\]]*+(?=\s)|[。！？]++[」』”’）]*+")
_END_OR_FEED = re.compile(f"{_END.pattern}|(?P<feed>\n)")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|\.)+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ABBREVIATED = """
mr mrs ms dr prof gen col lt sgt maj capt cmdr adm brig gov sen rep rev hon st messrs mme
jan feb mar apr jun jul aug sept sep oct nov dec no nos vs approx fig p pp
"""
_TITLES = frozenset(_ABBREVIATED.split())


def sentence_at(text: str, position: int) -> Span | None:
    """The sentence that `position` stands in or right behind, without white space around it; None in a blank line."""
    paragraph = paragraph_at(text, position)
    if paragraph is None:
        return None
    starts = _starts(text, paragraph, position)
    number = max(0, bisect_right(starts, position) - 1)
    end = starts[number + 1] if number + 1 < len(starts) else paragraph.end
    while end > starts[number] and text[end - 1].isspace():
        end -= 1
    return Span(starts[number], end)


def next_sentence_start(text: str, position: int) -> int:
    """Where the first sentence behind `position` begins; the end of the text behind the last."""
    sentence = sentence_at(text, position)
    if sentence is not None and position < sentence.start:
        return sentence.start
    place = max(position, sentence.end if sentence is not None else position)
    while place < len(text) and text[place].isspace():
        place += 1
    return place if place > position or place == len(text) else len(text)


def previous_sentence_start(text: str, position: int) -> int:
    """Where the sentence of `position` begins, or the one before where it begins just there; 0 before the first."""
    place = position
    while place > 0 and text[place - 1].isspace():
        place -= 1
    sentence = sentence_at(text, max(0, place - 1)) if place > 0 else None
    if sentence is None or sentence.start >= position:
        return 0
    return sentence.start


def sentences(text: str) -> Iterator[Span]:
    """Every sentence of `text` in order, without white space around it."""
    start = 0
    for match in _END_OR_FEED.finditer(text):
        if match["feed"] or _ends(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _starts(text: str, paragraph: Span, position: int) -> list[int]:
    """Where sentences begin in the paragraph, as far as `position` and the one behind it."""
    start = max(paragraph.start, position - REACH)
    starts = [start]
    for match in _END.finditer(text, start, paragraph.end):
        if _ends(text, match):
            begin = match.end()
            while begin < paragraph.end and text[begin].isspace():
                begin += 1
            if begin < paragraph.end:
                starts.append(begin)
            if begin > position:
                break
    return starts


def _ends(text: str, match: re.Match[str]) -> bool:
    behind = match.end()
    while behind < len(text) and text[behind].isspace():
        behind += 1
    if behind < len(text) and text[behind].islower():
        return False
    if match["stop"] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    return before is None or not _is_short(before[0], closed=match.end() > match.end("stop"))


def _is_short(word: str, *, closed: bool) -> bool:
    """Whether a stop behind `word` belongs to it: Gen., J., U.S.; not a.m., which a sentence may well end with."""
    if closed:
        return False
    initials = _INITIALS.match(word)
    return word.lower() in _TITLES or (initials is not None and initials.end() == len(word) and word[0].isupper())
