"""Pairs of registry entries that may be the same person or thing twice.

Entries are put into groups that have something in common, and compared within these alone, so that fifty thousand
take seconds. What looks alike need not be the same: a person decides, and `told_apart` remembers it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import distinct_from
from annotator.core.registry_names import bare_words, name_key, sounds

# Why two entries look alike, the surest first.
SAME, WORDS, SOUND, SPELLING, WITHIN, INITIALS, LAST = (
    *("same name", "same words", "sounds alike", "spelled alike", "one within the other", "initials", "last name"),
)
CROWD = 12  # entries in a group, from which on each is compared with the next alone
SHORT = 4  # letters, below which one letter more or less makes another word
_TITLED = ("", "person", "actor")  # kinds whose names may have a title before them

Pair = tuple[str, str, str]


class _Name(NamedTuple):
    entry: str
    kind: str
    words: tuple[str, ...]
    own: bool  # the name itself, and no alias


def look_alikes(entries: Iterable[RegistryEntry]) -> Iterator[Pair]:
    """Pairs of ids of entries of one kind that are probably the same, and why; each pair once, the surest first.

    Pairs that somebody said are not the same are left out.
    """
    held = list(entries)
    order = {entry.id: place for place, entry in enumerate(held)}
    apart = {frozenset((entry.id, other)) for entry in held for other in distinct_from(entry)}
    seen: set[frozenset[str]] = set()
    names = list(_names(held))
    for find in (_same, _words, _sound, _spelling, _within, _initials, _last):
        for one, other, why in find(names):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in seen and pair not in apart:
                seen.add(pair)
                first, second = sorted(pair, key=order.__getitem__)
                yield first, second, why


def _names(entries: Iterable[RegistryEntry]) -> Iterator[_Name]:
    for entry in entries:
        kind = entry.kind.casefold()
        for place, name in enumerate((entry.name, *entry.aliases)):
            key = name_key(name)
            words = bare_words(key) if kind in _TITLED else key.split()
            if words:
                yield _Name(entry.id, kind, tuple(words), place == 0)


def _same(names: list[_Name]) -> Iterator[Pair]:
    yield from _grouped(SAME, (((name.kind, "".join(name.words)), name.entry) for name in names))


def _words(names: list[_Name]) -> Iterator[Pair]:
    several = (name for name in names if len(name.words) > 1)
    yield from _grouped(WORDS, (((name.kind, *sorted(name.words)), name.entry) for name in several))


def _sound(names: list[_Name]) -> Iterator[Pair]:
    heard = ((name, sounds(list(name.words))) for name in names)
    keys = (((name.kind, sound), name.entry) for name, sound in heard if len("".join(sound)) >= SHORT)
    yield from _grouped(SOUND, keys)


def _grouped(why: str, keyed: Iterable[tuple[Hashable, str]]) -> Iterator[Pair]:
    groups: dict[Hashable, dict[str, None]] = defaultdict(dict)
    for key, entry in keyed:
        groups[key][entry] = None
    for group in groups.values():
        pairs = pairwise(group) if len(group) > CROWD else combinations(group, 2)
        for one, other in pairs:
            yield one, other, why


def _spelling(names: list[_Name]) -> Iterator[Pair]:
    """Names that differ in one word alone, and there by one letter, or two that changed places."""
    groups: dict[Hashable, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        for place, word in enumerate(name.words):
            if len(word) >= SHORT and not word.isdigit():
                rest = name.words[:place] + name.words[place + 1 :]
                groups[name.kind, place, rest][word].append(name.entry)
    near = _neighbours({word for words in groups.values() if len(words) > 1 for word in words})
    for words in groups.values():
        if len(words) > 1:
            for word, held in words.items():
                for other in near.get(word, ()):
                    if word < other and other in words:
                        yield held[0], words[other][0], SPELLING


def _neighbours(words: set[str]) -> dict[str, set[str]]:
    """Which of the words are one letter more, less or other, by word; found by what is left without a letter."""
    left: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for shorter in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
            left[shorter].append(word)
    found: dict[str, set[str]] = defaultdict(set)
    for group in left.values():
        for one, other in combinations(group, 2) if len(group) <= 4 * CROWD else pairwise(group):
            if one != other and is_one_letter_off(one, other):
                found[one].add(other)
                found[other].add(one)
    return found


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether two words differ by a letter more, less or other, or by two neighbours that changed places.

    Digits count: 2015 and 2016 are no two spellings of one year.
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    start = min(len(one), len(other)) if start is None else start
    a, b = one[start:], other[start:]
    if any(rest[:1].isdigit() for rest in (a, b)):
        return False
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _within(names: list[_Name]) -> Iterator[Pair]:
    """All words of a name, two at least, stand in the other in their order, which has one or two more."""
    whole: dict[Hashable, list[str]] = defaultdict(list)
    for name in names:
        if len(name.words) >= 2:
            whole[name.kind, name.words].append(name.entry)
    for name in names:
        if 3 <= len(name.words) <= 6:
            for shorter in _without_some(name.words):
                for entry in whole.get((name.kind, shorter), ())[:CROWD]:
                    yield entry, name.entry, WITHIN


def _without_some(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The words without one or two of them; two at least are left."""
    count = len(words)
    return {found for left in range(max(2, count - 2), count) for found in combinations(words, left)}


def _initials(names: list[_Name]) -> Iterator[Pair]:
    """J. Haddad and Jamil Haddad, where no other Haddad begins so."""
    full: dict[Hashable, dict[str, None]] = defaultdict(dict)
    for name in names:
        if len(name.words) == 2 and len(name.words[0]) > 1:
            full[name.kind, name.words[0][0], name.words[1]][name.entry] = None
    yield from _only((((n.kind, *n.words), n.entry) for n in names if _is_initial(n)), full, INITIALS)


def _is_initial(name: _Name) -> bool:
    return len(name.words) == 2 and len(name.words[0]) == 1


def _last(names: list[_Name]) -> Iterator[Pair]:
    """Haddad and Salim Haddad, where nobody else is called so last."""
    longer: dict[Hashable, dict[str, None]] = defaultdict(dict)
    for name in names:
        if len(name.words) > 1 and name.kind in _TITLED:
            longer[name.kind, name.words[-1]][name.entry] = None
    alone = (((n.kind, *n.words), n.entry) for n in names if len(n.words) == 1 and n.own and n.kind in _TITLED)
    yield from _only(alone, longer, LAST)


def _only(
    short: Iterable[tuple[Hashable, str]], longer: Mapping[Hashable, Mapping[str, None]], why: str
) -> Iterator[Pair]:
    for key, entry in short:
        others = [other for other in longer.get(key, ()) if other != entry]
        if len(others) == 1:
            yield entry, others[0], why
