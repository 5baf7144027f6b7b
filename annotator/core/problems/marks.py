"""Rules about marks by themselves: their edges, their attributes, and two marks of the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from annotator.core.annotation import Annotation
from annotator.core.folding import folded_with_positions
from annotator.core.problems.problem import Article, Fix, Problem, whole
from annotator.core.quotation import MARKS, quote_kind
from annotator.core.span import Span
from annotator.core.words import is_blank

_AT_START = frozenset("#@&([{")
_AT_END = frozenset("%)]}&?!؟")
CUE = "CUE"  # the label that takes a colon along, by its name in the schemes for quotes
LONGEST_SHORT = 4  # letters of “Inc.”, “Corp.”


def not_quoted(article: Article) -> Iterator[Problem]:
    """A mark said to be a direct quote whose words do not stand in quotation marks."""
    for mark in article.marks:
        if mark.attributes.get("quote") == "direct":
            kind = quote_kind(article.text, mark.fragments)
            if kind != "direct":
                fix = Fix("set_attribute", mark.id, kind, "quote")
                yield Problem("not_quoted", mark.id, whole(mark), "", {"label": mark.label.shown, "kind": kind}, (fix,))


def blank(article: Article) -> Iterator[Problem]:
    """A mark of nothing that can be seen."""
    for mark in article.marks:
        if _is_blank(article.text, mark):
            fix = Fix("delete", mark.id)
            yield Problem("blank", mark.id, whole(mark), "", {"label": mark.label.shown}, (fix,))


def edge(article: Article) -> Iterator[Problem]:
    """A mark that begins or ends with white space or punctuation."""
    for mark in article.marks:
        trimmed = [piece for fragment in mark.fragments for piece in _trimmed(article.text, fragment)]
        if _ends_in_colon(article.text, mark):
            trimmed[-1:] = [Span(trimmed[-1].start, mark.end)]
        if tuple(trimmed) != mark.fragments and not _is_blank(article.text, mark):
            fixes = (Fix("trim", mark.id, fragments=tuple(trimmed)),) if trimmed else ()
            yield Problem("edge", mark.id, whole(mark), "", {"label": mark.label.shown}, fixes)


def _ends_in_colon(text: str, mark: Annotation) -> bool:
    """Whether it is a cue with its colon, “in his words:”: there it belongs to the cue."""
    last = mark.fragments[-1]
    return mark.label.name == CUE and last.end - last.start > 1 and text[last.end - 1 : last.end] in (":", "：")


def duplicate(article: Article) -> Iterator[Problem]:
    """A mark of which the same annotator made another, with the same label and extent. The fuller one is kept."""
    linked = Counter(end for link in article.relations for end in (link.source, link.target))
    kept: dict[object, Annotation] = {}
    for mark in sorted(article.marks, key=lambda m: (-linked[m.id], -len(m.attributes), not m.note, m.created, m.id)):
        first = kept.setdefault((mark.label.id, mark.fragments, mark.annotator), mark)
        if first is not mark:
            values = {"label": mark.label.shown}
            yield Problem("duplicate", mark.id, whole(mark), first.id, values, (Fix("delete", mark.id),))


def two_labels(article: Article) -> Iterator[Problem]:
    """The same words with two labels of one layer; told of each mark with the rarer one."""
    groups: dict[tuple[str, str, str], list[Annotation]] = {}
    for mark in article.marks:
        name = corpus_name(article.text, mark)
        if name is not None:
            groups.setdefault(name, []).append(mark)
    for marks in groups.values():
        if len({mark.label.id for mark in marks}) > 1:
            yield from _of_two_labels(article, marks)


def _of_two_labels(article: Article, marks: list[Annotation]) -> Iterator[Problem]:
    counts = Counter(
        mark.label.id for mark in marks
    )  # the label that comes first in the text before others as frequent
    (usual, most), (_, second) = counts.most_common(2)
    example = next(mark for mark in marks if mark.label.id == usual)
    for mark in marks:
        if mark.label.id != usual:
            values = {"label": mark.label.shown, "other": example.label.shown, "words": mark.covered(article.text)}
            fixed = usual if most > second else ""
            yield two_labels_problem(mark.id, whole(mark), values, fixed, example.id)


def corpus_name(text: str, mark: Annotation) -> tuple[str, str, str] | None:
    """What makes two marks marks of the same words: layer, folded words, annotator; None for less than two letters."""
    words = " ".join(folded_with_positions(mark.covered(text))[0].split())
    enough = sum(map(str.isalpha, words)) >= 2
    return (mark.label.layer, words, mark.annotator) if enough else None


def two_labels_problem(mark: str, span: Span, values: Mapping[str, str], fixed: str, other: str = "") -> Problem:
    """The mark with id `mark` carries the rarer label; `fixed` is the id of the usual one, empty where none is."""
    return Problem("two_labels", mark, span, other, values, (Fix("relabel", mark, fixed),) if fixed else ())


def _is_blank(text: str, mark: Annotation) -> bool:
    pieces = ((max(0, one.start), min(one.end, len(text))) for one in mark.fragments)
    return all(is_blank(text, at) for start, end in pieces for at in range(start, end))


def _trimmed(text: str, fragment: Span) -> list[Span]:
    start, end = fragment.start, min(fragment.end, len(text))
    while start < end and _is_edge(text, start) and text[start] not in _AT_START | MARKS:
        start += 1
    while start < end and _is_edge(text, end - 1) and not _may_end(text, start, end):
        end -= 1
    return [Span(start, end)] if start < end else []


def _is_edge(text: str, at: int) -> bool:
    return is_blank(text, at) or unicodedata.category(text[at])[0] == "P"


def _may_end(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last in _AT_END | MARKS:
        return True
    word = text[start : end - 1].split()[-1:] if last == "." else []
    return bool(word) and ("." in word[0] or (len(word[0]) <= LONGEST_SHORT and word[0][:1].isupper()))
