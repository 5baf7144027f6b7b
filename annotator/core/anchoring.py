"""Where stretches of a text are in another version of it: at their place, by their words and what stands around them,
or changed a little. What is not sure is not moved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from annotator.core.alignment import Words, aligned
from annotator.core.span import Span

How = Literal["place", "context", "changed"]
Why = Literal["gone", "ambiguous", "torn"]  # the words are gone; stand there several times; fragments would be mixed up

_AROUND = 8  # words on each side that are compared
_ENOUGH = 3  # words around that must agree
_TELLING = 8  # words of a quote that needs nothing around it
_MOST = 200  # places of one word that are looked at
_ALIKE = 0.8  # how much of a changed stretch must be the same
_LONGEST = 200  # characters of stretches that are compared letter by letter


class Moved(NamedTuple):
    """Where something is now: its fragments, and how it was found."""

    fragments: tuple[Span, ...]
    how: How


class Anchoring:
    """Finds stretches of the text `old` in the text `new`. Made once for all stretches."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = Words(old), Words(new)
        self._there = aligned(self._old, self._new)
        self._taken = set(self._there)  # words of the new text that are words of the old one
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._new.words):
            self._places[word].append(number)

    def moved(self, fragments: Iterable[Span]) -> Moved | Why:
        """Where the fragments of a mark are now, all of them; else why not.

        Found at their place or by context, they cover the same words as before, white space aside.
        """
        pieces: list[Span] = []
        hows: set[How] = set()
        for fragment in fragments:
            found = self._piece(fragment)
            if not isinstance(found, tuple):
                return found
            if pieces and found[0].start < pieces[-1].end:
                return "torn"
            pieces.append(found[0])
            hows.add(found[1])
        how: How = "changed" if "changed" in hows else "context" if "context" in hows else "place"
        return Moved(tuple(pieces), how)

    def _piece(self, span: Span) -> tuple[Span, How] | Why:
        first, last = self._old.within(span.start, span.end)
        if first == last:
            blank = self._blank(span, first)
            return (blank, "place") if blank else "gone"
        there = self._there[first]
        if there >= 0 and self._there[first:last] == list(range(there, there + last - first)):
            return self._placed(span, first, last, there), "place"
        found = self._by_context(first, last)
        if isinstance(found, int):
            return self._placed(span, first, last, found), "context"
        changed = self._changed(span, first, last)
        return (changed, "changed") if changed else found

    def _placed(self, span: Span, first: int, last: int, there: int) -> Span:
        """The stretch over words `first` to `last` when they begin at the word `there` of the new text.

        An edge within a word stays at its letter; white space around the words comes along where it is the same.
        """
        old, new = self._old, self._new
        start = new.starts[there] + span.start - old.starts[first]
        end = new.end(there + last - first - 1) + span.end - old.end(last - 1)
        if start >= 0 and new.text[start:end] == span.covered(old.text):
            return Span(start, end)
        return Span(max(start, new.starts[there]), min(end, new.end(there + last - first - 1)))

    def _blank(self, span: Span, following: int) -> Span | None:
        """A stretch of white space, between the two words that it stood between."""
        old, new = self._old, self._new
        before = self._there[following - 1] if following else -1
        after = self._there[following] if following < len(old) else len(new)
        start = new.end(before) if before >= 0 else 0
        shift = start - (old.end(following - 1) if following else 0)
        moved = Span(span.start + shift, span.end + shift) if span.start + shift >= 0 else None
        known = (following == 0 or before >= 0) and after == before + 1
        return moved if known and moved and moved.covered(new.text) == span.covered(old.text) else None

    # By its words and what stands around them

    def _by_context(self, first: int, last: int) -> int | Why:
        """The number of the word at which the words `first` to `last` stand now, where only one place will do."""
        places = list(self._same_words(first, last))
        if not places:
            return "gone"
        rated = sorted(((self._context(first, last, place), place) for place in places), reverse=True)
        (around, place), *others = rated
        if others and others[0][0] == around:
            return "ambiguous"
        return place if around >= _ENOUGH or last - first >= _TELLING else "gone"

    def _same_words(self, first: int, last: int) -> Iterator[int]:
        """Where the words stand in the new text, each of them none that is another word of the old one."""
        words = self._old.words[first:last]
        rarest = min(range(len(words)), key=lambda number: len(self._places.get(words[number], ())))
        places = self._places.get(words[rarest], [])
        for place in places if len(places) <= _MOST else ():
            start = place - rarest
            free = start >= 0 and self._taken.isdisjoint(range(start, start + len(words)))
            if free and self._new.words[start : start + len(words)] == words:
                yield start

    def _context(self, first: int, last: int, place: int) -> int:
        """How many words agree before and behind; enough where a whole line of some words does."""
        before, begins = self._agreeing(first - 1, place - 1, -1)
        behind, ends = self._agreeing(last, place + last - first, 1)
        line = begins and ends and before + behind + last - first >= _ENOUGH
        return max(before + behind, _ENOUGH if line else 0)

    def _agreeing(self, number: int, place: int, step: int) -> tuple[int, bool]:
        """How many words agree from there on, and whether up to the end of their line in both texts."""
        old, new, count, edge = self._old, self._new, 0, int(step < 0)
        line = False
        while count <= _AROUND:
            line = line or (old.begins_line(number + edge) and new.begins_line(place + edge))
            inside = 0 <= number < len(old) and 0 <= place < len(new)
            if not inside or count == _AROUND or old.words[number] != new.words[place]:
                break
            number, place, count = number + step, place + step, count + 1
        return count, line

    # Changed a little

    def _changed(self, span: Span, first: int, last: int) -> Span | None:
        """The stretch between the same words as before, where most of it is what it was."""
        new = self._new
        before = self._there[first - 1] if first else -1
        start = self._there[first] if self._there[first] >= 0 else before + 1 if first == 0 or before >= 0 else -1
        after = self._there[last] if last < len(self._old) else len(new)
        end = self._there[last - 1] + 1 if self._there[last - 1] >= 0 else after
        if not 0 <= start < end:
            return None
        whole = span.start <= self._old.starts[first] and self._old.end(last - 1) <= span.end
        if not whole or not self._alike(self._old.words[first:last], new.words[start:end]):
            return None
        return Span(new.starts[start], new.end(end - 1))

    def _alike(self, words: Sequence[str], others: Sequence[str]) -> bool:
        one, other = "".join(words), "".join(others)
        longest = max(len(one), len(other))
        if min(len(one), len(other)) < _ALIKE * longest:
            return False
        if longest <= _LONGEST:
            return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
        common = Counter(words) & Counter(others)
        return sum(len(word) * count for word, count in common.items()) >= _ALIKE * longest
