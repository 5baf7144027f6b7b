"""Answers to one attribute, wherever they stand, following a change of its values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from annotator.core.changes import BulkChange
from annotator.core.rows import COLUMNS, written
from annotator.store.many_rows import Rows, columns_changed, deleted, documents_in


class Changed(NamedTuple):
    """What changes, in how many rows, and in how many documents."""

    changes: list[BulkChange]
    rows: int
    documents: int


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
            held = json.loads(each[place])
            if self._attribute not in held:
                continue
            value = self._new(held[self._attribute])
            rest = {key: other for key, other in held.items() if key != self._attribute}
            after = written(rest | ({} if value is None else {self._attribute: value}))
            if after != each[place]:
                found.append((each, after))
        changes = columns_changed(table, ("attributes",), [(each[0], each[place], after) for each, after in found])
        return Changed(changes, len(found), documents_in([each for each, _ in found]))

    def in_forms(self, rows: Rows) -> Changed:
        """How answers in documents' forms change."""
        changed, gone = [], []
        place = COLUMNS["document_labels"].index("value")
        for each in rows:
            value = self._new(json.loads(each[place]))
            if value is None:
                gone.append(each)
            elif written(value) != each[place]:
                changed.append((each[0], each[place], written(value)))
        changes = [*columns_changed("document_labels", ("value",), changed), *deleted("document_labels", gone)]
        return Changed(changes, len(changed) + len(gone), documents_in(gone))

    def _new(self, value: Any) -> Any:
        self.seen += 1
        value = self._change(value)
        self.several += isinstance(value, list) and len(value) > 1
        return value


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
