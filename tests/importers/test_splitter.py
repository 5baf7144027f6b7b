# ruff: noqa: E501 - what a file looks like is not broken into lines
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.core.split_patterns import FieldPattern, SplitPatterns, pattern_fault
from annotator.importers.split_presets import PRESETS
from annotator.importers.splitter import SplitterImporter, best_patterns
from annotator.importers.walking import recognised
from tests.importers.sources import documents, notices, source

RULES = "Search results\n\n" + "".join(
    f"{'-' * 20}\nTitle: Fee {n} stays\nDate: {n}. März 2024\nQuelle: Küstenblatt\n\nThe council voted.\n\nTitle: not again\n"
    for n in (1, 2, 3)
)
WISO = "".join(
    f"Die Gebühr bleibt {n}\nQuelle: Küstenblatt vom 0{n}.03.2024, Nr. 55, S. 3\nRessort: Lokales\nDokumentnummer: 77{n}\n\n"
    f"Der Rat hat gestimmt.\nEs wurde spät.\n\nAlle Rechte vorbehalten: (c) Küstenblatt\n\n"
    for n in (1, 2)
)


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def read(text, patterns=None):
    return list(SplitterImporter(patterns).read(source(text, "many.txt")))


def test_a_preset_is_found_and_named():
    assert recognised(RULES.encode(), "many.txt").name == "splitter"
    found = read(RULES)
    first, _, third = documents(found)
    assert first.title == "Fee 1 stays" and first.metadata["published"] == "2024-03-01"
    assert first.metadata["publication"] == "Küstenblatt"
    assert part(first, "BODY") == ["The council voted.\n\nTitle: not again"] and third.title == "Fee 3 stays"
    assert "was split by “Lines of dashes" in notices(found)[0]


def test_articles_that_are_told_by_their_ends():
    first, second = documents(read(WISO))
    assert first.title == "Die Gebühr bleibt 1" and second.metadata["record"] == "772"
    assert first.metadata["section"] == "Lokales" and "Alle Rechte" not in part(first, "BODY")[0]


def test_patterns_of_ones_own():
    patterns = SplitPatterns(
        "mine",
        start=r"^\*\*\* (\d+)$",
        fields=(
            FieldPattern("title", r"^T (.+)$"),
            FieldPattern("desk", r"^D (.+)$"),
            FieldPattern("date", r"^\d+/\d+/\d+$"),
        ),
        drop=(r"^page \d+$",),
        day_first=False,
    )
    assert SplitPatterns.from_json(patterns.to_json()) == patterns and not patterns.faults()
    text = "*** 1\nT Fee\n3/5/2024\nD Local\nText of it.\npage 7\nMore of it.\n*** 2\nT Second\nOther."
    first, second = documents(read(text, patterns))
    assert first.title == "Fee" and first.metadata["desk"] == "Local" and first.metadata["published"] == "2024-03-05"
    assert "page 7" not in first.text and part(second, "BODY") == ["Other."]


def test_what_is_wrong_with_patterns_is_said():
    bad = SplitPatterns("bad", start="(", end="(a+)+$", fields=(FieldPattern("title", "x" * 600),), drop=("[",))
    faults = bad.faults()
    assert len(faults) == 4 and "“start” is not one" in faults[0] and "take for ever" in faults[1]
    assert SplitPatterns("none").faults() == ["Say how an article begins, or how it ends."]
    with pytest.raises(KnownError, match="take for ever"):
        read(RULES, bad)


@pytest.mark.parametrize("pattern", [r"^\d+$", r"a{1,5}b+", r"(?:foo|bar)+", r"^(.*): (.*)$", r"(\s*x){3}"])
def test_patterns_that_are_sound(pattern):
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", ["(a+)+", "(a*b*)*", "((a|b)+c*)+x", "(?:(?:a)*)*"])
def test_patterns_that_may_never_end(pattern):
    assert "for ever" in pattern_fault(pattern)


def test_every_preset_is_sound():
    assert [patterns.faults() for patterns in PRESETS] == [[]] * len(PRESETS)
    assert len({patterns.name for patterns in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize("text", ["A letter.\n----------\nWith a line.\n----------\nAnd more.", "One. Two.", ""])
def test_a_text_that_is_not_split_is_left_alone(text):
    assert best_patterns(text, 2) is None
    with pytest.raises(KnownError):
        read("Nothing to see")


@given(st.text())
def test_any_patterns_that_are_kept_can_be_read_again(text):
    patterns = SplitPatterns(text, start=text, drop=(text,) if text else ())
    assert SplitPatterns.from_json(patterns.to_json()) == patterns
    assert isinstance(patterns.faults(), list)
    assert SplitPatterns.from_json(text) == SplitPatterns("")
