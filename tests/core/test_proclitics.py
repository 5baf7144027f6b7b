import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.proclitics import without_proclitics
from annotator.core.span import Span


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("والقاهرة", "القاهرة"), ("بالقاهرة", "القاهرة"),
        ("وبالقاهرة", "القاهرة"), ("ولبنان", "لبنان"), ("بدمشق", "دمشق"),
        ("لسوريا", "سوريا"), ("للجامعة", "لجامعة"), ("فالرئيس", "الرئيس"),
        ("كالعراق", "العراق"), ("وَالرئيس فؤاد", "الرئيس فؤاد"), ("وزير", "وزير"),
        ("واشنطن", "واشنطن"), ("والدته", "والدته"), ("بيروت", "بيروت"),
        ("لبنان", "لبنان"), ("فلسطين", "فلسطين"), ("كركوك", "كركوك"), ("بغداد", "بغداد"),
        ("كتاب", "كتاب"), ("وكالة الأنباء", "وكالة الأنباء"), ("ولد", "ولد"),
        ("قال", "قال"), ("Beirut", "Beirut"),
    ],
)  # fmt: skip
def test_what_is_left(written, word):
    assert without_proclitics(written, Span(0, len(written))).covered(written) == word


@given(st.text("وبلكفاليسمدرَ ab", min_size=1, max_size=20), st.data())
def test_only_the_start_moves_and_something_is_left(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    left = without_proclitics(text, span)
    assert left.end == span.end and span.start <= left.start <= span.start + 6
    assert left.start < left.end
