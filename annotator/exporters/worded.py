"""Marks as formats of tokens can hold them: from the first of its words to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.exporters.carrying import Ledger, without


def with_words(document: AnnotatedDocument, ledger: Ledger) -> AnnotatedDocument:
    """`document` with the pieces of its marks without white space around them; marks of nothing else go."""
    text = document.text
    blank = [
        mark.id for mark in document.annotations if not any(piece.covered(text).strip() for piece in mark.fragments)
    ]
    document = without(document, "marks of white space", blank, ledger)
    marks = []
    for mark in document.annotations:
        pieces = tuple(worded for piece in mark.fragments for worded in _trimmed(text, piece))
        if pieces != mark.fragments:
            ledger.lose("white space at the ends of marks", [mark.id])
            mark = mark._replace(fragments=pieces)
        marks.append(mark)
    return replace(document, annotations=tuple(marks))


def _trimmed(text: str, piece: Span) -> Iterator[Span]:
    words = piece.covered(text)
    if words.strip():
        yield Span(piece.end - len(words.lstrip()), piece.start + len(words.rstrip()))
