from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers.dates import day_comes_first, find_date, has_slashed, iso_date
from annotator.importers.languages import language_code
from annotator.importers.month_names import _NAMES, month_number

WRITTEN = {
    "July 1, 2019 Monday 9:20 AM GMT": "2019-07-01T09:20:00Z",
    "December 19, 1991, Sunday, An Edition": "1991-12-19",
    "29 décembre 2011": "2011-12-29",
    "Politique, jeudi 5 octobre 2013, p. 3": "2013-10-05",
    "1er AOÛT 2020": "2020-08-01",
    "5. Juli 2019 09:31:00 CEST": "2019-07-05T09:31:00+02:00",
    "Samstag, 9. Jänner 1993, 17.05 Uhr": "1993-01-09T17:05:00",
    "5 de marzo de 2024": "2024-03-05",
    "1º de março de 2019": "2019-03-01",
    "maandag 12 mei 2003": "2003-05-12",
    "3 мая 2011 г.": "2011-05-03",
    "2018 年 10 月 7 日 17:04": "2018-10-07T17:04:00",
    "2018년 10월 7일": "2018-10-07",
    "2013. október 7.": "2013-10-07",
    "5 مارس 2010": "2010-03-05",
    "12 تشرين الأول 2011": "2011-10-12",
    "20020225T143000-0500": "2002-02-25T14:30:00-05:00",
    "20240305T000000": "2024-03-05",
    "20240305": "2024-03-05",
    "2018-10-21T16:25:32-05:00": "2018-10-21T16:25:32-05:00",
    "2024-03-05 12:00:00.000001": "2024-03-05T12:00:00",
    "Tue, 05 Mar 2024 08:00:00 GMT": "2024-03-05T08:00:00Z",
    "13.2.2024": "2024-02-13",
    "2/13/2024": "2024-02-13",
    "05-Mar-24": "2024-03-05",
    "07/04/99": "1999-04-07",
    "March 2006": "2006-03",
    "2006-03": "2006-03",
    "1998": "1998",
    "12:30 AM": "",
    "31 février 2000, no day": "2000-02",
    "13/13/2024": "",
    "0000-00-00": "",
    "page 12 of 2024 pages": "",
    "": "",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_dates_are_read_as_they_are_written(written):
    assert iso_date(written) == WRITTEN[written]


def test_midday_and_midnight():
    assert iso_date("March 5, 2024 12:15 AM") == "2024-03-05T00:15:00"
    assert iso_date("March 5, 2024 12:15 PM") == "2024-03-05T12:15:00"
    assert iso_date("March 5, 2024 0:00") == "2024-03-05"


def test_what_comes_first_can_be_said():
    assert iso_date("3/5/2024") == "2024-05-03"
    assert iso_date("3/5/2024", day_first=False) == "2024-03-05"
    assert iso_date("3.5.2024", day_first=False) == "2024-05-03"
    assert day_comes_first(["3/5/2024", "13/5/2024"]) is True
    assert day_comes_first(["3/5/2024", "3/25/2024"]) is False
    assert day_comes_first(["3/5/2024", "2024-03-05"]) is None
    assert has_slashed(["x", "3/5/2024"]) and not has_slashed(["2024-03-05"])


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)), st.sampled_from(sorted(_NAMES)))
def test_every_month_of_every_language_is_read(day, language):
    name = _NAMES[language].split()[day.month - 1].split("|")[0].replace("_", " ")
    number = month_number(name)
    assert number
    if number == day.month:  # some names stand for two months in two languages
        assert iso_date(f"{day.day} {name} {day.year}") == day.isoformat()


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    found = find_date(text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("ENGLISH; ENGLISHS", "en"), ("Français", "fr"), ("Allemand", "de"), ("en-GB", "en-GB"), ("eng", "en")),
        *(("EN", "en"), ("中文(简体)", "zh"), ("Klingon", ""), ("", ""), ("de_AT", "de-AT")),
    ],
)
def test_languages_have_codes(written, code):
    assert language_code(written) == code
