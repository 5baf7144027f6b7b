import pytest

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry import (
    Clash,
    Fact,
    changed,
    distinct_from,
    entry_from_row,
    entry_row,
    facts,
    kind_for,
    merged,
    new_entry,
    of_kind,
    renamed,
    stated,
    tidied,
    told_apart,
    value_at,
)

ROLES = [
    {"value": "deputy minister", "from": "2010", "to": "2012-03"},
    {"value": "minister", "from": "2012-03-15"},
    {"value": "poet"},
]
HADDAD = RegistryEntry("e1", "person", "Salim Haddad", ("Haddad",), {"role": ROLES, "born": "Port Qasr"})


@pytest.mark.parametrize(
    ("date", "role"),
    [
        ("2009", "poet"),
        ("2010", "deputy minister"),
        ("2012-03-31", "minister"),
        ("2012-03-10", "deputy minister"),
        ("2012", "minister"),
        ("2020-01-01", "minister"),
        ("", "minister"),
    ],
)
def test_what_somebody_was_on_a_date(date, role):
    assert value_at(HADDAD, "role", date) == role


def test_a_plain_value_always_holds_and_an_unknown_attribute_never():
    assert value_at(HADDAD, "born", "1900") == "Port Qasr"
    assert value_at(HADDAD, "party", "2012") == ""


def test_until_counts_to_its_last_day():
    fact = Fact("minister", "2012-03", "2016")
    assert fact.holds("2016-12-31")
    assert fact.holds("2012-03-01")
    assert not fact.holds("2017")
    assert not fact.holds("2012-02-29")


def test_facts_are_kept_as_shortly_as_they_can_be():
    assert stated(facts("poet")) == "poet"
    assert stated(facts([{"value": "poet"}])) == "poet"
    assert stated(facts(ROLES)) == ROLES
    assert stated(facts([{"value": " "}, ""])) is None
    assert facts(7) == (Fact("7"),)


def test_an_entry_is_tidied_and_needs_a_name_a_colour_and_dates():
    entry = new_entry("  Salim \n Haddad ", " person ", ["Haddad", "", "Haddad", "Salim Haddad"])
    assert (entry.name, entry.kind, entry.aliases) == ("Salim Haddad", "person", ("Haddad",))
    for wrong in (
        RegistryEntry("e", "", " "),
        RegistryEntry("e", "", "x", color="red"),
        RegistryEntry("e", "", "x", attributes={"role": [{"value": "a", "from": "12 March"}]}),
        RegistryEntry("e", "", "x", attributes={"role": [{"value": "a", "from": "2016", "to": "2012"}]}),
    ):
        with pytest.raises(KnownError, match="Nothing was changed"):
            tidied(wrong)


def test_renaming_keeps_the_old_name_as_an_alias_if_wanted():
    assert entry_from_row(renamed(HADDAD, "S. Haddad").rows[0].after).aliases == ("Haddad", "Salim Haddad")
    assert entry_from_row(renamed(HADDAD, "S. Haddad", keep=False).rows[0].after).aliases == ("Haddad",)
    assert changed(HADDAD, HADDAD).rows == ()


def test_a_row_gives_back_the_entry():
    assert entry_from_row(entry_row(HADDAD)) == HADDAD


def test_merging_joins_everything_and_tells_where_two_say_different_things():
    other = RegistryEntry(
        *("e2", "", "S. Haddad", ("Haddad", "Abu Jamil")),
        {"role": [{"value": "minister", "from": "2012-03-15"}, {"value": "envoy", "from": "2001", "to": "2005"}],
         "born": "Valletta", "party": "Harbour List"}, "seen in Valletta", "#2e6fb7"
    )  # fmt: skip
    made, clashes = merged(HADDAD, [other])
    assert made.aliases == ("Haddad", "S. Haddad", "Abu Jamil")
    assert [fact.value for fact in facts(made.attributes["role"])] == ["deputy minister", "minister", "poet", "envoy"]
    assert [fact.value for fact in facts(made.attributes["born"])] == ["Port Qasr", "Valletta"]
    assert (made.kind, made.note, made.color) == ("person", "seen in Valletta", "#2e6fb7")
    assert Clash("born", ("Port Qasr", "Valletta")) in clashes
    assert all(clash.attribute in ("born", "role") for clash in clashes)


def test_values_of_different_times_do_not_clash():
    one = RegistryEntry("a", "person", "A", attributes={"role": [{"value": "envoy", "from": "2001", "to": "2005"}]})
    other = RegistryEntry("b", "person", "B", attributes={"role": [{"value": "minister", "from": "2006"}]})
    assert merged(one, [other])[1] == ()


def test_what_is_not_the_same_is_remembered_and_merging_carries_it_along():
    apart = entry_from_row(told_apart(HADDAD, RegistryEntry("e0", "person", "Selim Haddad")).rows[0].after)
    assert (apart.id, distinct_from(apart)) == ("e0", ["e1"])
    made, _ = merged(RegistryEntry("e5", "person", "Selim"), [apart])
    assert distinct_from(made) == ["e1"]


def test_kinds():
    assert of_kind("person", "any")
    assert of_kind("Person", "person")
    assert of_kind("", "person")
    assert not of_kind("place", "person")
    assert kind_for("any", "GPE") == "place"
    assert kind_for("actor", "GPE") == "actor"
    assert kind_for("", "CLAIM") == ""
