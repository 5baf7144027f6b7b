"""What is said by whom about what, one statement after another, and how often: what networks of a debate are made of.

Nothing here keeps statements: what a count holds grows with actors and concepts, not with articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

DUPLICATES = ("all", "document", "week", "month", "year", "ever")  # within what the same statement counts once


class Node(NamedTuple):
    """Somebody or something in a network."""

    name: str
    type: str = ""  # what it is: a kind of registry entry, a label


class Statement(NamedTuple):
    """That an actor agrees, or not, with a concept."""

    document: str  # the document's id
    day: date | None
    actor: Node
    concept: Node
    agreement: str  # the answer as it is kept; empty where none was given


class Window(NamedTuple):
    """A stretch of days; both ends belong to it, and an end that is None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day is in it; without a day, whether it is open on both sides."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def whole_day(known: str) -> date | None:
    """The day of a date that is kept as 2016, 2016-10 or 2016-10-12; the first one of a year or a month."""
    if not known:
        return None
    parts = [*known.split("-"), "1", "1"][:3]
    return date(*(int(part) for part in parts))


def moving_windows(first: date, last: date, days: int, step: int) -> Iterator[Window]:
    """Windows of so many `days`, each beginning `step` days behind the one before, until `last` is in one."""
    while True:
        end = first + timedelta(days - 1)
        yield Window(first, min(end, last))
        if end >= last:
            return
        first += timedelta(step)


Cell = tuple[Node, Node, str]  # an actor, a concept, an agreement


@dataclass(slots=True)
class Tally:
    """How often each actor said each thing with each agreement, in one window."""

    window: Window = field(default_factory=Window)
    duplicates: str = "all"  # one of DUPLICATES
    counts: Counter[Cell] = field(default_factory=Counter)
    statements: int = 0  # that count
    repeated: int = 0  # that do not, because the same was counted before
    _document: str = ""
    _seen: set[object] = field(default_factory=set)

    def add(self, said: Statement) -> None:
        """Count a statement that is in the window. The statements of a document follow each other."""
        if not self.window.holds(said.day):
            return
        cell: Cell = (said.actor, said.concept, said.agreement)
        if self.duplicates != "all" and self._is_again(said, cell):
            self.repeated += 1
            return
        self.counts[cell] += 1
        self.statements += 1

    def _is_again(self, said: Statement, cell: Cell) -> bool:
        if self.duplicates == "document" and said.document != self._document:
            self._document = said.document
            self._seen.clear()  # or it would grow with the articles
        key = (cell, _period(said.day, self.duplicates))
        if key in self._seen:
            return True
        self._seen.add(key)
        return False


def needs_days(duplicates: str) -> bool:
    """Whether statements without a date cannot be counted so."""
    return duplicates in ("week", "month", "year")


def _period(day: date | None, duplicates: str) -> tuple[int, ...]:
    if day is None or not needs_days(duplicates):
        return ()
    if duplicates == "week":
        return tuple(day.isocalendar()[:2])
    return (day.year, day.month) if duplicates == "month" else (day.year,)
