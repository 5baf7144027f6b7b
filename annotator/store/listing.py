"""Which documents a list holds: what is asked of them, and how SQLite is asked so that it answers at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.query import match_expression

SLICE = 65_536  # characters of numbers that are read without letting another thread in: some milliseconds' work


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents a list holds: all of the fields that are set must fit."""

    text: str = ""  # words to be found by full-text search
    status: str = ""
    annotator: str = ""  # whose status
    label: str = ""  # the id of a label that it has marks of; "none": it has no marks at all
    publication: str = ""
    since: str = ""  # a date as 2016, 2016-10 or 2016-10-12; what has no such date fits none
    until: str = ""  # the same, up to its end
    marked_by: str = ""  # the id of an annotator who has marked in it

    @property
    def narrows(self) -> bool:
        """Whether a document might not fit."""
        return replace(self, annotator="", text=self.text.strip()) != DocumentFilter()

    @property
    def only_words(self) -> bool:
        """Whether it asks for words, and nothing else."""
        return bool(self.text.strip()) and not replace(self, text="").narrows


ALL_DOCUMENTS = DocumentFilter()


def statement(wanted: DocumentFilter, after: int, limit: int) -> tuple[str, list[Any]]:
    """SQL for the numbers of the documents that fit and come after number `after`, in order; at most `limit`.

    The first few are read in their order until there are enough of them. All of some days are looked for in the index
    that has the days, a seventh of the documents, and sorted then: a sign before their number lets SQLite do so.
    Words are looked up first, since the index gives its finds in order: what is asked besides is asked of those alone.
    The numbers come as one text: fetched row by row, each row would let another thread in between, and the list of a
    window would take a second while an import is at work.
    """
    number = "+number" if limit < 0 and (wanted.since or wanted.until) else "number"
    conditions, parameters = [f"{number} > ?"], list[Any]([after])
    for condition, values in _conditions(wanted):
        conditions.append(condition)
        parameters += values
    source, order = "documents", number
    if wanted.text.strip():
        words = "SELECT rowid AS found FROM search WHERE search MATCH ? AND rowid > ? ORDER BY rowid"
        source, order = f"({words}) CROSS JOIN documents ON number = found", "number"
        parameters = [match_expression(wanted.text), after, *parameters]
        if wanted.only_words:  # the index holds documents that are there, and no others
            source, conditions, parameters = f"(SELECT found AS number FROM ({words}))", ["true"], parameters[:2]
    fitting = f"SELECT number FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?"
    return f"SELECT group_concat(number) FROM ({fitting})", [*parameters, limit]


def _conditions(wanted: DocumentFilter) -> Iterator[tuple[str, list[str]]]:
    """What SQL asks of a document for the parts of a filter, with the parameters."""
    if wanted.status == "new":
        begun = "SELECT document FROM statuses WHERE annotator = ? AND status <> 'new'"
        yield f"number NOT IN ({begun})", [wanted.annotator]
    elif wanted.status:
        so_far = "SELECT document FROM statuses WHERE annotator = ? AND status = ?"
        yield f"number IN ({so_far})", [wanted.annotator, wanted.status]
    if wanted.label == "none":
        yield "number NOT IN (SELECT document FROM annotations)", []
    elif wanted.label:
        yield "number IN (SELECT document FROM annotations WHERE label = ?)", [wanted.label]
    if wanted.publication:
        yield "publication = ?", [wanted.publication]
    if wanted.marked_by:
        yield "number IN (SELECT document FROM annotations WHERE annotator = ?)", [wanted.marked_by]
    if wanted.since or wanted.until:
        yield "published GLOB '[0-9][0-9][0-9][0-9]*'", []
    if wanted.since:
        yield "published >= ?", [wanted.since]
    if wanted.until:
        yield "substr(published, 1, ?) <= ?", [str(len(wanted.until)), wanted.until]


def numbers_in(text: str | None) -> array[int]:
    """The numbers that `statement` gives; read so that other threads have their turns meanwhile."""
    found = array("q")
    start, length = 0, len(text or "")
    while text and start < length:
        end = text.find(",", start + SLICE)
        end = length if end < 0 else end
        found.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return found


def joined(first: Sequence[int], rest: Sequence[int]) -> Sequence[int]:
    """Numbers, and those that come after them."""
    if isinstance(first, range) and isinstance(rest, range) and first.stop == rest.start:
        return range(first.start, rest.stop)
    both = array("q", first)
    both.extend(rest)
    return both
