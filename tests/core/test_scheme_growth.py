from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.label_colors import CHOICE
from annotator.core.scheme import Label, Layer, Scheme
from annotator.core.scheme_changes import SchemeGrowth

HELD = Scheme(
    "news",
    layers=(Layer("l", "entities"),),
    labels=(Label("1", "entities", "PERSON", CHOICE[0], "p"), Label("2", "entities", "CUE", "#5b6470", "c")),
)


def grown(labels):
    growth = SchemeGrowth(HELD)
    return [growth.label(label) for label in labels], growth


@given(st.lists(st.sampled_from("abcdefghijklmnop"), unique=True, min_size=1))
def test_labels_that_come_without_a_colour_have_each_their_own(names):
    made, growth = grown([Label(name, "entities", name, color="") for name in names])
    colors = [label.color for label in growth.grown.labels]
    assert len(set(colors)) == len(colors) == len(names) + 2
    assert [row.after["color"] for row in growth.rows if row.table == "labels"] == [label.color for label in made]


def test_a_colour_that_a_file_names_stays_and_so_does_that_of_a_known_label():
    made, _ = grown([Label("3", "entities", "ORG", "#5b6470"), Label("9", "entities", "CUE", color="")])
    assert [label.color for label in made] == ["#5b6470", "#5b6470"]


def test_no_two_labels_have_one_key():
    named = (("3", "Person", "p"), ("4", "Organism", "o"), ("5", "Organization", "o"))
    made, _ = grown([Label(key, "entities", name, "#aa0000", shortcut) for key, name, shortcut in named])
    assert [label.shortcut for label in made] == ["", "o", ""]


def unsaid(key, name, layer="entities"):
    """A label of a file that names no layer."""
    return Label(key, layer, name, color="", layer_said=False)


TWO = replace(HELD, layers=(*HELD.layers, Layer("q", "quotes")), labels=(*HELD.labels, Label("3", "quotes", "QUOTE")))


def test_a_label_without_a_layer_is_that_of_its_name_which_the_project_has():
    growth = SchemeGrowth(TWO)
    assert growth.label(unsaid("9", "QUOTE")).layer == "quotes"
    assert growth.label(Label("8", "entities", "QUOTE")).id == "8"  # this file says which layer it means
    assert growth.label(unsaid("7", "QUOTE", "other")).id == "7"  # by now two layers have it: neither is meant


def test_a_layer_of_labels_that_stand_elsewhere_is_not_added():
    growth = SchemeGrowth(TWO)
    growth.scheme(Scheme("brat", (Layer("e", "events"),), (unsaid("9", "QUOTE", "events"),)))
    assert growth.rows == []
    growth.scheme(Scheme("brat", (Layer("e", "events"),), (unsaid("10", "Attack", "events"),)))
    assert {row.table for row in growth.rows} == {"layers", "labels"}
