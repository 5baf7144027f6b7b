"""The quotation that a place in a text is in, with its other half where «“…,” she said. “…”» parts it in two."""

from __future__ import annotations

import re

from annotator.core.quotation import CLOSERS, DOUBLE, is_apostrophe, opens, opens_again
from annotator.core.span import Span

LONGEST_TAG = 200  # characters of “she said outside the Customs House.” between two halves
MOST_PARAGRAPHS = 40  # of one quotation; what is open for longer was never closed

_UNFINISHED = tuple(",،?!؟—–-…")  # what a first half ends with
_SENTENCE_END = re.compile(r"[.!?؟](?:\s|\Z)")
_WORD = re.compile(r"[^\W_]")
_SINGLE = re.compile(r"(?<![^\W_])‘(?=\S)(.+?)’(?![^\W_])", re.DOTALL)


def whole_quotation(text: str, position: int) -> tuple[Span, ...]:
    """The quotation around `position` with its marks, in one fragment a half; empty where there is none.

    Of nested ones the outermost. Halves are joined when the first breaks off (“…,” or with the comma behind the mark),
    and what stands between them is short and of at most one sentence, as an attribution is. A quotation that goes on
    over paragraphs, each opening with the mark again, is one fragment.
    """
    start, end = _paragraphs(text, position)
    found = _outermost(text, start, end)
    found = _with_single(found, _single(text, start, end))
    here = next((number for number, span in enumerate(found) if span.start <= position <= span.end), None)
    return _joined(text, found, here) if here is not None else ()


def _joined(text: str, found: list[Span], here: int) -> tuple[Span, ...]:
    """The quotation in place `here` with the others that are its halves."""
    first = last = here
    while first > 0 and _is_other_half(text, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _is_other_half(text, found[last], found[last + 1]):
        last += 1
    return tuple(found[first : last + 1])


def _paragraphs(text: str, position: int) -> tuple[int, int]:
    """The paragraph of `position`, with those before and behind it that one quotation may reach over."""
    start, end = _line(text, position)
    for _ in range(MOST_PARAGRAPHS):
        above = _line(text, _last_ink(text, start))
        if start == 0 or not _opens_with_a_mark(text, start) or not _left_open(text, *above):
            break
        start = above[0]
    for _ in range(MOST_PARAGRAPHS):
        below = _first_ink(text, end)
        if below >= len(text) or not _opens_with_a_mark(text, below) or not _left_open(text, *_line(text, end)):
            break
        end = _line(text, below)[1]
    return start, end


def _line(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


def _last_ink(text: str, position: int) -> int:
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return position


def _first_ink(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _opens_with_a_mark(text: str, start: int) -> bool:
    start = _first_ink(text, start)
    return text[start : start + 1] in tuple(CLOSERS) and opens(text, start)


def _left_open(text: str, start: int, end: int) -> bool:
    """Whether a quotation that begins in the paragraph does not end in it."""
    return bool(_walk(text, start, end)[1])


def _outermost(text: str, start: int, end: int) -> list[Span]:
    return _walk(text, start, end)[0]


def _walk(text: str, start: int, end: int) -> tuple[list[Span], list[int]]:
    """The outermost quotations in a stretch, and where those begin that are not closed in it."""
    found: list[Span] = []
    open_marks: list[int] = []
    for match in DOUBLE.finditer(text, start, end):
        at = match.start()
        if is_apostrophe(text, at, open_marks) or opens_again(text, at, open_marks):
            continue
        if open_marks and text[at] in CLOSERS[text[open_marks[-1]]]:
            opened = open_marks.pop()
            if not open_marks:
                found.append(Span(opened, at + 1))
        elif opens(text, at):
            open_marks.append(at)
    return found, open_marks


def _single(text: str, start: int, end: int) -> list[Span]:
    """The quotations in ‘single’ marks."""
    return [Span(match.start(), match.end()) for match in _SINGLE.finditer(text, start, end)]


def _with_single(found: list[Span], single: list[Span]) -> list[Span]:
    """The quotations of both kinds, none within another. Single marks that cross double ones are apostrophes."""
    kept = [one for one in single if all(_apart(one, other) for other in found)]
    outer = [one for one in found if not any(other.start < one.start and one.end < other.end for other in kept)]
    kept = [one for one in kept if not any(other.start < one.start and one.end < other.end for other in found)]
    return sorted([*outer, *kept])


def _apart(one: Span, other: Span) -> bool:
    """Whether two stretches do not cross: one holds the other, or they have nothing in common."""
    return not (one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end)


def _is_other_half(text: str, one: Span, other: Span) -> bool:
    """Whether `other` goes on with what `one` breaks off."""
    between = text[one.end : other.start]
    inner = text[one.start + 1 : one.end - 1].rstrip("’›'")
    breaks_off = inner[-1:] in _UNFINISHED or between[:1] in (",", "،")
    tag = between.strip()
    if not breaks_off or "\n" in between or len(between) > LONGEST_TAG or not _WORD.search(tag):
        return False
    ends = [match.start() for match in _SENTENCE_END.finditer(tag) if not _is_initial(tag, match.start())]
    if tag[-1] in ",،—–":
        return not ends
    return tag[-1] == "." and ends == [len(tag) - 1]


def _is_initial(text: str, stop: int) -> bool:
    """Whether the stop belongs to an initial or a short title, as in “J. Haddad”, “Gen. Aoun”."""
    word = re.search(r"[^\W_]+\Z", text[max(0, stop - 5) : stop])
    return word is not None and stop < len(text) - 1 and word[0][0].isupper() and len(word[0]) <= 4
