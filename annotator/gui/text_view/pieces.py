"""A document's text, cut into the pieces that the view shows as blocks.

A block ends at every line feed. Within a line there are further cuts, which have no character of their own: where a
zone that is set apart begins or ends, and in lines longer than `LONGEST`, which no text layout draws fast. Here, and
only in this package, positions change between code points and Qt's blocks of UTF-16 units.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from annotator.core.offsets import Utf16Map
from annotator.core.text import direction_of

LONGEST = 4_000  # code points; longer lines are cut

_SENTENCE_END = re.compile(r"[.!?؟۔…。]+[\"'”’»)\]]*\s+")
_WHITE = re.compile(r"\s+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Qt takes these for the ends of blocks and frames, for embedded objects, or cannot hold them.
_UNSHOWABLE = re.compile("[\r\u2029\ufdd0\ufdd1\ufffc\x00\ud800-\udfff]")
_SHOWN_AS = {"\r": "\u2028", "\u2029": "\u2028"}


class Pieces:
    """Where each piece of a text starts and ends, and what stands between two of them."""

    def __init__(self, text: str, edges: Iterable[int] = ()) -> None:
        """Cut `text`; `edges` are positions where a piece has to end if they are inside a line."""
        self.text = text
        self.starts, self.ends = _lines(text)
        self._soft = _soft_cuts(text, self.starts, self.ends, edges)
        if self._soft:
            self._insert_soft_cuts()
        self._ascii = text.isascii()
        self._units: dict[int, Utf16Map | None] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def number_at(self, position: int) -> int:
        """The piece that holds the code point at `position`; the last for the end of the text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def to_block(self, position: int) -> tuple[int, int]:
        """The block and the UTF-16 offset in it of a code point; positions beyond the text become its end."""
        number = self.number_at(min(max(0, position), len(self.text)))
        return number, self.to_utf16(number, position)

    def to_utf16(self, number: int, position: int) -> int:
        """The UTF-16 offset in piece `number` of a code point, not before its start nor behind its end."""
        offset = min(max(position, self.starts[number]), self.ends[number]) - self.starts[number]
        units = self._map(number)
        return offset if units is None else units.to_utf16(offset)

    def to_position(self, number: int, offset: int) -> int:
        """The code point at a UTF-16 offset in block `number`."""
        number = min(max(0, number), len(self.starts) - 1)
        units = self._map(number)
        if units is not None:
            offset = units.to_code_points(offset)
        return min(self.starts[number] + max(0, offset), self.ends[number])

    def piece(self, number: int) -> str:
        """The characters of a piece, without the line feed behind it."""
        return self.text[self.starts[number] : self.ends[number]]

    def continues(self, number: int) -> bool:
        """Whether the piece goes on in the line that the one before it began."""
        return number > 0 and self.starts[number] == self.ends[number - 1]

    def blank(self, number: int) -> bool:
        """Whether there is nothing in the piece to see."""
        start, end = self.starts[number], self.ends[number]
        return start == end or (self.text[start].isspace() and self.text[start:end].isspace())

    def collapsed(self, number: int) -> bool:
        """Whether the piece is a blank one behind another: of several, only the first makes a gap."""
        return number > 0 and self.blank(number) and self.blank(number - 1)

    def right_to_left(self, number: int) -> bool:
        """Whether the paragraph of the piece runs right to left, as its first strong character says."""
        if self._ascii:
            return False
        while self.continues(number):
            number -= 1
        start, end = self.starts[number], self.text.find("\n", self.starts[number])
        return direction_of(self.text[start : end if end >= 0 else None]) == "rtl"

    def bidirectional(self, number: int) -> bool:
        """Whether the piece holds a right-to-left letter."""
        if self._ascii:
            return False
        return _RIGHT_TO_LEFT.search(self.text, self.starts[number], self.ends[number]) is not None

    def shown(self, first: int, last: int) -> str:
        """The text of the pieces from `first` up to, not including, `last`, as Qt is given it: a line feed a cut.

        As many UTF-16 units long as the pieces are; what Qt would take for something else is replaced.
        """
        start, end = self.starts[first], self.ends[last - 1]
        inner = self._soft[bisect_right(self._soft, start) : bisect_right(self._soft, self.starts[last - 1])]
        cuts = [start, *inner, end]
        text = "\n".join(self.text[a:b] for a, b in pairwise(cuts))
        return text if self._ascii else _UNSHOWABLE.sub(_shown_as, text)

    def _map(self, number: int) -> Utf16Map | None:
        if self._ascii:
            return None
        if number not in self._units:
            piece = self.piece(number)
            self._units[number] = Utf16Map(piece) if not piece.isascii() and max(piece) > "\uffff" else None
        return self._units[number]

    def _insert_soft_cuts(self) -> None:
        soft = set(self._soft)
        hard_ends = dict(zip(self.starts, self.ends, strict=True))
        self.starts = sorted([*self.starts, *soft])
        end = 0
        self.ends = []
        for start, following in zip(self.starts, [*self.starts[1:], -1], strict=True):
            end = hard_ends.get(start, end)
            self.ends.append(following if following in soft else end)


def _lines(text: str) -> tuple[list[int], list[int]]:
    starts, find = [0], text.find
    feed = find("\n")
    while feed >= 0:
        starts.append(feed + 1)
        feed = find("\n", feed + 1)
    return starts, [start - 1 for start in starts[1:]] + [len(text)]


def _soft_cuts(text: str, starts: list[int], ends: list[int], edges: Iterable[int]) -> list[int]:
    cuts = {_behind_white(text, edge) for edge in edges if _parts_a_line(text, starts, ends, edge)}
    for start, end in zip(starts, ends, strict=True):
        if end - start > LONGEST:
            cuts.update(_cuts_of_long_line(text, start, end))
    return sorted(cuts)


def _parts_a_line(text: str, starts: list[int], ends: list[int], edge: int) -> bool:
    """Whether there is something to see in its line on both sides of `edge`."""
    line = bisect_right(starts, edge) - 1
    before, behind = text[starts[line] : edge], text[edge : ends[line]]
    return bool(before.strip() and behind.strip())


def _behind_white(text: str, position: int) -> int:
    match = _WHITE.match(text, position)
    return match.end() if match else position


def _cuts_of_long_line(text: str, start: int, end: int) -> list[int]:
    cuts = []
    while end - start > LONGEST:
        start = _cut_before(text, start + LONGEST // 2, start + LONGEST)
        cuts.append(start)
    return cuts


def _cut_before(text: str, earliest: int, latest: int) -> int:
    """The best place to cut within the bounds: behind a sentence, else behind a word, else between characters."""
    for boundary in (_SENTENCE_END, _WHITE):
        ends = [match.end() for match in boundary.finditer(text, earliest, latest)]
        if ends:
            return ends[-1]
    cut = latest
    while cut > earliest and (unicodedata.category(text[cut])[0] == "M" or "\u200d" in text[cut - 1 : cut + 1]):
        cut -= 1
    return cut


def _shown_as(match: re.Match[str]) -> str:
    return _SHOWN_AS.get(match[0], "\ufffd")
