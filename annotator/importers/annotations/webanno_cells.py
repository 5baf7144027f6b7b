"""WebAnno TSV 3: what its cells hold, and what its header says of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_REFERENCE = re.compile(r"(?<!\\)\[(\d{1,9})\]$")
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_NAMING = (  # features that say what a mark or link is; what else is said are its attributes
    *("value", "label", "entity", "type", "category", "posvalue", "dependencytype", "referencetype", "class", "name"),
    "semantics",
)
_NEVER_NAMING = frozenset(("Lemma", "Stem", "SurfaceForm", "MorphologicalFeatures", "Token", "Sentence"))
NOTHING = "_"
NO_VALUE = "*"

Kind = Literal["SP", "RL", "CH"]


@dataclass(frozen=True, slots=True)
class Feature:
    """A column of a layer; of a feature that holds links, also the column of what they lead to."""

    name: str
    column: int
    target: str = ""  # of links: the layer that they lead to
    is_link: bool = False


@dataclass(slots=True)
class LayerColumns:
    """A layer and its columns."""

    kind: Kind
    full_name: str
    features: list[Feature] = field(default_factory=list)
    base: str = ""  # of relations: the layer at whose marks they end
    base_column: int = 0

    @property
    def name(self) -> str:
        """As people read it: without the namespace."""
        return short(self.full_name)

    @property
    def naming(self) -> Feature | None:
        """The feature whose value is the label."""
        return naming_feature(self.name, [each for each in self.features if not each.is_link])


def short(name: str) -> str:
    """The last part of a type's name."""
    return name.rpartition(".")[2] or name or "mark"


def naming_feature(layer: str, features: list[Feature]) -> Feature | None:
    """The feature whose value says what a mark or link of the layer is; None where its layer says it."""
    if layer in _NEVER_NAMING or not features:
        return None
    by_name = {each.name.lower(): each for each in features}
    known = next((by_name[name] for name in _NAMING if name in by_name), None)
    return known or (features[0] if len(features) == 1 else None)


def layers_of(header: list[str], first_column: int = 3) -> tuple[list[LayerColumns], int]:
    """The layers that the lines of a header define, and how many columns there are."""
    layers, column = [], first_column
    for line in header:
        found = re.match(r"#T_(SP|RL|CH)=([^|]*)\|?(.*)$", line.strip())
        if found is None:
            continue
        kind: Kind = "SP" if found[1] == "SP" else "RL" if found[1] == "RL" else "CH"
        layer = LayerColumns(kind, found[2].strip())
        names = [name.strip() for name in found[3].split("|")]
        column = _columns(layer, names, column)
        layers.append(layer)
    return layers, column


def _columns(layer: LayerColumns, names: list[str], column: int) -> int:
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name.startswith("BT_"):
            layer.base, layer.base_column = name[3:], column
        elif name.startswith("ROLE_"):
            held = name[5:].rpartition(":")[2].rpartition("_")[0] or name[5:]
            target = waiting.pop(0) if waiting else ""
            layer.features.append(Feature(held, column, target, is_link=True))
            column += 1
        else:
            layer.features.append(Feature(name, column))  # without a name: the layer has no features
        column += 1
    return column


@dataclass(frozen=True, slots=True)
class Item:
    """One of the values stacked in a cell, and the number of the mark that it belongs to: 0 where the unit says it."""

    text: str  # as it is written
    reference: int

    @property
    def value(self) -> str:
        """What it says; nothing where there is no value."""
        return "" if self.text in (NO_VALUE, NOTHING, "") else unescaped(self.text)


def items_of(cell: str) -> list[Item]:
    """The values stacked in a cell."""
    if cell in (NOTHING, ""):
        return []
    found = []
    for part in split_at(cell, "|"):
        reference = _REFERENCE.search(part)
        text = part[: reference.start()] if reference else part
        found.append(Item(text, int(reference[1]) if reference else 0))
    return found


def split_at(text: str, sign: str) -> list[str]:
    """The parts of `text` between signs that no backslash precedes."""
    if sign not in text:
        return [text]
    parts, part, escaped = [], "", False
    for character in text:
        if character == sign and not escaped:
            parts.append(part)
            part = ""
        else:
            part += character
        escaped = character == "\\" and not escaped
    return [*parts, part]


def unescaped(text: str) -> str:
    """A value without the backslashes that the format asks for."""
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), text) if "\\" in text else text
