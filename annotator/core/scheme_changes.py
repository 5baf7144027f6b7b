"""Schemes as rows: a whole one put into a new project and read from there, and what a project's lacks of another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.core.changes import Row, RowChange
from annotator.core.ids import named_id
from annotator.core.label_colors import color_for
from annotator.core.rows import (
    COLUMNS,
    attribute_from_row,
    attribute_values,
    label_values,
    layer_values,
    relation_type_values,
    written,
)
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme


def added(table: str, values: Iterable[Any]) -> RowChange:
    """The change that puts a row with `values`, in the order of its columns, into `table`."""
    row = dict(zip(COLUMNS[table], values, strict=True))
    return RowChange(table, row["id"], None, row)


def scheme_rows(scheme: Scheme) -> Iterator[RowChange]:
    """The rows of `scheme`, as those of an empty project."""
    for place, layer in enumerate(scheme.layers):
        yield added("layers", layer_values(layer, place))
    for place, attribute in enumerate(scheme.attributes()):
        yield added("attributes", attribute_values(attribute, attribute in scheme.form, place))
    layers = {layer.name: layer.id for layer in scheme.layers}
    for place, label in enumerate(scheme.labels):
        yield added("labels", label_values(label, layers[label.layer], place))
    for place, relation in enumerate(scheme.relations):
        yield added("relation_types", relation_type_values(relation, place))


def scheme_from_rows(tables: Mapping[str, Mapping[str, Row]], name: str, version: int) -> Scheme:
    """The scheme that the rows of `SCHEME_TABLES` hold, in whichever order they come."""
    layers = {key: Layer(key, held["name"], held["title"]) for key, held in _ordered(tables["layers"])}
    held_attributes = _ordered(tables["attributes"])
    attributes = {key: attribute_from_row(held) for key, held in held_attributes}
    form = tuple(attributes[key] for key, held in held_attributes if held["form"])
    order = {layer.name: place for place, layer in enumerate(layers.values())}
    labels = [_label(held, layers, attributes) for _, held in _ordered(tables["labels"])]
    labels.sort(key=lambda label: order[label.layer])
    relations = tuple(_relation_type(held) for _, held in _ordered(tables["relation_types"]))
    asked = {attribute.id for attribute in form} | {a.id for label in labels for a in label.attributes}
    unasked = tuple(attribute for key, attribute in attributes.items() if key not in asked)
    return Scheme(name, tuple(layers.values()), tuple(labels), relations, form, version, unasked)


def _ordered(rows: Mapping[str, Row]) -> list[tuple[str, Row]]:
    return sorted(rows.items(), key=lambda item: item[1]["position"])


def _relation_type(held: Row) -> RelationType:
    sources, targets = (tuple(json.loads(held[end])) for end in ("sources", "targets"))
    return RelationType(held["id"], held["name"], sources, targets, held["title"])


def _label(held: Row, layers: Mapping[str, Layer], attributes: Mapping[str, Attribute]) -> Label:
    mine = tuple(attributes[key] for key in json.loads(held["attributes"]) if key in attributes)
    shown = (held["name"], held["color"], held["shortcut"], bool(held["enabled"]))
    return Label(held["id"], layers[held["layer"]].name, *shown, mine, held["title"], held["guideline"])


class SchemeGrowth:
    """Takes what an import names into a project's scheme: finds it by id, then by name, and adds what is missing.

    `rows` gathers the changes still to be written; `take_rows` empties it.
    """

    def __init__(self, scheme: Scheme, held: Callable[[str], Row | None] | None = None) -> None:
        """`held` gives the row of the label with that id, as the project has it; without it, rows are as new."""
        self._held = held or {change.key: change.after for change in scheme_rows(scheme)}.get
        self._label_rows: dict[str, Row] = {}  # as they will be when all of `rows` are written
        self._layers = {layer.name: layer for layer in scheme.layers}
        self._renamed: dict[str, Layer] = {}  # layers that an import calls by another name than the project
        self._labels = {label.id: label for label in scheme.labels}
        self._asked: dict[str, dict[str, Attribute]] = {}  # by the label's id, as far as somebody wanted to know
        self._named = {(label.layer, label.name): label for label in scheme.labels}
        self._types = {kind.id: kind for kind in scheme.relations}
        self._types_named = {kind.name: kind for kind in scheme.relations}
        self._attributes = {attribute.id: attribute for attribute in (*scheme.attributes(), *scheme.unasked)}
        self.form = {attribute.name: attribute for attribute in scheme.form}
        self.rows: list[RowChange] = []

    def take_rows(self) -> list[RowChange]:
        """The changes that were not yet taken."""
        taken, self.rows = self.rows, []
        return taken

    @property
    def grown(self) -> Scheme:
        """The scheme with all that was taken in."""
        return Scheme(
            layers=tuple(self._layers.values()),
            labels=tuple(self._labels.values()),
            relations=tuple(self._types.values()),
            form=tuple(self.form.values()),
        )

    def layer(self, layer: Layer) -> Layer:
        """The project's layer of that name, else the one with that id, which was renamed; else itself, added."""
        known = self._layers.get(layer.name) or self._renamed.get(layer.name)
        if known is None and (known := next((mine for mine in self._layers.values() if mine.id == layer.id), None)):
            self._renamed[layer.name] = known
        if known is None:
            known = self._layers[layer.name] = layer
            self.rows.append(added("layers", layer_values(layer, len(self._layers))))
        return known

    def label(self, label: Label) -> Label:
        """The project's label for `label`: the one with its id, else that of its name in its layer, else itself, added.

        Where no layer is said, the label of that name in whichever layer is meant, if one layer alone has it. A label
        that the project knows gains the attributes that it lacks.
        """
        known = self._labels.get(label.id) or self._meant(label)
        if known is None:
            return self._add_label(label)
        mine = {each for held in known.attributes for each in (held.name, held.id)}
        lacking = [a for a in label.attributes if not {a.name, a.id} & mine]
        return self._extended(known, lacking) if lacking else known

    def asked(self, key: str) -> Mapping[str, Attribute]:
        """The attributes of the label with that id, by name."""
        found = self._asked.get(key)
        if found is None:
            label = self._labels.get(key)
            found = self._asked[key] = {each.name: each for each in label.attributes} if label else {}
        return found

    def relation(self, kind: RelationType) -> RelationType:
        """The project's relation type for `kind`, found or added in the same way."""
        known = self._types.get(kind.id) or self._types_named.get(kind.name)
        if known is None:
            known = self._types[kind.id] = self._types_named[kind.name] = kind
            self.rows.append(added("relation_types", relation_type_values(kind, len(self._types))))
        return known

    def answer(self, attribute: Attribute) -> Attribute:
        """The attribute of that name in the documents' form, found or added."""
        known = next((mine for mine in self.form.values() if mine.id == attribute.id), None)
        if known is None and attribute.name not in self.form:
            self.form[attribute.name] = attribute
            self._attribute(attribute, form=True)
        return known or self.form[attribute.name]

    def scheme(self, scheme: Scheme) -> None:
        """Take all of another scheme in, but no layer whose labels are meant to be those of other layers."""
        for layer in scheme.layers:
            labels = scheme.labels_of(layer.name)
            if not labels or any(label.layer_said or self._meant(label) is None for label in labels):
                self.layer(layer)
        for label in scheme.labels:
            self.label(label)
        for kind in scheme.relations:
            self.relation(kind)
        for attribute in scheme.form:
            self.answer(attribute)

    def _meant(self, label: Label) -> Label | None:
        """The project's label of that name in that layer; where none is said, in the only layer that has it."""
        known = self._named.get((label.layer, label.name))
        if known is None and not label.layer_said:
            found = [each for each in self._labels.values() if each.name == label.name]
            known = found[0] if len(found) == 1 else None
        return known

    def _add_label(self, label: Label) -> Label:
        label = self._told_apart(label)
        layer = self.layer(Layer(_named_layer(label.layer), label.layer))
        for attribute in label.attributes:
            self._attribute(attribute, form=False)
        self._labels[label.id] = self._named[label.layer, label.name] = label
        change = added("labels", label_values(label, layer.id, len(self._labels)))
        self._label_rows[label.id] = change.after or {}
        self.rows.append(change)
        return label

    def _told_apart(self, label: Label) -> Label:
        """The label with a colour of its own where it came without one, and without a key that another has."""
        color = label.color or color_for(each.color for each in self._labels.values())
        taken = label.shortcut and any(each.shortcut == label.shortcut for each in self._labels.values())
        return replace(label, color=color, shortcut="" if taken else label.shortcut)

    def _extended(self, label: Label, attributes: list[Attribute]) -> Label:
        for attribute in attributes:
            self._attribute(attribute, form=False)
        before = self._label_rows.get(label.id) or self._held(label.id) or {}
        owned = [*json.loads(before["attributes"]), *(attribute.id for attribute in attributes)]
        after = {**before, "attributes": written(owned)}
        self.rows.append(RowChange("labels", label.id, before, after))
        self._label_rows[label.id] = after
        grown = replace(label, attributes=(*label.attributes, *attributes))
        self._labels[label.id] = self._named[label.layer, label.name] = grown
        self._asked.pop(label.id, None)
        return grown

    def _attribute(self, attribute: Attribute, *, form: bool) -> None:
        if attribute.id not in self._attributes:
            self._attributes[attribute.id] = attribute
            self.rows.append(added("attributes", attribute_values(attribute, form, len(self._attributes))))


def _named_layer(name: str) -> str:
    return named_id(f"layers/{name}")
