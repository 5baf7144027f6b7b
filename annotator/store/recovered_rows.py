"""Marks, links and answers that come back, or go back where they were, into a project that went on without them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import orjson

from annotator.core.changes import BulkChange, Row
from annotator.core.forms import answered
from annotator.core.ids import is_made
from annotator.core.rows import COLUMNS, written
from annotator.store.lost_rows import Altered, Lost
from annotator.store.many_rows import PIECE, Rows, columns_changed
from annotator.store.reading import Reader
from annotator.store.recovered_scheme import MissingCounts, RecoveredScheme
from annotator.store.writing import selection

_OF_SCHEME = {  # what a row belongs to: its column, the table that this is in, and what that is called
    "annotations": ("label", "labels", "label"),
    "relations": ("type", "relation_types", "link"),
    "document_labels": ("attribute", "attributes", "attribute"),
}
_VALUES = {table: itemgetter(*COLUMNS[table]) for table in _OF_SCHEME}


class RecoveredRows:
    """What comes back: rows to insert in `back`, by table; and rows that change, in `changed`, by table and id."""

    def __init__(self, reader: Reader, lost: Lost, scheme: RecoveredScheme) -> None:
        self._reader, self._lost, self._scheme = reader, lost, scheme
        self.back: dict[str, Rows] = {table: [] for table in _OF_SCHEME}
        self.changed: dict[str, dict[str, tuple[Row, Row]]] = {table: {} for table in _OF_SCHEME}
        self.documents: set[str] = set()  # the ids of those in which something comes back or changes
        self.missing: MissingCounts = Counter()
        self._there = {key for (key,) in reader.rows("SELECT id FROM documents")}
        self._marks = set[str]()  # the ids of marks that are there then, of those that matter
        self._known: dict[str, tuple[str, int]] = {}  # answers as rows hold them: those left, and how many were lost
        self._values: dict[str, set[str]] = defaultdict(set)  # values of attributes that come back in answers
        self._bring_marks()
        self._bring_links()
        self._bring_answers()
        for attribute, values in self._values.items():
            scheme.need_values(attribute, values)

    def altered(self) -> Iterator[BulkChange]:
        """The changes of rows that are there, together where they concern the same columns. Can be asked once."""
        for table, rows in self.changed.items():
            alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
            while rows:
                key, (before, after) = rows.popitem()
                columns = tuple(name for name in after if before[name] != after[name])
                held = (*(before[name] for name in columns), *(after[name] for name in columns))
                alike[columns].append((key, *held))
            for columns, changes in alike.items():
                yield from columns_changed(table, columns, changes)

    # Marks

    def _bring_marks(self) -> None:
        gone, altered = self._lost.deleted["annotations"], self._lost.altered["annotations"]
        now = self._now("annotations", [*gone, *(each.key for each in altered)])
        self._marks |= now.keys()
        for mark in self._placed("annotations", now):
            self._marks.add(mark["id"])
            self._insert("annotations", {**mark, "attributes": self._known_answers(mark["attributes"])})
        for each in self._lost.take_altered("annotations"):
            if held := now.pop(each.key, None):
                self._change("annotations", held, self._mark_back(each, held))

    def _mark_back(self, each: Altered, now: Row) -> Row:
        """How a mark that the step changed is to be."""
        if self._left(each, now, "label", "labels"):
            same = all(now[column] == each.after[column] for column in each.after)
            if not same:
                return {"label": each.before["label"]}
            answers = {name: self._known_answers(each.before[name]) for name in ("attributes",) if name in each.before}
            return {**each.before, **answers}
        return self._answers_back(each, now)

    def _answers_back(self, each: Altered, now: Row) -> Row:
        """The answers of a mark or link, with those that it lost by the step and has not got again."""
        if "attributes" not in each.before or now["attributes"] == each.before["attributes"]:
            return {}
        before, after = (orjson.loads(side["attributes"]) for side in (each.before, each.after))
        held = orjson.loads(now["attributes"])
        lost = {key: value for key, value in before.items() if key not in after and key not in held}
        more = {key: value for key, value in lost.items() if key in self._scheme.rows["attributes"]}
        for key, value in more.items():
            self._values[key].update(answered(value))
        return {"attributes": written({**held, **more})} if more else {}

    def _known_answers(self, attributes: str) -> str:
        """The answers of a mark or link, but for those to attributes that are none of the scheme any more."""
        if attributes not in self._known:
            held = orjson.loads(attributes)
            there = {key: value for key, value in held.items() if not self._is_lost(key)}
            self._known[attributes] = (attributes if there == held else written(there), len(held) - len(there))
        known, lost = self._known[attributes]
        if lost:
            self.missing["answers", "attribute"] += lost
        return known

    def _is_lost(self, attribute: str) -> bool:
        return attribute not in self._scheme.rows["attributes"] and is_made(attribute)

    # Links

    def _bring_links(self) -> None:
        gone, altered = self._lost.deleted["relations"], self._lost.altered["relations"]
        now = self._now("relations", [*gone, *(each.key for each in altered)])
        ends = {link[end] for link in gone.values() for end in ("source", "target")}
        ends |= {each.before[end] for each in altered for end in ("source", "target") if end in each.before}
        self._marks |= self._now("annotations", ends - self._marks).keys()
        for link in self._placed("relations", now):
            if {link["source"], link["target"]} <= self._marks:
                self._insert("relations", {**link, "attributes": self._known_answers(link["attributes"])})
            else:
                self.missing["relations", "mark"] += 1
        for each in self._lost.take_altered("relations"):
            if held := now.pop(each.key, None):
                self._change("relations", held, self._link_back(each, held))

    def _link_back(self, each: Altered, now: Row) -> Row:
        """How a link that the step changed is to be."""
        if self._left(each, now, "type", "relation_types"):
            return {"type": each.before["type"]}
        if "source" in each.after:
            same = all(now[end] == each.after[end] for end in ("source", "target"))
            there = {each.before["source"], each.before["target"]} <= self._marks
            return each.before if same and there else {}
        return self._answers_back(each, now)

    # Answers in forms

    def _bring_answers(self) -> None:
        gone, altered = self._lost.deleted["document_labels"], self._lost.altered["document_labels"]
        now = self._now("document_labels", [*gone, *(each.key for each in altered)])
        given = {_who(answer) for answer in self._given(gone.values())}
        for answer in self._placed("document_labels", now):
            if _who(answer) in given:
                self.missing["answers", "answered"] += 1
            else:
                self._values[answer["attribute"]].update(answered(orjson.loads(answer["value"])))
                self._insert("document_labels", answer)
        for each in self._lost.take_altered("document_labels"):
            held = now.pop(each.key, None)
            if held is not None and self._left(each, held, "attribute", "attributes"):
                self._change("document_labels", held, {"attribute": each.before["attribute"]})

    def _given(self, wanted: Iterable[Row]) -> Iterator[Row]:
        """The answers that there are to the attributes of those `wanted`."""
        attributes = written(sorted({answer["attribute"] for answer in wanted}))
        sql = f"{selection('document_labels')} WHERE attribute IN (SELECT value FROM json_each(?))"
        return (_named("document_labels", found) for found in self._reader.rows(sql, (attributes,)))

    # Rows

    def _placed(self, table: str, now: dict[str, Row]) -> Iterator[Row]:
        """The rows that the step deleted from `table`, are absent, and have a place; those without one are counted."""
        column, owner, called = _OF_SCHEME[table]
        what = "answers" if table == "document_labels" else table
        for held in self._lost.take_deleted(table):
            if held["id"] in now:
                continue
            if held["document"] not in self._there:
                self.missing[what, "document"] += 1
            elif held[column] not in self._scheme.rows[owner]:
                self.missing[what, called] += 1
            else:
                yield held

    def _left(self, each: Altered, now: Row, column: str, owner: str) -> bool:
        """Whether the step led a row from something that it deleted to another, where the row still is."""
        return (
            column in each.after
            and now[column] == each.after[column] != each.before[column]
            and self._scheme.had(owner, each.before[column])
        )

    def _insert(self, table: str, held: Row) -> None:
        self.back[table].append(_VALUES[table](held))
        self.documents.add(held["document"])

    def _change(self, table: str, now: Row, columns: Row) -> None:
        after = {name: value for name, value in columns.items() if now[name] != value}
        if after:
            self.changed[table][now["id"]] = (now, after)
            self.documents.add(now["document"])

    def _now(self, table: str, keys: Iterable[str]) -> dict[str, Row]:
        """Those rows of `table` with these ids that there are."""
        wanted, found = list(keys), dict[str, Row]()
        sql = f"{selection(table)} WHERE id IN (SELECT value FROM json_each(?))"
        for first in range(0, len(wanted), PIECE):
            for values in self._reader.rows(sql, (written(wanted[first : first + PIECE]),)):
                found[values[0]] = _named(table, values)
        return found


def _named(table: str, values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(COLUMNS[table], values, strict=True))


def _who(answer: Row) -> tuple[Any, ...]:
    return answer["document"], answer["attribute"], answer["annotator"]
