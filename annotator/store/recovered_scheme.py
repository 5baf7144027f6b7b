"""Layers, labels, attributes and kinds of links that come back into a scheme that went on without them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.core.attribute_changes import without_rules
from annotator.core.changes import Row, RowChange
from annotator.core.rows import SCHEME_TABLES, attribute_from_row, attribute_values, row, written
from annotator.core.scheme import Attribute
from annotator.core.scheme_edits import renamed_ends
from annotator.core.scheme_faults import attribute_faults
from annotator.store.lost_rows import Lost
from annotator.store.many_rows import real
from annotator.store.reading import Reader

MissingCounts = Counter[tuple[Any, Any]]  # by what, and why


class RecoveredScheme:
    """What comes back of a scheme: `rows` are its tables as they are then. A name that is taken gets a number."""

    def __init__(self, reader: Reader, lost: Lost) -> None:
        self._lost = lost
        self._before = reader.scheme_tables()
        self.rows: dict[str, dict[str, Row]] = {table: dict(rows) for table, rows in self._before.items()}
        self.back: dict[str, set[str]] = {table: set() for table in SCHEME_TABLES}  # the ids of what comes
        self.missing: MissingCounts = Counter()
        self._names: dict[str, str] = {}  # what labels and layers that come back are called, by their old name
        self._bring_layers()
        self._bring_attributes()
        self._bring_labels()
        self._ask_again()
        self._bring_relation_types()

    def had(self, table: str, key: str) -> bool:
        """Whether the step deleted that row, and it is there then."""
        return key in self._lost.deleted[table] and key in self.rows[table]

    def need_values(self, attribute: str, used: set[str]) -> None:
        """See that an attribute has the values `used`, if the step took them from it."""
        for each in self._lost.altered["attributes"]:
            if each.key != attribute or attribute not in self.rows["attributes"]:
                continue
            before, after = attribute_from_row(each.before), attribute_from_row(each.after)
            now = attribute_from_row(self.rows["attributes"][attribute])
            there = {value.name for value in (*after.values, *now.values)}
            more = tuple(value for value in before.values if value.name in used - there)
            self._set_attribute(replace(now, values=(*now.values, *more)))

    def changes(self) -> Iterator[RowChange]:
        """The changes of the scheme, what comes back before what speaks of it."""
        self._settle_rules()
        for table in ("layers", "attributes", "labels", "relation_types"):
            before = self._before[table]
            yield from real(RowChange(table, key, before.get(key), held) for key, held in self.rows[table].items())

    def _absent(self, table: str) -> Iterator[tuple[str, Row]]:
        return ((key, held) for key, held in self._lost.deleted[table].items() if key not in self._before[table])

    def _bring(self, table: str, held: Row, **columns: Any) -> None:
        self.rows[table][held["id"]] = {**held, **columns}
        self.back[table].add(held["id"])

    def _bring_layers(self) -> None:
        for _, held in self._absent("layers"):
            name = _free(held["name"], {each["name"] for each in self.rows["layers"].values()})
            self._names[held["name"]] = name
            self._bring("layers", held, name=name)

    def _bring_attributes(self) -> None:
        for _, held in self._absent("attributes"):
            asked = {each["name"] for each in self.rows["attributes"].values() if each["form"] and held["form"]}
            self._bring("attributes", held, name=_free(held["name"], asked))

    def _bring_labels(self) -> None:
        for _, held in self._absent("labels"):
            if held["layer"] not in self.rows["layers"]:
                self.missing["labels", "layer"] += 1
                continue
            labels = self.rows["labels"].values()
            name = _free(held["name"], {each["name"] for each in labels if each["layer"] == held["layer"]})
            taken = {each["shortcut"].lower() for each in labels if each["enabled"]}
            key = "" if held["shortcut"].lower() in taken else held["shortcut"]
            asked = [attribute for attribute in json.loads(held["attributes"]) if attribute in self.rows["attributes"]]
            self._names[held["name"]] = name
            self._bring("labels", held, name=name, shortcut=key, attributes=written(asked))

    def _ask_again(self) -> None:
        """Labels ask attributes that come back, where they asked them before."""
        for each in self._lost.altered["labels"]:
            label = self.rows["labels"].get(each.key)
            if label is not None:
                asked, before = json.loads(label["attributes"]), json.loads(each.before["attributes"])
                back = self.back["attributes"]
                there = before if asked == json.loads(each.after["attributes"]) else asked  # in their old order
                asked += [key for key in before if key in back and key not in asked]
                asked.sort(key=lambda key: there.index(key) if key in there else len(there))
                self.rows["labels"][each.key] = {**label, "attributes": written(asked)}
        for key in self.back["attributes"]:
            attribute = attribute_from_row(self.rows["attributes"][key])
            self._set_attribute(replace(attribute, name=_free(attribute.name, self._beside(key))))

    def _settle_rules(self) -> None:
        """Rules that the step dropped hold again, and those of what comes back do, unless they would be wrong now."""
        for each in self._lost.altered["attributes"]:
            if self.rows["attributes"].get(each.key) == each.after and _values(each.before) == _values(each.after):
                self._set_if_well(attribute_from_row(each.before), attribute_from_row(each.after))
        for key in self.back["attributes"]:
            attribute = attribute_from_row(self.rows["attributes"][key])
            self._set_if_well(attribute, without_rules(attribute))

    def _set_if_well(self, attribute: Attribute, otherwise: Attribute) -> None:
        others = {key: attribute_from_row(held) for key, held in self.rows["attributes"].items()}
        faults, known = (
            attribute_faults({**others, attribute.id: chosen}.values()) for chosen in (attribute, otherwise)
        )
        self._set_attribute(attribute if set(faults) <= set(known) else otherwise)

    def _beside(self, attribute: str) -> set[str]:
        """What other attributes are called that some label asks together with that one."""
        every = self.rows["attributes"]
        lists = [json.loads(label["attributes"]) for label in self.rows["labels"].values()]
        return {
            every[key]["name"]
            for keys in lists
            if attribute in keys
            for key in keys
            if key != attribute and key in every
        }

    def _set_attribute(self, attribute: Attribute) -> None:
        held = self.rows["attributes"][attribute.id]
        values = attribute_values(attribute, bool(held["form"]), held["position"])
        self.rows["attributes"][attribute.id] = row("attributes", values)

    def _bring_relation_types(self) -> None:
        known = {each["name"] for table in ("layers", "labels") for each in self.rows[table].values()}
        renamed = {old: (new,) for old, new in self._names.items()}
        for _, held in self._absent("relation_types"):
            wanted = renamed_ends(held, renamed)
            ends = {end: [name for name in json.loads(names) if name in known] for end, names in wanted.items()}
            if any(not ends[end] and held[end] != "[]" for end in ends):  # without its ends it would lead anywhere
                self.missing["relation_types", "label"] += 1
                continue
            name = _free(held["name"], {each["name"] for each in self.rows["relation_types"].values()})
            self._bring("relation_types", held, name=name, **{end: written(names) for end, names in ends.items()})
        for each in self._lost.altered["relation_types"]:
            kind = self.rows["relation_types"].get(each.key)
            if kind is not None:
                self.rows["relation_types"][each.key] = {**kind, **self._with_ends(kind, each.before)}

    def _with_ends(self, kind: Row, before: Row) -> Mapping[str, str]:
        """The ends of a kind of link, with those that come back."""
        ends = {}
        for end in ("sources", "targets"):
            names = json.loads(kind[end])
            more = [self._names[name] for name in json.loads(before[end]) if name in self._names]
            ends[end] = written(list(dict.fromkeys([*names, *more])) if names else [])
        return ends


def _values(attribute: Row) -> list[str]:
    return [value.name for value in attribute_from_row(attribute).values]


def _free(name: str, taken: set[str]) -> str:
    """`name`, with a number behind it where it is taken."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name} {number}"
    return free
