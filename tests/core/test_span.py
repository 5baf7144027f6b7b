import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span

spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda drawn: Span(drawn[0], drawn[0] + drawn[1]))


def characters(span):
    return set(range(span.start, span.end))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 2), (3, 2), (-2, -1)])
def test_not_a_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(spans, spans)
def test_overlap_and_containment_are_those_of_the_characters(one, other):
    assert one.overlaps(other) == bool(characters(one) & characters(other))
    assert one.contains(other) == (characters(other) <= characters(one))


@given(spans, st.text(min_size=60, max_size=60))
def test_what_is_covered(span, text):
    assert span.covered(text) == "".join(text[position] for position in sorted(characters(span)))


def test_order_is_that_of_starts_then_ends():
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


def test_spans_that_touch_do_not_overlap():
    assert not Span(0, 5).overlaps(Span(5, 9))
