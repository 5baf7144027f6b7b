import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.edges import nudged
from annotator.core.span import Span, joined
from annotator.core.words import is_word, next_word_end, previous_word_start

TEXT = "“We go,” Deputy Minister Salim Haddad said."


def words(fragments):
    return [fragment.covered(TEXT) for fragment in fragments]


def spans(*parts):
    return tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)


@pytest.mark.parametrize(
    ("before", "edge", "direction", "unit", "after"),
    [
        (["Salim"], "end", "out", "word", ["Salim Haddad"]),
        (["Salim Haddad"], "end", "in", "word", ["Salim"]),
        (["Salim"], "start", "out", "word", ["Minister Salim"]),
        (["Minister Salim"], "start", "in", "word", ["Salim"]),
        (["“We go,”"], "end", "in", "word", ["“We go"]),  # the punctuation first, then the word
        (["“We go"], "start", "in", "word", ["We go"]),
        (["We go"], "start", "out", "character", ["“We go"]),
        (["We go"], "end", "out", "character", ["We go,"]),
        (["We go", "Salim"], "end", "in", "word", ["We go"]),  # a fragment of one word goes with it
        (["We go", "Salim"], "start", "in", "character", ["e go", "Salim"]),
        (["Salim"], "end", "in", "word", None),
        (["said"], "end", "out", "word", None),  # but a stop is a character
        (["said"], "end", "out", "character", ["said."]),
        (["S"], "start", "in", "character", None),
    ],
)
def test_one_edge_moves(before, edge, direction, unit, after):
    moved = nudged(TEXT, spans(*before), edge, direction, unit)
    assert (moved and words(moved)) == after


def test_what_clings_to_a_letter_moves_with_it():
    text = "e\u0301e\u0301 🇱🇧x"
    assert nudged(text, (Span(0, 2),), "end", "out", "character") == (Span(0, 4),)
    assert nudged(text, (Span(5, 7),), "end", "out", "character") == (Span(5, 8),)
    assert nudged(text, (Span(5, 8),), "start", "in", "character") == (Span(7, 8),)


@given(st.text("ab ,.”\n’é\u0301سـّ", min_size=1, max_size=40), st.data())
def test_an_edge_stays_in_the_text_and_nothing_becomes_empty(text, data):
    place = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=3))
    fragments = joined(Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    if not fragments:
        return
    edge, direction = data.draw(st.sampled_from(["start", "end"])), data.draw(st.sampled_from(["in", "out"]))
    moved = nudged(text, fragments, edge, direction, data.draw(st.sampled_from(["word", "character"])))
    if moved is None:
        return
    assert moved and moved != fragments
    assert all(0 <= piece.start < piece.end <= len(text) for piece in moved)
    kept = moved[-1].end == fragments[-1].end if edge == "start" else moved[0].start == fragments[0].start
    assert kept


@given(st.text("ab ,.”\nسو", min_size=1, max_size=40), st.data())
def test_a_word_out_and_in_again_is_where_it_was(text, data):
    start = previous_word_start(text, data.draw(st.integers(0, len(text))))
    end = next_word_end(text, start)
    if not (start < end and is_word(text, start) and is_word(text, end - 1)):
        return
    fragments = (Span(start, end),)
    for edge in ("start", "end"):
        out = nudged(text, fragments, edge, "out", "word")
        if out is not None and is_word(text, out[0].start):
            assert nudged(text, out, edge, "in", "word") == fragments
