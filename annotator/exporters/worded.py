"""Marks as formats of tokens can hold them: from the first of its words to the last."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.exporters.carrying import Ledger, without


def with_words(document: AnnotatedDocument, ledger: Ledger) -> AnnotatedDocument:
    """`document` with its marks, of one piece each, without white space around them; those of nothing else go."""
    text = document.text
    blank = [mark.id for mark in document.annotations if not text[mark.start : mark.end].strip()]
    document = without(document, "marks of white space", blank, ledger)
    marks = []
    for mark in document.annotations:
        words = text[mark.start : mark.end]
        first, last = mark.end - len(words.lstrip()), mark.start + len(words.rstrip())
        if (first, last) != (mark.start, mark.end):
            ledger.lose("white space at the ends of marks", [mark.id])
            mark = mark._replace(fragments=(Span(first, last),))
        marks.append(mark)
    return replace(document, annotations=tuple(marks))
