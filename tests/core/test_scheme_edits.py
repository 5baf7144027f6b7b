"""Changing a scheme a step at a time, and what is refused."""

import json
from dataclasses import replace

import pytest

from annotator.core.errors import KnownError
from annotator.core.rows import attribute_from_row
from annotator.core.scheme import Skip, Value
from annotator.core.scheme_changes import scheme_from_rows, scheme_rows
from annotator.core.scheme_edits import SchemeEdits, key_for
from annotator.core.scheme_faults import scheme_faults
from tests.store.scheme_examples import (
    ANY,
    BY,
    COUNT,
    DETAIL,
    ENVOY,
    OF,
    OTHER_SORT,
    PERSON,
    QUOTE,
    SCHEME,
    SORT,
    SOURCE,
    SURE,
    TONES,
    TOPIC,
    key,
)

ENTITIES, SPEECH = SCHEME.layers
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def tables(scheme=SCHEME):
    found = {table: {} for table in ("layers", "labels", "attributes", "relation_types")}
    for change in scheme_rows(scheme):
        found[change.table][change.key] = change.after
    return found


class Work:
    """A scheme that steps are applied to."""

    def __init__(self):
        self.tables = tables()

    def do(self, how, *arguments, **columns):
        step = getattr(SchemeEdits(self.tables), how)(*arguments, **columns)
        for change in step.rows:
            assert self.tables[change.table].get(change.key) == change.before
            self.tables[change.table][change.key] = change.after
        assert scheme_faults(self.scheme) == []
        return step

    @property
    def scheme(self):
        return scheme_from_rows(self.tables, "small", 0)

    def label(self, like):
        return next(label for label in self.scheme.labels if label.id == like.id)

    def kind(self, like):
        return next(kind for kind in self.scheme.relations if kind.id == like.id)


@pytest.fixture
def work():
    return Work()


def refused(work, how, *arguments, **columns):
    before = {table: dict(rows) for table, rows in work.tables.items()}
    with pytest.raises(KnownError) as error:
        work.do(how, *arguments, **columns)
    assert work.tables == before
    assert str(error.value).endswith(". Nothing was changed.")
    return str(error.value)


def test_the_rows_of_a_scheme_give_it_back(work):
    assert work.scheme == SCHEME
    assert scheme_faults(SCHEME) == []


# What comes


def test_a_new_layer_and_a_new_label_stand_last(work):
    work.do("add_layer", "  news   frames ")
    layer = work.scheme.layers[-1]
    assert layer.name == "news frames"
    work.do("add_label", layer.id, "PEACE")
    label = work.scheme.labels[-1]
    assert (label.layer, label.name, label.shortcut) == ("news frames", "PEACE", "a")  # p and e are others'
    assert label.color not in {other.color for other in SCHEME.labels}


def test_a_label_may_bear_the_name_of_one_in_another_layer(work):
    work.do("add_label", SPEECH.id, "PERSON")
    assert [label.layer for label in work.scheme.labels if label.name == "PERSON"] == ["entities", "speech"]


def test_a_new_attribute_is_asked_of_its_labels_or_of_documents(work):
    work.do("add_attribute", "mood", "scale", [PERSON.id, QUOTE.id])
    assert [work.label(label).attributes[-1].name for label in (PERSON, QUOTE)] == ["mood", "mood"]
    work.do("add_attribute", "genre", "choice")
    assert [attribute.name for attribute in work.scheme.form] == ["topic", "topics", "genre"]


def test_a_new_link_leads_anywhere(work):
    work.do("add_relation_type", "denies")
    kind = work.scheme.relations[-1]
    assert (kind.name, kind.sources, kind.targets) == ("denies", (), ())


@pytest.mark.parametrize(
    ("how", "arguments", "told"),
    [
        ("add_layer", ("entities",), "There is a layer entities already"),
        ("add_layer", (" \n",), "A name is missing"),
        ("add_label", ("gone", "CAMP"), "This layer is not in the scheme any more"),
        ("add_label", (ENTITIES.id, "PERSON"), "There is a label PERSON already"),
        ("add_attribute", ("sort", "choice", [ENVOY.id]), "ENVOY has an attribute sort already"),
        ("add_attribute", ("topic", "choice"), "The form has an attribute topic already"),
        ("add_attribute", ("mood", "mood", [ENVOY.id]), "There is no kind of attribute “mood”"),
        ("add_attribute", ("mood", "choice", ["gone"]), "This label is not in the scheme any more"),
        ("add_relation_type", ("said_by",), "There is a link said_by already"),
        ("set_layer", ("gone",), "This layer is not in the scheme any more"),
        ("attach", (SORT.id, PERSON.id), "PERSON has an attribute sort already"),
        ("attach", (OTHER_SORT.id, PERSON.id), "PERSON has an attribute sort already"),
        ("move_label", (PERSON.id, "gone"), "This layer is not in the scheme any more"),
        ("move_asked", (COUNT.id, PERSON.id, 1), "PERSON is not asked count any more"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(work, how, arguments, told):
    assert refused(work, how, *arguments) == f"{told}. Nothing was changed."


# What changes


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"name": "ENVOY"}, "There is a label ENVOY already"),
        ({"name": ""}, "A name is missing"),
        ({"shortcut": "E"}, "The key E belongs to ENVOY already"),
        ({"shortcut": "ab"}, "A label's key is one letter or sign"),
        ({"shortcut": " "}, "A label's key is one letter or sign"),
        ({"color": "red"}, "A colour is written as #rrggbb"),
        ({"color": "#12345g"}, "A colour is written as #rrggbb"),
    ],
)
def test_a_label_is_not_set_to_what_cannot_be(work, columns, told):
    assert refused(work, "set_label", PERSON.id, **columns) == f"{told}. Nothing was changed."


def test_a_key_is_free_while_its_label_is_switched_off(work):
    work.do("set_label", ENVOY.id, enabled=False)
    work.do("set_label", PERSON.id, shortcut="e")
    assert "belongs to PERSON" in refused(work, "set_label", ENVOY.id, enabled=True)
    work.do("set_label", ENVOY.id, enabled=True, shortcut="")
    assert work.label(ENVOY).enabled and work.label(ENVOY).shortcut == ""


def test_a_renamed_label_is_so_at_the_ends_of_links(work):
    work.do("set_label", ENVOY.id, name="DIPLOMAT")
    assert (work.kind(OF).sources, work.kind(OF).targets) == (("PERSON", "DIPLOMAT"), ("DIPLOMAT",))
    work.do("set_layer", ENTITIES.id, name="actors")
    assert work.kind(BY).targets == ("SOURCE", "actors")


def test_a_renamed_label_leaves_its_old_name_to_another_that_bears_it(work):
    work.do("add_label", SPEECH.id, "ENVOY")
    work.do("set_label", ENVOY.id, name="DIPLOMAT")
    assert work.kind(OF).targets == ("ENVOY", "DIPLOMAT")


def test_a_title_a_colour_and_a_guideline_may_be_anything_of_their_kind(work):
    said = {"title": "<b>A & B</b>", "color": "#A1b2C3", "guideline": "<script>alert(1)</script>"}
    work.do("set_label", PERSON.id, **said)
    assert {name: getattr(work.label(PERSON), name) for name in said} == said


def test_a_label_moves_to_another_layer_with_its_id(work):
    work.do("move_label", PERSON.id, SPEECH.id)
    assert [label.name for label in work.scheme.labels_of("speech")] == ["QUOTE", "SOURCE", "PERSON"]
    work.do("add_label", ENTITIES.id, "QUOTE")
    assert "There is a label QUOTE already" in refused(work, "move_label", QUOTE.id, ENTITIES.id)


@pytest.mark.parametrize(
    ("by", "order"), [(1, ["QUOTE", "SOURCE"]), (-1, ["SOURCE", "QUOTE"]), (9, ["QUOTE", "SOURCE"]), (0, None)]
)
def test_things_move_among_their_like(work, by, order):
    work.do("move", "labels", SOURCE.id, by)
    assert [label.name for label in work.scheme.labels_of("speech")] == (order or ["QUOTE", "SOURCE"])
    assert [label.name for label in work.scheme.labels_of("entities")] == ["PERSON", "ENVOY"]


def test_things_that_stood_at_one_place_can_be_moved(work):
    for held in work.tables["relation_types"].values():
        work.tables["relation_types"][held["id"]] = {**held, "position": 0}
    work.do("move", "relation_types", ANY.id, -5)
    assert [kind.name for kind in work.scheme.relations] == ["about", "said_by", "part_of"]


def test_attributes_move_among_those_of_a_label(work):
    work.do("move_asked", TONES.id, PERSON.id, -2)
    assert [attribute.name for attribute in work.label(PERSON).attributes] == ["sort", "tones", "sure", "detail"]
    work.do("move_asked", TONES.id, PERSON.id, -9)
    assert work.label(PERSON).attributes[0].name == "tones"


def test_an_attribute_that_nothing_asks_any_more_is_kept_and_can_be_asked_again(work):
    work.do("detach", COUNT.id, ENVOY.id)
    assert [attribute.id for attribute in work.scheme.unasked] == [COUNT.id]
    work.do("attach", COUNT.id, SOURCE.id)
    assert work.label(SOURCE).attributes == (COUNT,)
    assert work.scheme.unasked == ()


@pytest.mark.parametrize(
    ("attribute", "told"),
    [
        (replace(SORT, name="sure"), "PERSON has an attribute sure already"),
        (replace(SORT, values=(Value("a"), Value("a"))), "sort has two values a"),
        (replace(SORT, values=(Value("b"),)), "The value a of detail is for a, which sort has not"),
        (replace(SORT, depends=DETAIL.id), "What depends on what goes in a circle: sort → detail → sort"),
        (replace(DETAIL, skips=(Skip("e", SURE.id),)), "The rules leave out each other in a circle"),
        (replace(TOPIC, name="topics"), "The form has an attribute topics already"),
    ],
)
def test_an_attribute_does_not_become_what_is_wrong(work, attribute, told):
    assert told in refused(work, "set_attribute", attribute.id, attribute)


def test_what_was_wrong_already_does_not_hinder(work):
    broken = replace(SORT, values=(Value("a"), Value("a"), Value("b")))
    (change,) = SchemeEdits(work.tables)._step("", SchemeEdits(work.tables)._attribute_changed(broken)).rows
    work.tables["attributes"][SORT.id] = change.after
    step = SchemeEdits(work.tables).set_attribute(SORT.id, replace(broken, name="kind", title="Kind"))
    assert [attribute_from_row(row.after).title for row in step.rows] == ["Kind"]


def test_a_link_gets_ends_that_there_are(work):
    work.do("set_relation_type", ANY.id, sources=["QUOTE", "entities", "QUOTE"], name="speaks_of", title="<i>of</i>")
    assert (work.kind(ANY).sources, work.kind(ANY).name) == (("QUOTE", "entities"), "speaks_of")
    assert "There is no label and no layer CAMP" in refused(work, "set_relation_type", ANY.id, targets=["CAMP"])


def test_a_step_that_changes_nothing_is_empty(work):
    assert work.do("set_label", PERSON.id, name="PERSON").rows == ()
    assert work.do("move", "labels", PERSON.id, 0).rows == ()
    assert work.do("set_attribute", SORT.id, SORT).rows == ()


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("PERSON", "", "p"),
        ("PERSON", "PE", "r"),
        ("شخص", "a", "b"),
        ("X", "x", "a"),
        ("Y", "abcdefghijklmnopqrstuvwxyz", ""),
    ],
)
def test_a_key_is_a_free_letter_of_the_name_else_any(name, taken, found):
    assert key_for(name, taken) == found


def test_ids_are_new_each_time(work):
    work.do("add_label", ENTITIES.id, "A")
    work.do("add_label", ENTITIES.id, "B")
    made = {label.id for label in work.scheme.labels} - {label.id for label in SCHEME.labels}
    assert len(made) == 2 and key(11) not in made
    assert all(json.loads(held["attributes"]) == [] for name, held in work.tables["labels"].items() if name in made)
