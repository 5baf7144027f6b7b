"""Marks of several labels becoming marks of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import orjson

from annotator.core.changes import BulkChange
from annotator.core.forms import answered
from annotator.core.rows import written
from annotator.store.many_rows import AT, Rows, columns_changed
from annotator.store.planning import Conflict

Answers = dict[str, Any]  # what a mark answers, by the attribute's id

_LABEL, _ATTRIBUTES, _NOTE = (AT[name] for name in ("label", "attributes", "note"))
_place = itemgetter(*(AT[name] for name in ("document", "start", "end", "fragments", "annotator", "origin")))


class Merging:
    """Marks of several labels becoming marks of one.

    `same` gives for attributes of the labels that go the target's own ones that stand for them.
    """

    def __init__(self, target: str, same: Mapping[str, str], marks: Rows) -> None:
        self._target, self._same = target, same
        self.instead: dict[str, str] = {}  # ids of marks that go, with those of the marks that stand for them
        self.dropped: Rows = []
        self.moved = [mark for mark in marks if mark[_LABEL] != target]
        self.conflicts: list[Conflict] = []
        self._changes: list[tuple[Any, ...]] = []
        self._texts: dict[str, str] = {}  # answers as rows hold them, renamed
        groups: dict[tuple[Any, ...], Rows] = defaultdict(list)
        for mark in marks:
            groups[_place(mark)].append(mark)
        for group in groups.values():
            if len(group) == 1:
                self._take_one(*group)
            else:
                self._take(group)

    def changed(self) -> list[BulkChange]:
        """How the marks that stay change."""
        return columns_changed("annotations", ("label", "attributes", "note"), self._changes)

    def _take_one(self, mark: tuple[Any, ...]) -> None:
        """A mark that stands alone at its place, as most do."""
        answers = self._texts.get(mark[_ATTRIBUTES])
        if answers is None:
            answers = self._texts[mark[_ATTRIBUTES]] = written(self._renamed(mark[_ATTRIBUTES]))
        self._change(mark, answers, mark[_NOTE])

    def _take(self, group: Rows) -> None:
        """Marks at one place: those that fit an earlier one become one with it, the target's own first."""
        group.sort(key=lambda mark: bool(mark[_LABEL] != self._target))
        kept: list[tuple[tuple[Any, ...], Answers, list[str]]] = []
        for mark in group:
            own = mark[_LABEL] == self._target
            answers = self._renamed(mark[_ATTRIBUTES])
            fits = None if own else next((each for each in kept if _agree(each[1], answers)), None)
            if fits is not None:
                fits[1].update({key: value for key, value in answers.items() if key not in fits[1]})
                fits[2].append(mark[_NOTE])
                self.instead[mark[0]] = fits[0][0]
                self.dropped.append(mark)
                continue
            if kept and not own:
                self.conflicts.append(Conflict(mark[1], mark[0], "two codings"))
            kept.append((mark, answers, [mark[_NOTE]]))
        for mark, answers, notes in kept:
            self._change(mark, written(answers), "\n".join(dict.fromkeys(filter(None, notes))))

    def _change(self, mark: tuple[Any, ...], answers: str, note: str) -> None:
        before, after = (mark[_LABEL], mark[_ATTRIBUTES], mark[_NOTE]), (self._target, answers, note)
        if before != after:
            self._changes.append((mark[0], *before, *after))

    def _renamed(self, attributes: str) -> Answers:
        held = orjson.loads(attributes)
        return {self._same.get(key, key): value for key, value in held.items()}


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(answered(one.get(key, value)) == answered(value) for key, value in other.items())
