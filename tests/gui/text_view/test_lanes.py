import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gui.text_view.lanes import MOST, first_fit

from .conftest import marked

extents = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0.5, 200)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=40
)


@settings(deadline=None)
@given(extents, st.floats(0, 8))
def test_no_two_in_a_lane_come_nearer_than_the_gap(extents, gap):
    lanes = first_fit(extents, gap)
    assert len(lanes) == len(extents)
    for n, (left, right) in enumerate(extents):
        for other in range(n):
            if lanes[n] == lanes[other]:
                assert right + gap <= extents[other][0] or extents[other][1] + gap <= left


@settings(deadline=None)
@given(extents, st.floats(0, 8))
def test_nothing_is_lower_than_it_must_be(extents, gap):
    lanes = first_fit(extents, gap)
    for n, lane in enumerate(lanes):
        left, right = extents[n]
        for higher in range(lane):
            neighbours = [extents[m] for m in range(n) if lanes[m] == higher]
            assert any(a < right + gap and left < b + gap for a, b in neighbours)


def test_what_finds_no_room_is_said_so():
    assert first_fit([(0, 10)] * (MOST + 2), 1) == [*range(MOST), MOST, MOST]


def test_nested_crossing_and_equal_get_lanes_of_their_own():
    assert first_fit([(10, 20), (0, 50), (15, 60), (10, 20), (70, 80)], 1) == [0, 1, 2, 3, 0]


@pytest.mark.parametrize("extra", [0, 1, 7])
def test_names_without_room_are_counted_under_the_line(show, extra):
    text = "Some Qasr stands here.\n"
    view = show(text, (), [marked(text, f"m{n}", "Qasr") for n in range(MOST + extra)])
    [line] = view._layout.laid(view.document().firstBlock()).lines
    assert len(line.names) == MOST
    if not extra:
        assert line.unnamed is None
        return
    assert line.unnamed.sign == f"+{extra}"
    assert all(not line.unnamed.area.intersects(place.area) for place in line.names)
    assert line.bottom == line.unnamed.area.bottom()
