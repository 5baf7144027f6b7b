import pytest

from annotator.importers.annotations.webanno import WebAnnoImporter
from annotator.importers.annotations.webanno_cells import split_at, unescaped
from tests.importers.annotations.corpora import FACTS, documents, facts, failures, here, links, notices, read
from tests.importers.sources import source

THREE = [name for name in FACTS if name.endswith(".tsv") and "layers" in FACTS[name]]
EMPTY = "it is empty, and a mark needs words"


def kind(layers, wanted):
    return {name: layer for name, layer in layers.items() if layer["kind"] == wanted}


@here
@pytest.mark.parametrize("name", sorted(THREE))
def test_every_mark_and_link_that_was_counted_comes_in_or_is_told(name):
    found = read(name)
    (document,) = documents(found)
    spans = kind(FACTS[name]["layers"], "T_SP")
    empty = sum(EMPTY in text for text in notices(found))
    marks = [mark for mark in document.annotations if mark.label.layer not in ("Token", "SimpleLink")]
    if not kind(FACTS[name]["layers"], "T_CH"):
        assert len(marks) + empty == sum(layer["annotations"] for layer in spans.values())
    relations = sum(layer["relation_cells_entries"] for layer in kind(FACTS[name]["layers"], "T_RL").values())
    slots = any("ROLE" in feature for layer in spans.values() for feature in layer["features"])
    chains = kind(FACTS[name]["layers"], "T_CH")
    assert slots or chains or links(found).total() == relations
    assert not failures(found)
    assert not any("put together from their words" in text for text in notices(found))


@here
@pytest.mark.parametrize("name", facts("corpora/gum/tsv-src"))
def test_the_same_articles_give_the_same_marks_in_both_formats(name):
    (one,) = documents(read(name))
    (other,) = documents(read(name.replace("tsv-src", "conllu").replace(".tsv", ".conllu")))
    assert said(one) == said(other)
    first = FACTS[name]["layers"]["webanno.custom.Referent"]["first_feature_values"]
    assert {label: sum(each[0] == label for each in said(one)) for label in first} == first


def said(document):
    """Labels and words of marks, without spaces, in which the two differ."""
    marks = ((mark.label.name, "".join(mark.covered(document.text).split())) for mark in document.annotations)
    return sorted(marks)


@here
def test_positions_behind_an_emoji_are_right():
    (document,) = documents(read("peers/inception/tsv3-suite/testSentenceWithEmoji/reference.tsv"))
    assert [mark.covered(document.text) for mark in document.annotations] == ["😊"]


@here
def test_of_stacked_marks_on_parts_of_words_each_has_its_words():
    (document,) = documents(read("peers/inception/tsv3-suite/testSubMultiTokenSpanWithFeatureValue/reference.tsv"))
    words = {mark.label.name: mark.covered(document.text) for mark in document.annotations}
    assert words["2"] == "aaaaaa bbbbbb" and words["8"] == "aaa bbb" and words["6"] == "aaa bbbbbb"
    assert words["9"] == "aaa bbbbbb ccc" and words["7"] == "aaaaaa bbb" and words["3"] == "bb"


@here
@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("testSimpleCrossSenenceSlotFeature", [("p1", "He", "loves"), ("p2", "He", "him")]),
        ("testSingleStackedNonTokenOverlappingRelationWithoutFeatureValue", [("Relation", "This is a test .", ".")]),
        ("testSimpleChain", [("SimpleLink", "This", "is"), ("SimpleLink", "is", "a")]),
        ("testSubTokenRelation", [("Relation", "T", "t")]),
        ("testStackedComplexSlotFeatureWithoutValues", None),
    ],
)
def test_links_join_the_right_words(name, ends):
    (document,) = documents(read(f"peers/inception/tsv3-suite/{name}/reference.tsv"))
    words = {mark.id: mark.covered(document.text) for mark in document.annotations}
    found = [(link.type.name, words[link.source], words[link.target]) for link in document.relations]
    assert found == ends if ends is not None else len(found) == 4


@pytest.mark.parametrize(
    ("cell", "parts"), [("a|b", ["a", "b"]), (r"a\|b", [r"a\|b"]), ("a\\\\|b", ["a\\\\", "b"]), ("", [""])]
)
def test_a_cell_is_parted_at_signs_without_a_backslash(cell, parts):
    assert split_at(cell, "|") == parts


def test_escapes_are_taken_off():
    assert unescaped(r"\[a\] \| \_ \\ \t \->") == "[a] | _ \\ \t ->"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1-2\tnowhere\tx\tPER\t", "no row of a word"),
        ("1-1\t4-7\tBob\tPER\t", "there already"),
        ("9-9.1\t4-7\tBob\tPER\t", "not there"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_comes_in(row, why):
    text = f"#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Named|value\n\n\n#Text=Ann\n1-1\t0-3\tAnn\tPER\t\n{row}\n"
    found = list(WebAnnoImporter().read(source(text)))
    assert len(documents(found)[0].annotations) == 1
    assert any("line 7" in text and why in text for text in notices(found))
