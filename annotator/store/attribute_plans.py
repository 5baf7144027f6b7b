"""Attributes that are deleted, changed or made one, with all that was answered to them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from annotator.core.attribute_changes import (
    form_of,
    ids_replaced,
    values_renamed,
    when_renamed,
    with_values,
    without,
)
from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.rows import attribute_from_row
from annotator.core.scheme import Attribute
from annotator.store.answers import Answers, MovedAnswers, answer_change
from annotator.store.many_rows import deleted, documents_in, gone, real
from annotator.store.planning import Plan, Planning


class AttributePlans(Planning):
    """What may happen to attributes that have answers."""

    def delete_attribute(self, key: str) -> Plan:
        """Delete an attribute with what marks, links and documents answer to it."""
        lost = self._row("attributes", key)
        labels = [self._asked_instead(label, key) for label in self._tables["labels"].values()]
        others = [self._attribute_change(without(each, key)) for each in self._attributes().values() if each.id != key]
        rows = [*real(labels), *real(others), gone("attributes", lost)]
        told = Answers(key, lambda value: None)
        marks, links = (told.changed(table, self._answering(table, key)) for table in ("annotations", "relations"))
        answers = self._having("document_labels", "attribute", [key])
        bulk = (*marks.changes, *links.changes, *deleted("document_labels", answers))
        change = ChangeSet(f"Delete attribute {lost['name']}", tuple(rows), bulk=bulk)
        documents = documents_in(marks.rows, links.rows, answers)
        return Plan(change, len(marks.rows), documents, len(links.rows), len(answers))

    def _asked_instead(self, label: Row, attribute: str, other: str = "") -> RowChange:
        """A label that is asked another attribute in the place of one, or none."""
        asked = [other if key == attribute else key for key in json.loads(label["attributes"])]
        return self._asked_change(label, list(dict.fromkeys(key for key in asked if key)))

    def change_attribute(self, attribute: Attribute, renamed: Mapping[str, str | None]) -> Plan:
        """Let the attribute with that id be as `attribute` says, and what was answered follow.

        `renamed` says of values that were there what they are called now; two may be called the same, and None is
        for one that goes, with the answers that hold it. Raises KnownError where answers would not fit the new form.
        """
        was = attribute_from_row(self._row("attributes", attribute.id))
        followers = [
            when_renamed(other, renamed) for other in self._attributes().values() if other.depends == attribute.id
        ]
        step = self._edits.set_attribute(attribute.id, values_renamed(attribute, renamed), followers)
        told = Answers(attribute.id, answer_change(renamed, was.several, attribute.several))
        marks, links = (
            told.changed(table, self._answering(table, attribute.id)) for table in ("annotations", "relations")
        )
        answers = told.in_forms(self._having("document_labels", "attribute", [attribute.id]))
        self._refuse_lost(was, attribute, told)
        change = replace(step, bulk=(*marks.changes, *links.changes, *answers.changes))
        documents = documents_in(marks.rows, links.rows, answers.rows)
        return Plan(change, len(marks.rows), documents, len(links.rows), len(answers.rows))

    def _refuse_lost(self, was: Attribute, now: Attribute, told: Answers) -> None:
        if told.seen and form_of(was.kind) != form_of(now.kind):
            self._refuse(
                f"The answers to {was.name} ({told.seen:,}) are of another kind. Make a new attribute beside it, or"
                " delete them"
            )
        if told.several and was.several and not now.several:
            self._refuse(
                f"Some answers to {was.name} ({told.several:,}) hold several values, so it must go on to allow them"
            )

    def merge_attributes(self, source: str, target: str, labels: Collection[str] | None = None) -> Plan:
        """Let what is answered to one attribute be answered to another of the same kind.

        With `labels`, ids, this is so for the marks of those labels alone. Without, it is so everywhere, and `source`
        is deleted. Whoever asked `source` there asks `target` in its place, which has the values of both. Where both
        are answered and differ, both answers stay, are listed, and both attributes are asked.
        """
        mine, goal = (attribute_from_row(self._row("attributes", key)) for key in (source, target))
        self._refuse_unlike(mine, goal)
        moved = MovedAnswers(source, target, mine.several or goal.several)
        chosen = None if labels is None else set(labels)
        marks = moved.in_marks(self._answering("annotations", source), chosen)
        everywhere = chosen is None
        links = moved.in_links(self._answering("relations", source) if everywhere else [])
        forms = [source, target] if everywhere else []
        answers = moved.in_forms(self._having("document_labels", "attribute", forms))
        rows = self._asking_other(mine, goal, chosen, stays=bool(moved.conflicts))
        change = ChangeSet(
            f"Merge {mine.name} into {goal.name}", tuple(rows), bulk=(*marks.changes, *links.changes, *answers.changes)
        )
        documents = documents_in(marks.rows, links.rows, answers.rows)
        counts = (len(marks.rows), documents, len(links.rows), len(answers.rows))
        return Plan(change, *counts, conflicts=tuple(moved.conflicts))

    def _refuse_unlike(self, mine: Attribute, goal: Attribute) -> None:
        if mine.id == goal.id:
            self._refuse("There is nothing to merge")
        if (form_of(mine.kind), mine.registry) != (form_of(goal.kind), goal.registry):
            self._refuse(f"What is answered to {mine.name} is of another kind than what is answered to {goal.name}")
        if self._tables["attributes"][mine.id]["form"] != self._tables["attributes"][goal.id]["form"]:
            self._refuse("One of them is asked of articles, the other of marks")

    def _refuse_second(self, label: Row, mine: Attribute, goal: Attribute) -> None:
        every = self._tables["attributes"]
        others = (key for key in json.loads(label["attributes"]) if key in every and key not in (mine.id, goal.id))
        if goal.name in {every[key]["name"] for key in others}:
            self._refuse(f"{label['name']} would be asked two attributes {goal.name}")

    def _asking_other(self, mine: Attribute, goal: Attribute, chosen: set[str] | None, stays: bool) -> list[RowChange]:
        """How the scheme changes when `goal` is asked instead of `mine`, or where this one `stays`, besides."""
        asking = [
            label
            for label in self._tables["labels"].values()
            if mine.id in json.loads(label["attributes"]) and (chosen is None or label["id"] in chosen)
        ]
        for label in asking:
            self._refuse_second(label, mine, goal)
        if stays:
            labels = [
                self._asked_change(label, list(dict.fromkeys([*json.loads(label["attributes"]), goal.id])))
                for label in asking
            ]
        else:
            labels = [self._asked_instead(label, mine.id, goal.id) for label in asking]
        joint = with_values(goal, mine)
        if chosen is not None or stays:
            return list(real([*labels, self._attribute_change(joint)]))
        changed = {each.id: ids_replaced(each, {mine.id: goal.id}) for each in self._attributes().values()}
        changed[goal.id] = ids_replaced(joint, {mine.id: goal.id})
        others = [self._attribute_change(without(each, each.id)) for each in changed.values() if each.id != mine.id]
        return [*real(labels), *real(others), gone("attributes", self._tables["attributes"][mine.id])]
