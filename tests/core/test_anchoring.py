import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.alignment import Words, aligned
from annotator.core.anchoring import Anchoring, Moved
from annotator.core.span import Span

WORDS = ("harbour", "ferry", "the", "of", "Marsa", "said", "“", "”", ".", "١٢", "وقال", "東京", "ship", "on", "x")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)
gaps = st.sampled_from((" ", "\n", "\n\n", "  ", " \t"))


@st.composite
def texts(draw):
    found = draw(words)
    return "".join(word + draw(gaps) for word in found)


@st.composite
def spans_of(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


def squeezed(text):
    return "".join(text.split())


def where(text, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def moved(old, new, words, nth=0):
    found = Anchoring(old, new).moved([where(old, words, nth)])
    return (" ".join(piece.covered(new) for piece in found.fragments), found.how) if isinstance(found, Moved) else found


@given(st.data())
def test_in_the_same_text_everything_stays_where_it_is(data):
    text = data.draw(texts())
    span = data.draw(spans_of(text))
    assert Anchoring(text, text).moved([span]) == Moved((span,), "place")


@given(st.data())
def test_what_is_moved_covers_the_same_words_or_is_said_to_be_changed(data):
    old, new = data.draw(texts()), data.draw(texts())
    anchoring = Anchoring(old, new)
    for _ in range(5):
        span = data.draw(spans_of(old))
        found = anchoring.moved([span])
        if isinstance(found, Moved):
            (piece,) = found.fragments
            assert 0 <= piece.start < piece.end <= len(new)
            assert found.how == "changed" or squeezed(piece.covered(new)) == squeezed(span.covered(old))


@given(st.data())
def test_words_are_aligned_in_order_and_with_themselves(data):
    old, new = Words(data.draw(texts())), Words(data.draw(texts()))
    found = [(number, there) for number, there in enumerate(aligned(old, new)) if there >= 0]
    assert all(old.words[number] == new.words[there] for number, there in found)
    assert [there for _, there in found] == sorted({there for _, there in found})


PARAGRAPHS = [
    " ".join(f"{word}{number}" for word in ("Talks", "about", "the", "ferry", "went", "on", "in", "Marsa", "."))
    for number in range(12)
]


@settings(max_examples=60)
@given(st.data())
def test_blocks_may_come_go_and_change_around_it(data):
    keep = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    old = "\n\n".join(PARAGRAPHS)
    span = where(old, PARAGRAPHS[keep][3:20])
    others = [text for number, text in enumerate(PARAGRAPHS) if number != keep and data.draw(st.booleans())]
    others += data.draw(st.lists(st.sampled_from(("Share", "Menu | News | Sport", "Read more: a ship")), max_size=5))
    data.draw(st.randoms()).shuffle(others)
    others.insert(data.draw(st.integers(0, len(others))), PARAGRAPHS[keep])
    new = "\n".join(others)
    found = Anchoring(old, new).moved([span])
    assert isinstance(found, Moved) and found.fragments[0].covered(new) == span.covered(old)


@given(texts(), gaps)
def test_white_space_counts_for_nothing(text, gap):
    new = gap.join(text.split())
    found = Anchoring(text, new).moved([Span(0, len(text))])
    assert found.how == "place" and squeezed(found.fragments[0].covered(new)) == squeezed(text)


def test_an_edge_within_a_word_stays_at_its_letter():
    assert moved("The harbourmaster spoke.", "News\n\nThe  harbourmaster spoke.", "bourmaster sp") == (
        "bourmaster sp",
        "place",
    )


def test_a_paragraph_that_went_elsewhere_is_found_by_its_words_and_what_stands_around():
    first, second = "The envoy of Marsa spoke on Tuesday.", "Nobody else at the harbour had anything to say to us."
    old, new = f"{first}\n\n{second}\n\nEnd of it all.", f"{second}\n\nEnd of it all.\n\n{first}"
    assert moved(old, new, "Marsa") == ("Marsa", "context")
    assert moved(old, new, "harbour") == ("harbour", "place")


def test_a_name_that_stands_elsewhere_too_does_not_go_there():
    old = "Ana spoke in Marsa about boats.\n\nA long paragraph about other things that stays as it is."
    new = "A long paragraph about other things that stays as it is.\n\nMuch later, Marsa slept."
    assert moved(old, new, "Marsa") == "gone"


def test_what_fits_two_places_equally_well_goes_to_neither():
    line = "Read the whole story of the ferry here"
    old = f"One thing first.\n\n{line}\n\nAnd quite another thing that is said last of all."
    new = f"And quite another thing that is said last of all.\n\n{line}\n\nBetween them.\n\n{line}"
    assert moved(old, new, "ferry") == "ambiguous"


def test_a_word_that_changed_is_said_to_have():
    old, new = "He said: the colour of the harbour is grey today.", "He said: the color of the harbour is grey today."
    assert moved(old, new, "the colour of the harbour") == ("the color of the harbour", "changed")
    assert moved(old, new, "colour") == ("color", "changed")
    assert moved(old, old.replace("colour", "rain"), "colour") == "gone"


def test_each_fragment_is_found_and_their_order_must_hold():
    old = "“We will go,” the envoy told us, “and come back.” Nobody else spoke of it that day."
    new = f"Home\n\n{old}"
    pieces = [where(old, "We will go"), where(old, "and come back")]
    assert Anchoring(old, new).moved(pieces).fragments == tuple(Span(p.start + 6, p.end + 6) for p in pieces)
    one, two = "The first of the two long lines about boats.", "The second one of these lines, about the sea and more."
    pieces = [where(f"{one}\n{two}", "two long lines"), where(f"{one}\n{two}", "the sea")]
    assert Anchoring(f"{one}\n{two}", f"{two}\n{one}").moved(pieces) == "torn"
    assert Anchoring(old, old.replace("and come back", "never")).moved([where(old, "come back")]) == "gone"


@pytest.mark.parametrize("new", ["", " \n", "other words altogether"])
def test_nothing_is_found_in_nothing(new):
    assert Anchoring("The ferry.", new).moved([Span(4, 9)]) == "gone"


def test_a_blank_between_two_words_stays_between_them():
    old, new = "one two three  four five six", "zero\n\none two three  four five six"
    assert Anchoring(old, new).moved([Span(13, 15)]) == Moved((Span(19, 21),), "place")
    assert Anchoring(old, new.replace("  four", " four")).moved([Span(13, 15)]) == "gone"


def test_many_marks_in_a_long_text_are_found():
    chance = random.Random(7)
    lines = [" ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(12)) for _ in range(2000)]
    old = "\n".join(lines)
    new = "\n".join(line for line in lines if chance.random() > 0.1)
    anchoring = Anchoring(old, new)
    spans = [Span(at, at + 40) for at in range(0, len(old) - 40, 150)]
    found = [(span, anchoring.moved([span])) for span in spans]
    there = [(span, each) for span, each in found if isinstance(each, Moved) and each.how != "changed"]
    assert len(there) > 0.8 * len(spans)
    assert all(squeezed(each.fragments[0].covered(new)) == squeezed(span.covered(old)) for span, each in there)
