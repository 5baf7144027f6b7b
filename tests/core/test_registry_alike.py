import pytest

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import entry_from_row, told_apart
from annotator.core.registry_alike import CROWD, is_one_letter_off, look_alikes


def person(key, name, *aliases, kind="person"):
    return RegistryEntry(key, kind, name, aliases)


def why(one, other, kind="person"):
    return [found[2] for found in look_alikes([person("a", one, kind=kind), person("b", other, kind=kind)])]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Salim Haddad", "salim haddad", "same name"),
        ("Salim Haddad", "Mr. Salim Haddad", "same name"),
        ("أحمد الحدّاد", "احمد الحداد", "same name"),
        ("Salim Haddad", "Haddad, Salim", "same words"),
        ("Mohammed Karim", "Muhammad Kareem", "sounds alike"),
        ("Rana Karam", "Rana Karan", "spelled alike"),
        ("Anton Weiß", "Antno Weiss", "spelled alike"),
        ("Salim Haddad", "Salim Jamil Haddad", "one within the other"),
        ("J. Haddad", "Jamil Haddad", "initials"),
        ("Haddad", "Salim Haddad", "last name"),
    ],
)
def test_what_looks_alike(one, other, expected):
    assert why(one, other) == [expected]
    assert why(other, one) == [expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salim Haddad", "Rana Karam"),
        ("Mohammed Ali", "Mahmoud Ali"),
        ("Summit 2015", "Summit 2016"),
        ("K. Haddad", "Jamil Haddad"),
        ("Rana", "Rani"[:3]),
    ],
)
def test_what_does_not(one, other):
    assert why(one, other) == []


def test_kinds_are_apart_and_titles_belong_to_people_alone():
    assert list(look_alikes([person("a", "Tripoli"), person("b", "Tripoli", kind="place")])) == []
    assert why("General Motors", "Motors", kind="organisation") == []


def test_an_alias_tells_too():
    held = [person("a", "Salim Haddad", "Abu Jamil"), person("b", "Abu Jamil")]
    assert list(look_alikes(held)) == [("a", "b", "same name")]


def test_a_last_name_or_an_initial_that_two_share_tells_nothing():
    held = [person("a", "Haddad"), person("b", "Salim Haddad"), person("c", "Jamil Haddad")]
    assert list(look_alikes(held)) == []
    held = [person("a", "J. Haddad"), person("b", "Jamil Haddad"), person("c", "Jawad Haddad")]
    assert list(look_alikes(held)) == []


def test_what_somebody_told_apart_is_left_out():
    one, other = person("a", "Salim Haddad"), person("b", "Salim Hadad")
    assert len(list(look_alikes([one, other]))) == 1
    one = entry_from_row(told_apart(one, other).rows[0].after)
    assert list(look_alikes([one, other])) == []


def test_each_pair_comes_once_and_a_crowd_does_not_explode():
    held = [person(f"{number:04}", "Salim Haddad") for number in range(20 * CROWD)]
    found = [frozenset(pair[:2]) for pair in look_alikes(held)]
    assert len(found) == len(set(found)) == len(held) - 1


def test_one_letter_off():
    assert is_one_letter_off("karam", "karan")
    assert is_one_letter_off("karam", "kram")
    assert is_one_letter_off("karam", "karma")
    assert is_one_letter_off("karam", "karams")
    assert not is_one_letter_off("karam", "karam")
    assert not is_one_letter_off("karam", "korem")
    assert not is_one_letter_off("g20", "g21")
