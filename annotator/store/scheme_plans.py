"""Changes of a scheme that reach what is marked already: worked out whole before anything is done, and one step then.

A plan is made from what the file holds now. Applied after somebody else has changed that, it is refused as stale, and
nothing is changed; planning anew is cheap.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from annotator.core.attribute_changes import (
    form_of,
    free_attribute_name,
    values_renamed,
    when_renamed,
    with_values,
)
from annotator.core.changes import BulkChange, ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.label_colors import color_for
from annotator.core.rows import attribute_from_row, attribute_values, label_values, row, written
from annotator.core.scheme import Attribute, Label
from annotator.core.scheme_edits import SchemeEdits, key_for, renamed_ends
from annotator.store.answers import Answers, answer_change
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
from annotator.store.merging import Conflict, Merging
from annotator.store.reading import Reader
from annotator.store.writing import selection

_ANSWERING = ("annotations", "relations")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do: `change` is the step itself."""

    change: ChangeSet
    marks: int = 0  # that get another label, other answers, or go
    documents: int = 0  # that those stand in
    links: int = 0  # that lead elsewhere, or go
    answers: int = 0  # in the documents' forms, that change or go
    united: int = 0  # marks that are one with another afterwards
    conflicts: tuple[Conflict, ...] = ()


class SchemePlans:
    """Works plans out for the project that `reader` reads. Not for the window's own thread: marks may be many."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tables = reader.scheme_tables()
        self._edits = SchemeEdits(self._tables)

    # Labels

    def delete_labels(self, keys: Collection[str]) -> Plan:
        """Delete labels with all their marks and the links of those.

        A kind of link that no label is left for at one of its ends goes too: it would be one for any label else.
        """
        rows = [self._row("labels", key) for key in keys]
        return self._deletion(f"Delete label {names_of(rows)}", rows, ())

    def delete_layer(self, key: str) -> Plan:
        """Delete a layer with its labels, their marks and links."""
        layer = self._row("layers", key)
        labels = [label for label in self._tables["labels"].values() if label["layer"] == key]
        return self._deletion(f"Delete layer {layer['name']}", labels, [layer])

    def _deletion(self, name: str, labels: Sequence[Row], layers: Sequence[Row]) -> Plan:
        keys = [label["id"] for label in labels]
        marks = self._having("annotations", "label", keys)
        ends, kinds = self._kinds_without({each["id"] for each in (*labels, *layers)})
        sql = "SELECT id FROM annotations WHERE label IN (SELECT value FROM json_each(?1))"
        links = self._rows(
            f"{selection('relations')} WHERE source IN ({sql}) OR target IN ({sql})"
            " OR type IN (SELECT value FROM json_each(?2))",
            (written(keys), written([kind["id"] for kind in kinds])),
        )
        going = [gone("relation_types", kind) for kind in kinds]
        going += [gone("labels", label) for label in labels] + [gone("layers", layer) for layer in layers]
        bulk = (*deleted("relations", links), *deleted("annotations", marks))
        change = ChangeSet(name, (*ends, *going), bulk=bulk)
        return Plan(change, len(marks), documents_in(marks), len(links))

    def _kinds_without(self, gone: set[str]) -> tuple[list[RowChange], list[Row]]:
        """How kinds of links change when labels and layers with those ids are not there; and those that go along."""
        before = [each for table in ("layers", "labels") for each in self._tables[table].values()]
        left = {each["name"] for each in before if each["id"] not in gone}
        lost: dict[str, tuple[str, ...]] = {
            each["name"]: () for each in before if each["id"] in gone and each["name"] not in left
        }
        changed, going = [], []
        for kind in self._tables["relation_types"].values():
            ends = renamed_ends(kind, lost)
            if any(ends[end] == "[]" != kind[end] for end in ends):
                going.append(kind)
            elif any(ends[end] != kind[end] for end in ends):
                changed.append(RowChange("relation_types", kind["id"], kind, {**kind, **ends}))
        return changed, going

    def merge_labels(self, sources: Collection[str], target: str) -> Plan:
        """Give the marks of the labels `sources` the label `target`, and delete those labels.

        Marks of one annotator at one place become one, with the answers and notes of both, where their answers do
        not differ; where they do, both stay, and are listed. The target is asked what the others were asked.
        """
        goal = self._row("labels", target)
        merged = [self._row("labels", key) for key in sources if key != target]
        if not merged:
            self._refuse("There is nothing to merge")
        asked, same, attributes = self._joint_attributes(goal, merged)
        marks = self._having("annotations", "label", [target, *(label["id"] for label in merged)])
        found = Merging(target, same, marks)
        links, repeated = self._led_elsewhere(found.instead)
        rows = [*attributes, *self._ends_renamed(merged, [goal])]
        rows += (
            [RowChange("labels", target, goal, {**goal, "attributes": written(asked)})]
            if attributes or (written(asked) != goal["attributes"])
            else []
        )
        rows += [gone("labels", label) for label in merged]
        bulk = (*found.changed(), *links, *deleted("relations", repeated), *deleted("annotations", found.dropped))
        change = ChangeSet(f"Merge {names_of(merged)} into {goal['name']}", tuple(real(rows)), bulk=bulk)
        united = len(found.dropped)
        moved = found.moved
        count = sum(len(each.keys) for each in links) + len(repeated)
        return Plan(change, len(moved), documents_in(moved), count, 0, united, tuple(found.conflicts))

    def _joint_attributes(self, goal: Row, merged: Iterable[Row]) -> tuple[list[str], dict[str, str], list[RowChange]]:
        """What the target is asked afterwards; which attributes are one with one of its own; how those change.

        Attributes of one name and kind are one, with the values of both. One of another kind gets another name.
        """
        every = self._tables["attributes"]
        asked = [str(key) for key in json.loads(goal["attributes"])]
        held = {key: attribute_from_row(every[key]) for key in asked if key in every}
        same: dict[str, str] = {}
        for label in merged:
            for key in json.loads(label["attributes"]):
                if key in held or key in same or key not in every:
                    continue
                mine = attribute_from_row(every[key])
                twin = next((other for other in held.values() if other.name == mine.name), None)
                if twin is not None and (twin.kind, twin.registry) == (mine.kind, mine.registry):
                    same[key] = twin.id
                    held[twin.id] = with_values(twin, mine)
                    continue
                held[key] = (
                    replace(mine, name=free_attribute_name(f"{mine.name} ({label['name']})", held)) if twin else mine
                )
                asked.append(key)
        changed = [self._attribute_change(attribute) for attribute in held.values()]
        return asked, same, list(real(changed))

    def _attribute_change(self, attribute: Attribute) -> RowChange:
        before = self._tables["attributes"][attribute.id]
        after = row("attributes", attribute_values(attribute, bool(before["form"]), before["position"]))
        return RowChange("attributes", attribute.id, before, after)

    def _ends_renamed(self, old: Iterable[Row], new: Sequence[Row]) -> list[RowChange]:
        """Kinds of links that name `old` labels name the `new` ones in their place; homonyms elsewhere stay named."""
        gone = {each["id"] for each in old}
        before = [each for table in ("layers", "labels") for each in self._tables[table].values()]
        left = {each["name"] for each in before if each["id"] not in gone}
        names = {
            each["name"]: tuple(dict.fromkeys((*((each["name"],) if each["name"] in left else ()), *each_name(new))))
            for each in old
        }
        kinds = self._tables["relation_types"].values()
        changed = (
            RowChange("relation_types", kind["id"], kind, {**kind, **renamed_ends(kind, names)}) for kind in kinds
        )
        return list(real(changed))

    def _led_elsewhere(self, instead: Mapping[str, str]) -> tuple[list[BulkChange], Rows]:
        """Links of marks that another stands for now; and those that would be there twice, or lead to themselves."""
        if not instead:
            return [], []
        ends = written([*instead, *instead.values()])
        there = self._rows(
            f"{selection('relations')} WHERE source IN (SELECT value FROM json_each(?1))"
            " OR target IN (SELECT value FROM json_each(?1)) ORDER BY rowid",
            (ends,),
        )
        seen: set[tuple[Any, ...]] = set()
        moved, repeated = [], []

        def touched(link: tuple[Any, ...]) -> bool:
            return link[LINK["source"]] in instead or link[LINK["target"]] in instead

        for link in sorted(there, key=touched):
            source, target = (instead.get(link[LINK[end]], link[LINK[end]]) for end in ("source", "target"))
            sign = (link[LINK["type"]], source, target, link[LINK["annotator"]])
            if touched(link) and (source == target or sign in seen):
                repeated.append(link)
            elif touched(link):
                moved.append((link[0], link[LINK["source"]], link[LINK["target"]], source, target))
            seen.add(sign)
        return columns_changed("relations", ("source", "target"), moved), repeated

    def split_label(self, key: str, attribute: str, names: Mapping[str, str]) -> Plan:
        """Give the marks of a label that answer the attribute with a value of `names` a new label of that name.

        What they answer stays. Marks with other values, with none, or with several of these keep their label.
        """
        old, asked = self._row("labels", key), self._row("attributes", attribute)
        if len(set(names.values())) < len(names):
            self._refuse("Two of the new labels would have one name")
        made = self._made_like(old, names.values())
        by_value = dict(zip(names, made, strict=True))
        moved, conflicts = [], []
        for mark in self._having("annotations", "label", [key]):
            held = json.loads(mark[AT["attributes"]]).get(attribute)
            found = [by_value[value] for value in (held if isinstance(held, list) else [held]) if value in by_value]
            if len(found) == 1:
                moved.append((mark, found[0]["id"]))
            elif found:
                conflicts.append(Conflict(mark[1], mark[0], "several values"))
        changed = columns_changed("annotations", ("label",), [(mark[0], key, label) for mark, label in moved])
        ends = self._ends_added(old, made)
        new = [RowChange("labels", label["id"], None, label) for label in made]
        change = ChangeSet(f"Split {old['name']} by {asked['name']}", (*new, *ends), bulk=tuple(changed))
        marks = [mark for mark, _ in moved]
        return Plan(change, len(marks), documents_in(marks), conflicts=tuple(conflicts))

    def _made_like(self, old: Row, names: Iterable[str]) -> list[dict[str, Any]]:
        """New labels in the layer of `old`, asked what it is asked, with colours and keys of their own."""
        labels = list(self._tables["labels"].values())
        made: list[dict[str, Any]] = []
        for name in names:
            name = self._edits.free_name("labels", name, str(old["layer"]))
            every = [*labels, *made]
            color, key = color_for(each["color"] for each in every), key_for(name, (each["shortcut"] for each in every))
            label = Label(new_id(), "", name, color, key, bool(old["enabled"]), (), "", str(old["guideline"]))
            position = 1 + max(int(each["position"]) for each in every)
            made.append({**row("labels", label_values(label, old["layer"], position)), "attributes": old["attributes"]})
        return made

    def _ends_added(self, old: Row, new: Sequence[Row]) -> list[RowChange]:
        """Links that may end at `old` may end at the `new` labels as well."""
        names = {old["name"]: (old["name"], *each_name(new))}
        kinds = self._tables["relation_types"].values()
        return list(
            real(RowChange("relation_types", kind["id"], kind, {**kind, **renamed_ends(kind, names)}) for kind in kinds)
        )

    # Attributes and their values

    def delete_attribute(self, key: str) -> Plan:
        """Delete an attribute with what marks, links and documents answer to it."""
        lost = self._row("attributes", key)
        labels = [self._without(label, key) for label in self._tables["labels"].values()]
        others = [self._forgetting(attribute_from_row(each), key) for each in self._tables["attributes"].values()]
        rows = [*real(labels), *real(other for other in others if other.key != key), gone("attributes", lost)]
        answers = self._having("document_labels", "attribute", [key])
        told = Answers(key, lambda value: None)
        marks, links = (told.changed(table, self._answering(table, key)) for table in ("annotations", "relations"))
        bulk = (*marks.changes, *links.changes, *deleted("document_labels", answers))
        change = ChangeSet(f"Delete attribute {lost['name']}", tuple(rows), bulk=bulk)
        return Plan(change, marks.rows, marks.documents, links.rows, len(answers))

    def _without(self, label: Row, attribute: str) -> RowChange:
        left = [key for key in json.loads(label["attributes"]) if key != attribute]
        return RowChange("labels", label["id"], label, {**label, "attributes": written(left)})

    def _forgetting(self, attribute: Attribute, gone: str) -> RowChange:
        """The attribute without rules that speak of another that goes."""
        if attribute.unless == gone:
            attribute = replace(attribute, unless="")
        if attribute.depends == gone:
            attribute = replace(attribute, depends="", values=tuple(v._replace(when="") for v in attribute.values))
        left = tuple(skip for skip in attribute.skips if skip.hidden != gone)
        return self._attribute_change(replace(attribute, skips=left))

    def change_attribute(self, attribute: Attribute, renamed: Mapping[str, str | None]) -> Plan:
        """Let the attribute with that id be as `attribute` says, and what was answered follow.

        `renamed` says of values that were there what they are called now; two may be called the same, and None is
        for one that goes, with the answers that hold it. Raises KnownError where answers would not fit the new form.
        """
        before = self._row("attributes", attribute.id)
        was = attribute_from_row(before)
        attribute = values_renamed(attribute, renamed)
        name = self._edits.set_attribute(attribute.id, attribute)  # refuses what cannot be
        every = [attribute_from_row(each) for each in self._tables["attributes"].values()]
        followers = [
            self._attribute_change(when_renamed(other, renamed)) for other in every if other.depends == attribute.id
        ]
        told = Answers(attribute.id, answer_change(renamed, was.several, attribute.several))
        marks, links = (told.changed(table, self._answering(table, attribute.id)) for table in _ANSWERING)
        answers = told.in_forms(self._having("document_labels", "attribute", [attribute.id]))
        self._refuse_lost(was, attribute, told)
        bulk = (*marks.changes, *links.changes, *answers.changes)
        change = ChangeSet(name.name, (*name.rows, *real(followers)), bulk=bulk)
        return Plan(change, marks.rows, marks.documents, links.rows, answers.rows)

    def _refuse_lost(self, was: Attribute, now: Attribute, told: Answers) -> None:
        if told.seen and form_of(was.kind) != form_of(now.kind):
            self._refuse(
                f"{told.seen} answers to {was.name} are of another kind. Make a new attribute beside it, or delete them"
            )
        if told.several and was.several and not now.several:
            self._refuse(f"{told.several} answers to {was.name} hold several values, so it must allow several")

    # Links

    def delete_relation_type(self, key: str) -> Plan:
        """Delete a kind of link with its links."""
        kind = self._row("relation_types", key)
        links = self._having("relations", "type", [key])
        rows = (gone("relation_types", kind),)
        change = ChangeSet(f"Delete link {kind['name']}", rows, bulk=tuple(deleted("relations", links)))
        return Plan(change, 0, documents_in(links), len(links))

    def merge_relation_types(self, sources: Collection[str], target: str) -> Plan:
        """Make links of other kinds links of `target`, and delete those kinds. What is there twice then goes."""
        goal = self._row("relation_types", target)
        merged = [self._row("relation_types", key) for key in sources if key != target]
        if not merged:
            self._refuse("There is nothing to merge")
        seen = {link_sign(link) for link in self._having("relations", "type", [target])}
        moved: Rows = []
        repeated: Rows = []
        for link in self._having("relations", "type", [kind["id"] for kind in merged]):
            (repeated if link_sign(link) in seen else moved).append(link)
            seen.add(link_sign(link))
        ends = {
            end: "[]"
            if any(each[end] == "[]" for each in (goal, *merged))
            else written(list(dict.fromkeys(name for each in (goal, *merged) for name in json.loads(each[end]))))
            for end in ("sources", "targets")
        }
        changed = columns_changed("relations", ("type",), [(link[0], link[LINK["type"]], target) for link in moved])
        rows = [RowChange("relation_types", target, goal, {**goal, **ends})]
        rows += [gone("relation_types", kind) for kind in merged]
        bulk = (*changed, *deleted("relations", repeated))
        change = ChangeSet(f"Merge {names_of(merged)} into {goal['name']}", tuple(real(rows)), bulk=bulk)
        return Plan(change, 0, documents_in([*moved, *repeated]), len(moved) + len(repeated))

    # Reading

    def _row(self, table: str, key: str) -> Row:
        found = self._tables[table].get(key)
        if found is None:
            self._refuse("What you want to change is not in the scheme any more")
        return found

    def _rows(self, sql: str, values: Sequence[Any]) -> Rows:
        return self._reader.rows(sql, values)

    def _having(self, table: str, column: str, keys: Iterable[str]) -> Rows:
        return self._rows(
            f"{selection(table)} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY rowid", (written([*keys]),)
        )

    def _answering(self, table: str, attribute: str) -> Rows:
        """The rows whose answers may hold the attribute with that id: all that do, and perhaps some more."""
        return self._rows(f"{selection(table)} WHERE instr(attributes, ?)", (f"{json.dumps(attribute)}:",))

    def _refuse(self, why: str) -> NoReturn:
        raise KnownError(f"{why}. Nothing was changed.")
