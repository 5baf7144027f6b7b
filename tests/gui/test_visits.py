from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.visits import MOST, NEAR, Visit, Visits

PLACES = st.builds(Visit, st.sampled_from("abc"), st.integers(0, 5).map(lambda n: n * NEAR))


def test_back_and_forward_as_in_a_browser():
    visits = Visits()
    for document in "abc":
        visits.visit(Visit(document, 0))
    assert visits.go(-1) == ("b", 0) and visits.go(-1) == ("a", 0) and visits.go(-1) is None
    assert visits.go(1) == ("b", 0)
    visits.visit(Visit("d", 0))
    assert not visits.can_go(1)
    assert visits.go(-1) == ("b", 0)


def test_where_one_was_last_in_a_document_is_where_one_comes_back_to():
    visits = Visits()
    visits.visit(Visit("a", 0))
    visits.leave(Visit("a", 900))
    visits.visit(Visit("b", 0))
    assert visits.go(-1) == ("a", 900)


def test_places_near_each_other_are_one_and_a_document_that_is_gone_is_forgotten():
    visits = Visits()
    for place in (Visit("a", 0), Visit("a", 100), Visit("b", 0), Visit("a", 0), Visit("c", 0)):
        visits.visit(place)
    visits.forget("b")
    assert visits.go(-1) == ("a", 0) and visits.go(-1) == ("a", 100) and visits.go(-1) is None
    visits.forget("a")
    assert visits.go(1) == ("c", 0)


@given(st.lists(st.one_of(PLACES, st.sampled_from([-1, 1]), st.sampled_from("abc")), max_size=60))
def test_going_back_and_forward_again_is_where_one_was(steps):
    visits = Visits()
    here = None
    for step in steps:
        if isinstance(step, Visit):
            visits.visit(step)
            here = step
        elif isinstance(step, int):
            here = visits.go(step) or here
        else:
            visits.forget(step)
            here = None
        if here is not None and visits.can_go(-1):
            visits.go(-1)
            assert visits.go(1) == here


def test_no_more_are_kept_than_anyone_goes_back():
    visits = Visits()
    for number in range(3 * MOST):
        visits.visit(Visit("a", number * NEAR))
    steps = 0
    while visits.go(-1) is not None:
        steps += 1
    assert steps == MOST - 1
