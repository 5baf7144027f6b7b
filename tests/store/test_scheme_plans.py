"""Changes of a scheme over what is marked: what each does, counts and refuses, and that undo gives it back."""

from dataclasses import replace

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.scheme import Value
from annotator.core.scheme_faults import scheme_faults
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.scheme_plans import Conflict, SchemePlans
from annotator.store.writing import StaleChangeError
from tests.store.examples import is_true, state
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
    TEXT,
    TONES,
    TOPIC,
    TOPICS,
    documents,
    key,
    mark,
)

ENTITIES, SPEECH = SCHEME.layers


@pytest.fixture
def project():
    with Project(SCHEME) as project:
        project.work_as("ana")
        project.import_documents(documents())
        yield project


@pytest.fixture
def do(project):
    """Makes a plan and does it, having seen that undo and redo lead back and forth."""

    def done(how, *arguments):
        before = state(project)
        plan = getattr(SchemePlans(project), how)(*arguments)
        assert state(project) == before  # a plan alone does nothing
        project.apply(plan.change)
        after = state(project)
        assert project.undo_name == plan.change.name
        project.undo()
        assert state(project) == before
        project.redo()
        assert state(project) == after
        assert is_true(project) and check(project) == [] and scheme_faults(project.scheme) == []
        return plan

    return done


def refused(project, how, *arguments):
    before = state(project)
    with pytest.raises(KnownError) as error:
        getattr(SchemePlans(project), how)(*arguments)
    assert state(project) == before
    assert str(error.value).endswith(". Nothing was changed.")
    return str(error.value)


def marks(project):
    return {mark.id: mark for page in project.annotated_documents() for mark in page.annotations}


def links(project):
    return {link.id: link for page in project.annotated_documents() for link in page.relations}


def answers(project):
    return {label.id: label for page in project.annotated_documents() for label in page.labels}


def labelled(project, name):
    return sorted(int(mark.id[-3:], 16) for mark in marks(project).values() if mark.label.name == name)


def kind(project, like):
    return next((kind for kind in project.scheme.relations if kind.id == like.id), None)


def label(project, like):
    return next(label for label in project.scheme.labels if label.id == like.id)


def document_of(project, number):
    return project.document_ids()[number]


# Deleting


def test_deleting_a_label_takes_its_marks_and_their_links(project, do):
    plan = do("delete_labels", [PERSON.id])
    assert (plan.marks, plan.documents, plan.links, plan.conflicts) == (4, 2, 6, ())
    assert labelled(project, "PERSON") == []
    assert len(marks(project)) == 11 - 4
    assert set(links(project)) == {key(201), key(206)}
    assert kind(project, OF).sources == ("ENVOY",)
    assert plan.change.name == "Delete label PERSON"


def test_a_link_that_would_lead_anywhere_goes_with_its_last_end(project, do):
    plan = do("delete_labels", [ENVOY.id])
    assert kind(project, OF) is None  # it led to ENVOY alone
    assert kind(project, BY) == BY
    assert plan.links == 3


def test_several_labels_go_at_once(project, do):
    plan = do("delete_labels", [PERSON.id, QUOTE.id])
    assert plan.change.name == "Delete label PERSON, QUOTE"
    assert {mark.label.name for mark in marks(project).values()} == {"ENVOY", "SOURCE"}
    assert kind(project, BY) is None


def test_a_label_without_marks_goes_alone(project, do):
    assert do("delete_labels", [SOURCE.id]).marks == 1
    assert "There is no label to delete" in refused(project, "delete_labels", [])


def test_an_answer_to_what_only_a_deleted_label_was_asked_is_kept_with_its_name(project, do):
    edits = Edits(document_of(project, 0), project.scheme, project.annotator)
    project.apply(edits.relabel(marks(project)[key(101)], label(project, SOURCE)))
    do("delete_labels", [PERSON.id])
    # There is another attribute “sort” now, which ENVOY asks: this one is told apart from it.
    assert marks(project)[key(101)].attributes == {f"sort [{SORT.id}]": "a", "sure": True, "detail": "e"}
    assert {attribute.name for attribute in project.scheme.unasked} >= {"sort", "sure"}
    edits = Edits(document_of(project, 0), project.scheme, project.annotator)
    project.apply(edits.set_note(marks(project)[key(101)], "still to be edited"))
    assert is_true(project)


def test_deleting_a_layer_takes_its_labels(project, do):
    plan = do("delete_layer", ENTITIES.id)
    assert (plan.marks, plan.documents, plan.links) == (8, 2, 7)
    assert [layer.name for layer in project.scheme.layers] == ["speech"]
    assert {mark.label.name for mark in marks(project).values()} == {"QUOTE", "SOURCE"}
    assert kind(project, BY).targets == ("SOURCE",)
    assert kind(project, OF) is None


def test_deleting_an_attribute_takes_its_answers_and_the_rules_that_speak_of_it(project, do):
    plan = do("delete_attribute", SORT.id)
    assert (plan.marks, plan.documents, plan.links, plan.answers) == (3, 2, 0, 0)
    assert marks(project)[key(101)].attributes == {"sure": True, "detail": "e"}
    assert marks(project)[key(102)].attributes == {"sort": "b"}  # ENVOY's own
    (detail,) = [attribute for attribute in label(project, PERSON).attributes if attribute.name == "detail"]
    assert detail.depends == "" and [value.when for value in detail.values] == ["", ""]


def test_deleting_an_attribute_of_several_labels_reaches_all(project, do):
    plan = do("delete_attribute", TONES.id)
    assert plan.marks == 3
    assert all("tones" not in mark.attributes for mark in marks(project).values())
    assert label(project, QUOTE).attributes == ()


def test_deleting_a_question_of_the_form_takes_its_answers(project, do):
    plan = do("delete_attribute", TOPICS.id)
    assert (plan.marks, plan.documents, plan.answers) == (0, 1, 2)
    assert {label.name for label in answers(project).values()} == {"topic"}


def test_deleting_a_kind_of_link_takes_its_links(project, do):
    plan = do("delete_relation_type", BY.id)
    assert (plan.marks, plan.documents, plan.links) == (0, 2, 3)
    assert {link.type.name for link in links(project).values()} == {"part_of", "about"}


# Merging labels


def test_merged_labels_are_one_and_marks_that_agree_are_one(project, do):
    plan = do("merge_labels", [ENVOY.id], PERSON.id)
    assert plan.change.name == "Merge ENVOY into PERSON"
    assert [label.name for label in project.scheme.labels] == ["PERSON", "QUOTE", "SOURCE"]
    assert (plan.marks, plan.documents, plan.united) == (4, 2, 2)
    found = marks(project)
    # One annotator, one place, another answer to “sort”: both stay, and one of them is listed.
    assert plan.conflicts == (Conflict(document_of(project, 0), key(102), "two codings"),)
    assert (found[key(101)].attributes["sort"], found[key(102)].attributes["sort"]) == ("a", "b")
    # Nothing that differs: one mark with the answers and the notes of both.
    assert key(104) not in found
    assert found[key(103)].attributes == {"tones": ["a", "b"], "count": 3}
    assert found[key(103)].note == "three"
    assert found[key(103)].annotator != found[key(101)].annotator


def test_the_target_is_asked_what_the_others_were_with_the_values_of_both(project, do):
    do("merge_labels", [ENVOY.id], PERSON.id)
    asked = {attribute.name: attribute for attribute in label(project, PERSON).attributes}
    assert list(asked) == ["sort", "sure", "detail", "tones", "count"]
    assert [value.name for value in asked["sort"].values] == ["a", "b", "c", "f"]
    assert asked["sort"].id == SORT.id


def test_an_attribute_of_the_name_and_another_kind_gets_another_name(project, do):
    plans = SchemePlans(project)
    project.apply(plans._edits.add_attribute("count", "yes_no", [PERSON.id]))
    do("merge_labels", [ENVOY.id], PERSON.id)
    assert [attribute.name for attribute in label(project, PERSON).attributes][-2:] == ["count", "count (ENVOY)"]
    assert marks(project)[key(103)].attributes["count (ENVOY)"] == 3


def test_rules_of_what_comes_along_speak_of_what_the_target_asks(project, do):
    plans = SchemePlans(project)
    project.apply(plans._edits.attach(DETAIL.id, ENVOY.id))
    project.apply(SchemePlans(project)._edits.detach(DETAIL.id, PERSON.id))
    do("merge_labels", [PERSON.id], ENVOY.id)
    asked = {attribute.name: attribute for attribute in label(project, ENVOY).attributes}
    assert asked["detail"].depends == OTHER_SORT.id


def test_links_of_a_mark_that_became_one_with_another_lead_there(project, do):
    plan = do("merge_labels", [ENVOY.id], PERSON.id)
    found = links(project)
    assert (found[key(203)].source, found[key(203)].target) == (key(101), key(102))  # both stayed
    assert key(204) not in found  # it led from a mark to itself
    assert key(206) not in found  # it says what 205 says
    assert found[key(205)].source == key(107)
    assert plan.links == 2
    assert kind(project, OF).sources == kind(project, OF).targets == ("PERSON",)


def test_a_link_that_says_more_than_another_is_kept(project, do):
    page = document_of(project, 0)
    edits = Edits(page, project.scheme, project.annotator)
    old = links(project)[key(206)]
    new = old._replace(attributes={"sure": True})
    project.apply(replace(edits.unlink(old), rows=(*edits.unlink(old).rows, *edits.link(new).rows)))
    do("merge_labels", [ENVOY.id], PERSON.id)
    assert links(project)[key(206)].source == key(107)


def test_labels_of_two_layers_merge_and_a_homonym_stays_an_end(project, do):
    project.apply(SchemePlans(project)._edits.add_label(SPEECH.id, "ENVOY"))
    do("merge_labels", [ENVOY.id, SOURCE.id], QUOTE.id)
    assert kind(project, OF).sources == ("PERSON", "ENVOY", "QUOTE")
    assert kind(project, BY).targets == ("QUOTE", "entities")
    assert labelled(project, "QUOTE") == [102, 104, 105, 108, 111, 112]  # 106 agreed with 102


def test_nothing_is_merged_with_itself(project):
    assert "There is nothing to merge" in refused(project, "merge_labels", [PERSON.id], PERSON.id)
    assert "not in the scheme any more" in refused(project, "merge_labels", ["gone"], PERSON.id)


def test_one_value_and_a_list_of_that_value_agree(project, do):
    values = (Value("a"), Value("b"))
    project.apply(SchemePlans(project)._edits.add_attribute("tones", "choice", [SOURCE.id]))
    (tones,) = label(project, SOURCE).attributes
    project.apply(SchemePlans(project).change_attribute(replace(tones, values=values), {}).change)
    page = AnnotatedDocument(
        f"3 {TEXT}",
        annotations=(
            mark(152, label(project, SOURCE), 4, 9, tones="a"),
            mark(153, label(project, QUOTE), 4, 9, tones=["a"]),
        ),
    )
    project.import_documents([page])
    plan = do("merge_labels", [SOURCE.id], QUOTE.id)
    assert plan.conflicts == () and key(152) not in marks(project)


# Splitting and moving


def test_a_label_is_split_by_what_its_marks_answer(project, do):
    plan = do("split_label", PERSON.id, SORT.id, {"a": "ACTOR", "b": "WITNESS"})
    assert (plan.marks, plan.documents, plan.conflicts) == (3, 2, ())
    assert (labelled(project, "ACTOR"), labelled(project, "WITNESS")) == ([101, 110], [107])
    assert labelled(project, "PERSON") == [103]
    new = [label for label in project.scheme.labels if label.name in ("ACTOR", "WITNESS")]
    assert all(label.attributes == PERSON.attributes and label.guideline == PERSON.guideline for label in new)
    assert len({label.color for label in project.scheme.labels}) == 6
    assert kind(project, OF).sources == ("PERSON", "ACTOR", "WITNESS", "ENVOY")
    assert marks(project)[key(101)].attributes["sort"] == "a"


def test_a_label_split_and_merged_back_is_as_before_but_for_its_ends(project, do):
    before = marks(project)
    do("split_label", PERSON.id, SORT.id, {"a": "ACTOR", "b": "WITNESS"})
    new = [label.id for label in project.scheme.labels if label.name in ("ACTOR", "WITNESS")]
    plan = do("merge_labels", new, PERSON.id)
    assert (plan.marks, plan.united, plan.conflicts) == (3, 0, ())
    assert marks(project) == before
    assert project.scheme == SCHEME


def test_several_values_may_share_a_label_and_those_told_apart_are_conflicts(project, do):
    plan = do("split_label", PERSON.id, TONES.id, {"a": "AB", "b": "AB"})
    assert labelled(project, "AB") == [103]
    project.undo()
    plan = do("split_label", PERSON.id, TONES.id, {"a": "A", "b": "B", "d": "D"})
    assert plan.conflicts == (Conflict(document_of(project, 0), key(103), "several values"),)
    assert labelled(project, "D") == [107]


def test_a_label_is_split_by_yes_and_no(project, do):
    do("split_label", PERSON.id, SURE.id, {"yes": "SURE", "no": "UNSURE"})
    assert (labelled(project, "SURE"), labelled(project, "UNSURE")) == ([101], [110])


def test_a_label_is_split_by_marks_that_a_person_chose(project, do):
    plan = do("split_label_marks", PERSON.id, "  THE   ENVOY ", [key(101), key(102), key(110), "gone"])
    assert (plan.marks, plan.documents) == (2, 2)
    assert labelled(project, "THE ENVOY") == [101, 110]
    assert "None of those marks" in refused(project, "split_label_marks", PERSON.id, "X", [key(102)])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"a": "QUOTE ", "b": "ENVOY"}, "There is a label ENVOY already"),
        ({}, "There is no value"),
        ({"a": " "}, "A name"),
    ],
)
def test_a_label_is_not_split_into_what_cannot_be(project, names, told):
    assert told in refused(project, "split_label", PERSON.id, SORT.id, names)


def test_two_new_labels_do_not_bear_one_name(project):
    assert "would have one name" in refused(project, "split_label", PERSON.id, SORT.id, {"a": "X", "b": " X "})


def test_a_label_moves_to_another_layer_and_links_that_no_rule_allows_are_listed(project, do):
    plan = do("move_label", PERSON.id, SPEECH.id)
    assert (plan.marks, plan.documents) == (4, 2)
    assert {mark.label.layer for mark in marks(project).values() if mark.label.name == "PERSON"} == {"speech"}
    # BY may end in the layer “entities”: of a person, it may not any more.
    one, two = project.document_ids()
    assert set(plan.conflicts) == {
        Conflict(one, key(105), "link not allowed"),
        Conflict(two, key(112), "link not allowed"),
    }
    assert do("move_label", SOURCE.id, ENTITIES.id).conflicts == ()  # it is named itself


# Attributes and their values


def test_a_renamed_value_is_so_in_every_answer_and_rule(project, do):
    changed = replace(SORT, values=(Value("z"), Value("b"), Value("c")))
    plan = do("change_attribute", changed, {"a": "z"})
    assert (plan.marks, plan.documents, plan.links) == (2, 2, 0)
    assert marks(project)[key(101)].attributes["sort"] == "z"
    (detail,) = [attribute for attribute in label(project, PERSON).attributes if attribute.name == "detail"]
    assert detail.values[0].when == "z"


def test_values_are_merged_and_a_list_holds_each_once(project, do):
    plan = do("change_attribute", replace(TONES, values=(Value("b"), Value("d"))), {"a": "b"})
    assert plan.marks == 2
    assert marks(project)[key(103)].attributes["tones"] == ["b"]
    assert marks(project)[key(105)].attributes["tones"] == ["b"]


def test_a_value_that_goes_takes_its_answers(project, do):
    plan = do("change_attribute", replace(TONES, values=(Value("a"), Value("b"))), {"d": None})
    assert (plan.marks, plan.documents) == (1, 1)
    assert "tones" not in marks(project)[key(107)].attributes
    assert marks(project)[key(103)].attributes["tones"] == ["a", "b"]


def test_values_of_the_form_follow(project, do):
    plan = do("change_attribute", replace(TOPIC, values=(Value("b"),)), {"a": None})
    assert (plan.answers, plan.documents) == (1, 1)
    plan = do("change_attribute", replace(TOPICS, values=(Value("x"), Value("c"))), {"b": "x"})
    assert (plan.answers, plan.documents) == (2, 1)
    assert answers(project)[key(303)].value == ["x", "c"]


def test_values_can_change_places(project, do):
    do("change_attribute", replace(SORT, values=(Value("b"), Value("a"), Value("c"))), {"a": "b", "b": "a"})
    found = marks(project)
    assert (found[key(101)].attributes["sort"], found[key(107)].attributes["sort"]) == ("b", "a")


def test_one_value_becomes_a_list_and_a_list_of_one_a_value(project, do):
    do("change_attribute", replace(SORT, several=True), {})
    assert marks(project)[key(101)].attributes["sort"] == ["a"]
    several = replace(SORT, several=True)
    do("change_attribute", replace(several, several=False), {})
    assert marks(project)[key(101)].attributes["sort"] == "a"


def test_several_values_are_not_lost_to_one(project):
    told = refused(project, "change_attribute", replace(TONES, several=False), {})
    assert told.startswith("Some answers to tones (1) hold several values")


@pytest.mark.parametrize(("attribute", "kind"), [(SORT, "number"), (SURE, "choice"), (COUNT, "text"), (TOPIC, "date")])
def test_another_kind_is_refused_where_answers_would_be_lost(project, attribute, kind):
    told = refused(project, "change_attribute", replace(attribute, kind=kind), {})
    assert "are of another kind. Make a new attribute beside it" in told


def test_kinds_that_hold_answers_alike_change_into_each_other(project, do):
    for kind in ("tree", "scale", "text", "choice"):
        do("change_attribute", replace(SORT, kind=kind), {})
    assert marks(project)[key(101)].attributes["sort"] == "a"


def test_an_attribute_without_answers_becomes_anything(project, do):
    project.apply(SchemePlans(project)._edits.add_attribute("mood", "text", [SOURCE.id]))
    (mood,) = label(project, SOURCE).attributes
    do("change_attribute", replace(mood, kind="number", name="<b>mood</b>"), {})
    assert label(project, SOURCE).attributes[0].name == "<b>mood</b>"


def test_a_change_that_breaks_a_rule_is_refused(project):
    told = refused(project, "change_attribute", replace(SORT, values=(Value("b"),)), {})
    assert "The value a of detail is for a, which sort has not" in told


# Attributes that become one


def test_answers_to_two_attributes_become_answers_to_one(project, do):
    plan = do("merge_attributes", OTHER_SORT.id, SORT.id)
    assert (plan.marks, plan.documents, plan.conflicts) == (2, 2, ())
    assert label(project, ENVOY).attributes[0].id == SORT.id
    assert [value.name for value in label(project, ENVOY).attributes[0].values] == ["a", "b", "c", "f"]
    assert OTHER_SORT.id not in project.scheme_tables()["attributes"]
    assert marks(project)[key(111)].attributes == {"sort": "f"}


def test_two_answers_that_differ_stay_and_are_listed(project, do):
    project.apply(SchemePlans(project)._edits.add_attribute("kind", "choice", [PERSON.id]))
    new = label(project, PERSON).attributes[-1]
    project.apply(SchemePlans(project).change_attribute(replace(new, values=SORT.values), {}).change)
    edits = Edits(document_of(project, 0), project.scheme, project.annotator)
    for number, value in ((101, "c"), (103, "a"), (107, "b")):
        project.apply(edits.set_attribute(marks(project)[key(number)], "kind", value))
    plan = do("merge_attributes", new.id, SORT.id)
    assert plan.conflicts == (Conflict(document_of(project, 0), key(101), "two codings"),)
    assert plan.marks == 2
    found = marks(project)
    assert found[key(101)].attributes["kind"] == "c" and found[key(101)].attributes["sort"] == "a"
    assert found[key(103)].attributes["sort"] == "a" and "kind" not in found[key(103)].attributes
    assert [attribute.name for attribute in label(project, PERSON).attributes][-1] == "kind"


def test_answers_of_one_label_alone_are_moved(project, do):
    project.apply(SchemePlans(project)._edits.add_attribute("voices", "choice", [QUOTE.id]))
    voices = label(project, QUOTE).attributes[-1]
    project.apply(SchemePlans(project).change_attribute(replace(voices, several=True), {}).change)
    plan = do("merge_attributes", TONES.id, voices.id, [QUOTE.id])
    assert plan.marks == 1
    assert marks(project)[key(105)].attributes == {"voices": ["a"]}
    assert marks(project)[key(103)].attributes == {"tones": ["a", "b"]}
    assert [attribute.name for attribute in label(project, QUOTE).attributes] == ["voices"]
    assert TONES in label(project, PERSON).attributes


def test_questions_of_the_form_become_one(project, do):
    plan = do("merge_attributes", TOPIC.id, TOPICS.id)
    assert (plan.answers, plan.documents) == (1, 1)  # the answer of the second document differs from what is there
    assert plan.conflicts == (Conflict(document_of(project, 1), "", "two codings"),)
    assert answers(project)[key(301)].name == "topics" and answers(project)[key(301)].value == ["a"]
    assert answers(project)[key(302)].name == "topic"


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        (SORT, SORT, "There is nothing to merge"),
        (SORT, COUNT, "is of another kind than what is answered to count"),
        (SORT, TOPIC, "One of them is asked of articles, the other of marks"),
    ],
)
def test_unlike_attributes_do_not_become_one(project, source, target, told):
    assert told in refused(project, "merge_attributes", source.id, target.id)


def test_a_label_does_not_come_to_ask_two_attributes_of_one_name(project):
    project.apply(SchemePlans(project)._edits.add_attribute("mood", "choice", [ENVOY.id]))
    mood = label(project, ENVOY).attributes[-1]
    told = refused(project, "merge_attributes", mood.id, SORT.id)
    assert "ENVOY would be asked two attributes sort" in told


# Links


def test_kinds_of_links_become_one_and_what_is_said_twice_is_said_once(project, do):
    edits = Edits(document_of(project, 0), project.scheme, project.annotator)
    project.apply(edits.link(edits.new_relation(kind(project, ANY), key(105), key(106))))
    plan = do("merge_relation_types", [BY.id], ANY.id)
    assert (plan.documents, plan.links) == (2, 3)
    assert {link.type.name for link in links(project).values()} == {"about", "part_of"}
    assert len(links(project)) == 8  # 201 is by another annotator than the new one: it stays
    assert (kind(project, ANY).sources, kind(project, ANY).targets) == ((), ())


def test_a_link_of_both_kinds_is_kept_once(project, do):
    plan = do("merge_relation_types", [OF.id, ANY.id], BY.id)
    assert plan.links == 5
    assert len(links(project)) == 8
    assert (kind(project, BY).sources, kind(project, BY).targets) == ((), ())


def test_the_ends_of_both_kinds_are_allowed(project, do):
    do("merge_relation_types", [OF.id], BY.id)
    assert kind(project, BY).sources == ("QUOTE", "PERSON", "ENVOY")
    assert kind(project, BY).targets == ("SOURCE", "entities", "ENVOY")
    assert "There is nothing to merge" in refused(project, "merge_relation_types", [BY.id], BY.id)


# Time


def test_a_plan_that_is_not_true_any_more_is_refused_whole(project):
    plan = SchemePlans(project).delete_labels([PERSON.id])
    edits = Edits(document_of(project, 0), project.scheme, project.annotator)
    project.apply(edits.add(edits.new_annotation(label(project, PERSON), marks(project)[key(101)].fragments)))
    before = state(project)
    with pytest.raises(StaleChangeError, match="Nothing was changed"):
        project.apply(plan.change)
    assert state(project) == before
    plan = SchemePlans(project).delete_attribute(SORT.id)
    project.apply(edits.set_attribute(marks(project)[key(101)], "sort", "c"))
    with pytest.raises(StaleChangeError, match="Nothing was changed"):
        project.apply(plan.change)


def test_markup_in_names_is_text(project, do):
    name = "<b>A & B</b> '\"; DROP TABLE labels"
    project.apply(SchemePlans(project)._edits.set_label(PERSON.id, name=name))
    do("split_label_marks", PERSON.id, f"{name} 2", [key(101)])
    plan = do("merge_labels", [PERSON.id], ENVOY.id)
    assert plan.change.name == f"Merge {name} into ENVOY"
    assert f"{name} 2" in kind(project, OF).sources


def test_marks_keep_who_made_them_when_and_under_which_version(project, do):
    before = marks(project)[key(102)]
    do("merge_labels", [ENVOY.id], PERSON.id)
    after = marks(project)[key(102)]
    assert after._replace(label=before.label) == before
