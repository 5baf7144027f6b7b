from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.thinning import DAYS, LAST, Kept, to_keep

TODAY = date(2026, 11, 25)


def days(*ago, **rest):
    """Backups, the oldest first, each made so many days ago."""
    return [Kept(number, TODAY - timedelta(day), **rest) for number, day in enumerate(ago, 1)]


def test_few_are_all_kept():
    assert to_keep(days(*[0] * LAST)) == set(range(1, LAST + 1))


def test_of_a_day_the_last_is_kept_for_a_week_and_of_a_week_for_a_month():
    kept = to_keep(days(*range(60, -1, -1)), last=1)
    ages = sorted(61 - number for number in kept)
    assert ages[:DAYS] == list(range(DAYS))
    assert 7 < ages[-1] <= 35
    assert len(kept) <= DAYS + 5


def test_one_that_lacks_marks_never_takes_the_place_of_the_one_before():
    def rows(lacks):
        since = [
            Kept(number + 10, TODAY - timedelta(88 - number), lacks=lacks and number == 1) for number in range(1, 89)
        ]
        return [*days(*[90] * 10), *since]

    assert 10 not in to_keep(rows(lacks=False), last=1)
    assert 10 in to_keep(rows(lacks=True), last=1)


def test_a_damaged_one_takes_nobodys_place():
    rows = [Kept(1, TODAY), Kept(2, TODAY, good=False)]
    assert to_keep(rows, last=1) == {1, 2}
    assert to_keep([*rows, Kept(3, TODAY)], last=1) == {3}


RUNS = st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.booleans()), min_size=1, max_size=60)


@given(RUNS, st.integers(1, 12))
def test_whatever_happens_the_newest_good_one_and_what_it_needs_stay(drawn, last):
    rows = [
        Kept(number, TODAY - timedelta(day), 1 if since and number > 1 else 0, lacks)
        for number, (day, since, lacks) in enumerate(drawn, 1)
    ]
    kept = to_keep(rows, last)
    assert len(rows) in kept
    bases = {row.base for row in rows if row.number in kept and row.base}
    assert bases <= kept
    for row in rows[1:]:
        if row.lacks and not rows[row.number - 2].lacks:
            assert row.number - 1 in kept


@given(RUNS)
def test_thinning_twice_takes_no_more(drawn):
    rows = [Kept(number, TODAY - timedelta(day)) for number, (day, *_) in enumerate(drawn, 1)]
    kept = to_keep(rows)
    assert to_keep([row for row in rows if row.number in kept]) == kept
