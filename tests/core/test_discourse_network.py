"""Networks of a debate: an example worked out by hand, and the definitions over all cells, one by one."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.discourse_network import Network, level, of_actors, of_concepts, two_mode
from annotator.core.statements import Node, Statement, Tally, Window, moving_windows, whole_day

ANN, BEN, CEM = (Node(name, "person") for name in ("Ann", "Ben", "Cem"))
OPEN, FEE = (Node(name, "concept") for name in ("Keep it open", "Raise the fee"))
SAID = (
    ("d1", "2016-10-01", ANN, OPEN, "yes"),
    ("d1", "2016-10-01", ANN, OPEN, "yes"),  # again, in the same article
    ("d1", "2016-10-01", BEN, OPEN, "yes"),
    ("d1", "2016-10-01", BEN, FEE, "yes"),
    ("d2", "2016-10-02", ANN, OPEN, "yes"),  # the same week, another article
    ("d2", "2016-10-02", ANN, FEE, "no"),
    ("d2", "2016-10-02", CEM, OPEN, "no"),
    ("d3", "2016-11-20", CEM, FEE, "no"),
)


def tally(duplicates="document", window=Window(), said=SAID):  # noqa: B008
    found = Tally(window, duplicates)
    for document, day, *rest in said:
        found.add(Statement(document, whole_day(day), *rest))
    return found


def matrix(network, nodes=(ANN, BEN, CEM)):
    return [network.weight(*pair) for pair in ((nodes[0], nodes[1]), (nodes[0], nodes[2]), (nodes[1], nodes[2]))]


@pytest.mark.parametrize(
    ("aggregation", "norm", "wanted"),  # of Ann and Ben, Ann and Cem, Ben and Cem
    [
        ("congruence", "none", [2, 1, 0]),
        ("conflict", "none", [1, 2, 2]),
        ("subtract", "none", [1, -1, -2]),
        ("ignore", "none", [3, 3, 2]),
        ("congruence", "average", [2 / 2.5, 1 / 2.5, 0]),  # Ann says three things, the others two each
        ("congruence", "jaccard", [2 / 4, 1 / 4, 0]),
    ],
)
def test_actors_by_what_they_say_as_worked_out_by_hand(aggregation, norm, wanted):
    assert matrix(of_actors(tally().counts, aggregation, norm)) == wanted


@pytest.mark.parametrize(
    ("duplicates", "count", "repeated"),
    [("all", 3, 0), ("document", 2, 1), ("week", 1, 2), ("month", 1, 2), ("year", 1, 2), ("ever", 1, 2)],
)
def test_what_is_said_again_counts_once_in_a_document_a_week_and_so_on(duplicates, count, repeated):
    found = tally(duplicates)
    assert (found.counts[ANN, OPEN, "yes"], found.repeated) == (count, repeated)
    assert found.statements == 8 - repeated == sum(found.counts.values())


def test_the_same_in_another_week_counts_again():
    said = [("a", "2016-10-02", ANN, OPEN, "yes"), ("b", "2016-10-03", ANN, OPEN, "yes")]  # a Sunday and a Monday
    assert tally("week", said=said).statements == 2 and tally("month", said=said).statements == 1


def test_concepts_by_who_says_them():
    counts = tally().counts
    assert of_concepts(counts, "congruence").weight(OPEN, FEE) == 1 * 1 + 1 * 1  # Ben agrees with both, Cem with none
    assert of_concepts(counts, "conflict").weight(FEE, OPEN) == 2 * 1  # Ann


@pytest.mark.parametrize(
    ("aggregation", "norm", "wanted"),  # of Ann and Ben with the first concept, of Ann and Cem with the second
    [
        ("ignore", "none", [2, 1, 1, 1]),
        ("subtract", "none", [2, 1, -1, -1]),
        ("combine", "none", [1, 1, 2, 2]),
        ("ignore", "activity", [2 / 3, 1 / 2, 1 / 3, 1 / 2]),
        ("ignore", "prominence", [2 / 4, 1 / 4, 1 / 3, 1 / 3]),
    ],
)
def test_actors_and_concepts(aggregation, norm, wanted):
    found = two_mode(tally().counts, aggregation, norm)
    assert [found.weight(*pair) for pair in ((ANN, OPEN), (BEN, OPEN), (ANN, FEE), (CEM, FEE))] == wanted
    assert found.rows == {ANN: 3, BEN: 2, CEM: 2} and found.columns == {OPEN: 4, FEE: 3}
    assert found.edges[ANN, OPEN].facts == {"statements": 2, "answer yes": 2}


def test_one_who_says_both_is_mixed():
    counts = {(ANN, OPEN, "yes"): 2, (ANN, OPEN, "no"): 1}
    assert two_mode(counts, "combine").weight(ANN, OPEN) == 3
    assert two_mode(counts, "subtract").weight(ANN, OPEN) == 1


def test_answers_that_have_degrees_are_alike_by_degrees():
    counts = {(ANN, OPEN, "in_favour"): 1, (BEN, OPEN, "ambivalent"): 1, (CEM, OPEN, "against"): 1}
    assert matrix(of_actors(counts, "congruence")) == [0.5, 0, 0.5]
    assert matrix(of_actors(counts, "conflict")) == [0.5, 1, 0.5]
    numbers = {(ANN, OPEN, "1"): 1, (BEN, OPEN, "2"): 1, (CEM, OPEN, "5"): 1}
    assert matrix(of_actors(numbers, "congruence")) == [0.75, 0, 0.25]


def test_answers_without_degrees_are_the_same_or_not_and_cannot_be_subtracted():
    counts = {(ANN, OPEN, "sure"): 1, (BEN, OPEN, "sure"): 2, (CEM, OPEN, "maybe"): 1}
    assert matrix(of_actors(counts, "subtract")) == [2, -1, -2]
    assert level("sure") is level("nan") is None
    with pytest.raises(ValueError, match="sure"):
        two_mode(counts, "subtract")


def test_windows_move_and_hold_their_ends():
    first, last = date(2016, 10, 1), date(2016, 10, 12)
    windows = list(moving_windows(first, last, 7, 4))
    assert windows == [Window(date(2016, 10, 1), date(2016, 10, 7)), Window(date(2016, 10, 5), date(2016, 10, 11)),
                       Window(date(2016, 10, 9), last)]  # fmt: skip
    assert windows[0].holds(date(2016, 10, 7)) and not windows[0].holds(date(2016, 10, 8))
    assert Window().holds(None) and not windows[0].holds(None)
    assert tally(window=Window(None, date(2016, 10, 1))).statements == 3


def test_nodes_that_nothing_ties_can_be_left_out():
    network = of_actors(tally().counts, "congruence")
    assert set(network.rows) == {ANN, BEN, CEM}
    assert set(of_actors({(ANN, OPEN, ""): 1, (BEN, FEE, ""): 1}).without_isolates().rows) == set()
    assert Network({ANN: 1}, {OPEN: 1}).without_isolates() == Network({}, {})


actors, concepts = st.sampled_from([ANN, BEN, CEM]), st.sampled_from([OPEN, FEE, Node("Other")])
cells = st.dictionaries(st.tuples(actors, concepts, st.sampled_from(["yes", "no"])), st.integers(1, 4))


@given(cells)
def test_weights_are_those_of_the_definition(counts):
    """Over every pair, concept and pair of answers, as it stands in the literature."""
    others, answers = {concept for _, concept, _ in counts}, ("yes", "no")
    for one, two in ((ANN, BEN), (ANN, CEM), (BEN, CEM)):
        every = [
            (k == l, counts.get((one, j, k), 0) * counts.get((two, j, l), 0))
            for j, k, l in product(others, answers, answers)  # noqa: E741
        ]
        alike, unlike = sum(n for same, n in every if same), sum(n for same, n in every if not same)
        assert of_actors(counts, "congruence").weight(one, two) == alike
        assert of_actors(counts, "conflict").weight(two, one) == unlike
        assert of_actors(counts, "subtract").weight(one, two) == alike - unlike
        assert of_actors(counts, "ignore").weight(one, two) == alike + unlike
