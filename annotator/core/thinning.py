"""Which backups are kept when newer ones have come: the last few, one a day for a week, one a week for a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

LAST = 10  # that are kept whatever their age
DAYS = 7
WEEKS = 5


class Kept(NamedTuple):
    """What thinning knows of a backup."""

    number: int  # they count up, whatever clocks say
    day: date  # when it was made
    base: int = 0  # the number of the whole backup that it adds to; 0 for a whole one
    lacks: bool = False  # it has fewer marks than the one before, and nothing in the history says why
    good: bool = True  # it can be restored


def to_keep(backups: Iterable[Kept], last: int = LAST) -> set[int]:
    """The numbers of those that stay.

    Besides the usual ones: each that lacks marks and the good one before it, until a person deletes them, and every
    whole one that another needs. One that cannot be restored takes nobody's place.
    """
    every = sorted(backups, reverse=True)
    good = [backup for backup in every if backup.good]
    kept = {backup.number for backup in good[:last]} | _periods(good)
    kept |= {backup.number for backup in every if not backup.good and good and backup.number > good[0].number}
    kept |= _fuller_ones(good)
    return kept | {backup.base for backup in good if backup.number in kept and backup.base}


def _periods(good: Sequence[Kept]) -> set[int]:
    """The newest of each of the last days and weeks that have any: days without work count for nothing."""
    days: dict[date, int] = {}
    weeks: dict[tuple[int, int], int] = {}
    for backup in good:
        days.setdefault(backup.day, backup.number)
        weeks.setdefault(backup.day.isocalendar()[:2], backup.number)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def _fuller_ones(good: Sequence[Kept]) -> set[int]:
    """Each that lacks marks where the one before does not, and that one: who tells of the loss, and what was lost."""
    pairs = [(after, before) for after, before in pairwise(good) if after.lacks and not before.lacks]
    return {each.number for pair in pairs for each in pair}
