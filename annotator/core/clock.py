"""The time of day, for people to read. Nothing is ever ordered by it: clocks jump."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment in UTC, to the millisecond, as `2026-11-22T09:00:00.000Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
