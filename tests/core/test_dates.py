from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.dates import date_of, kept_date


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2016", "2016"),
        (" 2016-10 ", "2016-10"),
        ("2016-1-2", "2016-01-02"),
        ("12.10.2016", "2016-10-12"),
        ("1. 2. 2016", "2016-02-01"),
        ("10.2016", "2016-10"),
        ("29.2.2016", "2016-02-29"),
        ("29.2.2015", None),
        ("2016-13", None),
        ("0.1.2016", None),
        ("0000", None),
        ("16-10-12", None),
        ("2016-10-12-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_they_are_typed(typed, kept):
    assert kept_date(typed) == kept


@given(st.dates())
def test_every_day_is_kept_however_it_is_typed(day):
    kept = day.isoformat()
    assert kept_date(kept) == kept_date(f"{day.day}.{day.month}.{day.year:04}") == kept
    assert date_of(f"{kept}T23:59:59+02:00") == kept
    assert date.fromisoformat(kept) == day


@given(st.text(max_size=12))
def test_what_is_kept_is_kept_as_it_is(typed):
    kept = kept_date(typed)
    assert kept is None or kept_date(kept) == kept


def test_a_stamp_without_a_date_gives_none():
    assert date_of("20161012") == date_of("last week") == date_of("2016-13-01") == ""
    assert date_of("2016-10") == "2016-10"
