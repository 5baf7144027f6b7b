"""The marks on a text, found by the piece they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from annotator.core.span import Span
from annotator.gui.text_view.pieces import Pieces

WIDE = 64  # pieces; a fragment over more of them is kept apart, not under each


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as it is drawn. `name` is plain text, `color` the label's `#rrggbb`."""

    id: str
    fragments: tuple[Span, ...]  # one or more, in order
    name: str
    color: str
    suggested: bool = False

    def length(self) -> int:
        """How many code points its fragments cover."""
        return sum(fragment.end - fragment.start for fragment in self.fragments)


PieceRange = tuple[int, int]  # from the first piece up to and including the last


class MarkIndex:
    """All marks of one text."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._by_id: dict[str, Mark] = {}
        self._by_piece: defaultdict[int, list[Mark]] = defaultdict(list)
        self._wide: dict[str, Mark] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._by_id

    def get(self, id_: str) -> Mark | None:
        """The mark of that id, if there is one."""
        return self._by_id.get(id_)

    def add(self, marks: Iterable[Mark]) -> list[PieceRange]:
        """Take `marks` in, each in place of the one that had its id; the pieces that now look different."""
        touched: list[PieceRange] = []
        for mark in marks:
            if mark.id in self._by_id:
                touched += self.remove([mark.id])
            self._by_id[mark.id] = mark
            touched += self._file(mark)
        return touched

    def remove(self, ids: Collection[str]) -> list[PieceRange]:
        """Forget the marks of these ids, where they are known; the pieces that now look different."""
        touched: list[PieceRange] = []
        for id_ in ids:
            mark = self._by_id.pop(id_, None)
            if mark is not None:
                touched += self._unfile(mark)
        return touched

    def of_piece(self, number: int) -> list[Mark]:
        """The marks that have a fragment in piece `number`, and wide ones that may have."""
        return [*self._wide.values(), *self._by_piece.get(number, ())]

    def ranges(self, mark: Mark) -> Iterator[PieceRange]:
        """The pieces that each fragment of `mark` reaches."""
        starts, length = self._pieces.starts, len(self._pieces.text)
        for fragment in mark.fragments:
            if fragment.start < length:
                yield bisect_right(starts, fragment.start) - 1, bisect_right(starts, fragment.end - 1) - 1

    def at(self, position: int) -> list[Mark]:
        """The marks over the code point at `position`, the shortest first."""
        found = [
            mark
            for mark in self.of_piece(self._pieces.number_at(position))
            if any(fragment.start <= position < fragment.end for fragment in mark.fragments)
        ]
        return sorted(found, key=innermost_first)

    def _file(self, mark: Mark) -> list[PieceRange]:
        ranges = list(self.ranges(mark))
        if any(last - first > WIDE for first, last in ranges):
            self._wide[mark.id] = mark
            return ranges
        for first, last in ranges:
            for number in range(first, last + 1):
                marks = self._by_piece[number]
                if not marks or marks[-1] is not mark:
                    marks.append(mark)
        return ranges

    def _unfile(self, mark: Mark) -> list[PieceRange]:
        ranges = list(self.ranges(mark))
        if self._wide.pop(mark.id, None) is None:
            for number in {number for first, last in ranges for number in range(first, last + 1)}:
                self._by_piece[number] = [other for other in self._by_piece[number] if other.id != mark.id]
        return ranges


def innermost_first(mark: Mark) -> tuple[int, tuple[Span, ...], str]:
    """The key that sorts the marks of one place."""
    return mark.length(), mark.fragments, mark.id
