"""Stretches of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: from `start` up to, not including, `end`, in code points.

    Raises ValueError for an empty or a negative stretch.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span; a span contains itself."""
        return self.start <= other.start and other.end <= self.end

    def covered(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` in order, those that touch or overlap as one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
