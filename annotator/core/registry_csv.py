"""The registry as a table in a file: comma-separated values, a row an entry, exact there and back.

Columns are id, kind, name, aliases (with | between them), note, color, different_from (ids, with | between them), then
one for each attribute, as `value [from–to]; value`. A backslash keeps a sign that separates from doing so.

A spreadsheet takes a cell that begins with = + - or @ for something to work out, which a stranger's file may misuse.
Such a cell gets an apostrophe before it, which spreadsheets take for “this is text” and reading takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.changes import BulkChange, ChangeSet
from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.registry import DISTINCT, Fact, distinct_from, entry_row, facts_of, stated, tidied, with_distinct
from annotator.core.registry_names import name_key
from annotator.core.rows import COLUMNS

FIXED = ("id", "kind", "name", "aliases", "note", "color", DISTINCT)
_ATTRIBUTE = "attribute:"  # before the name of an attribute that is called as another column is
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_DATED = re.compile(r"(.*?)\s*(?<!\\)\[([^\[\]–]*)–([^\[\]–]*)\]\s*", re.DOTALL)
_LONGEST = 10_000_000  # characters of a cell


class Problem(NamedTuple):
    """A row that is left out, by its number in the file as a spreadsheet counts, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class CsvPlan:
    """What reading a file would do: `change` is the step itself."""

    change: ChangeSet
    new: tuple[RegistryEntry, ...] = ()
    changed: tuple[RegistryEntry, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


# Writing


def registry_csv(entries: Iterable[RegistryEntry], *, marked: bool = True) -> bytes:
    """The entries as a file in UTF-8; `marked` puts the sign before it by which spreadsheets know that."""
    held = list(entries)
    names = sorted({name for entry in held for name in facts_of(entry)})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(safe_cell, (*FIXED, *map(_column, names))))
    for entry in held:
        writer.writerow(map(safe_cell, _cells(entry, names)))
    return out.getvalue().encode("utf-8-sig" if marked else "utf-8")


def _cells(entry: RegistryEntry, names: Sequence[str]) -> Iterator[str]:
    yield from (entry.id, entry.kind, entry.name, _joined(entry.aliases), entry.note, entry.color)
    yield _joined(distinct_from(entry))
    known = facts_of(entry)
    for name in names:
        yield "; ".join(map(_fact_written, known.get(name, ())))


def _fact_written(fact: Fact) -> str:
    value = re.sub(r"([\\;\[\]])", r"\\\1", fact.value)
    return f"{value} [{fact.since}–{fact.until}]" if fact.since or fact.until else value


def _joined(values: Iterable[str]) -> str:
    return "|".join(re.sub(r"([\\|])", r"\\\1", value) for value in values)


def _column(name: str) -> str:
    return _ATTRIBUTE + name if name in FIXED or name.startswith(_ATTRIBUTE) or name != name.strip() else name


def safe_cell(cell: str) -> str:
    """The cell as no spreadsheet takes it for something to work out."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def plain_cell(cell: str) -> str:
    """The cell as it was before `safe_cell`."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


# Reading


def plan_csv(entries: Iterable[RegistryEntry], text: str) -> CsvPlan:
    """What a file's `text` would make of the entries there are. Nothing is done, and nothing is deleted.

    A row is the entry with its id, else the only one of its kind with its name, else a new one. Columns that the file
    does not have leave what they are about as it is; an empty cell takes it away. Raises KnownError where it is no
    such table.
    """
    head, rows = _table(text)
    return _Reading(entries, head).plan(rows)


def _table(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    csv.field_size_limit(_LONGEST)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = [plain_cell(cell).strip() if plain_cell(cell) in FIXED else plain_cell(cell) for cell in next(lines, [])]
    head = [cell.strip().casefold() if cell.strip().casefold() in FIXED else cell for cell in head]
    if "name" not in head:
        raise KnownError("It has no column “name” in its first row, so it is no registry. Nothing was changed.")
    twice = sorted({cell for cell in head if cell.strip() and head.count(cell) > 1})
    if twice:
        raise KnownError(f"It has two columns called {twice[0]}. Rename one, then try again. Nothing was changed.")
    return head, _rows(lines)


def _rows(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for number, cells in enumerate(lines, 2):
            if any(cells):
                yield number, [plain_cell(cell) for cell in cells]
    except csv.Error as error:
        raise KnownError(f"It cannot be read beyond row {number}: {error}. Nothing was changed.") from None


class _Reading:
    """Rows of a file becoming entries."""

    def __init__(self, entries: Iterable[RegistryEntry], head: Sequence[str]) -> None:
        self._head = head
        self._entries = {entry.id: entry for entry in entries}
        self._named: dict[tuple[str, str], list[str]] = {}
        for entry in self._entries.values():
            self._named.setdefault(_named(entry.kind, entry.name), []).append(entry.id)
        self._taken: dict[str, int] = {}
        self._problems: list[Problem] = []

    def plan(self, rows: Iterable[tuple[int, list[str]]]) -> CsvPlan:
        new, before, after, unchanged = [], [], [], 0
        for number, cells in rows:
            try:
                entry, was = self._entry(number, cells)
            except KnownError as error:
                self._problems.append(Problem(number, str(error).replace(" Nothing was changed.", "")))
                continue
            if was is None:
                new.append(entry)
            elif entry_row(was) == entry_row(entry) or entry_row(tidied(was)) == entry_row(entry):
                unchanged += 1
            else:
                before.append(was)
                after.append(entry)
        change = ChangeSet(f"Import {len(new) + len(after)} registry entries", (), bulk=_bulk(new, before, after))
        return CsvPlan(change, tuple(new), tuple(after), unchanged, tuple(self._problems))

    def _entry(self, number: int, cells: list[str]) -> tuple[RegistryEntry, RegistryEntry | None]:
        if len(cells) > len(self._head):
            raise KnownError(f"It has {len(cells)} cells, and the first row only {len(self._head)}.")
        held = dict(zip(self._head, cells, strict=False))
        was = self._match(held)
        entry = tidied(self._filled(was or RegistryEntry(held.get("id", "").strip() or new_id(), "", ""), held))
        if entry.id in self._taken:
            raise KnownError(f"It is the entry of row {self._taken[entry.id]} once more.")
        self._taken[entry.id] = number
        return entry, was

    def _match(self, held: Mapping[str, str]) -> RegistryEntry | None:
        key = held.get("id", "").strip()
        if key in self._entries:
            return self._entries[key]
        if key:
            return None
        kind, name = held.get("kind", "").strip(), held.get("name", "")
        found = self._named.get(_named(kind, name), [])
        if len(found) > 1:
            raise KnownError(f"{len(found)} entries are called “{name}”: its id must say which is meant.")
        return self._entries[found[0]] if found else None

    def _filled(self, entry: RegistryEntry, held: Mapping[str, str]) -> RegistryEntry:
        """The entry with what the cells say in place of what they speak of."""
        plain: dict[str, Any] = {name: held[name] for name in ("kind", "name", "note", "color") if name in held}
        if "aliases" in held:
            plain["aliases"] = tuple(_split(held["aliases"], "|"))
        attributes = dict(entry.attributes)
        for column in self._head:
            name = column.removeprefix(_ATTRIBUTE)
            if column not in FIXED and column.strip() and column in held:
                attributes[name] = stated(_fact_read(part) for part in _split(held[column], ";", keep=True))
        kept = {name: value for name, value in attributes.items() if value is not None}
        entry = replace(entry, **plain, attributes=kept)
        return with_distinct(entry, _split(held[DISTINCT], "|")) if DISTINCT in held else entry


def _bulk(new: list[RegistryEntry], before: list[RegistryEntry], after: list[RegistryEntry]) -> tuple[BulkChange, ...]:
    made = BulkChange("registry", tuple(entry.id for entry in new), None, _columns(new))
    other = BulkChange("registry", tuple(entry.id for entry in after), _columns(before), _columns(after))
    return tuple(each for each in (made, other) if each.keys)


def _columns(entries: Iterable[RegistryEntry]) -> dict[str, list[Any]]:
    rows = [entry_row(entry) for entry in entries]
    return {column: [row[column] for row in rows] for column in COLUMNS["registry"]}


def _named(kind: str, name: str) -> tuple[str, str]:
    return kind.strip().casefold(), name_key(name)


def _split(cell: str, sign: str, *, keep: bool = False) -> list[str]:
    """The parts of a cell between signs that no backslash stands before; `keep` leaves the backslashes in."""
    if "\\" not in cell:
        return [part for part in cell.split(sign) if part.strip()]
    parts = [""]
    signs = iter(cell)
    for each in signs:
        if each == "\\":
            escaped = next(signs, "")
            parts[-1] += f"\\{escaped}" if keep else escaped or "\\"
        elif each == sign:
            parts.append("")
        else:
            parts[-1] += each
    return [part for part in parts if part.strip()]


def _fact_read(part: str) -> Fact:
    dated = _DATED.fullmatch(part)
    value, since, until = dated.groups() if dated else (part, "", "")
    return Fact(re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL).strip(), since.strip(), until.strip())
