import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.offsets import Utf16Map

texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("🚢🇲🇹𠀀a\n"))


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_positions_round_trip(text):
    offsets = Utf16Map(text)
    for position in range(len(text) + 1):
        assert offsets.to_utf16(position) == units(text[:position])
        assert offsets.to_code_points(units(text[:position])) == position


@given(texts)
def test_inside_a_surrogate_pair_stands_the_character(text):
    offsets = Utf16Map(text)
    for position, character in enumerate(text):
        if units(character) == 2:
            assert offsets.to_code_points(units(text[:position]) + 1) == position


@pytest.mark.parametrize("text", ["", "plain", "قال الوزير", "one\u00a0two"])
def test_without_wide_characters_both_units_are_one(text):
    offsets = Utf16Map(text)
    assert [offsets.to_utf16(n) for n in range(len(text) + 1)] == list(range(len(text) + 1))
