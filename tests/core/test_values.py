import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.scheme import Attribute, Value
from annotator.core.values import best, in_tree_order, path_of, points, shown_path
from tests.forms_example import CODES, FORMS, ISSUES

ACTIONS = (*(Value(each) for each in FORMS), *CODES)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("98", "na"), ("9", "na"), ("99", "unclear"), ("st", "statement"), ("str", "strike"), ("suit", "law suit")],
)
def test_a_code_or_a_beginning_finds_a_value_before_what_stands_within(typed, found):
    assert best(typed, ACTIONS).name == found


def test_a_whole_code_comes_before_a_longer_one_and_nothing_fits_nothing():
    values = (Value("a", code="98"), Value("b", code="9"))
    assert best("9", values).name == "b"
    assert best("7", values) is None
    assert best("-1", (Value("10"), Value("-1", "against"))).name == "-1"


def test_the_way_to_a_value_of_a_tree():
    tariffs = next(value for value in ISSUES if value.name == "tariffs")
    assert shown_path(tariffs, ISSUES) == "Economy › Trade › Tariffs"
    assert [value.name for value in path_of(ISSUES[0], ISSUES)] == ["economy"]
    order = [(value.name, depth) for value, depth in in_tree_order(ISSUES)]
    assert order[:4] == [("economy", 0), ("trade", 1), ("tariffs", 2), ("quotas", 2)]


names = st.sampled_from("abcdef")
trees = st.lists(st.builds(Value, names, parent=st.sampled_from(["", *"abcdefx"])), unique_by=lambda one: one.name)


@given(trees)
def test_any_tree_even_in_a_circle_is_shown_whole(values):
    assert sorted(value.name for value, _ in in_tree_order(values)) == sorted(value.name for value in values)
    for value in values:
        assert path_of(value, values)[-1] == value


def test_a_scale_has_its_values_or_the_numbers_between_its_ends():
    named = (Value("-1"), Value("1"))
    assert points(Attribute("s", "s", "scale", values=named, minimum=0, maximum=5)) == named
    assert [value.name for value in points(Attribute("s", "s", "scale", minimum=-5, maximum=5))][::10] == ["-5", "5"]
    assert points(Attribute("s", "s", "scale", minimum=0, maximum=100)) == ()
    assert points(Attribute("s", "s", "scale")) == points(Attribute("s", "s", "scale", minimum=0.5, maximum=3)) == ()
