"""Guidelines and their examples, as one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.guidelines import CLOSING, OPENING, SIGN, example_of, read_guideline, written_guideline
from annotator.core.span import Span

lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=SIGN[0]), max_size=20)


@given(lines, st.lists(lines, max_size=4))
def test_what_is_written_reads_back(text, examples):
    kept = list(dict.fromkeys(" ".join(example.split()) for example in examples))
    found = read_guideline(written_guideline(text, examples))
    assert found.text == text.strip()
    assert list(found.examples) == [example for example in kept if example]


def test_a_guideline_without_examples_is_its_text():
    assert read_guideline("Who speaks.\n\nNever a pronoun.") == ("Who speaks.\n\nNever a pronoun.", ())
    assert written_guideline("  Who speaks.\n", []) == "Who speaks."


def test_examples_may_stand_anywhere_and_an_empty_one_is_none():
    written = f"{SIGN}one\nWho speaks.\n{SIGN}  \n{SIGN}<b>two</b> & more"
    assert read_guideline(written).text == "Who speaks."
    assert read_guideline(written_guideline(*read_guideline(written))).examples == ("one", "<b>two</b> & more")


TEXT = "It rained. The envoy said they would go on Tuesday. Then it stopped."


@pytest.mark.parametrize(
    ("words", "example"),
    [
        (["envoy"], "The ⟦envoy⟧ said they would go on Tuesday."),
        (["envoy", "go on"], "The ⟦envoy⟧ said they would ⟦go on⟧ Tuesday."),
        (["rained", "Then"], "It ⟦rained⟧. The envoy said they would go on Tuesday. ⟦Then⟧ it stopped."),
        (["The envoy said they would go on Tuesday."], "⟦The envoy said they would go on Tuesday.⟧"),
    ],
)
def test_an_example_is_the_sentence_with_the_marked_words_in_brackets(words, example):
    fragments = [Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
    assert example_of(TEXT, fragments) == example


def test_a_long_sentence_is_cut_and_line_breaks_are_spaces():
    text = "word " * 200 + "here\nit is" + " word" * 200
    start = text.index("here")
    example = example_of(text, [Span(start, start + 10)])
    assert f"{OPENING}here it is{CLOSING}" in example
    assert len(example) < 520
    assert "\n" not in example


@given(st.text("ab. \n“”", min_size=1, max_size=60), st.data())
def test_any_mark_makes_an_example_of_one_line(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    example = example_of(text, [Span(start, end)])
    assert example.count(OPENING) == example.count(CLOSING) == 1
    assert read_guideline(written_guideline("", [example])).examples == (example,)
