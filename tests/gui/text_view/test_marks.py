from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.gui.text_view.marks import Mark, MarkIndex
from annotator.gui.text_view.pieces import Pieces

TEXT = "one two\nthree\n\nfour five six\n" * 30
spans = st.tuples(st.integers(0, len(TEXT) + 5), st.integers(1, len(TEXT))).map(lambda p: Span(p[0], p[0] + p[1]))
fragments = st.lists(spans, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
marks = st.lists(fragments, max_size=12).map(
    lambda found: [Mark(f"m{n}", parts, "ORG", "#123456") for n, parts in enumerate(found)]
)


def covers(mark, position):
    return any(part.start <= position < part.end for part in mark.fragments)


@settings(deadline=None)
@given(marks, st.integers(0, len(TEXT) - 1))
def test_a_position_finds_every_mark_over_it_the_shortest_first(found, position):
    index = MarkIndex(Pieces(TEXT))
    index.add(found)
    at = index.at(position)
    assert {mark.id for mark in at} == {mark.id for mark in found if covers(mark, position)}
    assert [mark.length() for mark in at] == sorted(mark.length() for mark in at)


@settings(deadline=None)
@given(marks)
def test_a_piece_knows_its_marks_once_each(found):
    pieces = Pieces(TEXT)
    index = MarkIndex(pieces)
    index.add(found)
    for number in range(len(pieces)):
        ids = [mark.id for mark in index.of_piece(number)]
        assert len(ids) == len(set(ids))
        for mark in found:
            if any(covers(mark, position) for position in range(pieces.starts[number], pieces.ends[number])):
                assert mark.id in ids


@settings(deadline=None)
@given(marks)
def test_what_is_removed_leaves_nothing_behind(found):
    pieces = Pieces(TEXT)
    index = MarkIndex(pieces)
    index.add(found)
    index.add(found)  # the same ids once more
    index.remove([mark.id for mark in found] + ["never seen"])
    assert len(index) == 0
    assert not any(index.of_piece(number) for number in range(len(pieces)))
