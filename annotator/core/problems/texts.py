"""Quotation marks of a text that have no partner, or one of another kind, or stand for apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.problems.problem import Article, Problem
from annotator.core.quotation import CLOSERS, DOUBLE, is_apostrophe, opens, opens_again
from annotator.core.span import Span

_LETTERS, _LETTERS_BEFORE = re.compile(r"\w*"), re.compile(r"\w*\Z")
_LONGEST = 40  # letters of a word
_EMPTY_LINE = re.compile(r"\n\s*\n")
_GOES_ON = frozenset(",-–/&")  # a line that ends so was broken within a paragraph, as one that ends with a letter


def alone(article: Article) -> Iterator[Problem]:
    """Quotation marks without a partner."""
    return (problem for problem in _in_bodies(article) if problem.rule == "unbalanced")


def mixed(article: Article) -> Iterator[Problem]:
    """Quotation marks that are closed by one of another kind."""
    return (problem for problem in _in_bodies(article) if problem.rule == "mixed")


def apostrophes(article: Article) -> Iterator[Problem]:
    """Double quotation marks that stand for apostrophes: a text that has them has many, so the first tells of all."""
    text = article.text
    places = [at for body in _bodies(article) for at in _apostrophes_in(text, body.start, min(body.end, len(text)))]
    if places:
        span = _word_around(text, places[0])
        values = {"mark": text[places[0]], "words": span.covered(text), "count": f"{len(places):,}"}
        yield Problem("apostrophe", "", span, values=values)


def _bodies(article: Article) -> list[Span]:
    bodies = [zone.span for zone in article.document.zones if zone.label == "BODY"]
    if not article.document.zones and article.text:
        return [Span(0, len(article.text))]
    return bodies


def _in_bodies(article: Article) -> list[Problem]:
    """What is said of both rules: double marks in the body, since single ones may be apostrophes.

    A quotation that is open at the end of a paragraph goes on where the next one opens with the same mark.
    """
    if article.quotation_problems is None:
        article.quotation_problems = [
            problem
            for body in _bodies(article)
            for problem in _in_body(article.text, body.start, min(body.end, len(article.text)))
        ]
    return article.quotation_problems


def _in_body(text: str, start: int, end: int) -> Iterator[Problem]:
    open_marks: list[int] = []
    goes_on = False
    while start < end:
        line = text.find("\n", start, end)
        stop = end if line < 0 else line
        words = text[start:stop].strip()
        if open_marks and words and not goes_on and words[0] != text[open_marks[0]]:
            yield from (_alone(text, at) for at in open_marks)
            open_marks.clear()
        yield from _in_line(text, start, stop, open_marks)
        goes_on = bool(words) and (
            words[-1].isalnum() or words[-1] in _GOES_ON or _closes_below(text, stop, end, open_marks)
        )
        start = stop + 1
    yield from (_alone(text, at) for at in open_marks)


def _in_line(text: str, start: int, end: int, open_marks: list[int]) -> Iterator[Problem]:
    for match in DOUBLE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opens_again(text, at, open_marks) or _is_no_quotation_mark(text, at, open_marks):
            continue
        if open_marks and mark in CLOSERS[text[open_marks[-1]]]:
            open_marks.pop()
        elif opens(text, at):
            open_marks.append(at)
        elif open_marks:
            yield _mixed(text, open_marks.pop(), at)
        else:
            yield _alone(text, at)


def _closes_below(text: str, at: int, end: int, open_marks: list[int]) -> bool:
    """Whether the next mark, with no empty line before it, closes what is open: some archives break each sentence."""
    found = DOUBLE.search(text, at, end) if open_marks else None
    closes = found is not None and found.group() in CLOSERS[text[open_marks[-1]]]
    return found is not None and closes and _EMPTY_LINE.search(text, at, found.start()) is None


def _is_no_quotation_mark(text: str, at: int, open_marks: list[int]) -> bool:
    return is_apostrophe(text, at, open_marks) or (
        text[at] == '"' and not open_marks and text[at - 1 : at].isdigit()  # inches
    )


def _apostrophes_in(text: str, start: int, end: int) -> Iterator[int]:
    open_marks: list[int] = []
    for match in DOUBLE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if is_apostrophe(text, at, open_marks):
            yield at
        elif open_marks and mark in CLOSERS[text[open_marks[-1]]]:
            open_marks.pop()
        elif opens(text, at):
            open_marks[:] = [at]


def _word_around(text: str, at: int) -> Span:
    before = _LETTERS_BEFORE.search(text, max(0, at - _LONGEST), at)
    after = _LETTERS.match(text, at + 1, at + _LONGEST)
    return Span(before.start() if before else at, max(at + 1, after.end() if after else 0))


def _alone(text: str, at: int) -> Problem:
    return Problem("unbalanced", "", Span(at, at + 1), values={"mark": text[at]})


def _mixed(text: str, opened: int, at: int) -> Problem:
    return Problem("mixed", "", Span(opened, at + 1), values={"mark": text[opened], "other": text[at]})
