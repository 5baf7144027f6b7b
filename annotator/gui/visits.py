"""Where a person has been, to go back and forward as in a browser."""

from __future__ import annotations

from typing import NamedTuple

NEAR = 2_000  # code points; places of one document that are nearer to each other are one
MOST = 100


class Visit(NamedTuple):
    """A place: the document's id, and a code point of it."""

    document: str
    position: int

    def near(self, other: Visit) -> bool:
        """Whether going from one to the other is no step."""
        return self.document == other.document and abs(self.position - other.position) < NEAR


class Visits:
    """The places one came through, and where in them one is."""

    def __init__(self) -> None:
        self._places: list[Visit] = []
        self._here = -1

    def visit(self, place: Visit) -> None:
        """One is here now; from where one went back to, the way forward is forgotten."""
        if 0 <= self._here < len(self._places) and self._places[self._here].near(place):
            self._places[self._here] = place
            return
        self._places = [*self._places[: self._here + 1], place][-MOST:]
        self._here = len(self._places) - 1

    def leave(self, place: Visit) -> None:
        """Note where in the current document one was last, before going elsewhere."""
        if 0 <= self._here < len(self._places) and self._places[self._here].document == place.document:
            self._places[self._here] = place

    def can_go(self, by: int) -> bool:
        """Whether there is a place behind (-1) or ahead (1)."""
        return 0 <= self._here + by < len(self._places)

    def go(self, by: int) -> Visit | None:
        """The place behind (-1) or ahead (1), where one is then; None where there is none."""
        if not self.can_go(by):
            return None
        self._here += by
        return self._places[self._here]

    def forget(self, document: str) -> None:
        """The document is there no longer."""
        before = [place for place in self._places[: self._here + 1] if place.document != document]
        behind = [place for place in self._places[self._here + 1 :] if place.document != document]
        self._places, self._here = [*before, *behind], len(before) - 1
