"""WebAnno TSV 3: spans, slots, relations and chains onto the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotator.importers.annotations.marked_text import DraftMark, MarkedText
from annotator.importers.annotations.webanno_cells import (
    NO_VALUE,
    Item,
    LayerColumns,
    items_of,
    short,
    split_at,
    unescaped,
)
from annotator.importers.annotations.webanno_rows import Unit

_EMPTY = ("", "_")  # cells of words that no mark stands on: most
_ANY = "uima.tcas.Annotation"
_END = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d{1,9})(?:_(\d{1,9}))?\])?$")
_CHAIN = re.compile(r"(.*)->(\d{1,9})-(\d{1,9})$", re.DOTALL)


class WebAnnoDocument:
    """Puts what the rows say onto the text."""

    def __init__(self, document: MarkedText, layers: list[LayerColumns], units: dict[str, Unit]) -> None:
        self._document = document
        self._layers = layers
        self._units = units
        self._marks: dict[str, DraftMark] = {}  # by layer and reference, or layer and unit
        self._of_unit: dict[tuple[str, str], list[DraftMark]] = {}

    def finish(self) -> None:
        """Make marks of spans and chains, then the links between them."""
        for layer in self._layers:
            if layer.kind == "SP":
                self._spans(layer)
            elif layer.kind == "CH":
                self._chains(layer)
        for layer in self._layers:
            if layer.kind == "RL":
                self._relations(layer)
            elif layer.kind == "SP":
                self._slots(layer)

    # Spans

    def _spans(self, layer: LayerColumns) -> None:
        naming = layer.naming
        columns = [feature.column for feature in layer.features]
        for unit in self._units.values():
            if all(_cell(unit, column) in _EMPTY for column in columns):
                continue
            for place, (reference, values) in enumerate(self._stacked(layer, unit)):
                key = self._key(layer.full_name, unit, reference, place)
                label = values.get(naming.name, "") if naming else ""
                mark = self._marked(key, layer, unit, label or layer.name)
                for name, value in values.items():
                    if value and name and (naming is None or name != naming.name):
                        mark.attributes.setdefault(name, value)

    def _stacked(self, layer: LayerColumns, unit: Unit) -> list[tuple[int, dict[str, str]]]:
        """What is said of each mark of a layer on a unit: its reference, and its values."""
        found: dict[tuple[int, int], dict[str, str]] = {}
        for feature in layer.features:
            for place, item in enumerate(items_of(_cell(unit, feature.column))):
                key = (item.reference, 0 if item.reference else place)
                values = found.setdefault(key, {})
                if not feature.is_link:
                    values[feature.name] = item.value
        return [(reference, values) for (reference, _), values in found.items()]

    def _key(self, layer: str, unit: Unit, reference: int, place: int) -> str:
        return f"{layer}[{reference}]" if reference else f"{layer}@{unit.key}/{place}"

    def _marked(self, key: str, layer: LayerColumns, unit: Unit, label: str) -> DraftMark:
        """The mark of that key, made where it begins, made longer where it goes on."""
        mark = self._marks.get(key)
        if mark is None:
            place = f"line {unit.line}"
            mark = self._document.mark(key, label, [(unit.start, unit.end)], layer=layer.name, place=place)
            self._marks[key] = mark
        else:
            ((start, end),) = mark.pairs
            mark.pairs[0] = (min(start, unit.start), max(end, unit.end))
        self._of_unit.setdefault((layer.full_name, unit.key), []).append(mark)
        return mark

    # Slots

    def _slots(self, layer: LayerColumns) -> None:
        told: set[tuple[str, str]] = set()  # of a mark over several words, each word's row says its links
        for unit in self._units.values():
            for feature in layer.features:
                if not feature.is_link:
                    continue
                roles, targets = items_of(_cell(unit, feature.column)), _cell(unit, feature.column + 1)
                for place, (role, ends) in enumerate(zip(roles, split_at(targets, "|"), strict=False)):
                    key = self._key(layer.full_name, unit, role.reference, place)
                    if key in self._marks and (key, feature.name) not in told and ends not in ("_", "*", ""):
                        told.add((key, feature.name))
                        self._links(key, feature.name, role, ends, feature.target, unit)

    def _links(self, key: str, feature: str, role: Item, ends: str, layer: str, unit: Unit) -> None:
        names = [unescaped(name) for name in split_at(role.text, ";")]
        for name, end in zip(names, split_at(ends, ";"), strict=False):
            target = self._end(layer, end, 2)
            shown = name if name not in (NO_VALUE, "") else feature
            self._document.link(shown, key, target or "", place=f"line {unit.line}")

    # Relations

    def _relations(self, layer: LayerColumns) -> None:
        naming = layer.naming
        for unit in self._units.values():
            columns = {feature.name: items_of(_cell(unit, feature.column)) for feature in layer.features}
            for place, end in enumerate(split_at(_cell(unit, layer.base_column), "|")):
                if end in ("_", "*", ""):
                    continue
                values = {name: items[place].value for name, items in columns.items() if place < len(items)}
                source = self._end(layer.base, end, 2) or ""
                target = self._end(layer.base, self._this(end, unit), 2) or ""
                name = (values.pop(naming.name, "") if naming else "") or layer.name
                link = self._document.link(name, source, target, place=f"line {unit.line}")
                link.attributes.update({key: value for key, value in values.items() if key and value})

    def _this(self, end: str, unit: Unit) -> str:
        """This row's end of a relation, as a cell would name it."""
        found = _END.match(end)
        own = found[3] if found and found[3] else "0"
        return f"{unit.key}[{own}]"

    def _end(self, layer: str, written: str, group: int) -> str | None:
        """The key of the mark that `1-4[23]` names, in a layer."""
        found = _END.match(written.strip())
        if found is None:
            return None
        unit, reference = found[1], int(found[group] or 0)
        for name in self._candidates(layer):
            if reference and f"{name}[{reference}]" in self._marks:
                return f"{name}[{reference}]"
            if not reference and (marks := self._of_unit.get((name, unit))):
                return marks[0].key
        return self._token(layer, unit) if not reference else None

    def _candidates(self, layer: str) -> Iterator[str]:
        if layer != _ANY:
            yield layer
        else:
            yield from (each.full_name for each in self._layers if each.kind != "RL")

    def _token(self, layer: str, key: str) -> str | None:
        """A mark for a word at which relations end: words are no marks, else."""
        unit = self._units.get(key)
        if unit is None or short(layer) != "Token":
            return None
        return self._marked(f"{layer}@{key}/0", LayerColumns("SP", layer), unit, "Token").key

    # Chains

    def _chains(self, layer: LayerColumns) -> None:
        if len(layer.features) < 2:
            return
        relation, kind = layer.features[0], layer.features[1]
        chains: dict[int, dict[int, tuple[str, str]]] = {}
        for unit in self._units.values():
            kinds = items_of(_cell(unit, kind.column))
            for place, item in enumerate(items_of(_cell(unit, relation.column))):
                found = _CHAIN.match(item.text)
                if found is None:
                    self._document.leave_out(f"line {unit.line}", "a link of a chain cannot be read")
                    continue
                name = "" if found[1] == NO_VALUE else unescaped(found[1])
                said = kinds[place].value if place < len(kinds) else ""
                key = f"{layer.full_name}[{found[2]}-{found[3]}]"
                self._marked(key, layer, unit, said or layer.name)
                chains.setdefault(int(found[2]), {})[int(found[3])] = (key, name)
        for links in chains.values():
            for (_, (source, name)), (_, (target, _)) in pairwise(sorted(links.items())):
                self._document.link(name or layer.name, source, target, place=self._marks[source].place)


def _cell(unit: Unit, column: int) -> str:
    return unit.cells[column] if column < len(unit.cells) else ""
