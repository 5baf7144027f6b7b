"""Changes of the registry that reach what is answered already: worked out first, and one step then.

A plan is made from what the file holds now. Applied after somebody else has changed that, it is refused as stale, and
nothing is changed; planning anew is cheap.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from annotator.core.annotation import RegistryEntry
from annotator.core.changes import BulkChange, ChangeSet, RowChange
from annotator.core.errors import KnownError
from annotator.core.registry import Clash, distinct_from, entry_row, merged, renamed, with_distinct
from annotator.core.rows import COLUMNS, written
from annotator.store.answers import answer_change
from annotator.store.many_rows import Rows, columns_changed, deleted, documents_in, gone
from annotator.store.reading import Reader
from annotator.store.registry_uses import entity_attributes, registry_entries
from annotator.store.writing import selection

FEW = 20  # entries that are looked for one by one; for more, all answers are gone through


@dataclass(frozen=True, slots=True)
class RegistryPlan:
    """What a change of the registry would do: `change` is the step itself."""

    change: ChangeSet
    marks: int = 0  # that answer otherwise afterwards; of a rename, that show the new name
    documents: int = 0  # that those stand in, and whose forms answer otherwise
    links: int = 0
    answers: int = 0  # in the documents' forms
    united: int = 0  # answers of several values, that named two of the entries
    conflicts: tuple[Clash, ...] = ()  # both are kept


class RegistryPlans:
    """Works plans out for the project that `reader` reads. Not for the window's own thread: marks may be many."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asking = set(entity_attributes(reader))
        self._entries: dict[str, RegistryEntry] = {}

    def merge(self, sources: Collection[str], target: str) -> RegistryPlan:
        """Let the entry `target` stand for the entries `sources` wherever they are answers, and delete those.

        It gets their names as aliases, what is known of them, and their notes.
        """
        self._read([*sources, target])
        goal = self._entry(target)
        others = [self._entry(key) for key in dict.fromkeys(sources) if key != target]
        if not others:
            self._refuse("There is nothing to merge")
        made, clashes = merged(goal, others)
        instead: dict[str, str | None] = {other.id: target for other in others}
        rows = [RowChange("registry", target, entry_row(goal), entry_row(made))] if made != goal else []
        rows += [*self._told_apart(instead, made), *(gone("registry", entry_row(other)) for other in others)]
        name = f"Merge {', '.join(other.name for other in others[:3])}{'…' * (len(others) > 3)} into {goal.name}"
        return self._plan(name, rows, instead, clashes)

    def delete(self, keys: Collection[str], *, clear: bool = True) -> RegistryPlan:
        """Delete entries; answers with them are not coded afterwards.

        Raises KnownError for entries that are used where `clear` does not say that their answers may go.
        """
        self._read(keys)
        lost = [self._entry(key) for key in dict.fromkeys(keys)]
        instead: dict[str, str | None] = dict.fromkeys((entry.id for entry in lost), None)
        rows = [*self._told_apart(instead, None), *(gone("registry", entry_row(entry)) for entry in lost)]
        shown = lost[0].name if len(lost) == 1 else f"{len(lost)} registry entries"
        plan = self._plan(f"Delete {shown}", rows, instead, ())
        if not clear and (plan.marks or plan.links or plan.answers):
            self._refuse(f"{shown} is an answer in {plan.documents} articles")
        return plan

    def rename(self, key: str, name: str, *, keep: bool = True) -> RegistryPlan:
        """Give an entry another name, and keep the old one as an alias. Answers hold ids, so none of them changes."""
        self._read([key])
        change = renamed(self._entry(key), name, keep=keep)
        counted = self._plan("", [], {key: None}, ())
        return RegistryPlan(change, counted.marks, counted.documents, counted.links, counted.answers)

    # Answers

    def _plan(
        self, name: str, rows: list[RowChange], instead: Mapping[str, str | None], clashes: tuple[Clash, ...]
    ) -> RegistryPlan:
        change = _Pointing(self._asking, instead)
        marks, links = (self._held(table, instead) for table in ("annotations", "relations"))
        changed, touched = change.rows("annotations", marks)
        elsewhere, linked = change.rows("relations", links)
        forms, answered = change.forms(self._forms(instead))
        documents = documents_in([*touched, *linked, *answered])
        step = ChangeSet(name, tuple(rows), bulk=(*changed, *elsewhere, *forms))
        return RegistryPlan(step, len(touched), documents, len(linked), len(answered), change.united, clashes)

    def _held(self, table: str, keys: Mapping[str, Any]) -> Rows:
        """The rows whose answers may hold one of the entries: all that do, and perhaps some more."""
        if len(keys) > FEW:
            return self._reader.rows(f"{selection(table)} WHERE attributes <> '{{}}'")
        held = " OR ".join(["instr(attributes, ?)"] * len(keys))
        return self._reader.rows(f"{selection(table)} WHERE {held}", [json.dumps(key) for key in keys])

    def _forms(self, keys: Mapping[str, Any]) -> Rows:
        sql = f"{selection('document_labels')} WHERE attribute IN (SELECT value FROM json_each(?)) ORDER BY rowid"
        place = COLUMNS["document_labels"].index("value")
        found = self._reader.rows(sql, (written(sorted(self._asking)),))
        return found if any(key in keys for row in found for key in _named(json.loads(row[place]))) else []

    # Entries

    def _told_apart(self, instead: Mapping[str, str | None], goal: RegistryEntry | None) -> Iterator[RowChange]:
        """Entries that are told apart from some that go: from what stands for those, or from none."""
        for entry in self._entries.values():
            others = distinct_from(entry)
            if entry.id in instead or (goal is not None and entry.id == goal.id) or not instead.keys() & {*others}:
                continue
            kept = {instead.get(key, key) for key in others} - {None}
            if goal is not None and entry.id in distinct_from(goal):
                kept -= {goal.id}  # it says so itself
            after = with_distinct(entry, {str(key) for key in kept})
            yield RowChange("registry", entry.id, entry_row(entry), entry_row(after))

    def _read(self, keys: Iterable[str]) -> None:
        """Read these entries, and all that are told apart from some."""
        self._entries = registry_entries(self._reader, keys)

    def _entry(self, key: str) -> RegistryEntry:
        found = self._entries.get(key)
        if found is None:
            self._refuse("What you want to change is not in the registry any more")
        return found

    def _refuse(self, why: str) -> NoReturn:
        raise KnownError(f"{why}. Nothing was changed.")


class _Pointing:
    """Lets answers name other entries than they do. `united` counts those that named two that are one then."""

    def __init__(self, asking: Collection[str], instead: Mapping[str, str | None]) -> None:
        self._asking, self._instead = asking, instead
        self._change: dict[bool, Callable[[Any], Any]] = {
            several: answer_change(instead, several, several) for several in (False, True)
        }
        self.united = 0

    def rows(self, table: str, rows: Rows) -> tuple[list[BulkChange], Rows]:
        """How marks or links change, and which."""
        place = COLUMNS[table].index("attributes")
        found: Rows = []
        touched: Rows = []
        for row in rows:
            answers = json.loads(row[place])
            named = {key for key, value in answers.items() if key in self._asking and self._names(value)}
            if named:
                new = {key: self._new(value) if key in named else value for key, value in answers.items()}
                kept = {key: value for key, value in new.items() if value is not None}
                found.append((row[0], row[place], written(kept) if kept else "{}"))
                touched.append(row)
        return columns_changed(table, ("attributes",), found), touched

    def forms(self, rows: Rows) -> tuple[list[BulkChange], Rows]:
        """How answers in documents' forms change, and which. An answer that another gives already goes."""
        _, *columns = COLUMNS["document_labels"]
        place, sign = columns.index("value") + 1, [columns.index(name) + 1 for name in ("document", "attribute")]
        sign.append(columns.index("annotator") + 1)
        touched = [row for row in rows if self._names(json.loads(row[place]))]
        ids = {row[0] for row in touched}
        there = {(*(row[each] for each in sign), row[place]) for row in rows if row[0] not in ids}
        changed, lost = [], []
        for row in touched:
            new = self._new(json.loads(row[place]))
            key = (*(row[each] for each in sign), written(new))
            if new is None or key in there:
                lost.append(row)
                self.united += new is not None
            else:
                changed.append((row[0], row[place], written(new)))
            there.add(key)
        return [*columns_changed("document_labels", ("value",), changed), *deleted("document_labels", lost)], touched

    def _names(self, value: object) -> bool:
        return any(key in self._instead for key in _named(value))

    def _new(self, value: Any) -> Any:
        new = self._change[isinstance(value, list)](value)
        if isinstance(value, list):
            left = [each for each in value if self._instead.get(each, each) is not None]
            self.united += len(left) > len(new or ())
        return new


def _named(value: object) -> Sequence[str]:
    """The entries that an answer names."""
    return [key for key in (value if isinstance(value, list) else [value]) if isinstance(key, str)]
