from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import completion
from annotator.core.annotation import RegistryEntry
from annotator.core.completion import Completions, entry_keys
from annotator.core.registry import of_kind
from annotator.core.registry_names import name_key

WORDS = st.sampled_from(["salim", "Haddad", "al-Haddad", "Salma", "Sal", "أحمد", "احمد", "Anton", "An", "b", "Båt"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
KINDS = st.sampled_from(["person", "place", ""])
ENTRIES = st.lists(st.tuples(NAMES, KINDS, st.lists(NAMES, max_size=2)), max_size=12).map(
    lambda rows: [RegistryEntry(f"e{n}", kind, name, tuple(more)) for n, (name, kind, more) in enumerate(rows)]
)
TYPED = st.sampled_from(
    ["s", "sa", "sal", "salim", "salim h", "had", "al", "ا", "احم", "a", "an", "b", "x", "", "haddad"]
)


def brute(entries, rank, typed, kind, most):
    """The same from the definition: every entry's best key is looked at."""
    prefix, found = name_key(typed), []
    for entry in entries:
        for place, keys in enumerate(entry_keys(entry)):
            fitting = [key for key in keys if prefix and key.startswith(prefix)]
            if fitting and of_kind(entry.kind, kind):
                used = (0, rank[entry.id], "", "") if entry.id in rank else (1, 0, min(fitting), entry.id)
                found.append(((place, *used), entry.id))
                break
    return [key for _, key in sorted(found)][:most]


@given(ENTRIES, st.lists(st.tuples(st.integers(0, 14), st.sampled_from(["put", "remove", "use"]), NAMES, KINDS)), TYPED,
       st.sampled_from(["", "person", "place"]), st.sampled_from([0, 3, 10_000]))  # fmt: skip
def test_completing_gives_what_looking_at_every_entry_gives(entries, steps, typed, kind, long):
    uses = {entry.id: int(entry.id[1:]) % 3 for entry in entries}
    index = Completions(entries, uses)
    held = {entry.id: entry for entry in entries}
    order = sorted((key for key in held if uses[key]), key=lambda key: (-uses[key], key))
    for number, step, name, of in steps:
        key = f"e{number}"
        if step == "put":
            held[key] = RegistryEntry(key, of, name, (name.upper(), f"The {name}"))
            index.put(held[key])
        elif step == "remove":
            held.pop(key, None)
            index.remove(key)
        elif key in held:
            order = [key, *(other for other in order if other != key)]
            index.use(key)
    rank = {key: place for place, key in enumerate(order)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completion, "LONG", long)
        found = [entry.id for entry in index.find(typed, kind, 5)]
    assert found == brute(held.values(), rank, typed, kind, 5)
    assert all(index.get(key) == entry for key, entry in held.items())
    part = name_key(typed)
    listed = [entry for entry in held.values() if any(part in key for keys in entry_keys(entry)[:2] for key in keys)]
    assert {entry.id for entry in index.listed(typed)} == {entry.id for entry in listed}
    assert [name_key(entry.name) for entry in index.listed()] == sorted(name_key(e.name) for e in held.values())
    assert index.listed("", "place") == [entry for entry in index.listed() if entry.kind == "place"]
    assert len(index) == len(held)


def test_building_by_slices_sorts_all_the_same(monkeypatch):
    monkeypatch.setattr(completion, "SLICE", 3)
    names = [f"{word} {number}" for number, word in enumerate(["kite", "ab", "zoo", "ant", "bee", "cat", "dog"] * 3)]
    index = Completions(RegistryEntry(str(number), "", name) for number, name in enumerate(names))
    for prefix in ("a", "k", "do", "zoo", "1"):
        wanted = sorted(name for name in names if name.startswith(prefix) or f" {prefix}" in name)
        assert sorted(entry.name for entry in index.find(prefix, most=100)) == wanted


HADDAD = RegistryEntry("1", "person", "Salim Haddad", ("Abu Jamil",))
OTHER = RegistryEntry("2", "person", "Rana Karam", ("karam",))
PORT = RegistryEntry("3", "place", "Port Qasr")


@pytest.mark.parametrize(
    ("words", "entry", "how"),
    [
        ("Salim Haddad", "1", "name"),
        ("Abu  Jamil", "1", "alias"),
        ("SALIM HADDAD", "1", "folded"),
        ("Deputy Minister Salim Haddad", "1", "title"),
        ("Haddad", "1", "last name"),
        ("Mr. Haddad", "1", "last name"),
        ("karam", "2", "alias"),
        ("Karam", "2", "folded"),
        ("Port Qasr", "3", "name"),
    ],
)
def test_words_of_a_mark_mean_an_entry(words, entry, how):
    (match,) = Completions([HADDAD, OTHER, PORT]).matches(words)
    assert (match.entry.id, match.how) == (entry, how)


def test_words_that_mean_nobody_or_more_than_one_by_last_name():
    index = Completions([HADDAD, replace(OTHER, name="Jamil Haddad"), PORT])
    assert index.matches("Haddad") == []
    assert index.matches("nobody") == []
    assert index.matches("") == []
    assert index.matches("Port Qasr", "person") == []


def test_of_two_with_one_name_the_one_in_use_comes_first():
    twin = replace(HADDAD, id="0")
    index = Completions([HADDAD, twin], {"1": 3})
    assert [match.entry.id for match in index.matches("Salim Haddad")] == ["1", "0"]
    index.use("0")
    assert [match.entry.id for match in index.matches("Salim Haddad")] == ["0", "1"]
    assert [entry.id for entry in index.recent("person")] == ["0", "1"]
