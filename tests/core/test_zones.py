from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Zone
from annotator.core.span import Span
from annotator.core.zones import with_zone

LENGTH = 30
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(lambda pair: pair[0] < pair[1])
STEPS = st.lists(st.tuples(st.sampled_from(["BODY", "CAPTION", ""]), SPANS.map(lambda pair: Span(*pair))), max_size=8)


def drawn(zones):
    """The label of every character, as letters."""
    page = ["."] * LENGTH
    for zone in zones:
        for place in range(zone.span.start, zone.span.end):
            assert page[place] == ".", "two zones overlap"
            page[place] = zone.label[0]
    return "".join(page)


@given(STEPS)
def test_each_step_paints_its_stretch_and_no_other(steps):
    zones, page = [], "." * LENGTH
    for label, span in steps:
        zones = with_zone(zones, label, span)
        page = page[: span.start] + (label[:1] or ".") * (span.end - span.start) + page[span.end :]
        assert drawn(zones) == page
        assert len({zone.id for zone in zones}) == len(zones)
        assert [zone.span for zone in zones] == sorted(zone.span for zone in zones)


def test_what_is_cut_keeps_its_id_before_and_touching_stretches_become_one():
    zones = with_zone([Zone("z", "BODY", Span(0, 20))], "CAPTION", Span(5, 10))
    assert [(zone.label, zone.span.start, zone.span.end) for zone in zones] == [
        ("BODY", 0, 5), ("CAPTION", 5, 10), ("BODY", 10, 20),
    ]  # fmt: skip
    assert zones[0].id == "z"
    zones = with_zone(zones, "BODY", Span(5, 10))
    assert [(zone.label, zone.span.start, zone.span.end) for zone in zones] == [("BODY", 0, 20)]
