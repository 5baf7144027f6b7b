"""Quotation marks, and what they say of a quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from annotator.core.span import Span

QuoteKind = Literal["direct", "mixed", "indirect"]

OPENING = frozenset("“«„‹‘")
CLOSING = frozenset("”»›’")
STRAIGHT = frozenset("\"'")
MARKS = OPENING | CLOSING | STRAIGHT

CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "”": "”", "»": "«"}  # the last two: as Swedes and Germans use them
_SINGLE = {"‘": "’", "'": "'", "‹": "›"}
DOUBLE = re.compile('[“”«»„"]')
_WORD = re.compile(r"[^\W_]")
_BEFORE = re.compile(r"([“„«\"”»‘'‹])[\s\u00a0]?\Z")
_BEHIND = re.compile(r"[\s\u00a0,.;:!?…،؛؟]{0,4}([”“»«\"’'›])")
_CONTRACTED = re.compile("(?<=[^\\W\\d_])”(?=(?:s|t|d|m|ll|re|ve)\\b)")
_OF_SEVERAL = re.compile("(?<=s)”(?= [a-z])")  # the sailors” boats
_NEXT_PARAGRAPH = re.compile(r"[^\S\n]*\n\s*([“„«\"”»])")

_Stretch = tuple[int, int]  # from a mark up to the one that closes it, in code points


def quote_kind(text: str, fragments: Sequence[Span]) -> QuoteKind:
    """Whether what `fragments` cover is quoted word for word, in part, or in other words (Pareti et al. 2013).

    Direct: every word of every fragment stands within double quotation marks, the fragment's own or those just
    outside it, or single ones hold a fragment as a whole. Mixed: some words do. Indirect: none. A mark that a
    paragraph leaves open is closed where the next paragraph opens with the same mark again.
    """
    kinds = {_kind_of_piece(text, fragment) for fragment in fragments}
    if kinds == {"direct"}:
        return "direct"
    return "indirect" if kinds == {"indirect"} else "mixed"


def _kind_of_piece(text: str, fragment: Span) -> QuoteKind:
    if _in_single_marks(text, fragment):
        return "direct"
    quoted, half = _quoted(text, fragment)
    words = [match.start() for match in _WORD.finditer(text, fragment.start, fragment.end)]
    within = [any(opened < word < closed for opened, closed in quoted) for word in words]
    if within and all(within):
        return "direct"
    return "mixed" if any(within) or half else "indirect"


def _quoted(text: str, fragment: Span) -> tuple[list[_Stretch], bool]:
    """What is quoted of a fragment, and whether a mark in it has no partner."""
    stretches: list[_Stretch] = []
    open_marks: list[int] = []
    half = False
    start, end = _with_marks_just_outside(text, fragment)
    for match in DOUBLE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opens_again(text, at, open_marks) or is_apostrophe(text, at, open_marks):
            continue
        if open_marks and mark in CLOSERS[text[open_marks[-1]]]:
            stretches.append((open_marks.pop(), at))
        elif opens(text, at):
            open_marks.append(at)
        else:
            half = half or fragment.start <= at < fragment.end
    if open_marks and _goes_on(text, fragment.end, text[open_marks[0]]):
        stretches.append((open_marks.pop(0), fragment.end))
    return stretches, half or any(at >= fragment.start for at in open_marks)


def _with_marks_just_outside(text: str, fragment: Span) -> _Stretch:
    before = _BEFORE.search(text, max(0, fragment.start - 2), fragment.start)
    behind = _BEHIND.match(text, fragment.end)
    opening = before.start(1) if before and opens(text, before.start(1)) else None
    start = fragment.start if opening is None else opening
    closers = "" if opening is None else CLOSERS.get(text[opening], "")
    closes = behind is not None and (behind.group(1) in closers or not opens(text, behind.start(1)))
    return start, behind.end(1) if behind and closes else fragment.end


def is_apostrophe(text: str, at: int, open_marks: Sequence[int] = ()) -> bool:
    """Whether the mark at `at` stands for an apostrophe, as in “Iraq”s”, while those at `open_marks` wait for partners.

    Behind a plural it does unless it closes what is open: then the next mark would have no partner.
    """
    if _CONTRACTED.match(text, at):
        return True
    if not _OF_SEVERAL.match(text, at):
        return False
    line = text.find("\n", at)
    behind = DOUBLE.search(text, at + 1, len(text) if line < 0 else line)
    return not open_marks or text[open_marks[-1]] != "“" or (behind is not None and behind.group() == "”")


def opens(text: str, at: int) -> bool:
    """Whether the mark at `at` can open a quotation; those of two meanings must stand before a word."""
    if text[at] in "“„«":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == '"':
        return bool(after.strip()) and (after.isalnum() or not before.strip() or before in "([—–")
    return bool(after.strip()) and not before.strip()


def opens_again(text: str, at: int, open_marks: list[int]) -> bool:
    """Whether the mark at `at` only reminds the reader, at the start of a paragraph, that the quotation goes on."""
    line = text.rfind("\n", 0, at) + 1
    return bool(open_marks) and text[open_marks[-1]] == text[at] and line > open_marks[-1] and not text[line:at].strip()


def _goes_on(text: str, end: int, mark: str) -> bool:
    found = _NEXT_PARAGRAPH.match(text, end)
    return found is not None and found.group(1) == mark


def _in_single_marks(text: str, fragment: Span) -> bool:
    """Whether one pair of single quotation marks holds the fragment as a whole."""
    start, end = fragment.start, fragment.end
    while start < end and text[start].isspace():
        start += 1
    own = text[start] in _SINGLE if start < end else False
    before = None if own else _BEFORE.search(text, max(0, start - 2), start)
    opening = start if own else before.start(1) if before else -1
    if opening < 0 or text[opening] not in _SINGLE:
        return False
    return _closed_at_the_end(text, opening, end)


def _closed_at_the_end(text: str, opening: int, end: int) -> bool:
    mark, closing = text[opening], _SINGLE[text[opening]]
    inner = text[opening + 1 : end].rstrip()
    if inner.endswith(closing):
        return mark not in inner[:-1] or mark == closing
    behind = _BEHIND.match(text, end)
    return behind is not None and behind.group(1) == closing and mark not in inner
