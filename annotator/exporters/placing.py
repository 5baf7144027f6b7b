"""Which document goes to which part of a split: reproducible, whatever order they come in, and steady when more come.

What belongs together is placed as one. It stands in the order of a hash of the seed and its name, and the parts are
stretches of that order: they have the sizes that were asked for, and when n documents come, no border moves by more
than n. Chance for each alone would move none, but would leave a small project without test documents. What would fill
more than half of the smallest part, as sources do, is placed before: the largest first, each where most is missing,
and the last of them where there is nothing yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

By = Literal["document", "source", "date"]
WAYS: tuple[str, ...] = get_args(By)
PARTS = ("train", "dev", "test")
FRACTIONS = (80.0, 10.0, 10.0)
NEVER = "9999-12-31"  # the first day of a part that has none
_FIRST = PARTS[0]


@dataclass(frozen=True, slots=True)
class Split:
    """How documents are to be split. Raises ValueError for fractions or dates that cannot be."""

    by: By = "document"
    fractions: tuple[float, ...] = FRACTIONS  # of train, dev and test; of any sum
    seed: int = 1
    near_duplicates: bool = True  # are kept on one side
    dates: tuple[str, ...] = ()  # by date: the first day of dev, and that of test; else the fractions decide
    earlier: Mapping[str, str] = field(default_factory=dict)  # parts that stay, by the SHA-256 of a text

    def __post_init__(self) -> None:
        right = len(self.fractions) == len(PARTS) and min(self.fractions) >= 0 and 0 < sum(self.fractions) < 1e9
        if not right or self.fractions[0] == 0:
            raise ValueError("three fractions are needed, of train, dev and test; that of train is not 0")
        if self.dates and (self.by != "date" or len(self.dates) != 2 or self.dates[0] > self.dates[1]):
            raise ValueError("two dates are needed, in order: the first day of dev, and that of test")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that there will be: those that are to have anything."""
        if self.dates:
            return PARTS
        return tuple(part for part, share in zip(PARTS, self.fractions, strict=True) if share)


class Placeable(NamedTuple):
    """What decides where a document goes."""

    key: str  # the SHA-256 of its text: the same in every project
    id: str
    source: str  # where it was published, or its archive; empty where neither is known
    date: str  # year-month-day, or less of it


@dataclass(slots=True)
class Placed:
    """Where each document goes, and what was found on the way."""

    parts: dict[str, str] = field(default_factory=dict)  # by key
    dates: tuple[str, ...] = ()  # by date: the first day of dev, and that of test
    moved: list[str] = field(default_factory=list)  # near-duplicates that went to the earlier side: their keys
    apart: int = 0  # groups that an earlier split had parted
    unknown: int = 0  # documents without a date or a source


def place(documents: Sequence[Placeable], groups: Sequence[Sequence[str]], split: Split) -> Placed:
    """Where each of `documents` goes. `groups` are keys of near-duplicates, which end on one side."""
    fixed = {each.key: split.earlier[each.key] for each in documents if each.key in split.earlier}
    if split.by == "date":
        placed = _by_date(documents, split)
        placed.parts |= fixed
    else:
        units = _sources(documents) if split.by == "source" else _stories(documents, groups)
        placed = Placed(_by_hash(units, fixed, split))
        placed.unknown = sum(not each.source for each in documents) if split.by == "source" else 0
    for group in groups:
        _bring_together(group, fixed, placed)
    return placed


def _stories(documents: Iterable[Placeable], groups: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    first = {key: min(group) for group in groups for key in group}
    return _gathered((first.get(each.key, each.key), each.key) for each in documents)


def _sources(documents: Iterable[Placeable]) -> dict[str, list[str]]:
    return _gathered((f"source {each.source}" if each.source else each.key, each.key) for each in documents)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, key in pairs:
        found.setdefault(name, []).append(key)
    return found


def _by_hash(units: Mapping[str, list[str]], fixed: Mapping[str, str], split: Split) -> dict[str, str]:
    total = sum(map(len, units.values()))
    shares = {part: share / sum(split.fractions) for part, share in zip(PARTS, split.fractions, strict=True)}
    shares = {part: share for part, share in shares.items() if share}
    missing = {part: share * total for part, share in shares.items()}
    parts: dict[str, str] = {}

    def put(members: Iterable[str], part: str) -> None:
        for key in members:
            parts[key] = fixed.get(key, part)
            missing[parts[key]] = missing.get(parts[key], 0) - 1

    free = []
    for name in sorted(units, key=lambda name: sha256(f"{split.seed}:{name}".encode()).digest()):
        known = Counter(fixed[key] for key in units[name] if key in fixed)
        if known:
            put(units[name], max(PARTS, key=lambda part: known[part]))
        else:
            free.append(units[name])
    most = max(1.0, min(shares.values()) * total / 2)
    large = sorted((unit for unit in free if len(unit) > most), key=len, reverse=True)
    small = [unit for unit in free if len(unit) <= most]
    for left, members in zip(range(len(large) + len(small), 0, -1), large, strict=False):
        empty = [part for part in shares if part not in parts.values()] if left <= len(shares) else []
        put(members, max(empty if left <= len(empty) else shares, key=lambda part: missing[part]))
    for members, part in zip(small, _stretches(list(map(len, small)), [missing[part] for part in shares]), strict=True):
        put(members, list(shares)[part])
    return parts


def _stretches(sizes: Sequence[int], wanted: Sequence[float]) -> Iterable[int]:
    """For each of those sizes, in order, which stretch its middle falls into; stretches are as long as is `wanted`."""
    room = [max(0.0, size) for size in wanted]
    scale = sum(sizes) / sum(room) if sum(room) else 1.0
    borders = [border * scale for border in accumulate(room)]
    last = max((number for number, size in enumerate(room) if size), default=0)
    for size, end in zip(sizes, accumulate(sizes), strict=True):
        middle = end - size / 2
        yield next((number for number, border in enumerate(borders) if middle < border), last)


def _by_date(documents: Sequence[Placeable], split: Split) -> Placed:
    """Time goes forwards from train to test, and no day is divided. What has no date is in train."""
    days = Counter(each.date for each in documents if each.date)
    dates = split.dates or _borders(days, split)
    parts = {each.key: _part_of_day(each.date, dates) for each in documents}
    return Placed(parts, dates, unknown=len(documents) - days.total())


def _borders(days: Counter[str], split: Split) -> tuple[str, ...]:
    """The first day of dev, and that of test; NEVER where there is none."""
    ordered = sorted(days)
    wanted = [share / sum(split.fractions) * days.total() for share in split.fractions]
    of_days = list(_stretches([days[day] for day in ordered], wanted))
    return tuple(
        next((day for day, part in zip(ordered, of_days, strict=True) if part >= first), NEVER) for first in (1, 2)
    )


def _part_of_day(day: str, dates: Sequence[str]) -> str:
    return PARTS[sum(day >= border for border in dates)] if day else _FIRST


def _bring_together(group: Sequence[str], fixed: Mapping[str, str], placed: Placed) -> None:
    """Put near-duplicates on the earliest side that one of them is on; those of an earlier split stay, and decide."""
    held = {fixed[key] for key in group if key in fixed}
    side = min(held or {placed.parts[key] for key in group}, key=PARTS.index)
    placed.apart += len(held) > 1
    for key in group:
        if placed.parts[key] != side and key not in fixed:
            placed.parts[key] = side
            placed.moved.append(key)
