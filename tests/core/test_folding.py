import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.folding import folded, folded_with_positions

texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("أإآٱىئؤةءـًٌٍَُِّْٰé\u0301İßﬁ가A\u00ad"))


@given(texts)
def test_a_text_is_folded_as_its_characters_are(text):
    """And each character of a text stands for itself, if for anything: there is no other way to fold."""
    words, positions = folded_with_positions(text)
    apart = [(character, place) for place, one in enumerate(text) for character in folded_with_positions(one)[0]]
    assert [(word, place) for word, place in zip(words, positions, strict=False)] == apart


@given(texts)
def test_positions_rise_and_reach_the_end(text):
    words, positions = folded_with_positions(text)
    assert len(positions) == len(words) + 1
    assert positions == sorted(positions)
    assert positions[-1] == len(text)


@given(texts)
def test_each_folded_character_comes_from_where_its_position_says(text):
    words, positions = folded_with_positions(text)
    for place, character in enumerate(words):
        origin = text[positions[place]]
        assert character in folded_with_positions(origin)[0]


@given(texts, texts)
def test_folding_a_whole_is_folding_its_parts(one, other):
    assert folded_with_positions(one + other)[0] == folded_with_positions(one)[0] + folded_with_positions(other)[0]


@given(texts)
def test_what_is_folded_stays_as_it_is_under_the_index_folding(text):
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إيران", "ايران"),
        ("آل", "ال"),
        ("مستشفى", "مستشفي"),
        ("مدرسة", "مدرسه"),
        ("مسؤول", "مسوول"),
        ("دائم", "دايم"),
        ("مُحَمَّدٌ", "محمد"),
        ("العـــربية", "العربيه"),
        ("هٰذا", "هذا"),
        ("١٩٧١", "1971"),
        ("cor\u00adridor", "corridor"),
    ],
)
def test_forms_that_fall_together_in_index_and_text(one, other):
    assert folded(one) == folded(other)
    assert folded_with_positions(one)[0] == folded_with_positions(other)[0]


@pytest.mark.parametrize(("one", "other"), [("علي", "علا"), ("سماء", "سما"), ("كتب", "كتاب")])
def test_words_that_stay_apart(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(("text", "expected"), [("Émigré", "emigre"), ("ŁÓDŹ", "łodz"), ("ABC", "abc")])
def test_case_and_diacritics_go_where_places_are_looked_for(text, expected):
    assert folded_with_positions(text)[0] == expected
    assert folded_with_positions(unicodedata.normalize("NFD", text))[0] == expected
