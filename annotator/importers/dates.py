"""Dates as databases and newspapers write them, in the languages of their pages, as ISO dates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.importers.month_names import month_number

_WORD = r"(?P<month>[^\W\d_]{2,}(?: (?:الثاني|الأول))?)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|ª|\.)?"
_YEAR = r"(?P<year>[12]\d{3})"
# In the order they are looked for; the first that is a date counts.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)(?=T\d|\D|$)",
        r"(?P<year>[12]\d{3})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일号號]?",
        rf"\b{_DAY}[\s\-]*(?:de\s+|of\s+|d['’])?{_WORD}[\s,\-/]*(?:de\s+|del\s+|of\s+)?{_YEAR}\b",
        rf"\b{_WORD}\s*{_DAY}(?:\s*,|\s)\s*(?:[^\W\d_]+,?\s+)?{_YEAR}\b",
        rf"\b{_YEAR}[\s.,\-]+{_WORD}[\s\-]+{_DAY}(?!\d)",
        r"(?<![\d.])(?P<year>[12]\d{3})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?![\d/])",
        r"(?<![\d./])(?P<first>\d{1,2})(?P<mark>[./\-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>[12]\d{3})(?!\d)",
        rf"\b{_DAY}[\s\-]{_WORD}[\s\-](?P<short>\d\d)(?!\d)",
        r"(?<![\d./])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<short>\d\d)(?![\d./])",
    )
)
_MONTH_ONLY = (
    re.compile(rf"\b{_WORD}[\s,]+(?:de\s+|del\s+)?{_YEAR}\b", re.IGNORECASE),
    re.compile(r"^\s*(?P<year>[12]\d{3})-(?P<month>\d\d)\s*$"),
)
_YEAR_ONLY = re.compile(r"^\s*([12]\d{3})\s*$")
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:h]|(?<=\d)\.(?=\d\d\s*(?:uhr|[ap]\.?m\b)))(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:[.,]\d+)?\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:uhr|heures)?\s*(?P<zone>Z\b|[+\-]\d\d:?\d\d|[A-Z]{2,5}\b)?",
    re.IGNORECASE,
)
_BASIC_TIME = re.compile(r"T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+\-]\d\d:?\d\d)?(?!\d)")
_REACH = 60  # characters behind a date within which its time of day stands

_ZONES = {  # by hours from UTC; a name that stands for several places is left out
    **dict.fromkeys(("Z", "GMT", "UTC", "UT", "WET"), 0.0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2.0),
    **dict.fromkeys(("EEST", "MSK"), 3.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    **{"HKT": 8.0, "SGT": 8.0, "AEST": 10.0, "AEDT": 11.0, "EST": -5.0, "EDT": -4.0, "CDT": -5.0, "MST": -7.0},
    **{"MDT": -6.0, "PST": -8.0, "PDT": -7.0},
}


class FoundDate(NamedTuple):
    """A date in a text."""

    iso: str  # 2024-03-05, 2024-03-05T08:00:00Z, or 2024-03 where no day is given
    start: int
    end: int


def iso_date(text: str, day_first: bool = True) -> str:
    """The first date in `text`, with its time of day and zone where they stand; empty when there is none.

    `day_first` says how 3/5/2024 is read: as the 3rd of May, or as March 5.
    """
    found = find_date(text, day_first)
    return found.iso if found else ""


def find_date(text: str, day_first: bool = True) -> FoundDate | None:
    """The first date in `text` and where it stands; a month or year alone counts when there is no more."""
    text = text[:400]
    for form in _FORMS:
        for match in form.finditer(text):
            if date := _date(match, day_first):
                time, end = _time_of_day(text, match)
                return FoundDate(date + time, match.start(), end)
    for form in _MONTH_ONLY:
        for match in form.finditer(text):
            if month := _month(match["month"]):
                return FoundDate(f"{match['year']}-{month:02d}", *match.span())
    year = _YEAR_ONLY.match(text)
    return FoundDate(year[1], *year.span(1)) if year else None


def day_comes_first(values: Iterable[str]) -> bool | None:
    """Whether dates such as 13/2/2024 among `values` name the day first; None when none of them tells."""
    for first, second in _slashed(values):
        if first > 12 or second > 12:
            return first > 12
    return None


def has_slashed(values: Iterable[str]) -> bool:
    """Whether dates such as 3/5/2024 are among `values`, which can be read in two ways."""
    return next(_slashed(values), None) is not None


def _slashed(values: Iterable[str]) -> Iterator[tuple[int, int]]:
    for value in values:
        if match := re.match(r"\s*(\d{1,2})/(\d{1,2})/\d{2,4}", value):
            yield int(match[1]), int(match[2])


def _month(word: str) -> int:
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    return month_number(word)


def _date(match: re.Match[str], day_first: bool) -> str:
    parts = match.groupdict()
    if "first" in parts:
        day, month = int(parts["first"]), int(parts["second"])
        if parts["mark"] == "/" and (not day_first or month > 12) and day <= 12:
            day, month = month, day
    else:
        day, month = int(parts["day"]), _month(parts["month"])
    year = int(parts["year"]) if parts.get("year") else _century(int(parts["short"]))
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def _century(short: int) -> int:
    return 2000 + short if short < 70 else 1900 + short


def _time_of_day(text: str, date: re.Match[str]) -> tuple[str, int]:
    """The time behind a date, as it stands behind it in ISO form, and where the whole ends; nothing for midnight."""
    basic = _BASIC_TIME.match(text, date.end())
    match = basic or _TIME.search(text, date.end(), date.end() + _REACH)
    if not match:
        return "", date.end()
    parts = match.groupdict()
    hour, minute, second = int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0)
    if half := (parts.get("half") or "").lower():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return "", date.end()
    zone = _zone(parts["zone"] or "")
    if not (hour or minute or second or zone):
        return "", match.end()
    return f"T{hour:02d}:{minute:02d}:{second:02d}{zone}", match.end()


def _zone(name: str) -> str:
    if name[:1] in "+-" and name:
        offset = f"{name[:3]}:{name[-2:]}"
        return "Z" if offset[1:] == "00:00" else offset
    hours = _ZONES.get(name.upper())
    if hours is None:
        return ""
    return "Z" if hours == 0 else f"{'-' if hours < 0 else '+'}{abs(int(hours)):02d}:00"
