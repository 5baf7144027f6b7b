import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.core.words import REACH, next_word_end, paragraph_at, previous_word_start, snap, word_at, word_behind

texts = st.text(
    alphabet=st.sampled_from("ab Z9.,’'-()“”\"«»\n\u00a0é\u0301قال، 🚢🇲🇹\u200d\u200cفي漢字ก$%"), max_size=60
)


def snapped(text, start, end):
    span = snap(text, start, end)
    return span and span.covered(text)


@pytest.mark.parametrize(
    ("text", "dragged", "expected"),
    [
        ("Port Qasr fell", "ort Qa", "Port Qasr"),
        ("he said, “Not yet,” and left", " “Not yet,” ", "“Not yet,”"),
        ("he said, “Not yet,” and left", " “Not yet", "Not yet"),
        ("he said, “Not yet,” and left", "Not yet,” ", "Not yet"),
        ("he said, “Not yet,” and left", "id, “Not yet,” ", "said, “Not yet,”"),
        ('"No," he said', '"No," ', '"No,"'),
        ("قال «لا» وغادر", " «لا» ", "«لا»"),
        ("a ‘so-called “deal”’ it", " ‘so-called “deal”’ ", "‘so-called “deal”’"),
        ("the minister’s house", "minister", "minister"),
        ("the minister’s house", "minister’s", "minister’s"),
        ("Iraq”s army", "Ira", "Iraq"),
        ("a well-known man", "known", "well-known"),
        ("left at 9:00 am", "00", "9:00"),
        ("paid 1,284.50 euros", "284", "1,284.50"),
        ("the U.N. council", "U", "U.N."),
        ("in the U.S. on", "the U.S.", "the U.S."),
        ("It ended.Then rain", "ende", "ended"),
        ("up 5% today", "5%", "5%"),
        ("cost $5 each", "$5 ", "$5"),
        ("close (all) harbours", "close (all) ", "close (all)"),
        ("(the second) vote is", "(the second) vote", "(the second) vote"),
        ("said (AP) –", "(AP) –", "AP"),
        ("قال الوزير، إن", "لوزير، ", "الوزير"),
        ("می‌روم خانه", "می", "می‌روم"),
        ("مُحَمَّد قال", "حَمَّ", "مُحَمَّد"),
        ("東京で会談", "京で", "京で"),
        ("a 👩‍🚒 b", "👩", "👩‍🚒"),
        ("a 🇲🇹 b", "🇲", "🇲🇹"),
        ("one\u00a0two", "n", "one"),
        ("wait — what", " — ", "—"),
    ],
)
def test_a_drag_takes_whole_words(text, dragged, expected):
    start = text.index(dragged)
    assert snapped(text, start, start + len(dragged)) == expected


def test_a_run_without_end_is_looked_through_no_further_than_words_reach():
    text = "x" * 100_000
    assert snap(text, 50_000, 50_001) == Span(50_000 - REACH, 50_001 + REACH)


def test_white_space_is_nothing():
    assert snap("one  two", 3, 5) is None
    assert snap("one", 1, 1) is None
    assert snap("", 0, 5) is None


@settings(deadline=None)
@given(texts, st.integers(-2, 62), st.integers(-2, 62))
def test_snapping_twice_changes_nothing(text, start, end):
    span = snap(text, start, end)
    if span is not None:
        assert snap(text, span.start, span.end) == span
        assert span.end <= len(text)
        assert not span.covered(text)[0].isspace()
        assert not span.covered(text)[-1].isspace()


@settings(deadline=None)
@given(texts, st.integers(0, 60))
def test_the_word_at_a_position_is_the_one_it_snaps_to(text, position):
    span = word_at(text, position)
    if span is not None:
        assert span.start <= position <= span.end
        assert snap(text, span.start, span.end) is not None


@settings(deadline=None)
@given(texts)
def test_jumping_by_word_goes_through_the_whole_text(text):
    position, steps = 0, 0
    while position < len(text):
        assert next_word_end(text, position) > position
        position, steps = next_word_end(text, position), steps + 1
    while position > 0:
        assert previous_word_start(text, position) < position
        position = previous_word_start(text, position)


def test_jumps_land_on_the_edges_of_words():
    text = "Well, the minister’s “no” stands."
    assert next_word_end(text, 0) == 4
    assert next_word_end(text, 4) == text.index(" minister")
    assert text[previous_word_start(text, len(text)) :] == "stands."


def test_words_and_paragraphs():
    text = "One two.\n\n  “Three” four. \nFive"
    assert word_at(text, 5) == Span(4, 7)
    assert word_at(text, 7) == Span(4, 7)  # right behind it
    assert word_at(text, 8) is None
    assert paragraph_at(text, 12).covered(text) == "“Three” four."
    assert paragraph_at(text, len(text)).covered(text) == "Five"
    assert paragraph_at(text, 9) is None


@pytest.mark.parametrize(
    ("text", "end", "behind"),
    [
        ("“Not yet,” he said.", 10, 11),
        ("“Not yet” — the mayor", 9, 12),
        ("«لا»، قال", 4, 6),
        ("“Not yet.”\nThe mayor", 10, None),
        ("“Not yet.”", 10, None),
    ],
)
def test_the_word_behind_a_quote_is_one_of_its_line(text, end, behind):
    assert word_behind(text, end) == behind
