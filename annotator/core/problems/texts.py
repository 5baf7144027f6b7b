"""Quotation marks of a text that have no partner, or one of another kind."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.problems.problem import Article, Problem
from annotator.core.quotation import APOSTROPHE, CLOSERS, DOUBLE, opens, opens_again
from annotator.core.span import Span


def unbalanced(article: Article) -> Iterator[Problem]:
    """A double quotation mark in the body without its partner. Single ones may be apostrophes, and are not looked at.

    A quotation that is open at the end of a paragraph goes on where the next one opens with the same mark.
    """
    bodies = [zone.span for zone in article.document.zones if zone.label == "BODY"]
    if not article.document.zones and article.text:
        bodies = [Span(0, len(article.text))]
    for body in bodies:
        yield from _in_body(article.text, body.start, min(body.end, len(article.text)))


def _in_body(text: str, start: int, end: int) -> Iterator[Problem]:
    open_marks: list[int] = []
    while start < end:
        line = text.find("\n", start, end)
        stop = end if line < 0 else line
        if open_marks and text[start:stop].strip() and text[start:stop].lstrip()[0] != text[open_marks[0]]:
            yield from (_alone(text, at) for at in open_marks)
            open_marks.clear()
        yield from _in_line(text, start, stop, open_marks)
        start = stop + 1
    yield from (_alone(text, at) for at in open_marks)


def _in_line(text: str, start: int, end: int, open_marks: list[int]) -> Iterator[Problem]:
    for match in DOUBLE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opens_again(text, at, open_marks) or APOSTROPHE.match(text, at) or _is_inches(text, at, open_marks):
            continue
        if open_marks and mark in CLOSERS[text[open_marks[-1]]]:
            open_marks.pop()
        elif opens(text, at):
            open_marks.append(at)
        elif open_marks:
            yield _mixed(text, open_marks.pop(), at)
        else:
            yield _alone(text, at)


def _is_inches(text: str, at: int, open_marks: list[int]) -> bool:
    return text[at] == '"' and not open_marks and text[at - 1 : at].isdigit()


def _alone(text: str, at: int) -> Problem:
    return Problem("unbalanced", "", Span(at, at + 1), values={"mark": text[at]})


def _mixed(text: str, opened: int, at: int) -> Problem:
    return Problem("mixed", "", Span(opened, at + 1), values={"mark": text[opened], "other": text[at]})


def alone(article: Article) -> Iterator[Problem]:
    """Quotation marks without a partner."""
    return (problem for problem in unbalanced(article) if problem.rule == "unbalanced")


def mixed(article: Article) -> Iterator[Problem]:
    """Quotation marks that are closed by one of another kind."""
    return (problem for problem in unbalanced(article) if problem.rule == "mixed")
