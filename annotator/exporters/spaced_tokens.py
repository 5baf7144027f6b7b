"""Tokens as spaCy and Prodigy have them: together they are the whole text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from annotator.core.annotation import AnnotatedDocument
from annotator.core.tokens import tokens
from annotator.exporters.json_lines import Json


def spaced_tokens(document: AnnotatedDocument) -> list[Json]:
    """Every character is in a token: white space that is more than one blank is one of its own, as in spaCy."""
    text = document.text
    starts = {mark.start for mark in document.annotations}
    ends = {mark.end for mark in document.annotations}
    borders = sorted(starts | ends)
    edges = [(0, 0), *((span.start, span.end) for span in tokens(text, borders)), (len(text), len(text))]
    found: list[Json] = []
    for (start, end), (following, _) in pairwise(edges):
        if end > start:
            found.append({"text": text[start:end], "start": start, "end": end})
        place = end
        if end > start and text[end : end + 1] == " " and end not in starts and end + 1 not in ends:
            found[-1]["ws"] = True
            place += 1
        inner = [place, *borders[bisect_right(borders, place) : bisect_left(borders, following)], following]
        found += [{"text": text[a:b], "start": a, "end": b} for a, b in pairwise(inner) if b > a]
    return [{"ws": False} | token | {"id": number} for number, token in enumerate(found)]
