"""Networks of a debate, as discourse network analysis weights them.

With X[i, j, k] for how often actor i said concept j with agreement k, two actors are tied by

- congruence: over all concepts, the products of how often they said it with the same agreement
- conflict: the same for unlike agreement
- subtract: congruence less conflict
- ignore: the products whatever the agreement

Agreements that are numbers are alike and unlike by degrees: |k - k'| as a part of the range. Concepts are tied in the
same way by the actors who said them. After Leifeld, “Discourse Network Analysis”, in: The Oxford Handbook of
Political Networks, 2017.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import isfinite
from typing import NamedTuple

from annotator.core.statements import Cell, Node

ONE_MODE = ("ignore", "congruence", "conflict", "subtract")
TWO_MODE = ("ignore", "subtract", "combine")
ONE_MODE_NORMS = ("none", "average", "jaccard")
TWO_MODE_NORMS = ("none", "activity", "prominence")

_FOR = ("yes", "agree", "agrees", "affirms", "affirmed", "in_favour", "in favour", "favour", "for", "pro", "positive",
        "support", "supports", "true")  # fmt: skip
_AGAINST = ("no", "disagree", "disagrees", "refutes", "negated", "against", "con", "contra", "anti", "negative",
            "oppose", "opposes", "reject", "rejects", "false")  # fmt: skip
_BETWEEN = ("ambivalent", "neutral", "unclear", "mixed", "undecided")
_KNOWN = {
    **dict.fromkeys(_FOR, 1.0),
    **dict.fromkeys(_AGAINST, -1.0),
    **dict.fromkeys(_BETWEEN, 0.0),
    "rather_positive": 0.5,
    "rather_negative": -0.5,
}


class Edge(NamedTuple):
    """A tie: its weight, and what else is known of it, by name."""

    weight: float
    facts: Mapping[str, float]


@dataclass(slots=True)
class Network:
    """Nodes and the ties between them. With `columns`, ties lead from `rows` to `columns` and to nothing else."""

    rows: dict[Node, int]  # with the number of their statements, or of what else they were found in
    columns: dict[Node, int] | None = None
    edges: dict[tuple[Node, Node], Edge] = field(default_factory=dict)
    directed: bool = False

    def weight(self, one: Node, other: Node) -> float:
        """How heavy the tie of two nodes is; 0 where there is none."""
        edge = self.edges.get((one, other))
        if edge is None and self.columns is None and not self.directed:
            edge = self.edges.get((other, one))
        return edge.weight if edge else 0.0

    def without_isolates(self) -> Network:
        """The network without the nodes that nothing ties."""
        tied_rows = {one for one, _ in self.edges}
        tied_columns = {other for _, other in self.edges}
        if self.columns is None:
            tied_rows |= tied_columns
        columns = None if self.columns is None else {n: c for n, c in self.columns.items() if n in tied_columns}
        rows = {node: count for node, count in self.rows.items() if node in tied_rows}
        return Network(rows, columns, self.edges, self.directed)


def level(agreement: str) -> float | None:
    """How much an answer agrees: 1 for yes, -1 for no, a number as it is; None for an answer that has no degree."""
    known = _KNOWN.get(agreement.strip().casefold())
    if known is not None:
        return known
    try:
        number = float(agreement)
    except ValueError:
        return None
    return number if isfinite(number) else None


def two_mode(counts: Mapping[Cell, int], aggregation: str = "ignore", norm: str = "none") -> Network:
    """Actors tied to concepts. `aggregation` is one of TWO_MODE, `norm` one of TWO_MODE_NORMS.

    For “combine”: 1 where all agreed, 2 where all disagreed, 3 where both happened. Raises ValueError where answers
    that have no degree are to be subtracted or combined.
    """
    rows, columns = _sums(counts, 0), _sums(counts, 1)
    found: defaultdict[tuple[Node, Node], dict[str, int]] = defaultdict(dict)
    for (actor, concept, agreement), count in counts.items():
        found[actor, concept][agreement] = count
    network = Network(dict(rows), dict(columns))
    for (actor, concept), said in found.items():
        weight = _cell_weight(said, aggregation)
        if norm != "none":
            weight /= rows[actor] if norm == "activity" else columns[concept]
        network.edges[actor, concept] = Edge(weight, _facts(said))
    return network


def _cell_weight(said: Mapping[str, int], aggregation: str) -> float:
    if aggregation == "ignore":
        return float(sum(said.values()))
    if aggregation == "subtract":
        return sum(_level(agreement) * count for agreement, count in said.items())
    levels = [_level(agreement) for agreement in said]
    pro, contra = any(each > 0 for each in levels), any(each < 0 for each in levels)
    return 3.0 if pro == contra else 1.0 if pro else 2.0


def _level(agreement: str) -> float:
    found = level(agreement)
    if found is None:
        raise ValueError(agreement)
    return found


def _facts(said: Mapping[str, int]) -> dict[str, float]:
    """How often it was said, with which agreement."""
    answers = {f"answer {agreement}": float(count) for agreement, count in sorted(said.items()) if agreement}
    return {"statements": float(sum(said.values())), **answers}


def of_actors(counts: Mapping[Cell, int], aggregation: str = "ignore", norm: str = "none") -> Network:
    """Actors tied by the concepts they said. `aggregation` is one of ONE_MODE, `norm` one of ONE_MODE_NORMS."""
    return _one_mode(counts, aggregation, norm)


def of_concepts(counts: Mapping[Cell, int], aggregation: str = "ignore", norm: str = "none") -> Network:
    """Concepts tied by the actors who said them."""
    turned = {(concept, actor, said): count for (actor, concept, said), count in counts.items()}
    return _one_mode(turned, aggregation, norm)


def directed(counts: Mapping[Cell, int]) -> Network:
    """Ties that lead from who does something to whom it is done, with how often each thing is done."""
    network = two_mode(counts)
    rows = dict(network.rows)
    for node, count in (network.columns or {}).items():
        rows[node] = rows.get(node, 0) + count
    return Network(rows, None, network.edges, directed=True)


def _one_mode(counts: Mapping[Cell, int], aggregation: str, norm: str) -> Network:
    sums = _sums(counts, 0)
    alike = _likeness({agreement for _, _, agreement in counts})
    by_other: defaultdict[Node, defaultdict[Node, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for (node, other, agreement), count in counts.items():
        by_other[other][node][agreement] = count
    ties: defaultdict[tuple[Node, Node], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for nodes in by_other.values():
        for one, two in combinations(sorted(nodes), 2):
            _add(ties[one, two], nodes[one], nodes[two], alike)
    network = Network(dict(sums))
    profiles = _profiles(counts) if norm == "jaccard" else {}
    for (one, two), (congruence, conflict, shared) in ties.items():
        weight = _tie(congruence, conflict, aggregation)
        if weight == 0 and not (aggregation == "subtract" and congruence):
            continue
        if norm == "average":
            weight /= (sums[one] + sums[two]) / 2
        elif norm == "jaccard":
            weight /= _union(profiles[one], profiles[two])
        network.edges[one, two] = Edge(weight, {"congruence": congruence, "conflict": conflict, "shared": shared})
    return network


def _add(tie: list[float], one: Mapping[str, int], two: Mapping[str, int], alike: Callable[[str, str], float]) -> None:
    for mine, count in one.items():
        for theirs, other in two.items():
            likeness = alike(mine, theirs)
            tie[0] += likeness * count * other
            tie[1] += (1 - likeness) * count * other
    tie[2] += 1


def _tie(congruence: float, conflict: float, aggregation: str) -> float:
    return {
        "ignore": congruence + conflict,
        "congruence": congruence,
        "conflict": conflict,
        "subtract": congruence - conflict,
    }[aggregation]


def _likeness(agreements: Iterable[str]) -> Callable[[str, str], float]:
    """How alike two answers are, 0 to 1: by degrees where all have one, else the same or not."""
    levels = {agreement: level(agreement) for agreement in agreements}
    known = [each for each in levels.values() if each is not None]
    if len(known) < len(levels) or not known:
        return lambda mine, theirs: float(mine == theirs)
    least, most = (-1.0, 1.0) if all(each.strip().casefold() in _KNOWN for each in levels) else (min(known), max(known))
    degrees = {agreement: each for agreement, each in levels.items() if each is not None}
    return lambda mine, theirs: 1 - abs(degrees[mine] - degrees[theirs]) / ((most - least) or 1.0)


def _sums(counts: Mapping[Cell, int], place: int) -> Counter[Node]:
    sums: Counter[Node] = Counter()
    for cell, count in sorted(counts.items()):
        node = cell[0] if place == 0 else cell[1]
        sums[node] += count
    return sums


def _profiles(counts: Mapping[Cell, int]) -> dict[Node, dict[tuple[Node, str], int]]:
    profiles: defaultdict[Node, dict[tuple[Node, str], int]] = defaultdict(dict)
    for (node, other, agreement), count in counts.items():
        profiles[node][other, agreement] = count
    return profiles


def _union(one: Mapping[tuple[Node, str], int], two: Mapping[tuple[Node, str], int]) -> float:
    """What either said alone, and the products of what both said: the denominator of Jaccard’s measure."""
    alone = sum(count for cell, count in one.items() if cell not in two)
    alone += sum(count for cell, count in two.items() if cell not in one)
    return float(alone + sum(count * two[cell] for cell, count in one.items() if cell in two))
