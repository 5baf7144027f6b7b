"""The guideline of a label: what is written about it, and examples, each a line with its marked words in brackets.

An example is a line of the guideline that begins with a sign of its own, so that the text stays one that people can
write, exchange and read anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.sentences import sentence_at
from annotator.core.span import Span

SIGN = "▸ "
OPENING, CLOSING = "⟦", "⟧"
_AROUND = 240  # characters of a sentence that are kept on each side of the marked words


class Guideline(NamedTuple):
    """A guideline taken apart."""

    text: str
    examples: tuple[str, ...]


def read_guideline(guideline: str) -> Guideline:
    """What `guideline` says, and its examples in order."""
    lines = guideline.split("\n")
    examples = tuple(line.removeprefix(SIGN).strip() for line in lines if line.startswith(SIGN))
    return Guideline("\n".join(line for line in lines if not line.startswith(SIGN)).strip(), examples)


def written_guideline(text: str, examples: Sequence[str]) -> str:
    """The guideline that reads as `text` with `examples`."""
    kept = dict.fromkeys(" ".join(example.split()) for example in examples)
    return "\n".join([text.strip(), *(SIGN + example for example in kept if example)]).strip()


def example_of(text: str, fragments: Sequence[Span]) -> str:
    """The sentence that a mark stands in, the words of each of its `fragments` in brackets; long ones are cut."""
    first, last = fragments[0].start, fragments[-1].end
    opening, closing = sentence_at(text, first), sentence_at(text, last)
    start = max(opening.start if opening else first, first - _AROUND)
    end = min(max(closing.end if closing else last, last), last + _AROUND)
    parts, place = [], start
    for span in fragments:
        parts += [text[place : span.start], OPENING, text[span.start : span.end], CLOSING]
        place = span.end
    return " ".join("".join([*parts, text[place:end]]).split())
