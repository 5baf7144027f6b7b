"""Attributes whose values are called otherwise, and two that become one."""

from dataclasses import replace

import pytest

from annotator.core.attribute_changes import (
    form_of,
    free_attribute_name,
    ids_replaced,
    values_renamed,
    when_renamed,
    with_values,
    without,
)
from annotator.core.scheme import ATTRIBUTE_KINDS, REST, Attribute, Skip, Value

TREE = Attribute("t", "t", "tree", values=(Value("all"), Value("some", parent="all"), Value("few", parent="some")))


def test_values_and_rules_speak_of_values_by_their_new_names():
    # As an editor hands it over: its values renamed already, parents and rules as they were.
    edited = replace(
        TREE,
        values=(Value("every"), Value("some", parent="all"), Value("few", parent="some")),
        skips=(Skip("all", "x"), Skip("", "y"), Skip("few", REST)),
    )
    changed = values_renamed(edited, {"all": "every"})
    assert [value.parent for value in changed.values] == ["", "every", "some"]
    assert changed.skips == (Skip("every", "x"), Skip("", "y"), Skip("few", REST))


def test_rules_for_values_that_go_go_with_them_and_children_stand_on_top():
    edited = replace(
        TREE,
        values=(Value("some", parent="all"), Value("few", parent="some")),
        skips=(Skip("all", "x"), Skip("", "y")),
    )
    changed = values_renamed(edited, {"all": None})
    assert [value.parent for value in changed.values] == ["", "some"]
    assert changed.skips == (Skip("", "y"),)


def test_two_values_that_become_one_leave_one_rule():
    edited = replace(TREE, values=(Value("all"),), skips=(Skip("some", "x"), Skip("few", "x")))
    assert values_renamed(edited, {"some": "all", "few": "all"}).skips == (Skip("all", "x"),)


def test_a_name_that_is_given_to_another_value_is_not_followed():
    """“a” is called “b” now, and “b” is called “a”: a rule that an editor has set since speaks of the new ones."""
    edited = Attribute("t", "t", values=(Value("b"), Value("a")), skips=(Skip("a", "x"),))
    assert values_renamed(edited, {"a": "b", "b": "a"}).skips == (Skip("a", "x"),)


def test_what_depends_follows():
    below = Attribute("b", "b", depends="t", values=(Value("x", when="all"), Value("y", when="few"), Value("z")))
    changed = when_renamed(below, {"all": "every", "few": None})
    assert [value.when for value in changed.values] == ["every", "", ""]


def test_rules_speak_of_another_attribute_or_of_none():
    rules = Attribute(
        "r", "r", values=(Value("x", when="w"),), depends="a", unless="b", skips=(Skip("x", "a"), Skip("", REST))
    )
    changed = ids_replaced(rules, {"a": "c", "b": "d"})
    assert (changed.depends, changed.unless, changed.skips) == ("c", "d", (Skip("x", "c"), Skip("", REST)))
    left = without(without(rules, "a"), "b")
    assert (left.depends, left.unless, left.skips) == ("", "", (Skip("", REST),))
    assert left.values == (Value("x"),)


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_answers_are_held_in_one_of_five_forms(kind):
    assert form_of(kind) in ("text", "yes_no", "number", "entity", "date")
    assert form_of("choice") == form_of("tree") == form_of("scale") == form_of("text")


def test_values_are_joined_and_codes_stay_apart():
    one = Attribute("1", "n", values=(Value("a", code="1"), Value("b", code="2")))
    other = Attribute("2", "n", values=(Value("b", code="7"), Value("c", code="1"), Value("d", code="4")), several=True)
    joint = with_values(one, other)
    assert [(value.name, value.code) for value in joint.values] == [("a", "1"), ("b", "2"), ("c", ""), ("d", "4")]
    assert joint.several and joint.id == "1"


def test_a_free_name_has_a_number():
    held = {name: Attribute(name, name) for name in ("tone", "tone 2")}
    assert free_attribute_name("tone", held) == "tone 3"
    assert free_attribute_name("mood", held) == "mood"
