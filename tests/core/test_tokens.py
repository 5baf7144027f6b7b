from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sentences import sentences
from annotator.core.tokens import tokens

texts = st.text(st.sampled_from("aZ .!?’'s-1,قَالَ、漢🚢🏽\u200d\n\t\u00a0\u0301"), max_size=40)


def words(text, cuts=()):
    return [token.covered(text) for token in tokens(text, cuts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsa’s ports re-opened, he said.", ["Marsa", "’s", "ports", "re-opened", ",", "he", "said", "."]),
        ("The U.S. paid $1,200.50…", ["The", "U.S.", "paid", "$", "1,200.50", "…"]),
        ("don’t go...", ["don’t", "go", "..."]),
        ("وقالَ إنّ", ["وقالَ", "إنّ"]),
        ("漢字 👏🏽", ["漢", "字", "👏🏽"]),
        ("e\u0301t", ["e\u0301t"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_a_token_is_cut_where_a_mark_begins_or_ends():
    assert words("pro-Marsa", {4, 9}) == ["pro-", "Marsa"]
    assert words("abc", {0, 1, 2, 3}) == ["a", "b", "c"]


@given(texts, st.data())
def test_every_character_that_can_be_seen_is_in_one_token(text, data):
    cuts = data.draw(st.sets(st.integers(0, len(text)), max_size=5))
    found = list(tokens(text, cuts))
    assert "".join(token.covered(text) for token in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not any(token.start < cut < token.end for token in found for cut in cuts)


@given(texts)
def test_every_character_that_can_be_seen_is_in_one_sentence(text):
    found = list(sentences(text))
    assert "".join("".join(each.covered(text).split()) for each in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_sentences():
    text = "Gen. Haddad spoke. “Go!” he said.\nNo more"
    assert [each.covered(text) for each in sentences(text)] == ["Gen. Haddad spoke.", "“Go!” he said.", "No more"]
