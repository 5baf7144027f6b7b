"""Answers to one attribute, wherever they stand, following a change of its values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from annotator.core.changes import BulkChange
from annotator.core.forms import answered
from annotator.core.rows import COLUMNS, written
from annotator.store.many_rows import AT, LINK, Rows, columns_changed, deleted
from annotator.store.planning import Conflict


class Changed(NamedTuple):
    """What changes, and in which rows, as they were."""

    changes: list[BulkChange]
    rows: Rows


_VALUE, _ATTRIBUTE = (COLUMNS["document_labels"].index(name) for name in ("value", "attribute"))


class Answers:
    """Rewrites answers to one attribute with `change`, which gives a value's new one, or None for no answer any more.

    `seen` counts what was answered, `several` those answers that hold more than one value afterwards.
    """

    def __init__(self, attribute: str, change: Callable[[Any], Any]) -> None:
        self._attribute, self._change = attribute, change
        self.seen = self.several = 0

    def changed(self, table: str, rows: Rows) -> Changed:
        """How the answers in rows of marks or links change."""
        place = COLUMNS[table].index("attributes")
        found = []
        for each in rows:
            held = orjson.loads(each[place])
            if self._attribute not in held:
                continue
            value = self._new(held[self._attribute])
            rest = {key: other for key, other in held.items() if key != self._attribute}
            after = written(rest | ({} if value is None else {self._attribute: value}))
            if after != each[place]:
                found.append((each, after))
        return _rewritten(table, found)

    def in_forms(self, rows: Rows) -> Changed:
        """How answers in documents' forms change."""
        changed: list[tuple[tuple[Any, ...], str]] = []
        gone = []
        for each in rows:
            value = self._new(orjson.loads(each[_VALUE]))
            if value is None:
                gone.append(each)
            elif written(value) != each[_VALUE]:
                changed.append((each, written(value)))
        values = [(each[0], each[_VALUE], after) for each, after in changed]
        changes = [*columns_changed("document_labels", ("value",), values), *deleted("document_labels", gone)]
        return Changed(changes, [*gone, *(each for each, _ in changed)])

    def _new(self, value: Any) -> Any:
        self.seen += 1
        value = self._change(value)
        self.several += isinstance(value, list) and len(value) > 1
        return value


class MovedAnswers:
    """Lets answers to the attribute `source` be answers to `target`; `conflicts` are those that differ, and stay.

    `several` says whether the target holds several values then.
    """

    def __init__(self, source: str, target: str, several: bool) -> None:
        self._source, self._target, self._several = source, target, several
        self.conflicts: list[Conflict] = []

    def in_marks(self, rows: Rows, labels: Collection[str] | None) -> Changed:
        """How the answers of marks change, of all or of those with these labels."""
        chosen = rows if labels is None else [mark for mark in rows if mark[AT["label"]] in labels]
        return self._moved("annotations", AT["attributes"], chosen, 0)

    def in_links(self, rows: Rows) -> Changed:
        """How the answers of links change."""
        return self._moved("relations", LINK["attributes"], rows, LINK["source"])

    def _moved(self, table: str, place: int, rows: Rows, mark: int) -> Changed:
        found = []
        for each in rows:
            held = orjson.loads(each[place])
            if self._source not in held:
                continue
            value = self._fitting(held.pop(self._source))
            if answered(held.get(self._target, value)) != answered(value):
                self.conflicts.append(Conflict(each[1], each[mark], "two codings"))
            else:
                found.append((each, written({**held, self._target: value})))
        return _rewritten(table, found)

    def in_forms(self, rows: Rows) -> Changed:
        """How answers in documents' forms change: `rows` holds those to either attribute."""
        there = {_who(each): orjson.loads(each[_VALUE]) for each in rows if each[_ATTRIBUTE] == self._target}
        changed, gone = [], []
        for each in rows:
            if each[_ATTRIBUTE] != self._source:
                continue
            value = self._fitting(orjson.loads(each[_VALUE]))
            if _who(each) not in there:
                changed.append(each)
                there[_who(each)] = value
            elif answered(there[_who(each)]) == answered(value):
                gone.append(each)
            else:
                self.conflicts.append(Conflict(each[1], "", "two codings"))
        values = [
            (each[0], self._source, each[_VALUE], self._target, written(self._fitting(orjson.loads(each[_VALUE]))))
            for each in changed
        ]
        moved = columns_changed("document_labels", ("attribute", "value"), values)
        return Changed([*moved, *deleted("document_labels", gone)], [*changed, *gone])

    def _fitting(self, value: Any) -> Any:
        return [value] if self._several and isinstance(value, str) else value


def _rewritten(table: str, found: Sequence[tuple[tuple[Any, ...], str]]) -> Changed:
    """Rows of marks or links whose answers are others now."""
    place = COLUMNS[table].index("attributes")
    values = [(each[0], each[place], after) for each, after in found]
    return Changed(columns_changed(table, ("attributes",), values), [each for each, _ in found])


def _who(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    return (answer[1], answer[-1])  # the document and the annotator


def answer_change(renamed: Mapping[str, str | None], was_several: bool, several: bool) -> Callable[[Any], Any]:
    """What becomes of an answer whose values are called otherwise, where one value or several may be held."""

    def change(value: Any) -> Any:
        if not isinstance(value, list):
            new = renamed.get(value, value) if isinstance(value, str) else value
            return [new] if several and not was_several and new is not None else new
        new = [renamed.get(each, each) if isinstance(each, str) else each for each in value]
        left = list(dict.fromkeys(each for each in new if each is not None))
        if not left:
            return None
        return left[0] if len(left) == 1 and not several else left

    return change
