"""Changing a scheme, a step at a time: row changes, refused in a sentence where they would leave it broken.

What also changes marks (merging, splitting, deleting over what is marked) is in `annotator.store.scheme_plans`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.label_colors import COLOR, color_for
from annotator.core.rows import (
    attribute_from_row,
    attribute_values,
    label_values,
    layer_values,
    relation_type_values,
    row,
    written,
)
from annotator.core.scheme import ATTRIBUTE_KINDS, Attribute, Label, Layer, RelationType
from annotator.core.scheme_faults import attribute_faults

Tables = Mapping[str, Mapping[str, Row]]  # layers, labels, attributes and relation_types, rows by id, in order

_KINDS = {"layers": "layer", "labels": "label", "attributes": "attribute", "relation_types": "link"}


class SchemeEdits:
    """Makes steps out of what a person does to the scheme that `tables` hold. Nothing happens until one is applied."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # What comes

    def add_layer(self, name: str) -> ChangeSet:
        """A new layer, behind the others."""
        name = self.free_name("layers", name)
        return self._step(
            f"New layer {name}", self._new("layers", layer_values(Layer(new_id(), name), self._last("layers")))
        )

    def add_label(self, layer: str, name: str) -> ChangeSet:
        """A new label at the end of the layer with id `layer`, with a colour and a key of its own."""
        name = self.free_name("labels", name, str(self._row("layers", layer)["id"]))
        labels = self._tables["labels"].values()
        color = color_for(str(label["color"]) for label in labels)
        label = Label(new_id(), "", name, color, key_for(name, (str(label["shortcut"]) for label in labels)))
        return self._step(f"New label {name}", self._new("labels", label_values(label, layer, self._last("labels"))))

    def add_attribute(self, name: str, kind: str, labels: Iterable[str] = ()) -> ChangeSet:
        """A new attribute of the labels with these ids; with none, a question of the documents' form."""
        owners = [self._row("labels", key) for key in labels]
        name = self._checked(name)
        self._refuse_second(name, owners, form=not owners)
        if kind not in ATTRIBUTE_KINDS:
            self._refuse(f"There is no kind of attribute “{kind}”")
        attribute = Attribute(new_id(), name, kind)  # type: ignore[arg-type]  # looked up just now
        new = self._new("attributes", attribute_values(attribute, not owners, self._last("attributes")))
        return self._step(
            f"New attribute {name}", new, *(self._with_attribute(label, attribute.id) for label in owners)
        )

    def add_relation_type(self, name: str) -> ChangeSet:
        """A new kind of link, which may start and end anywhere."""
        name = self.free_name("relation_types", name)
        values = relation_type_values(RelationType(new_id(), name), self._last("relation_types"))
        return self._step(f"New link {name}", self._new("relation_types", values))

    # What changes

    def set_layer(self, key: str, **columns: Any) -> ChangeSet:
        """Change `name` or `title` of a layer. A new name reaches the links that speak of it."""
        before = self._row("layers", key)
        if "name" in columns:
            columns["name"] = self.free_name("layers", columns["name"], but=key)
        ends = self._renamed_ends(before, str(columns.get("name", before["name"])))
        return self._step(f"Layer {before['name']}", self._changed("layers", key, columns), *ends)

    def set_label(self, key: str, **columns: Any) -> ChangeSet:
        """Change `name`, `title`, `color`, `shortcut`, `guideline` or `enabled` of a label."""
        before = self._row("labels", key)
        if "name" in columns:
            columns["name"] = self.free_name("labels", columns["name"], str(before["layer"]), but=key)
        if "color" in columns and not COLOR.fullmatch(columns["color"]):
            self._refuse("A colour is written as #rrggbb")
        shortcut = str(columns.get("shortcut", before["shortcut"]))
        if shortcut and {"shortcut", "enabled"} & set(columns):
            self._refuse_bad_key(shortcut, key, bool(columns.get("enabled", before["enabled"])))
        ends = self._renamed_ends(before, str(columns.get("name", before["name"])))
        return self._step(f"Label {before['name']}", self._changed("labels", key, columns), *ends)

    def move_label(self, key: str, layer: str) -> ChangeSet:
        """Put a label, with all its marks, at the end of another layer."""
        before = self._row("labels", key)
        self.free_name("labels", str(before["name"]), str(self._row("layers", layer)["id"]), but=key)
        columns = {"layer": layer, "position": self._last("labels")}
        return self._step(f"Move label {before['name']}", self._changed("labels", key, columns))

    def move(self, table: str, key: str, by: int) -> ChangeSet:
        """Put a layer, label, attribute or kind of link `by` places further down among its like."""
        mine = self._row(table, key)
        like = [each for each in self._tables[table].values() if _group(table, each) == _group(table, mine)]
        like.sort(key=lambda each: each["position"])
        place = next(number for number, each in enumerate(like) if each["id"] == key)
        goal = min(max(place + by, 0), len(like) - 1)
        positions = sorted(each["position"] for each in like)
        if len(set(positions)) < len(positions):
            positions = list(range(len(positions)))
        like.insert(goal, like.pop(place))
        rows = [
            self._changed(table, str(each["id"]), {"position": position})
            for each, position in zip(like, positions, strict=True)
        ]
        return self._step(f"Move {_KINDS[table]} {mine['name']}", *rows)

    def set_attribute(self, key: str, attribute: Attribute, followers: Iterable[Attribute] = ()) -> ChangeSet:
        """Let the attribute with that id be as `attribute` says, and others that follow it. Marks are not touched.

        Refused where something would be wrong that was not before.
        """
        before = self._row("attributes", key)
        name = self._checked(attribute.name)
        owners = [label for label in self._tables["labels"].values() if key in json.loads(label["attributes"])]
        if name != before["name"]:
            self._refuse_second(name, owners, form=bool(before["form"]), but=key)
        changed = [replace(attribute, id=key, name=name), *followers]
        self._refuse_new_faults(changed)
        rows = [self._attribute_changed(each) for each in changed]
        return self._step(f"Attribute {before['name']}", *rows)

    def _refuse_new_faults(self, changed: Iterable[Attribute]) -> None:
        there = {key: attribute_from_row(held) for key, held in self._tables["attributes"].items()}
        after = there | {each.id: each for each in changed}
        renamed = [replace(there[key], name=each.name) for key, each in after.items()]  # as sentences name them
        known = attribute_faults(renamed)
        if faults := [fault for fault in attribute_faults(after.values()) if fault not in known]:
            self._refuse(faults[0])

    def _attribute_changed(self, attribute: Attribute) -> RowChange:
        before = self._tables["attributes"][attribute.id]
        after = row("attributes", attribute_values(attribute, bool(before["form"]), int(before["position"])))
        return self._changed("attributes", attribute.id, after)

    def attach(self, attribute: str, label: str) -> ChangeSet:
        """Ask the attribute with that id of a label as well."""
        held, name = self._row("labels", label), str(self._row("attributes", attribute)["name"])
        self._refuse_second(name, [held])
        return self._step(f"Attribute {name} of {held['name']}", self._with_attribute(held, attribute))

    def detach(self, attribute: str, label: str) -> ChangeSet:
        """Ask it of a label no more. Marks keep what was answered."""
        held, name = self._row("labels", label), self._row("attributes", attribute)["name"]
        left = [key for key in json.loads(held["attributes"]) if key != attribute]
        changed = self._changed("labels", label, {"attributes": written(left)})
        return self._step(f"Attribute {name} not of {held['name']}", changed)

    def move_asked(self, attribute: str, label: str, by: int) -> ChangeSet:
        """Ask an attribute of a label `by` places later than now."""
        held, name = self._row("labels", label), self._row("attributes", attribute)["name"]
        asked = json.loads(held["attributes"])
        if attribute not in asked:
            self._refuse(f"{held['name']} is not asked {name} any more")
        goal = min(max(asked.index(attribute) + by, 0), len(asked) - 1)
        asked.remove(attribute)
        asked.insert(goal, attribute)
        changed = self._changed("labels", label, {"attributes": written(asked)})
        return self._step(f"Move attribute {name} of {held['name']}", changed)

    def set_relation_type(self, key: str, **columns: Any) -> ChangeSet:
        """Change `name`, `title`, `sources` or `targets` (lists of names of labels and layers) of a kind of link."""
        before = self._row("relation_types", key)
        if "name" in columns:
            columns["name"] = self.free_name("relation_types", columns["name"], but=key)
        for end in {"sources", "targets"} & set(columns):
            self._refuse_unknown_ends(columns[end], json.loads(before[end]))
            columns[end] = written(list(dict.fromkeys(columns[end])))
        return self._step(f"Link {before['name']}", self._changed("relation_types", key, columns))

    # What is looked at

    def free_name(self, table: str, name: str, layer: str = "", but: str = "") -> str:
        """`name` without needless spaces. Raises KnownError when it is empty or another than `but` bears it there."""
        name = self._checked(name)
        for each in self._tables[table].values():
            if each["name"] == name and each["id"] != but and (not layer or each["layer"] == layer):
                self._refuse(f"There is a {_KINDS[table]} {name} already")
        return name

    def _checked(self, name: str) -> str:
        name = " ".join(name.split())
        if not name:
            self._refuse("A name is missing")
        return name

    def _refuse_second(self, name: str, owners: Iterable[Row], form: bool = False, but: str = "") -> None:
        """Two attributes of one label, or two questions of the form, cannot bear one name."""
        every = self._tables["attributes"]
        asked = [
            (str(owner["name"]), every[key])
            for owner in owners
            for key in json.loads(owner["attributes"])
            if key in every
        ]
        asked += [("The form", each) for each in every.values() if form and each["form"]]
        for owner, each in asked:
            if each["name"] == name and each["id"] != but:
                self._refuse(f"{owner} has an attribute {name} already")

    def _refuse_bad_key(self, shortcut: str, but: str, enabled: bool) -> None:
        if len(shortcut) != 1 or shortcut.isspace():
            self._refuse("A label's key is one letter or sign")
        for each in self._tables["labels"].values():
            if enabled and each["id"] != but and each["enabled"] and str(each["shortcut"]).lower() == shortcut.lower():
                self._refuse(f"The key {shortcut} belongs to {each['name']} already")

    def _refuse_unknown_ends(self, names: Iterable[str], known: Iterable[str]) -> None:
        there = {str(each["name"]) for table in ("layers", "labels") for each in self._tables[table].values()}
        for name in names:
            if name not in there and name not in known:
                self._refuse(f"There is no label and no layer {name} for a link to start or end at")

    def _refuse(self, why: str) -> NoReturn:
        raise KnownError(f"{why}. Nothing was changed.")

    # Rows

    def _row(self, table: str, key: str) -> Row:
        found = self._tables[table].get(key)
        if found is None:
            self._refuse(f"This {_KINDS[table]} is not in the scheme any more")
        return found

    def _last(self, table: str) -> int:
        return 1 + max((int(each["position"]) for each in self._tables[table].values()), default=-1)

    def _new(self, table: str, values: Iterable[Any]) -> RowChange:
        made = row(table, tuple(values))
        return RowChange(table, made["id"], None, made)

    def _changed(self, table: str, key: str, columns: Mapping[str, Any]) -> RowChange:
        before = self._tables[table][key]
        kept = {name: int(value) if isinstance(value, bool) else value for name, value in columns.items()}
        return RowChange(table, key, before, {**before, **kept, "id": key})

    def _with_attribute(self, label: Row, attribute: str) -> RowChange:
        keys = [*json.loads(label["attributes"]), attribute]
        return self._changed("labels", str(label["id"]), {"attributes": written(keys)})

    def _renamed_ends(self, before: Row, name: str) -> list[RowChange]:
        """Links name their ends: who is called otherwise is so there too. Another of the old name keeps its place."""
        old = str(before["name"])
        if old == name:
            return []
        others = {
            each["name"]
            for table in ("layers", "labels")
            for each in self._tables[table].values()
            if each["id"] != before["id"]
        }
        names = {old: (old, name) if old in others else (name,)}
        changed = [self._changed("relation_types", key, renamed_ends(kind, names)) for key, kind in self._types()]
        return [change for change in changed if change.before != change.after]

    def _types(self) -> Iterable[tuple[str, Row]]:
        return self._tables["relation_types"].items()

    @staticmethod
    def _step(name: str, *rows: RowChange) -> ChangeSet:
        return ChangeSet(name, tuple(change for change in rows if change.before != change.after))


def renamed_ends(kind: Row, names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The columns `sources` and `targets` of a kind of link, with others in place of some names; each stands once."""
    return {
        end: written(list(dict.fromkeys(new for name in json.loads(kind[end]) for new in names.get(name, (name,)))))
        for end in ("sources", "targets")
    }


def key_for(name: str, taken: Iterable[str]) -> str:
    """A key for a label of that name: one of its letters that is free, else any that is; none where all are taken."""
    there = {key.lower() for key in taken if key}
    letters = [letter for letter in name.lower() if letter.isascii() and letter.isalpha()]
    return next((letter for letter in (*letters, *"abcdefghijklmnopqrstuvwxyz") if letter not in there), "")


def _group(table: str, held: Row) -> object:
    return held.get("layer") if table == "labels" else held.get("form")
