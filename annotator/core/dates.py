"""Dates as people type them, and as they are kept: 2016, 2016-10 or 2016-10-12."""

from __future__ import annotations

import re
from calendar import monthrange

_FORMS = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<day>\d{1,2})\.\s*)?(?P<month>\d{1,2})\.\s*)?(?P<year>\d{4})"),
)
_BEGINS = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")


def kept_date(typed: str) -> str | None:
    """What is kept of a date that was typed as year-month-day or day.month.year, or less of it; None for no date."""
    found = next(filter(None, (form.fullmatch(typed.strip()) for form in _FORMS)), None)
    if found is None:
        return None
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    assert year is not None, "each form has a year"
    if year < 1 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def date_of(stamp: str) -> str:
    """The date that a time stamp such as 2016-10-12T08:00Z begins with; empty where it begins with none."""
    found = _BEGINS.match(stamp.strip())
    return (kept_date(found[0]) or "") if found else ""
