from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.concordance import line, ordered
from annotator.core.errors import KnownError
from annotator.core.occurrences import Wanted, occurrences
from annotator.core.span import Span


def found(text, words, **how):
    return [span.covered(text) for span in occurrences(text, Wanted(words, **how))]


@pytest.mark.parametrize(
    ("text", "words", "how", "expected"),
    [
        ("Iraq’s army left Iraq. Iraqi", "Iraq", {}, ["Iraq", "Iraq"]),
        ("Iraq’s army left Iraq. Iraqi", "Iraq", {"whole_words": False}, ["Iraq", "Iraq", "Iraq"]),
        ("The US told us", "US", {}, ["US"]),
        ("The US told us", "US", {"case": False}, ["US", "us"]),
        ("The US told us", "US", {"case": False, "alike": False}, ["US", "us"]),
        ("Port\u00a0Qasr, Port\nQasr, PortQasr", "Port Qasr", {}, ["Port\u00a0Qasr", "Port\nQasr"]),
        ("Émile and Emile", "Emile", {}, ["Émile", "Emile"]),
        ("Émile and Emile", "Émile", {}, ["Émile", "Emile"]),
        ("Émile and Emile", "Emile", {"alike": False}, ["Emile"]),
        ("أحمد و احمد وأحمد", "احمد", {}, ["أحمد", "احمد", "أحمد"]),
        ("وزير وزيري", "زير", {}, []),  # و is its own letter
        ("القاهرة والقاهرة بالقاهرة", "القاهرة", {}, ["القاهرة", "القاهرة", "القاهرة"]),
        ("القاهرة والقاهرة بالقاهرة", "القاهرة", {"alike": False}, ["القاهرة"]),
        ("مُحَمَّد محمد محمـد", "محمد", {}, ["مُحَمَّد", "محمد", "محمـد"]),
        ("a.b axb", "a.b", {}, ["a.b"]),
        ("U.N. and UN", "U.N.", {}, ["U.N."]),
        ("the end", "end", {}, ["end"]),
        ("", "end", {}, []),
    ],
)
def test_what_is_found(text, words, how, expected):
    assert found(text, words, **how) == expected


def test_nothing_to_look_for_is_said():
    with pytest.raises(KnownError, match="nothing to look for"):
        found("text", " \n")


LETTERS = st.text("aAéÉ e.ا أإُـ\n’-", max_size=30)


@given(LETTERS, LETTERS.filter(str.strip), st.booleans(), st.booleans(), st.booleans())
def test_places_are_in_order_apart_and_fewer_when_more_is_asked(text, words, whole, case, alike):
    spans = list(occurrences(text, Wanted(words, whole, case, alike)))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.covered(text) for span in spans)
    loose = list(occurrences(text, Wanted(words, False, case, alike)))
    assert len(spans) <= len(loose)


@given(LETTERS, LETTERS.filter(str.strip), LETTERS)
def test_what_stands_there_is_found(before, words, behind):
    text = f"{before} {words} {behind}"
    covered = Span(len(before) + 1, len(before) + 1 + len(words))
    for alike in (True, False):
        spans = list(occurrences(text, Wanted(words.strip(), False, True, alike)))
        assert any(span.overlaps(covered) for span in spans)


def test_a_line_has_its_context_with_single_spaces():
    text = "One two\n\nthree Iraq’s  army left."
    (span,) = occurrences(text, Wanted("Iraq"))
    row = line("d", 1, "T", text, span)
    assert (row.before, row.hit, row.behind) == ("One two three ", "Iraq", "’s army left.")
    assert not row.right_to_left
    arabic = "قال الوزير نعم"
    assert line("d", 1, "T", arabic, Span(4, 10)).right_to_left


def test_lines_are_sorted_from_the_hit_outwards():
    texts = ["the old Iraq war", "a new Iraq army", "an old Iraq zone"]
    rows = [line("d", number, "T", text, next(occurrences(text, Wanted("Iraq")))) for number, text in enumerate(texts)]
    assert [row.number for row in ordered(rows, "before")] == [1, 2, 0]
    assert [row.number for row in ordered(rows, "behind")] == [1, 0, 2]
    assert [row.number for row in ordered(rows, "place", backwards=True)] == [2, 1, 0]
    assert {row.number for row in ordered(rows, "hit")} == {row.number for row in ordered(rows, "label")} == {0, 1, 2}
