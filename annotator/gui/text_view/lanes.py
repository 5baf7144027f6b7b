"""Which lane each of several stretches gets, so that no two in one lane touch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Extent = tuple[float, float]  # from x to x, in pixels


MOST = 40  # lanes; what needs more could not be told apart, and a line so deep could not be scrolled past


def first_fit(extents: Sequence[Extent], gap: float) -> list[int]:
    """The lane of each extent: the first, in the order given, that has room for it with `gap` to its neighbours.

    `MOST` for those that find no room in so many lanes.
    """
    lanes: list[list[Extent]] = []
    return [_place(lanes, extent, gap) for extent in extents]


def _place(lanes: list[list[Extent]], extent: Extent, gap: float) -> int:
    for number, taken in enumerate(lanes):
        if (room := _room(taken, extent, gap)) is not None:
            taken.insert(room, extent)
            return number
    if len(lanes) == MOST:
        return MOST
    lanes.append([extent])
    return len(lanes) - 1


def _room(taken: list[Extent], extent: Extent, gap: float) -> int | None:
    """Where `extent` fits into the sorted, disjoint extents of a lane; None where it does not."""
    after = bisect_left(taken, extent)
    if after < len(taken) and taken[after][0] < extent[1] + gap:
        return None
    if after and taken[after - 1][1] + gap > extent[0]:
        return None
    return after
