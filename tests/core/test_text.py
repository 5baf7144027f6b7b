import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text import direction_of, language_of, normalised, prevailing_direction

rough = st.text(st.characters() | st.sampled_from("\r\n\0\ufeff\ud83d\udea2\u2028\u00a0 a"))


@given(rough)
def test_normalising_again_changes_nothing(raw):
    once = normalised(raw).text
    assert normalised(once) == (once, 0, 0)


@given(rough)
def test_what_cannot_be_stored_is_gone(raw):
    text = normalised(raw).text
    assert "\r" not in text
    assert "\0" not in text
    assert not text.startswith("\ufeff")
    assert text.encode().decode() == text


@given(rough)
def test_every_character_that_is_left_out_is_accounted_for(raw):
    body = raw.lstrip("\ufeff")
    text, line_ends, replaced = normalised(raw)
    assert len(text) == len(body) - body.count("\r\n")
    assert line_ends == body.count("\r")
    assert replaced == sum(c == "\0" or "\ud800" <= c <= "\udfff" for c in body)
    assert text.count("\ufffd") == body.count("\ufffd") + replaced


def test_everything_else_stays():
    odd = "a\u00a0b\u00adc\u200bd\u2028e\u2029f\u0085g\u000bh\x01i\ufeffj\u202ek\ufdd0"
    assert normalised(odd).text == odd


def test_the_two_halves_of_a_pair_that_never_met_are_two_replacements():
    assert normalised("x\ud83d\udea2y").text == "x\ufffd\ufffdy"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "ltr"),
        ("12:30 — …", "ltr"),
        ("BAGHDAD, (AP) – قال", "ltr"),
        ("«قال» the minister", "rtl"),
        ("٢٠٠٥ قال", "rtl"),
        ("(שלום) hello", "rtl"),
        ("\u200fabc", "rtl"),
    ],
)
def test_direction_is_that_of_the_first_letter(text, expected):
    assert direction_of(text) == expected


def test_a_document_is_read_the_way_most_of_it_is():
    arabic = "رويترز: قال الوزير إن المحادثات سوف تستأنف"
    assert prevailing_direction(f"Reuters {arabic}") == "rtl"
    assert prevailing_direction(f"The minister said on Tuesday that the talks would resume: {arabic[:8]}") == "ltr"
    assert prevailing_direction("…") == "ltr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the talks will be on in the port of Qasr.", "en"),
        ("Le ministre a dit hier que les pourparlers reprendraient mardi dans le port.", ""),
        ("قال الوزير إن المحادثات سوف تستأنف", "ar"),
        ("אמר השר אתמול", ""),
        ("", ""),
        ("42", ""),
    ],
)
def test_language(text, expected):
    assert language_of(text) == expected
