"""Networks as files: GraphML, tables of ties and nodes, UCINET DL; and reading each again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.discourse_network import Network
from annotator.core.errors import KnownError
from annotator.core.statements import Node
from annotator.exporters.separated import Row, head, rows, safe, written

ROWS, COLUMNS = "actor", "concept"  # the two sides of a network of two modes
MOST_CELLS = 4_000_000  # of a full matrix; a larger network is written as a list of ties
_NODE_FIELDS = ("id", "name", "side", "type", "frequency")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"[\s\"]+")

End = tuple[str, Node]  # of a tie: a side and a node
Ties = dict[tuple[str, str], float]  # weights by the names of both ends, as a file has them


class Named(NamedTuple):
    """A network whose nodes have ids, and names of which no two are alike."""

    network: Network
    ids: dict[End, str]
    names: dict[End, str]
    about: Mapping[Node, Mapping[str, str]]  # what is known of nodes
    said: Mapping[str, str]  # about the network: what was chosen

    def sides(self) -> Iterator[tuple[str, Node, int]]:
        """Every node with its side and how often it was found."""
        one_mode = self.network.columns is None
        yield from (("" if one_mode else ROWS, node, count) for node, count in self.network.rows.items())
        yield from ((COLUMNS, node, count) for node, count in (self.network.columns or {}).items())

    def ties(self) -> Iterator[tuple[End, End, float, Mapping[str, float]]]:
        """Every tie with its ends and what is known of it."""
        one, two = ("", "") if self.network.columns is None else (ROWS, COLUMNS)
        for (source, target), edge in self.network.edges.items():
            yield (one, source), (two, target), edge.weight, edge.facts


def named(network: Network, about: Mapping[Node, Mapping[str, str]], said: Mapping[str, str]) -> Named:
    """The network with ids, and names that tell nodes apart: with their type, or a number, where two are alike."""
    ids: dict[End, str] = {}
    names: dict[End, str] = {}
    taken: set[str] = set()
    result = Named(network, ids, names, about, said)
    for number, (side, node, _) in enumerate(result.sides(), 1):
        ids[side, node] = f"n{number}"
        plain = _BREAKS.sub(" ", _NOT_IN_XML.sub("\ufffd", node.name)).strip() or "(nameless)"
        name = plain if plain not in taken else f"{plain} ({node.type or side})"
        count = 2
        while name in taken:
            name, count = f"{plain} ({count})", count + 1
        taken.add(name)
        names[side, node] = name
    return result


def fact_names(named_network: Named) -> list[str]:
    """What is known of ties beside their weights, by name, in order."""
    return sorted({name for *_, facts in named_network.ties() for name in facts})


# GraphML


def write_graphml(path: Path, found: Named) -> None:
    """Write a network as GraphML, with all that is known of nodes and ties. Raises KnownError without networkx."""
    library = _networkx()
    graph = library.DiGraph() if found.network.directed else library.Graph()
    graph.graph.update({name: _clean(value) for name, value in found.said.items() if value})
    for side, node, count in found.sides():
        more = {_clean(name): _clean(value) for name, value in found.about.get(node, {}).items()}
        fixed = {"name": found.names[side, node], "type": _clean(node.type), "frequency": count}
        graph.add_node(found.ids[side, node], **more, **fixed, **_side(side))
    for one, two, weight, facts in found.ties():
        known = {_clean(name): value for name, value in facts.items() if name != "weight"}
        graph.add_edge(found.ids[one], found.ids[two], weight=weight, **known)
    library.write_graphml(graph, path, infer_numeric_types=True)


def _side(side: str) -> dict[str, str | int]:
    """Which side of a network of two modes a node is on, also as networkx has it."""
    return {"side": side, "bipartite": int(side == COLUMNS)} if side else {}


def read_graphml(path: Path) -> Ties:
    """The ties in a file of GraphML."""
    graph: Any = _networkx().read_graphml(path)
    names = dict(graph.nodes(data="name"))
    return {(names[one], names[two]): float(weight) for one, two, weight in graph.edges(data="weight")}


def _networkx() -> Any:
    try:
        import networkx
    except ImportError as error:
        raise KnownError(
            "GraphML needs networkx, which is not installed here. Install it, or take files=csv or files=dl."
        ) from error
    return networkx


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


# Tables


def write_tables(edges: Path, nodes: Path, found: Named, *, marked: bool) -> None:
    """Write a table of ties and one of nodes; `marked` puts a byte-order mark before each."""
    facts = fact_names(found)
    ties = [_tie_row(found, facts, *tie) for tie in found.ties()]
    edges.write_bytes(head(_tie_head(facts), marked=marked) + written(ties))
    more = sorted({name for known in found.about.values() for name in known})
    columns = [*_NODE_FIELDS, *(f"attr_{name}" for name in more)]
    people = [_node_row(found, more, *each) for each in found.sides()]
    nodes.write_bytes(head(columns, marked=marked) + written(people))


def read_tables(edges: Path, found: Named) -> bool:
    """Whether a table of ties holds those of the network."""
    facts = fact_names(found)
    wanted = (_tie_row(found, facts, *tie) for tie in found.ties())
    return list(rows(edges, _tie_head(facts))) == list(wanted)


def _tie_head(facts: list[str]) -> list[str]:
    return ["source", "target", "source_id", "target_id", "weight", *(name.replace(" ", "_") for name in facts)]


def _tie_row(
    found: Named, names: list[str], one: End, two: End, weight: float, facts: Mapping[str, float]
) -> Row:  # fmt: skip
    cells = (_number(facts[name]) if name in facts else "" for name in names)
    ends = safe((found.names[one], found.names[two], found.ids[one], found.ids[two]))
    return (*ends, _number(weight), *cells)  # a number is no sum, though a minus stands before it


def _node_row(found: Named, more: list[str], side: str, node: Node, count: int) -> Row:
    known = found.about.get(node, {})
    fixed = (found.ids[side, node], found.names[side, node], side, node.type, str(count))
    return safe((*fixed, *(known.get(name, "") for name in more)))


def _numbers(values: list[float]) -> list[str]:
    return [_number(value) for value in values]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


# UCINET DL


def write_dl(path: Path, found: Named, *, edges: bool) -> None:
    """Write a network as a matrix with names, or as a list of ties; always that where the matrix would be too large."""
    network = found.network
    width = len(network.rows if network.columns is None else network.columns)
    lines = _edge_lines(found) if edges or len(network.rows) * width > MOST_CELLS else _matrix_lines(found)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _matrix_lines(found: Named) -> Iterator[str]:
    network = found.network
    one, two = ("", "") if network.columns is None else (ROWS, COLUMNS)
    rows_, columns = list(network.rows), list(network.rows if network.columns is None else network.columns)
    if network.columns is None:
        yield f"dl n={len(rows_)} format=fullmatrix"
        yield from ("labels:", *_labels(found, one, rows_), "data:")
    else:
        yield f"dl nr={len(rows_)}, nc={len(columns)} format=fullmatrix"
        yield from (
            "row labels:",
            *_labels(found, one, rows_),
            "column labels:",
            *_labels(found, two, columns),
            "data:",
        )
    for row in rows_:
        yield " ".join(_numbers([network.weight(row, column) for column in columns]))


def _edge_lines(found: Named) -> Iterator[str]:
    network = found.network
    if network.columns is None:
        yield f"dl n={len(network.rows)} format=edgelist1"
        yield from ("labels:", *_labels(found, "", list(network.rows)), "data:")
        numbers = {node: number for number, node in enumerate(network.rows, 1)}
        others = numbers
    else:
        yield f"dl nr={len(network.rows)}, nc={len(network.columns)} format=edgelist2"
        yield from ("row labels:", *_labels(found, ROWS, list(network.rows)))
        yield from ("column labels:", *_labels(found, COLUMNS, list(network.columns)), "data:")
        numbers = {node: number for number, node in enumerate(network.rows, 1)}
        others = {node: number for number, node in enumerate(network.columns, 1)}
    both_ways = network.columns is None and not network.directed
    for (source, target), edge in network.edges.items():
        yield f"{numbers[source]} {others[target]} {_number(edge.weight)}"
        if both_ways and source != target:
            yield f"{numbers[target]} {others[source]} {_number(edge.weight)}"


def _labels(found: Named, side: str, nodes: list[Node]) -> Iterator[str]:
    return (f'"{found.names[side, node]}"' for node in nodes)


def read_dl(path: Path) -> Ties:
    """The ties in a file of UCINET DL, as this program writes them; those of no weight are none.

    Raises ValueError where it is none.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    first, data = lines[0], lines.index("data:")
    labels = [[line[1:-1] for line in group] for group in _groups(lines[1:data])]
    rows_, columns = labels[0], labels[-1]
    cells = [list(map(float, line.split())) for line in lines[data + 1 :]]
    if "fullmatrix" not in first:
        return {(rows_[int(one) - 1], columns[int(two) - 1]): weight for one, two, weight in cells}
    if [len(row) for row in cells] != [len(columns)] * len(rows_):
        raise ValueError("the matrix has another shape")
    pairs = zip(rows_, cells, strict=True)
    return {(name, columns[n]): weight for name, row in pairs for n, weight in enumerate(row) if weight}


def _groups(lines: list[str]) -> Iterator[list[str]]:
    starts = [n for n, line in enumerate(lines) if line.endswith("labels:") and not line.startswith('"')]
    for n, start in enumerate(starts):
        yield lines[start + 1 : starts[n + 1] if n + 1 < len(starts) else len(lines)]


def same_ties(found: Ties, wanted: Named, *, symmetric: bool) -> bool:
    """Whether a file holds the ties of a network; a `symmetric` file has both directions of those that have none."""
    ties = {(wanted.names[one], wanted.names[two]): weight for one, two, weight, _ in wanted.ties() if weight}
    if symmetric and wanted.network.columns is None and not wanted.network.directed:
        ties |= {(two, one): weight for (one, two), weight in ties.items()}
    read = {pair: weight for pair, weight in found.items() if weight}
    if not symmetric and not wanted.network.directed:
        read = {pair if pair in ties else pair[::-1]: weight for pair, weight in read.items()}
    return read.keys() == ties.keys() and all(math.isclose(read[pair], ties[pair]) for pair in ties)
