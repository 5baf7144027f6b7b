"""The one place where positions change unit."""

from __future__ import annotations

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Code points to UTF-16 units and back, for one text.

    Qt and several file formats count UTF-16 units; everything else in this program counts code points. The two
    differ only after a character outside the Basic Multilingual Plane (an emoji, some Han characters), so those
    are all we keep.
    """

    __slots__ = ("_wide", "_wide_utf16")

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [match.start() for match in _WIDE.finditer(text)]
        self._wide_utf16 = [position + n for n, position in enumerate(self._wide)]

    def to_utf16(self, position: int) -> int:
        """The UTF-16 position of code point `position`."""
        return position + bisect_left(self._wide, position)

    def to_code_points(self, position: int) -> int:
        """The code point at UTF-16 `position`; inside a surrogate pair, the character the pair stands for."""
        return position - bisect_left(self._wide_utf16, position)
