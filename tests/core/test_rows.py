"""Attributes by id in rows and by name in values: what is read is written again as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.rows import AttributeNames
from annotator.core.scheme import Attribute, Label, Scheme

names = st.sampled_from(["x", "y", "x [b]", "a"])
ids = st.sampled_from(["a", "b", "c", "d", "x", "stranger"])


@st.composite
def schemes(draw):
    every = [Attribute(key, draw(names)) for key in ("a", "b", "c", "d")]
    some = st.lists(st.sampled_from(every), unique_by=lambda each: each.name)
    asked = {label: draw(some) for label in ("one", "two")}
    labels = tuple(Label(key, "layer", key, attributes=tuple(found)) for key, found in asked.items())
    form = tuple(draw(some))
    left = {each for found in asked.values() for each in found} | set(form)
    return Scheme("s", (), labels, (), form, unasked=tuple(each for each in every if each not in left))


@given(schemes(), st.sampled_from(["one", "two", "", "a link"]), st.dictionaries(ids, st.integers()))
def test_a_row_that_is_read_is_written_as_it_was(scheme, label, held):
    known = AttributeNames(scheme)
    row = json.dumps(held, sort_keys=True, separators=(",", ":"))
    assert known.to_row(label, known.from_row(label, row)) == row
    assert all(known.id_of(label, known.name_of(key, label)) == key for key in held)


@pytest.mark.parametrize(("label", "name"), [("one", "x"), ("two", "x [a]"), ("", "x")])
def test_an_attribute_goes_by_its_name_unless_another_of_that_name_is_asked_there(label, name):
    one, two = Attribute("a", "x"), Attribute("b", "x")
    labels = (Label("one", "l", "one", attributes=(one,)), Label("two", "l", "two", attributes=(two,)))
    known = AttributeNames(Scheme("s", (), labels))
    assert known.name_of("a", label) == name
    assert known.id_of(label, name) == "a"


def test_what_nothing_asks_any_more_keeps_its_name():
    known = AttributeNames(Scheme("s", unasked=(Attribute("a", "x"),)))
    assert known.named("one", {"a": 1, "b": 2}) == {"x": 1, "b": 2}
