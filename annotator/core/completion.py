"""Completing the names of a registry, with tens of thousands of entries, while somebody types.

Names, aliases and what begins at a later word of either are kept folded, each in a sorted list a kind of entry, so that
a prefix is a stretch of a list. Of a long stretch only the best are looked at: entries that are in use stand in an
order of their own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import of_kind
from annotator.core.registry_names import bare_words, name_key

NAME, ALIAS, INNER = range(3)  # where what is typed begins: the best first
MOST = 20  # entries that are offered
LONG = 1500  # names in a stretch, from which on entries in use are looked through instead of the stretch
SLICE = 8_000  # names that are sorted at a time: so long the other threads wait
_WAYS = ("name", "alias", "folded", "title", "last name")  # of fitting words, the surest first
_BEHIND = "\U0010ffff"  # sorts behind any letter
_BETWEEN = "\1"  # between names of one entry
_END = "\0"  # between a name and the id of its entry

Keys = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # of one entry: its name, its aliases, inner words


class Match(NamedTuple):
    """An entry that words may mean, and how it fits: "name", "alias", "folded", "title" or "last name"."""

    entry: RegistryEntry
    how: str


class Ranks:
    """Which entries, by their ids, come first of those that fit alike: what was used last, then what is used most."""

    def __init__(self, uses: Mapping[str, int]) -> None:
        self.order = sorted((key for key, count in uses.items() if count > 0), key=lambda key: (-uses[key], key))
        self.places = {key: place for place, key in enumerate(self.order)}

    def put_first(self, key: str) -> None:
        """Let an entry come before all others."""
        first = self.places[self.order[0]] if self.order else 0
        if key in self.places:
            self.order.remove(key)
        self.order.insert(0, key)
        self.places[key] = first - 1


class Completions:
    """Entries by what their names begin with. It is followed along by `put` and `remove`, an entry at a time."""

    def __init__(self, entries: Iterable[RegistryEntry] = (), uses: Mapping[str, int] | None = None) -> None:
        """Of `entries`; `uses` says by id how often one is used. A million names take some seconds: use a worker."""
        self._entries: dict[str, RegistryEntry] = {}
        self._keys: dict[str, Keys] = {}
        self._shelves: dict[str, tuple[list[str], list[str], list[str]]] = {}  # by kind
        self._roll: list[str] = []  # a line an entry, in order: names, kind, id
        self._ranks = Ranks({})
        for entry in entries:
            self._entries[entry.id] = entry
            keys = self._keys[entry.id] = entry_keys(entry)
            self._roll.append(_enrolled(entry, keys))
            for shelf, held in zip(self._shelf(entry.kind), keys, strict=True):
                shelf.extend([f"{key}{_END}{entry.id}" for key in held])
        for kind, shelves in self._shelves.items():
            first, second, third = (_sorted(shelf) for shelf in shelves)
            self._shelves[kind] = (first, second, third)
        self._roll = _sorted(self._roll)
        self.set_ranks(Ranks(uses or {}))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[RegistryEntry]:
        return iter(self._entries.values())

    def get(self, key: str) -> RegistryEntry | None:
        """The entry with that id."""
        return self._entries.get(key)

    def listed(self, part: str = "", kind: str = "") -> list[RegistryEntry]:
        """The entries of just that kind with `part` in a name or an alias, in the order of their names."""
        return [entry for line in self.lines(part, kind) if (entry := self.of_line(line)) is not None]

    def lines(self, part: str = "", kind: str = "") -> list[str]:
        """The same as lines, which cost less; `of_line` gives the entry of one, and `line_of` finds it among them."""
        part, lines = name_key(part), self._roll
        if kind:
            lines = [line for line in lines if f"{_END}{kind}{_END}" in line]
        if not part:
            return list(lines)
        return [line for line in lines if part in line and part in line.partition(_END)[0]]

    def of_line(self, line: str) -> RegistryEntry | None:
        """The entry of a line; None where it is gone."""
        return self._entries.get(id_of_line(line))

    def line_of(self, key: str) -> str:
        """The line of the entry with that id; empty where there is none."""
        entry = self._entries.get(key)
        return _enrolled(entry, self._keys[key]) if entry is not None else ""

    def kinds(self) -> list[str]:
        """The kinds that entries have, in order."""
        return sorted((kind for kind, shelf in self._shelves.items() if kind and shelf[NAME]), key=str.casefold)

    # Following along

    def put(self, entry: RegistryEntry) -> None:
        """Take in an entry that is new, or as it is now."""
        self._take_out(entry.id)
        self._entries[entry.id] = entry
        keys = self._keys[entry.id] = entry_keys(entry)
        insort(self._roll, _enrolled(entry, keys))
        for shelf, held in zip(self._shelf(entry.kind), keys, strict=True):
            for key in held:
                insort(shelf, f"{key}{_END}{entry.id}")

    def remove(self, key: str) -> None:
        """Forget the entry with that id, if it is here."""
        self._take_out(key)
        self._entries.pop(key, None)

    def _take_out(self, key: str) -> None:
        entry = self._entries.get(key)
        if entry is None:
            return
        keys = self._keys.pop(key)
        del self._roll[bisect_left(self._roll, _enrolled(entry, keys))]
        for shelf, held in zip(self._shelf(entry.kind), keys, strict=True):
            for each in held:
                del shelf[bisect_left(shelf, f"{each}{_END}{key}")]

    def _shelf(self, kind: str) -> tuple[list[str], list[str], list[str]]:
        return self._shelves.setdefault(kind, ([], [], []))

    # What is used

    def set_ranks(self, ranks: Ranks) -> None:
        """Let entries come first as `ranks` has them. They are followed along from now on."""
        self._ranks = ranks

    def use(self, key: str) -> None:
        """Let the entry with that id, which was just used, come first of those that fit alike."""
        if key in self._entries:
            self._ranks.put_first(key)

    def recent(self, kind: str = "", most: int = MOST) -> list[RegistryEntry]:
        """The entries of a kind that are used, the last and the most used first."""
        used = (self._entries[key] for key in self._ranks.order if key in self._entries)
        return list(islice((entry for entry in used if of_kind(entry.kind, kind)), most))

    # Finding

    def find(self, typed: str, kind: str = "", most: int = MOST) -> list[RegistryEntry]:
        """The entries of a kind with a name that begins as `typed` does, then an alias, then a later word of either.

        Of those that fit alike, what is in use comes first, the last and the most used before the rest, then what
        comes first in the alphabet.
        """
        prefix = name_key(typed)
        found: dict[str, None] = {}
        for place in (NAME, ALIAS, INNER):
            if prefix and len(found) < most:
                found.update(dict.fromkeys(self._best(prefix, place, kind, most, found)))
        return [self._entries[key] for key in islice(found, most)]

    def _best(self, prefix: str, place: int, kind: str, most: int, taken: Mapping[str, None]) -> Iterator[str]:
        """The ids of the best entries with a key at that place that begins so, best first, but for those `taken`."""
        stretches = [
            (shelf[place], *_stretch(shelf[place], prefix))
            for held, shelf in self._shelves.items()
            if of_kind(held, kind)
        ]
        wanted = most + len(taken)
        if sum(end - start for _, start, end in stretches) <= LONG:
            every = sorted(name for shelf, start, end in stretches for name in shelf[start:end])
            ids = list(dict.fromkeys(name.rpartition(_END)[2] for name in every))
            used = sorted((key for key in ids if key in self._ranks.places), key=self._ranks.places.__getitem__)
            rest: Iterable[str] = (key for key in ids if key not in self._ranks.places)
        else:
            used = list(islice(self._used_with(prefix, place, kind), wanted))
            named = merge(*(islice(shelf, start, end) for shelf, start, end in stretches))
            rest = (key for name in named if (key := name.rpartition(_END)[2]) not in self._ranks.places)
        return islice((key for key in _once(used, rest) if key not in taken), most)

    def _used_with(self, prefix: str, place: int, kind: str) -> Iterator[str]:
        for key in self._ranks.order:
            keys = self._keys.get(key)
            fits = keys is not None and any(name.startswith(prefix) for name in keys[place])
            if fits and of_kind(self._entries[key].kind, kind):
                yield key

    # Words of a mark

    def matches(self, words: str, kind: str = "", most: int = 5) -> list[Match]:
        """The entries that the words of a mark may mean, the likeliest first.

        Words that are a name or an alias to the letter come first, then those that are one when both are folded, or
        without the titles before them; then the only entry whose last name they are.
        """
        words, key = " ".join(words.split()), name_key(words)
        found: dict[str, Match] = {}
        for entry in self._called(key, kind):
            how = "name" if entry.name == words else "alias" if words in entry.aliases else "folded"
            found.setdefault(entry.id, Match(entry, how))
        bare = " ".join(bare_words(key))
        if bare != key:
            for entry in self._called(bare, kind):
                found.setdefault(entry.id, Match(entry, "title"))
        if not found and bare:
            last = self._exactly(bare.split()[-1] if len(bare.split()) == 1 else bare, INNER, kind)
            if len(last) == 1:
                found[last[0].id] = Match(last[0], "last name")
        return sorted(found.values(), key=self._match_order)[:most]

    def _match_order(self, match: Match) -> tuple[int, int]:
        return _WAYS.index(match.how), self._ranks.places.get(match.entry.id, len(self._ranks.places))

    def named(self, name: str, kind: str = "") -> list[RegistryEntry]:
        """The entries of a kind with that name or alias, folded."""
        return self._called(name_key(name), kind)

    def _called(self, key: str, kind: str) -> list[RegistryEntry]:
        found = (*self._exactly(key, NAME, kind), *self._exactly(key, ALIAS, kind))
        return list({entry.id: entry for entry in found}.values())

    def _exactly(self, key: str, place: int, kind: str) -> list[RegistryEntry]:
        if not key:
            return []
        names = (
            name
            for held, shelf in self._shelves.items()
            if of_kind(held, kind)
            for name in islice(shelf[place], *_stretch(shelf[place], key + _END))
        )
        return [self._entries[name.rpartition(_END)[2]] for name in names]


def entry_keys(entry: RegistryEntry) -> Keys:
    """What finds an entry: its name, its aliases, and what begins at a later word of either; folded."""
    name = name_key(entry.name)
    aliases = tuple(dict.fromkeys(key for alias in entry.aliases if (key := name_key(alias)) and key != name))
    inner = dict.fromkeys(part for key in (name, *aliases) for part in _later(key))
    return ((name,) if name else ()), aliases, tuple(inner)


def _enrolled(entry: RegistryEntry, keys: Keys) -> str:
    names = _BETWEEN.join((keys[NAME][0] if keys[NAME] else "", *keys[ALIAS]))
    return f"{names}{_END}{entry.kind}{_END}{entry.id}"


def id_of_line(line: str) -> str:
    """The id of a line's entry."""
    return line.rpartition(_END)[2]


def kind_of_line(line: str) -> str:
    """The kind of a line's entry."""
    return line.partition(_END)[2].rpartition(_END)[0]


def aliases_of_line(line: str) -> int:
    """How many aliases a line's entry has."""
    return line.count(_BETWEEN)


def _later(key: str) -> Iterator[str]:
    place = key.find(" ")
    while place >= 0:
        yield key[place + 1 :]
        place = key.find(" ", place + 1)


def _stretch(shelf: list[str], prefix: str) -> tuple[int, int]:
    """From where to where a sorted list begins so."""
    start = bisect_left(shelf, prefix)
    return start, bisect_left(shelf, prefix + _BEHIND, start)


def _once(*parts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for part in parts:
        for key in part:
            if key not in seen:
                seen.add(key)
                yield key


def _sorted(names: list[str]) -> list[str]:
    """The names in order. Sorted by slices: one sort of all of them would keep every other thread waiting."""
    runs = [sorted(names[place : place + SLICE]) for place in range(0, len(names), SLICE)]
    return runs[0] if len(runs) == 1 else list(merge(*runs))
