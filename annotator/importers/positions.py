"""Positions that a file gives in another unit, or into a text that is stored a little differently."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from annotator.core.offsets import Utf16Map

_DROPPED = re.compile("^\ufeff|\r(?=\n)")


class StoredPositions:
    """From code points of a text as a file has it, `raw`, to code points of the same text as it is stored."""

    def __init__(self, raw: str, text: str) -> None:
        self._dropped = [match.start() for match in _DROPPED.finditer(raw)] if len(raw) != len(text) else []

    def stored(self, position: int) -> int:
        """Where code point `position` of the raw text stands in the stored one."""
        return position - bisect_left(self._dropped, position)


def readings(raw: str, text: str) -> Iterator[tuple[str, Callable[[int], int]]]:
    """What a number in a file about `raw`, stored as `text`, may mean: a unit, and the way to a stored position."""
    stored = StoredPositions(raw, text).stored
    yield "code points", stored
    utf16 = Utf16Map(raw).to_code_points
    yield "UTF-16 units", lambda position: stored(utf16(position))
