import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import keywords
from annotator.core.keywords import KeywordList, KeywordMatcher

WORDS = st.text("ab", min_size=1, max_size=3)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LISTS = st.lists(st.lists(PHRASES, max_size=4), min_size=1, max_size=3)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([",", "\n", "A-b", "é", "🐀"])), max_size=30).map(" ".join)
ANYTHING = st.text(st.one_of(st.characters(), st.sampled_from("abc *ةأاوالبكّـ恐怖ä'’-. \n🐀")), max_size=60)


def found(text, *words):
    (spans,) = KeywordMatcher([KeywordList("", "\n".join(words))]).find(text)
    return [span.covered(text) for span in spans]


@given(TEXTS, st.lists(PHRASES, min_size=1, max_size=4))
def test_it_finds_what_looking_for_each_phrase_finds(text, words):
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(word.replace(" ", r"[\s-]+") for word in longest_first)
    expected = [match[0] for match in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text.lower())]
    assert [one.lower() for one in found(text, *words)] == expected


@given(TEXTS, LISTS, st.integers(1, 9))
def test_in_slices_it_finds_the_same(text, lists, size):
    made = [KeywordList(str(n), "\n".join(words)) for n, words in enumerate(lists)]
    whole = KeywordMatcher(made).find(text)
    before, keywords.SLICE = keywords.SLICE, size
    try:
        assert KeywordMatcher(made).find(text) == whole
    finally:
        keywords.SLICE = before


@given(ANYTHING, st.lists(st.lists(ANYTHING, max_size=4), max_size=3))
def test_spans_are_in_order_apart_and_inside_whatever_is_looked_for(text, lists):
    made = [KeywordList("", "\n".join(words)) for words in lists]
    for spans in KeywordMatcher(made).find(text):
        ends = [0, *(end for span in spans for end in (span.start, span.end)), len(text)]
        assert ends == sorted(ends)
        assert all(span.start < span.end for span in spans)


@given(ANYTHING, st.booleans(), ANYTHING)
def test_what_the_settings_keep_reads_back(words, on, name):
    one = KeywordList(name, words, "#123456", on)
    assert KeywordList.from_settings(one.to_settings()) == one


@pytest.mark.parametrize("held", [{}, {"words": 3, "on": "yes", "color": None, "name": []}])
def test_settings_that_somebody_spoilt_are_read_all_the_same(held):
    assert KeywordList.from_settings(held) == KeywordList("", "")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Vermin, vermin and verminous.", "vermin", ["Vermin", "vermin"]),
        ("Vermin, vermin and verminous.", "vermin*", ["Vermin", "vermin", "verminous"]),
        ("anti-Semitic, anti Semitic, antisemitic", "anti-semitic", ["anti-Semitic", "anti Semitic"]),
        ("Russia’s and Russia", "russia", ["Russia", "Russia"]),
        ("the U.S. army, us", "U.S.", ["U.S"]),
        ("Élite and elite", "elite", ["Élite", "elite"]),
        ("go home. Go\n home", "go home", ["go home", "Go\n home"]),
        ("a hot. Dog", "hot dog", []),
        ("f*ck it", "f*ck", ["f*ck"]),
        ("فاحتشد الحوثيون والحوثيون وبالحوثي", "حوث*", ["حوثيون", "حوثيون", "حوثي"]),
        ("مُحَمَّد ومحمّد", "محمد", ["مُحَمَّد", "محمّد"]),
        ("والد", "لد", []),
        ("rats 🐀🐀 here", "🐀", ["🐀", "🐀"]),
        ("对恐怖分子的", "恐怖分子", ["恐怖分子"]),
        ("हिन्दी", "हिन", []),
        ("two words, two", "two", ["two", "two"]),
    ],
)
def test_examples(text, word, expected):
    assert found(text, word) == expected


def test_the_longest_phrase_is_taken_and_each_list_for_itself():
    text = "New York City and New York"
    towns = KeywordList("towns", "new york\nnew york city\nyork")
    lists = KeywordMatcher([towns, KeywordList("york", "york")]).find(text)
    assert [[span.covered(text) for span in spans] for spans in lists] == [["New York City", "New York"], ["York"] * 2]


def test_a_person_writes_one_word_a_line():
    assert KeywordList("", " a  b \n\n c\na b").lines() == ["a b", "c"]


def test_nothing_to_look_for():
    assert not KeywordMatcher([KeywordList("", "")]) and KeywordMatcher([]).find("text") == []
