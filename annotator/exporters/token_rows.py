"""Sentences as rows of tokens and the numbers of their tags, as token classification is trained with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate, pairwise

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import Scheme
from annotator.core.sentences import sentences
from annotator.core.span import Span
from annotator.core.tokens import tokens
from annotator.exporters.columns import STRING, WHOLE, Columns
from annotator.exporters.row_files import Row
from annotator.exporters.spelling import NO_WHITE_SPACE, spelling_of

OUTSIDE = "O"
COLUMNS: Columns = {
    "id": STRING, "document": STRING, "sha256": STRING, "tokens": [STRING], "ner_tags": [WHOLE], "starts": [WHOLE],
    "ends": [WHOLE],
}  # fmt: skip


class Tags:
    """The tags by their numbers: O, then B- and I- of each label in the order of the scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.spelling = spelling_of(scheme, NO_WHITE_SPACE)
        self._numbers = {OUTSIDE: 0}
        for label in scheme.labels:
            self._of(self.spelling.label(label))

    @property
    def names(self) -> list[str]:
        """All of them, in order."""
        return list(self._numbers)

    def _of(self, name: str) -> int:
        for tag in (f"B-{name}", f"I-{name}"):
            self._numbers.setdefault(tag, len(self._numbers))
        return self._numbers[f"B-{name}"]

    def spans(self, document: AnnotatedDocument) -> list[tuple[int, int, int]]:
        """The marks of a document, which lie side by side, as start, end and the number of their first tag."""
        marks = document.annotations
        return sorted((mark.start, mark.end, self._of(self.spelling.label(mark.label))) for mark in marks)


def sentence_rows(document: AnnotatedDocument, spans: Sequence[tuple[int, int, int]], sha256: str) -> Iterator[Row]:
    """A row a sentence. Words are cut where a mark begins or ends; no sentence ends within a mark."""
    found = list(tokens(document.text, {border for start, end, _ in spans for border in (start, end)}))
    begins = [start for start, _, _ in spans]
    tags = [_tag(token.start, spans, begins) for token in found]
    ends = [sentence.end for sentence in sentences(document.text)]
    cuts = [0, *_cuts(found, tags, ends), len(found)]
    for number, (first, last) in enumerate(pairwise(cuts)):
        if first < last:
            yield {
                "id": f"{document.id}-{number}",
                "document": document.id,
                "sha256": sha256,
                "tokens": [token.covered(document.text) for token in found[first:last]],
                "ner_tags": tags[first:last],
                "starts": [token.start for token in found[first:last]],
                "ends": [token.end for token in found[first:last]],
            }


def _tag(position: int, spans: Sequence[tuple[int, int, int]], begins: Sequence[int]) -> int:
    place = bisect_right(begins, position) - 1
    if place < 0 or position >= spans[place][1]:
        return 0
    start, _, first = spans[place]
    return first if position == start else first + 1


def _cuts(found: Sequence[Span], tags: Sequence[int], ends: Sequence[int]) -> Iterator[int]:
    """Before which tokens a sentence begins."""
    before = [bisect_right(ends, token.start) for token in found]
    waiting = False
    for place in range(1, len(found)):
        waiting = waiting or before[place] > before[place - 1]
        goes_on = tags[place] and not tags[place] % 2  # an I-: the numbers of B- are odd
        if waiting and not goes_on:
            yield place
            waiting = False


def entities_in(rows: Sequence[Row], names: Sequence[str]) -> Hashable:
    """The marks that the rows of one document hold, and its tokens, as whoever reads them finds them."""
    found: list[list[object]] = []
    for row in rows:
        if not len(row["tokens"]) == len(row["ner_tags"]) == len(row["starts"]) == len(row["ends"]):
            raise ValueError("the columns are not of one length")
        for number, start, end in zip(row["ner_tags"], row["starts"], row["ends"], strict=True):
            kind, _, label = names[number].partition("-")
            if kind == "B":
                found.append([start, end, label])
            elif kind == "I":
                if not found or found[-1][2] != label:
                    raise ValueError("an entity begins with its inside")
                found[-1][1] = end
    words = "".join(word for row in rows for word in row["tokens"])
    return rows[0]["document"], words, tuple(map(tuple, found))


def positions_fit(row: Row) -> bool:
    """Whether every token is as long as its place says."""
    lengths = (end - start for start, end in zip(row["starts"], row["ends"], strict=True))
    return list(map(len, row["tokens"])) == list(lengths) and list(accumulate(row["starts"], max)) == row["starts"]
