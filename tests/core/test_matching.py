import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.matching import fit


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("", "Mark everywhere", 0), ("mark", "Mark everywhere", 0), ("every", "Mark everywhere", 1),
        ("ma ev", "Mark everywhere", 1), ("mev", "Mark everywhere", 2), ("where", "Mark everywhere", 3),
        ("ev ma", "Mark everywhere", None), ("x", "Mark everywhere", None), ("EMILE", "Émile", 0), ("احمد", "أحمد", 0),
        ("woa", "WORK_OF_ART", None), ("work_of", "WORK_OF_ART", 0),
    ],
)  # fmt: skip
def test_the_better_it_fits_the_less(typed, text, expected):
    assert fit(typed, text) == expected


@given(st.text(max_size=12), st.text(max_size=12).map(str.strip))
def test_what_is_part_of_a_text_fits_it(before, typed):
    assert fit(typed, before + typed) is not None
    assert fit(typed, typed + before) == 0
