import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.core.whole_quotation import whole_quotation
from annotator.resources import path


def at(text: str, words: str) -> list[str]:
    """What is found from the middle of `words`."""
    return [span.covered(text) for span in whole_quotation(text, text.index(words) + len(words) // 2)]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("“We go,” she said. “Now.” He stayed.", "We go", ["“We go,”", "“Now.”"]),
        ("“We go,” she said. “Now.” He stayed.", "Now", ["“We go,”", "“Now.”"]),
        ("“We go,” she said, “and soon.”", "soon", ["“We go,”", "“and soon.”"]),
        ("“We go”, she said, “and soon.”", "go", ["“We go”", "“and soon.”"]),
        ("“We go?” she said. “Now?” she said. “Never.”", "Now", ["“We go?”", "“Now?”", "“Never.”"]),
        ("“We go.” She rose. “Now.”", "We go", ["“We go.”"]),
        ("“We go,” said one. The other laughed. “Now.”", "We go", ["“We go,”"]),
        ("“We go,” said one, who told the other: “Now.”", "We go", ["“We go,”"]),
        ("“We go,” said Gen. Aoun of the U.N. mission. “Now.”", "Now", ["“We go,”", "“Now.”"]),
        ("“We go,” she said.\n“Now,” said he.", "We go", ["“We go,”"]),
        ("“I heard ‘Not one,’” he said. “Not two.”", "Not one", ["“I heard ‘Not one,’”", "“Not two.”"]),
        ("He called it “a farce” and left.", "farce", ["“a farce”"]),
        ("He called it a farce and left.", "farce", []),
        ("‘We go,’ she said of the boats’ crews.", "We", ["‘We go,’"]),
        ("It wasn’t the boats’ fault.", "boats", []),
        ('"We go," she said. "Now."', "Now", ['"We go,"', '"Now."']),
        ("قال «سنذهب» ثم مضى", "سنذهب", ["«سنذهب»"]),
        ("«سنذهب»، قال الوزير، «غدا».", "غدا", ["«سنذهب»", "«غدا»"]),
        ("Iraq”s army said “we go” twice.", "we go", ["“we go”"]),
        ("“Here it opens.\n\n“Here it goes on.\n\n“Here it ends,” he said.", "goes", None),
    ],
)
def test_what_is_found(text, where, found):
    if found is None:
        found = [text[: text.rindex("”") + 1]]
    assert at(text, where) == found


def test_a_quotation_that_is_never_closed_does_not_swallow_the_article():
    text = "“Here it opens.\n\nHe left.\n\n“And here,” she said."
    assert at(text, "And here") == ["“And here,”"]
    assert at(text, "He left") == []


def test_the_halves_of_the_sample_are_found_from_both():
    held = json.loads(path("sample/annotations.json").read_text(encoding="utf-8"))
    (document,) = [one for one in held["documents"] if one["annotations"]]
    direct = [mark["fragments"] for mark in document["annotations"] if mark["attributes"].get("quote") == "direct"]
    in_halves = [tuple(Span(*half) for half in fragments) for fragments in direct if len(fragments) > 1]
    assert len(in_halves) == 3
    for fragments in in_halves:
        for half in fragments:
            assert whole_quotation(document["text"], half.start + 5) == fragments


@settings(max_examples=300)
@example("«‘»’", 4)
@example("‘“a”’", 0)
@given(st.text('ab .,\n“”‘’«»"—?', max_size=80), st.integers(0, 80))
def test_fragments_are_in_order_and_one_of_them_holds_the_place(text, position):
    position = min(position, len(text))
    found = whole_quotation(text, position)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert not found or any(span.start <= position <= span.end for span in found)
    assert all(span.start + 1 < span.end <= len(text) for span in found)
    for span in found:  # from wherever it is asked, the same is found
        assert whole_quotation(text, span.start + 1) == found


@given(st.integers(0, 40_000))
def test_a_text_full_of_open_marks_is_no_trap(position):
    assert whole_quotation("“ \n" * 20_000, position) == ()
    assert whole_quotation("“" * 40_000, position) == ()


def test_single_marks_may_hold_double_ones_and_are_apostrophes_where_they_cross_them():
    text = "He said: ‘They told me “go” and I went.’ The boys’ “coats” were ‘old."
    assert at(text, "They") == at(text, "go") == ["‘They told me “go” and I went.’"]
    assert at("The ‘90s were “the boys’ time”, he said.", "boys") == ["“the boys’ time”"]


def test_the_whole_of_it_is_a_span():
    assert whole_quotation("“a”", 1) == (Span(0, 3),)
