"""From tags of words to marks: IOB1, IOB2, BIOES and BILOU, also several tags on a word, and tags without a prefix."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

OUTSIDE = frozenset(("O", "_", "-", "*", ""))
_TAG = re.compile(r"([BIESLUM])[-_](.+)$")
_ONE_OR_MORE = re.compile(r"(?:O|[BIESLUM][-_][^\s|]+(?:\|[BIESLUM][-_][^\s|]+)*)$")
_CHUNKS = frozenset(["NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP"])


def is_tag(cell: str) -> bool:
    """Whether a cell holds O, or one tag or more with a prefix, such as B-PER or B-ORG|I-GPE."""
    return _ONE_OR_MORE.match(cell) is not None


def is_chunks(cells: Sequence[str]) -> bool:
    """Whether tags are of parts of sentences, such as noun phrases, and not of what a text speaks of."""
    named = {found[2] for cell in cells if (found := _TAG.match(cell))}
    return bool(named) and named <= _CHUNKS


@dataclass(slots=True)
class Run:
    """Words in a row that carry one label."""

    label: str
    first: int
    last: int  # the number of its last word
    place: int  # of its first word, a line's number


class TagRuns:
    """Takes the tags of word after word; `runs` holds what is whole, in the order of beginnings."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._open: dict[str, list[Run]] = {}  # by label, the oldest first

    def add(self, number: int, tags: Sequence[str], line: int) -> None:
        """The tags of word `number`. One without a prefix goes on where the word before has it."""
        wanted: dict[str, list[str]] = {}
        for tag in tags:
            if tag not in OUTSIDE:
                found = _TAG.match(tag)
                prefix, label = (found[1], found[2]) if found else ("I", tag)
                wanted.setdefault(label, []).append(prefix)
        still: dict[str, list[Run]] = {}
        for label, prefixes in wanted.items():
            still[label] = self._labelled(number, label, prefixes, line)
        self._open = still

    def end(self) -> None:
        """A sentence ends: nothing goes on behind it."""
        self._open = {}

    def _labelled(self, number: int, label: str, prefixes: list[str], line: int) -> list[Run]:
        """Continue and begin runs of one label; returns those that may go on."""
        before, still = list(self._open.get(label, ())), []
        counted = Counter(prefixes)
        for prefix in "IMELBSU":  # what goes on before what begins
            for _ in range(counted[prefix]):
                if prefix in "IMEL" and before:
                    run = before.pop(0)
                    run.last = number
                else:
                    run = Run(label, number, number, line)
                    self.runs.append(run)
                if prefix in "IMB":
                    still.append(run)
        return still
