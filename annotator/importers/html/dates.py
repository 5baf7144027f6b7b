"""Dates as pages write them for machines."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?[ ]*(Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-]|$)")


def iso_date(written: str) -> str:
    """A date as `2016-11-02`, or with its time and zone as `2016-11-02T14:30:00+03:00`; empty where it is none."""
    text = written.strip()
    found = _ISO.match(text)
    if found:
        year, month, day, hour, minute, second, zone = found.groups()
        if not _is_date(year, month, day):
            return ""
        return f"{year}-{month}-{day}" + _time(hour, minute, second, zone)
    if re.match(r"(?:[A-Za-z]{3,9}, )?\d{1,2} [A-Za-z]{3} \d{4}", text):
        try:
            return parsedate_to_datetime(text).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return ""
    return ""


def date_in_address(address: str) -> str:
    """The day that an address names, as newspapers' addresses do; empty where there is none."""
    for found in _IN_ADDRESS.finditer(address):
        if _is_date(*found.groups()):
            return "-".join(found.groups())
    return ""


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1500 < date(int(year), int(month), int(day)).year < 2200
    except ValueError:
        return False


def _time(hour: str | None, minute: str | None, second: str | None, zone: str | None) -> str:
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return ""
    if not zone and (hour, minute, second or "00") == ("00", "00", "00"):
        return ""
    written = "Z" if (zone or "").upper() in ("Z", "UTC") else zone or ""
    if len(written) == 5:
        written = f"{written[:3]}:{written[3:]}"
    return f"T{hour}:{minute}:{second or '00'}{written}"
