"""The registry: the people, organisations, places and concepts of a project, what is known of them, and its edits.

An attribute of an entry is a plain value, or a list of what held when: `{"value": "minister", "from": "2012-03",
"to": "2016"}`. Dates are years, months or days, and both ends count: until 2016 is until its last day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.rows import registry_values, row

KINDS = ("person", "organisation", "place", "concept")  # that are offered; any other word is one, too
DISTINCT = "different_from"  # in an entry's attributes: ids of entries that look like it and are not the same
_ANY = ("", "any")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_KIND_OF_LABEL = {
    **dict.fromkeys(("PERSON", "PER", "PERS"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "NORP"), "organisation"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "LOCATION"), "place"),
}


class Fact(NamedTuple):
    """What an entry is, from one date to another; an end that is not known is empty."""

    value: str
    since: str = ""
    until: str = ""

    def holds(self, date: str) -> bool:
        """Whether it held on a date, or at some time of that month or year. Without a date, whether it may."""
        return self.since[: len(date)] <= date[: len(self.since) or None] and (
            not self.until or date[: len(self.until)] <= self.until[: len(date) or None]
        )


def facts(stated: object) -> tuple[Fact, ...]:
    """What an attribute of an entry states, in whichever way it is kept."""
    every = stated if isinstance(stated, list | tuple) else [stated]
    return tuple(found for each in every if (found := _fact(each)).value)


def _fact(stated: object) -> Fact:
    if isinstance(stated, Mapping):
        return Fact(*(_text(stated.get(name)) for name in ("value", "from", "to")))
    return Fact(_text(stated))


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def stated(known: Iterable[Fact]) -> str | list[dict[str, str]] | None:
    """Facts as an entry keeps them: a single undated one as a plain value; None for none."""
    found = [fact for fact in dict.fromkeys(known) if fact.value]
    if not found:
        return None
    if len(found) == 1 and found[0] == Fact(found[0].value):
        return found[0].value
    return [{name: value for name, value in zip(("value", "from", "to"), fact, strict=True) if value} for fact in found]


def facts_of(entry: RegistryEntry) -> dict[str, tuple[Fact, ...]]:
    """What is known of an entry, by attribute, in order of their names."""
    found = ((name, facts(held)) for name, held in sorted(entry.attributes.items()) if name != DISTINCT)
    return {name: known for name, known in found if known}


def value_at(entry: RegistryEntry, name: str, date: str = "") -> str:
    """What an attribute of an entry was on `date`, the one that began last where several held; empty where none did.

    Without a date, what held last.
    """
    held = [fact for fact in facts(entry.attributes.get(name)) if not date or fact.holds(date)]
    return max(held, key=lambda fact: (fact.since, fact.until or "9999")).value if held else ""


def is_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day, as 2016, 2016-03 or 2016-03-31."""
    return _DATE.fullmatch(text) is not None


def of_kind(kind: str, wanted: str) -> bool:
    """Whether an entry of a kind may answer what asks for entries of another; one without a kind may answer all."""
    return wanted in _ANY or kind == "" or kind.casefold() == wanted.casefold()


def kind_for(wanted: str, label: str = "") -> str:
    """The kind of a new entry for an attribute that asks for `wanted`, on a mark whose label has that name."""
    return wanted if wanted not in _ANY else _KIND_OF_LABEL.get(label.upper(), "")


# Edits


def new_entry(name: str, kind: str = "", aliases: Iterable[str] = ()) -> RegistryEntry:
    """An entry that is not yet in the project: give it to `added`."""
    return tidied(RegistryEntry(new_id(), kind, name, tuple(aliases)))


def tidied(entry: RegistryEntry) -> RegistryEntry:
    """The entry as it may be kept: white space single, no alias twice. Raises KnownError where it cannot be kept."""
    name, kind = " ".join(entry.name.split()), " ".join(entry.kind.split())
    if not name:
        raise KnownError("An entry of the registry needs a name. Nothing was changed.")
    if entry.color and not _COLOR.fullmatch(entry.color):
        raise KnownError(f"“{entry.color}” is no colour: write it as #2e6fb7. Nothing was changed.")
    aliases = tuple(dict.fromkeys(filter(None, (" ".join(alias.split()) for alias in entry.aliases))))
    kept = {held: value for held, value in entry.attributes.items() if held != DISTINCT}
    for attribute, value in kept.items():
        _refuse_wrong_dates(attribute, facts(value))
    rest: dict[str, Any] = {
        attribute: found for attribute, value in kept.items() if (found := stated(facts(value))) is not None
    }
    others = distinct_from(entry)
    if others:
        rest[DISTINCT] = others
    clean = tuple(alias for alias in aliases if alias != name)
    return replace(entry, name=name, kind=kind, aliases=clean, attributes=rest)


def _refuse_wrong_dates(attribute: str, known: Iterable[Fact]) -> None:
    for fact in known:
        for date in fact[1:]:
            if date and not is_date(date):
                raise KnownError(
                    f"“{date}” at {attribute} is no date: write 2016, 2016-03 or 2016-03-31. Nothing was changed."
                )
        if fact.since and fact.until and fact.until < fact.since[: len(fact.until)]:
            raise KnownError(f"{attribute} “{fact.value}” would end before it began. Nothing was changed.")


def added(*entries: RegistryEntry) -> ChangeSet:
    """Put new entries into the registry."""
    rows = (RowChange("registry", entry.id, None, entry_row(entry)) for entry in entries)
    shown = entries[0].name if len(entries) == 1 else f"{len(entries)} registry entries"
    return ChangeSet(f"New {shown}", tuple(rows))


def changed(before: RegistryEntry, after: RegistryEntry, name: str = "") -> ChangeSet:
    """Make an entry into `after`, which has the same id."""
    rows = (RowChange("registry", before.id, entry_row(before), entry_row(after)),)
    return ChangeSet(name or f"Change {before.name}", rows if before != after else ())


def renamed(entry: RegistryEntry, name: str, *, keep: bool = True) -> ChangeSet:
    """Give an entry another name; the old one becomes an alias where `keep` says so."""
    aliases = (*entry.aliases, entry.name) if keep else entry.aliases
    after = tidied(replace(entry, name=name, aliases=aliases))
    return changed(entry, after, f"Rename {entry.name}")


def entry_row(entry: RegistryEntry) -> dict[str, Any]:
    """The row of an entry."""
    return row("registry", registry_values(entry))


def entry_from_row(held: Row) -> RegistryEntry:
    """The entry that a row holds."""
    aliases, attributes = json.loads(held["aliases"]), json.loads(held["attributes"])
    shown = (held["id"], held["kind"], held["name"])
    return RegistryEntry(*shown, tuple(aliases), attributes, held["note"], held["color"])


# Entries that look alike and are not the same


def distinct_from(entry: RegistryEntry) -> list[str]:
    """The ids of entries that somebody said are not this one."""
    held = entry.attributes.get(DISTINCT, [])
    return sorted({str(key) for key in (held if isinstance(held, list) else [held])} - {entry.id})


def told_apart(entry: RegistryEntry, other: RegistryEntry) -> ChangeSet:
    """Remember that two entries are not the same, though they look alike."""
    first, second = sorted((entry, other), key=lambda each: each.id)
    after = with_distinct(first, {*distinct_from(first), second.id})
    return changed(first, after, f"{first.name} is not {second.name}")


def with_distinct(entry: RegistryEntry, others: Collection[str]) -> RegistryEntry:
    """The entry, being told apart from those with the ids `others`."""
    rest: dict[str, Any] = {name: value for name, value in entry.attributes.items() if name != DISTINCT}
    kept = sorted({*others} - {entry.id})
    return replace(entry, attributes=rest | ({DISTINCT: kept} if kept else {}))


# Merging


class Clash(NamedTuple):
    """An attribute of which entries that become one say different things at one time; both are kept."""

    attribute: str
    values: tuple[str, ...]


def merged(target: RegistryEntry, others: Collection[RegistryEntry]) -> tuple[RegistryEntry, tuple[Clash, ...]]:
    """The target with names, aliases, facts and notes of the others, and where they say different things."""
    names = (alias for other in others for alias in (other.name, *other.aliases))
    every = (target, *others)
    known = [facts_of(entry) for entry in every]
    attributes: dict[str, Any] = {}
    clashes = []
    for name in dict.fromkeys(name for held in known for name in held):
        joint = list(dict.fromkeys(fact for held in known for fact in held.get(name, ())))
        attributes[name] = stated(joint)
        clashes += list(_clash(name, [held.get(name, ()) for held in known]))
    note = "\n".join(dict.fromkeys(filter(None, (entry.note.strip() for entry in every))))
    color = next((entry.color for entry in every if entry.color), "")
    kind = next((entry.kind for entry in every if entry.kind), "")
    made = replace(target, kind=kind, aliases=(*target.aliases, *names), attributes=attributes, note=note, color=color)
    gone = {entry.id for entry in others}
    apart = {key for entry in every for key in distinct_from(entry)} - gone - {target.id}
    return tidied(with_distinct(made, apart)), tuple(clashes)


def _clash(name: str, said: list[tuple[Fact, ...]]) -> Iterator[Clash]:
    """What one entry says at a time at which another says otherwise."""
    first = said[0]
    values = dict.fromkeys(fact.value for rest in said[1:] for fact in rest for mine in first if _differ(mine, fact))
    if values:
        mine = (fact.value for fact in first)
        yield Clash(name, tuple(dict.fromkeys((*mine, *values))))


def _differ(one: Fact, other: Fact) -> bool:
    """Whether two facts are about one time and are not the same."""
    return one.value != other.value and _meet(one, other) and _meet(other, one)


def _meet(one: Fact, other: Fact) -> bool:
    shortest = min(len(one.until), len(other.since))
    return not one.until or other.since[:shortest] <= one.until[:shortest]
