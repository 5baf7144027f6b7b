"""Labels and layers that are deleted, merged, split or moved with what is marked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from annotator.core.attribute_changes import free_attribute_name, ids_replaced, with_values
from annotator.core.changes import BulkChange, ChangeSet, Row, RowChange
from annotator.core.forms import answered
from annotator.core.ids import new_id
from annotator.core.label_colors import color_for
from annotator.core.rows import label_values, row, written
from annotator.core.scheme import Label
from annotator.core.scheme_edits import key_for, renamed_ends
from annotator.store.many_rows import (
    AT,
    LINK,
    Rows,
    columns_changed,
    deleted,
    documents_in,
    each_name,
    gone,
    link_sign,
    names_of,
    real,
)
from annotator.store.merging import Merging
from annotator.store.planning import Conflict, Plan, Planning


class LabelPlans(Planning):
    """What may happen to labels that have marks."""

    # Deleting

    def delete_labels(self, keys: Collection[str]) -> Plan:
        """Delete labels with all their marks and the links of those.

        A kind of link that no label is left for at one of its ends goes too: it would be one for any label else.
        What only these labels were asked stays in the file, asked of nothing: other marks may hold answers to it.
        """
        rows = [self._row("labels", key) for key in keys]
        if not rows:
            self._refuse("There is no label to delete")
        return self._deletion(f"Delete label {names_of(rows)}", rows, ())

    def delete_layer(self, key: str) -> Plan:
        """Delete a layer with its labels, their marks and links."""
        layer = self._row("layers", key)
        labels = [label for label in self._tables["labels"].values() if label["layer"] == key]
        return self._deletion(f"Delete layer {layer['name']}", labels, [layer])

    def _deletion(self, name: str, labels: Sequence[Row], layers: Sequence[Row]) -> Plan:
        keys = [label["id"] for label in labels]
        marks = self._having("annotations", "label", keys)
        ends, kinds = self._kinds_without([*labels, *layers])
        sql = "SELECT id FROM annotations WHERE label IN (SELECT value FROM json_each(?1))"
        links = self._rows(
            "relations",
            f"source IN ({sql}) OR target IN ({sql}) OR type IN (SELECT value FROM json_each(?2))",
            (written(keys), written([kind["id"] for kind in kinds])),
        )
        going = [gone("relation_types", kind) for kind in kinds]
        going += [gone("labels", label) for label in labels] + [gone("layers", layer) for layer in layers]
        bulk = (*deleted("relations", links), *deleted("annotations", marks))
        change = ChangeSet(name, (*ends, *going), bulk=bulk)
        return Plan(change, len(marks), documents_in(marks, links), len(links))

    def _kinds_without(self, lost: Sequence[Row]) -> tuple[list[RowChange], list[Row]]:
        """How kinds of links change when those labels and layers are not there; and those that go along."""
        left = self._names_left(lost)
        names: dict[str, tuple[str, ...]] = {name: () for name in each_name(lost) if name not in left}
        changed, going = [], []
        for kind in self._tables["relation_types"].values():
            ends = renamed_ends(kind, names)
            if any(ends[end] == "[]" != kind[end] for end in ends):
                going.append(kind)
            else:
                changed.append(RowChange("relation_types", kind["id"], kind, {**kind, **ends}))
        return list(real(changed)), going

    # Merging

    def merge_labels(self, sources: Collection[str], target: str) -> Plan:
        """Give the marks of the labels `sources` the label `target`, and delete those labels.

        Marks of one annotator at one place become one, with the answers and notes of both, where their answers do
        not differ; where they do, both stay, and are listed. The target is asked what the others were asked.
        """
        goal = self._row("labels", target)
        merged = [self._row("labels", key) for key in dict.fromkeys(sources) if key != target]
        if not merged:
            self._refuse("There is nothing to merge")
        asked, same, attributes = self._joint_attributes(goal, merged)
        marks = self._having("annotations", "label", [target, *(label["id"] for label in merged)])
        found = Merging(target, same, marks)
        links, repeated = self._led_elsewhere(found.instead)
        going = [gone("labels", label) for label in merged]
        rows = [*attributes, *self._ends_merged(merged, goal), *real([self._asked_change(goal, asked)]), *going]
        bulk = (*found.changed(), *links, *deleted("relations", repeated), *deleted("annotations", found.dropped))
        change = ChangeSet(f"Merge {names_of(merged)} into {goal['name']}", tuple(rows), bulk=bulk)
        count = sum(len(each.keys) for each in links) + len(repeated)
        conflicts, united = tuple(found.conflicts), len(found.dropped)
        return Plan(change, len(found.moved), documents_in(found.moved), count, 0, united, conflicts)

    def _joint_attributes(self, goal: Row, merged: Sequence[Row]) -> tuple[list[str], dict[str, str], list[RowChange]]:
        """What the target is asked afterwards; which attributes are one with one of its own; how those change.

        Attributes of one name and kind are one, with the values of both. One of another kind gets another name.
        """
        every = self._attributes()
        asked = [str(key) for key in json.loads(goal["attributes"])]
        held = {key: every[key] for key in asked if key in every}
        same: dict[str, str] = {}
        for label in merged:
            for key in json.loads(label["attributes"]):
                if key in held or key in same or key not in every:
                    continue
                mine = every[key]
                twin = next((other for other in held.values() if other.name == mine.name), None)
                if twin is not None and (twin.kind, twin.registry) == (mine.kind, mine.registry):
                    same[key] = twin.id
                    held[twin.id] = with_values(twin, mine)
                    continue
                free = free_attribute_name(f"{mine.name} ({label['name']})", held) if twin else mine.name
                held[key] = replace(mine, name=free)
                asked.append(key)
        for key in self._asked_only_of([goal, *merged]) & held.keys():
            held[key] = ids_replaced(held[key], same)
        return asked, same, list(real(self._attribute_change(attribute) for attribute in held.values()))

    def _asked_only_of(self, labels: Sequence[Row]) -> set[str]:
        """The ids of attributes that no other label asks, and no form."""
        mine = {label["id"] for label in labels}
        others = (label for label in self._tables["labels"].values() if label["id"] not in mine)
        elsewhere = {key for label in others for key in json.loads(label["attributes"])}
        return {key for key, held in self._tables["attributes"].items() if not held["form"]} - elsewhere

    def _ends_merged(self, old: Sequence[Row], goal: Row) -> list[RowChange]:
        """Kinds of links that name `old` labels name `goal` in their place; where another bears the name, it stays."""
        left = self._names_left(old)
        return self._ends_changed(
            {name: (name, goal["name"]) if name in left else (goal["name"],) for name in each_name(old)}
        )

    def _led_elsewhere(self, instead: Mapping[str, str]) -> tuple[list[BulkChange], Rows]:
        """Links of marks that another stands for now; and those that would be there twice, or lead to themselves."""
        if not instead:
            return [], []
        ends = written([*instead, *set(instead.values())])
        found = "SELECT value FROM json_each(?1)"
        there = self._rows("relations", f"source IN ({found}) OR target IN ({found})", (ends,))
        seen: set[tuple[Any, ...]] = set()
        moved, repeated = [], []

        def touched(link: tuple[Any, ...]) -> bool:
            return link[LINK["source"]] in instead or link[LINK["target"]] in instead

        for link in sorted(there, key=touched):
            source, target = (instead.get(link[LINK[end]], link[LINK[end]]) for end in ("source", "target"))
            sign = (link[LINK["type"]], *link_sign(link, source, target))
            if touched(link) and (source == target or sign in seen):
                repeated.append(link)
            elif touched(link):
                moved.append((link[0], link[LINK["source"]], link[LINK["target"]], source, target))
            seen.add(sign)
        return columns_changed("relations", ("source", "target"), moved), repeated

    # Splitting

    def split_label(self, key: str, attribute: str, names: Mapping[str, str]) -> Plan:
        """Give the marks of a label that answer the attribute with a value of `names` a new label of that name.

        Values of one name share a label; of a yes/no, they are “yes” and “no”. What the marks answer stays. Those with
        other values, with none, or with values that are told apart keep their label; the last are listed.
        """
        old, asked = self._row("labels", key), self._row("attributes", attribute)
        if not names:
            self._refuse("There is no value to split by")
        made = self._made_like(old, names.values())
        by_value = {value: made[name]["id"] for value, name in names.items()}
        moved: list[tuple[tuple[Any, ...], str]] = []
        conflicts = []
        for mark in self._having("annotations", "label", [key]):
            held = orjson.loads(mark[AT["attributes"]]).get(attribute)
            found = {by_value[value] for value in answered(held) if value in by_value}
            if len(found) == 1:
                moved.append((mark, *found))
            elif found:
                conflicts.append(Conflict(mark[1], mark[0], "several values"))
        return self._split(f"Split {old['name']} by {asked['name']}", old, list(made.values()), moved, conflicts)

    def split_label_marks(self, key: str, name: str, marks: Collection[str]) -> Plan:
        """Give those marks of a label that a person chose, by their ids, a new label of that name."""
        old = self._row("labels", key)
        (new,) = self._made_like(old, [name]).values()
        wanted = set(marks)
        moved = [(mark, new["id"]) for mark in self._having("annotations", "label", [key]) if mark[0] in wanted]
        if not moved:
            self._refuse(f"None of those marks is a {old['name']} any more")
        return self._split(f"Split {old['name']}: {new['name']}", old, [new], moved, [])

    def _split(
        self,
        name: str,
        old: Row,
        made: Sequence[Row],
        moved: Sequence[tuple[tuple[Any, ...], str]],
        conflicts: Sequence[Conflict],
    ) -> Plan:
        changed = columns_changed("annotations", ("label",), [(mark[0], old["id"], label) for mark, label in moved])
        new = [RowChange("labels", label["id"], None, label) for label in made]
        change = ChangeSet(name, (*new, *self._ends_added(old, made)), bulk=tuple(changed))
        marks = [mark for mark, _ in moved]
        return Plan(change, len(marks), documents_in(marks), conflicts=tuple(conflicts))

    def _made_like(self, old: Row, names: Iterable[str]) -> dict[str, Row]:
        """New labels in the layer of `old`, by name, asked what it is asked, with colours and keys of their own."""
        labels = list(self._tables["labels"].values())
        made: dict[str, Row] = {}
        for name in dict.fromkeys(names):
            free = self._edits.free_name("labels", name, str(old["layer"]))
            every = [*labels, *made.values()]
            color, key = color_for(each["color"] for each in every), key_for(free, (each["shortcut"] for each in every))
            label = Label(new_id(), "", free, color, key, bool(old["enabled"]), (), "", str(old["guideline"]))
            position = 1 + max(int(each["position"]) for each in every)
            made[name] = {**row("labels", label_values(label, old["layer"], position)), "attributes": old["attributes"]}
        if len({each["name"] for each in made.values()}) < len(made):
            self._refuse("Two of the new labels would have one name")
        return made

    # Moving

    def move_label(self, key: str, layer: str) -> Plan:
        """Put a label with its marks at the end of another layer. Links that the scheme allows no more are listed."""
        label, new = self._row("labels", key), self._row("layers", layer)
        old = self._row("layers", label["layer"])
        change = self._edits.move_label(key, layer)
        marks = self._having("annotations", "label", [key])
        conflicts = [
            Conflict(link[1], link[LINK["source"]], "link not allowed")
            for kind in self._tables["relation_types"].values()
            for column, end in (("sources", "source"), ("targets", "target"))
            if _allows_less(json.loads(kind[column]), label["name"], old["name"], new["name"])
            for link in self._rows(
                "relations",
                f"type = ? AND (SELECT label FROM annotations WHERE id = relations.{end}) = ?",
                (kind["id"], key),
            )
        ]
        return Plan(change, len(marks), documents_in(marks), conflicts=tuple(dict.fromkeys(conflicts)))


def _allows_less(names: Sequence[str], label: str, old: str, new: str) -> bool:
    """Whether an end of a link that names those allowed a label in the layer `old`, and does not in the layer `new`."""
    return label not in names and old in names and new not in names
