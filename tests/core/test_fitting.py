import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.fitting import all_fitted, fitted
from annotator.core.scheme import Attribute
from annotator.exporters.value_texts import joined


@pytest.mark.parametrize(
    ("kind", "written", "held"),
    [
        ("yes_no", "yes", True),
        ("yes_no", "False", False),
        ("yes_no", "perhaps", "perhaps"),
        ("number", "3", 3),
        ("number", "-0.5", -0.5),
        ("number", "3 apples", "3 apples"),
        ("number", "9" * 5000, "9" * 5000),
        ("choice", "yes", "yes"),
        ("text", "3", "3"),
        ("number", 3, 3),
    ],
)
def test_a_word_becomes_what_is_asked_for(kind, written, held):
    assert fitted(Attribute("a", "a", kind), written) == held


@given(st.lists(st.text(min_size=1), min_size=1))
def test_several_values_in_one_text_are_parted_again(values):
    assert fitted(Attribute("a", "a", "choice", several=True), joined(values)) == values


def test_what_nobody_asks_for_stays():
    asked = {"sure": Attribute("a", "sure", "yes_no")}
    assert all_fitted(asked, {"sure": "yes", "other": "yes"}) == {"sure": True, "other": "yes"}
