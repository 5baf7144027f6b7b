import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.growing import grown
from annotator.core.sentences import next_sentence_start, previous_sentence_start, sentence_at
from annotator.core.span import Span


def sentences(text):
    found, place = [], 0
    while place < len(text):
        if (sentence := sentence_at(text, place)) is not None and sentence.covered(text) not in found:
            found.append(sentence.covered(text))
        place = next_sentence_start(text, place)
    return found


@pytest.mark.parametrize(
    "parts",
    [
        ["He left.", "She stayed."],
        ["“Who?” she said.", "“You.”"],
        ["Gen. Aoun met J. K. Haddad of the U.S. Army.", "They spoke."],
        ["It fell by 3.5 per cent.", "Prices rose."],
        ["They met at 9 a.m. on Nov. 16.", "Nobody came."],
        ["They met at 9 a.m.", "Nobody came."],
        ["“We go.”", "He rose (slowly).", "Then…", "Nothing!"],
        ["هل ذهب؟", "نعم.", "قال «نعم.»", "ثم مضى."],
        ["彼は去った。", "彼女は残った。"],
    ],
)
def test_where_they_end(parts):
    separator = "" if parts[0].endswith("。") else " "
    assert sentences(separator.join(parts)) == parts


def test_a_line_feed_ends_a_sentence_and_a_blank_line_is_none():
    text = "A title\n\nA body. More."
    assert sentences(text) == ["A title", "A body.", "More."]
    assert sentence_at(text, 8) is None
    assert sentence_at("", 0) is None


def test_the_caret_goes_to_and_fro():
    text = "One here. Two there.\n\nThree."
    starts = [0, 10, 22]
    assert [next_sentence_start(text, place) for place in (0, 9, 10, 15, 22)] == [10, 10, 22, 22, 28]
    assert [previous_sentence_start(text, place) for place in (28, 23, 22, 21, 10, 5, 0)] == [22, 22, 10, 10, 0, 0, 0]
    assert all(sentence_at(text, start).start == start for start in starts)


@given(st.text("ab A.?!” \nMrهو؟", max_size=60), st.integers(0, 60))
def test_every_place_is_in_one_sentence_and_stepping_ends(text, place):
    place = min(place, len(text))
    sentence = sentence_at(text, place)
    if sentence is not None:
        assert sentence.start <= max(place, sentence.start) and not sentence.covered(text)[0].isspace()
        assert "\n" not in sentence.covered(text)
        assert sentence_at(text, sentence.start) == sentence
    assert next_sentence_start(text, place) > place or place == len(text)
    assert previous_sentence_start(text, place) < place or place == 0


@pytest.mark.parametrize("text", ["a. " * 400_000, "a" * 1_000_000, "." * 1_000_000, "“Mr. " * 200_000])
def test_a_paragraph_of_a_megabyte_is_answered_at_once(text):
    began = time.process_time()
    for place in (0, len(text) // 2, len(text)):
        sentence_at(text, place)
        next_sentence_start(text, place)
        previous_sentence_start(text, place)
        grown(text, place, place)
    assert time.process_time() - began < 20  # it takes far less; a pattern that runs wild takes hours


def test_a_selection_grows_from_the_word_to_the_text():
    text = "A title\n\n“We go, all of us,” he said, rising. Nobody moved.\n\nEnd."
    steps, span = [], None
    start = end = text.index("all") + 1
    while (span := grown(text, start, end)) is not None:
        steps.append(span.covered(text))
        start, end = span.start, span.end
    assert steps == [
        "all", "all of us", "“We go, all of us,”", "“We go, all of us,” he said",
        "“We go, all of us,” he said, rising.", "“We go, all of us,” he said, rising. Nobody moved.", text,
    ]  # fmt: skip


@given(st.text("ab ,.“”()\n", max_size=50), st.integers(0, 50), st.integers(0, 50))
def test_growing_always_grows_and_always_ends(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for _ in range(20):
        wider = grown(text, start, end)
        if wider is None:
            assert (start, end) == (0, len(text))
            return
        assert wider.start <= start and end <= wider.end and wider != (Span(start, end) if start < end else None)
        start, end = wider.start, wider.end
    pytest.fail("it never ended")
