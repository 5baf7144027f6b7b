"""Which names stand in the same articles or sentences, and how often."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from annotator.core.discourse_network import Edge, Network
from annotator.core.sentences import sentences
from annotator.core.statements import Node, Window
from annotator.exporters.networks.speaking import Speaking


@dataclass(slots=True)
class Together:
    """Counts, in one window, the articles or sentences that two names share."""

    window: Window = field(default_factory=Window)
    by_sentence: bool = False
    nodes: Counter[Node] = field(default_factory=Counter)
    pairs: Counter[tuple[Node, Node]] = field(default_factory=Counter)

    def add(self, places: Iterable[Iterable[Node]]) -> None:
        """Count the names of one article or, each, of its sentences."""
        for place in places:
            names = sorted(set(place))
            self.nodes.update(names)
            self.pairs.update(combinations(names, 2))

    def network(self) -> Network:
        """The names, tied by how often they stood together."""
        what = "sentences" if self.by_sentence else "articles"
        edges = {pair: Edge(float(count), {what: float(count)}) for pair, count in sorted(self.pairs.items())}
        return Network(dict(sorted(self.nodes.items())), None, edges)


def names_by_place(speaking: Speaking, labels: frozenset[str], *, by_sentence: bool) -> list[list[Node]]:
    """The names of a document: all of them, or sentence by sentence, by where each begins."""
    marks = [mark for mark in speaking.document.annotations if mark.label.id in labels]
    if not by_sentence:
        return [[speaking.named(mark) for mark in marks]]
    starts = [sentence.start for sentence in sentences(speaking.document.text)] if marks else []
    found: defaultdict[int, list[Node]] = defaultdict(list)
    for mark in marks:
        found[bisect_right(starts, mark.start)].append(speaking.named(mark))
    return list(found.values())
