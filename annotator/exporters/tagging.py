"""Tags of words: IOB2, IOB1 and BIOES, of marks that lie side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from annotator.core.annotation import Annotation
from annotator.core.span import Span

OUTSIDE = "O"
Named = tuple[int, int, str]  # where a mark begins and ends in the text, and its name


def tags_of(words: Sequence[Span], marks: Iterable[Named], kind: str, firsts: Collection[int] = ()) -> list[str]:
    """The tag of each word. Every word lies in a mark or apart from it; `kind` is `iob2`, `iob1` or `bioes`.

    `firsts` are the numbers of the words that begin a sentence: before those nothing goes on.
    """
    tags = [OUTSIDE] * len(words)
    place, before, named_before = 0, -1, ""
    for start, end, name in sorted(marks):
        while words[place].start < start:
            place += 1
        first = place
        while place < len(words) and words[place].start < end:
            place += 1
        meets = before == first and named_before == name and first not in firsts
        tags[first:place] = _PREFIXES[kind](name, place - first, meets)
        before, named_before = place, name
    return tags


def _iob2(name: str, length: int, _: bool) -> list[str]:
    return [f"B-{name}", *[f"I-{name}"] * (length - 1)]


def _iob1(name: str, length: int, meets: bool) -> list[str]:
    """A mark begins with B- only where one of the same name ends right before it."""
    return [f"B-{name}" if meets else f"I-{name}", *[f"I-{name}"] * (length - 1)]


def _bioes(name: str, length: int, _: bool) -> list[str]:
    if length == 1:
        return [f"S-{name}"]
    return [f"B-{name}", *[f"I-{name}"] * (length - 2), f"E-{name}"]


_PREFIXES: dict[str, Callable[[str, int, bool], list[str]]] = {"iob2": _iob2, "iob1": _iob1, "bioes": _bioes}


def levels(marks: Iterable[Annotation]) -> list[list[Annotation]]:
    """Marks as rows in which none overlaps another: the outermost in the first, those within them in the next."""
    rows: list[list[Annotation]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        row = next((row for row in rows if row[-1].end <= mark.start), None)
        if row is None:
            rows.append([mark])
        else:
            row.append(mark)
    return rows


def sentence_starts(words: Sequence[Span], ends: Iterable[int], marks: Iterable[Annotation]) -> set[int]:
    """The numbers of the words that begin a sentence, where sentences end at `ends`, and none within a mark."""
    inside = _inside(words, marks)
    starts, number = {0} if words else set[int](), 0
    for end in ends:
        while number < len(words) and words[number].start < end:
            number += 1
        if number < len(words) and number not in inside:
            starts.add(number)
    return starts


def _inside(words: Sequence[Span], marks: Iterable[Annotation]) -> set[int]:
    """The numbers of the words that stand within a piece of a mark, and are not its first."""
    numbers = {word.start: number for number, word in enumerate(words)}
    found: set[int] = set()
    for mark in marks:
        for piece in mark.fragments:
            number = numbers[piece.start] + 1
            while number < len(words) and words[number].start < piece.end:
                found.add(number)
                number += 1
    return found
