"""What a field for a registry entry offers, as a list that narrows: entries that fit, and a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import kind_for, new_entry, of_kind, value_at
from annotator.core.registry_names import name_key
from annotator.core.scheme import Attribute
from annotator.gui.panels.filtered_list import Choice, ChoiceModel
from annotator.gui.registry import NO_USES, registry_of, shown_kind
from annotator.gui.session import Session
from annotator.gui.texts import tr

SHOWN = 8  # entries that are offered
NAME = 6  # words that a mark may have to be taken for a name; a claim is none
RECENT = 5  # of those used last, while nothing is typed
ROLES = ("role", "post", "position", "function", "office", "title")  # attributes that say who somebody is


class New(NamedTuple):
    """An entry to be made."""

    name: str
    kind: str

    def entry(self) -> RegistryEntry:
        """The entry itself, with an id of its own."""
        return new_entry(self.name, self.kind)


class EntryChoices(ChoiceModel):
    """The entries that fit what is typed. A choice's value is an entry's id, or New.

    While nothing is typed, what the words of the mark may mean comes first: `suggested` tells of how many choices that
    is so. Nothing is ever taken by itself.
    """

    def __init__(self, session: Session, attribute: Attribute, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._session, self._wanted = session, attribute.registry
        self.registry = registry_of(session)
        self.suggested = 0
        self._look_around()

    def _look_around(self) -> None:
        """What is chosen now says what a new entry would be called, and the article's date what somebody was then."""
        opened, mark = self._session.open, self._session.chosen_mark
        self._kind = kind_for(self._wanted, mark.label.name if mark else "")
        self._words = " ".join(mark.covered(opened.text).split()) if opened and mark else ""
        self._date = opened.document.metadata.get("published", "")[:10] if opened else ""

    def narrow(self, typed: str) -> None:
        """Show what fits what was typed, and a new entry of that name."""
        self._look_around()
        typed = " ".join(typed.split())
        self.suggested = 0
        found = list(self._typed(typed) if typed else self._untyped())
        name = typed or (self._words if len(self._words.split()) <= NAME else "")
        if name:
            found.append(Choice(self._offer(name), New(name, self._kind)))
        self.show(found)

    def _typed(self, typed: str) -> Iterator[Choice]:
        for entry in self.registry.index.find(typed, self._wanted, SHOWN):
            yield self._choice(entry, typed)

    def _untyped(self) -> Iterator[Choice]:
        matches = self.registry.index.matches(self._words, self._wanted)
        self.suggested = len(matches)
        ways = _ways()
        for match in matches:
            choice = self._choice(match.entry)
            yield Choice(choice.text, choice.value, choice.beside, choice.color, ways[match.how])
        known = {match.entry.id for match in matches}
        recent = self.registry.index.recent(self._wanted, RECENT + len(known))
        rest = [entry for entry in recent if entry.id not in known and self._fits_kind(entry)]
        yield from map(self._choice, rest[:RECENT])

    def _fits_kind(self, entry: RegistryEntry) -> bool:
        """Whether it may well be what the label says: no place for a PERSON, though any kind may be chosen."""
        return not self._kind or of_kind(entry.kind, self._kind)

    def _choice(self, entry: RegistryEntry, typed: str = "") -> Choice:
        uses = self.registry.uses.get(entry.id, NO_USES)
        who = next(filter(None, (value_at(entry, name, self._date) for name in ROLES)), "")
        count = f"{uses.marks:,}" if uses.marks else ""
        beside = " · ".join(filter(None, (who or shown_kind(entry.kind), count)))
        return Choice(_named(entry, typed), entry.id, beside, entry.color, entry.note)

    def _offer(self, name: str) -> str:
        if self._kind:
            return tr("New {kind} “{name}”", kind=shown_kind(self._kind), name=name)
        return tr("New entry “{name}”", name=name)


def _named(entry: RegistryEntry, typed: str) -> str:
    """The entry's name, with the alias that it was found by."""
    key = name_key(typed)
    if not key or f" {key}" in f" {name_key(entry.name)}":
        return entry.name
    alias = next((alias for alias in entry.aliases if f" {key}" in f" {name_key(alias)}"), "")
    return f"{entry.name} ({alias})" if alias else entry.name


def _ways() -> Mapping[str, str]:
    """How the words of a mark fit an entry."""
    return {
        "name": tr("The words of the mark are its name."),
        "alias": tr("The words of the mark are one of its aliases."),
        "folded": tr("The words of the mark are its name, written differently."),
        "title": tr("The words of the mark are its name with a title."),
        "last name": tr("Nobody else is called so last."),
    }
