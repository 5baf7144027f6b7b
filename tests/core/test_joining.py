"""Marks are put where their words are, or refused: by hashes, by words, by nothing but the text's own hash."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.ids import text_hash
from annotator.core.imports import Failure, Notice
from annotator.core.joining import Text, joined
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.core.standing_off import Expected, StandOff, standing_off, words_hash

LABEL = Label("l", "entities", "PERSON")
TEXT = "Mira met Mira 🚢 in Marsa."


def mark(key, *pairs):
    return Annotation(key, LABEL, tuple(Span(*pair) for pair in pairs), {}, "", "ann", "manual", None, "", "")


def stand_off(*marks, text=TEXT, expected=(), links=()):
    about = AnnotatedDocument("", sha256=text_hash(text), annotations=marks, relations=links)
    return StandOff(about, "marks.json", "record 1", expected, len(text))


def put(found, text=TEXT):
    document, said = joined(found, Text(text, text_hash(text), "d", "Title"))
    return [each.fragments for each in document.annotations], said


texts = st.text(st.sampled_from("ab \n🚢é"), min_size=1, max_size=20)


@given(texts, st.data())
def test_what_stands_off_a_text_fits_it_and_no_other(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    one = mark("m", (start, data.draw(st.integers(start + 1, len(text)))))
    found = standing_off(AnnotatedDocument(text, title="Mira", annotations=(one,)))
    assert put(found, text) == ([one.fragments], [])
    other = text.replace("a", "x").replace("b", "y").replace("🚢", "z").replace("é", "w").replace(" ", "_")
    places, said = put(found, other)
    words = one.covered(text)
    assert places == ([one.fragments] if words == one.covered(other) else [])
    assert bool(said) == (not places)


def test_a_mark_with_nothing_to_go_by_needs_the_very_text():
    assert put(stand_off(mark("m", (0, 4)))) == ([(Span(0, 4),)], [])
    places, (failure,) = put(stand_off(mark("m", (0, 4))), TEXT + "!")
    assert places == [] and isinstance(failure, Failure) and "nothing says which words" in failure.reason
    assert f"{len(TEXT)} characters, the one in the project {len(TEXT) + 1}" in failure.reason


def test_marks_in_utf16_units_are_placed_by_their_words():
    places, (notice,) = put(stand_off(mark("m", (20, 25)), expected=(Expected("Marsa"),)))
    assert places == [(Span(19, 24),)] and isinstance(notice, Notice) and "UTF-16" in notice.text


def test_words_without_a_place_are_found_where_they_stand_once():
    found = stand_off(mark("m"), mark("n"), expected=(Expected("in\nMarsa"), Expected("Mira")))
    places, (failure,) = put(found)
    assert places == [(Span(16, 24),)] and "in several places" in failure.reason


def test_pieces_are_compared_together_and_never_looked_for():
    hashed = words_hash(text_hash(TEXT), "Mira Marsa")
    assert put(stand_off(mark("m", (0, 4), (19, 24)), expected=(Expected(None, hashed),)))[1] == []
    assert put(stand_off(mark("m", (1, 5), (19, 24)), expected=(Expected("Mira Marsa"),)))[0] == []


def test_links_go_with_the_marks_they_hang_on():
    link = Relation("r", RelationType("t", "met"), "m", "n", {}, "ann", "", "")
    found = stand_off(
        mark("m", (0, 4)), mark("n", (9, 13)), expected=(Expected("Mira"), Expected("Marsa!")), links=(link,)
    )
    document, (failure,) = joined(found, Text(TEXT, text_hash(TEXT)))
    assert document.relations == () and "1 links" in failure.reason


def test_many_that_are_refused_are_counted():
    found = stand_off(*(mark(str(number), (0, 4)) for number in range(12)), expected=(Expected("Nobody"),) * 12)
    (failure,) = put(found)[1]
    assert failure.reason.startswith("12 marks were left out: PERSON at 0 to 4") and "and 2 more" in failure.reason


def test_the_same_words_have_another_hash_in_another_text():
    assert words_hash("1" * 64, "Mira") != words_hash("2" * 64, "Mira") and len(words_hash("", "Mira")) == 16
