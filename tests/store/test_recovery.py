"""Bringing back what a step deleted, also when the project has gone on since."""

from dataclasses import replace

import pytest

from annotator.core.edits import Edits
from annotator.core.rows import attribute_from_row
from annotator.core.scheme import Value
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.scheme_faults import scheme_faults
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.recovery import deleted_labels, recovery_plan
from annotator.store.scheme_plans import Missing, SchemePlans
from annotator.store.scheme_versions import versions
from tests.store.examples import deletion, is_true, state
from tests.store.scheme_examples import (
    BY,
    DETAIL,
    ENVOY,
    OF,
    OTHER_SORT,
    PERSON,
    QUOTE,
    SCHEME,
    SORT,
    TONES,
    TOPICS,
    documents,
    key,
)

ENTITIES, SPEECH = SCHEME.layers


@pytest.fixture
def project():
    with Project(SCHEME) as project:
        project.work_as("ana")
        project.import_documents(documents())
        yield project


def edits(project):
    return SchemeEdits(project.scheme_tables())


def delete(project, how, *arguments):
    """Do a step. Returns its revision."""
    project.apply(getattr(SchemePlans(project), how)(*arguments).change)
    return versions(project)[0].revision


def bring_back(project, revision):
    """Bring back what a step deleted, having seen that undo takes it away again."""
    before = state(project)
    plan = recovery_plan(project, revision)
    project.apply(plan.change)
    after = state(project)
    project.undo()
    assert state(project) == before
    project.redo()
    assert state(project) == after
    assert is_true(project) and check(project) == [] and scheme_faults(project.scheme) == []
    return plan


def marks(project):
    return {mark.id: mark for page in project.annotated_documents() for mark in page.annotations}


def go_on(project):
    """Work goes on: what was deleted cannot be had back by undo alone."""
    page = project.document_ids()[0]
    project.apply(Edits(page, project.scheme, project.annotator).set_status(None, "in_progress"))


DELETIONS = [
    ("delete_labels", [PERSON.id]),
    ("delete_labels", [ENVOY.id, QUOTE.id]),
    ("delete_layer", ENTITIES.id),
    ("delete_attribute", SORT.id),
    ("delete_attribute", TONES.id),
    ("delete_attribute", TOPICS.id),
    ("delete_relation_type", BY.id),
    ("merge_relation_types", [BY.id], OF.id),
]


@pytest.mark.parametrize("step", DELETIONS, ids=lambda step: step[0])
def test_what_was_deleted_is_all_there_again(project, step):
    before, scheme = state(project), project.scheme
    revision = delete(project, *step)
    go_on(project)
    plan = bring_back(project, revision)
    assert plan.missing == ()
    after = state(project)
    for table in ("annotations", "relations", "document_labels", "attributes", "layers"):
        assert after[table] == before[table]
    assert {label.id: label for label in project.scheme.labels} == {label.id: label for label in scheme.labels}
    ends = {kind.id: (set(kind.sources), set(kind.targets)) for kind in project.scheme.relations}
    if step[0] != "merge_relation_types":  # the ends that the target got stay
        assert ends == {kind.id: (set(kind.sources), set(kind.targets)) for kind in scheme.relations}
    assert recovery_plan(project, revision).changes_nothing


def test_a_merged_label_is_itself_again(project):
    before = state(project)
    revision = delete(project, "merge_labels", [ENVOY.id], PERSON.id)
    plan = bring_back(project, revision)
    assert (plan.marks, plan.documents) == (4, 2)
    after = state(project)
    assert {mark["label"] for key, mark in after["annotations"].items() if before["annotations"][key] != mark} <= {
        PERSON.id
    }  # those that took notes and answers over keep them
    for mark in before["annotations"].values():
        assert after["annotations"][mark["id"]]["label"] == mark["label"]
    assert after["annotations"][key(102)] == before["annotations"][key(102)]
    assert after["relations"] == before["relations"]


def test_a_mark_that_was_changed_since_is_left_where_it_is(project):
    revision = delete(project, "merge_labels", [ENVOY.id], PERSON.id)
    page = project.document_ids()[0]
    work = Edits(page, project.scheme, project.annotator)
    quote = next(label for label in project.scheme.labels if label.id == QUOTE.id)
    project.apply(work.relabel(marks(project)[key(102)], quote))
    project.apply(work.set_note(marks(project)[key(107)], "new"))
    bring_back(project, revision)
    found = marks(project)
    assert found[key(102)].label.id == QUOTE.id
    assert found[key(107)].note == "new" and found[key(111)].label.id == ENVOY.id


def test_a_value_comes_back_with_its_answers(project):
    revision = delete(project, "change_attribute", replace(SORT, values=(Value("b"), Value("c"))), {"a": None})
    go_on(project)
    plan = bring_back(project, revision)
    assert plan.marks == 2
    found = marks(project)
    assert found[key(101)].attributes["sort"] == found[key(110)].attributes["sort"] == "a"
    (sort,) = [attribute for attribute in found[key(101)].label.attributes if attribute.id == SORT.id]
    assert [value.name for value in sort.values] == ["b", "c", "a"]


def test_an_answer_that_was_given_anew_stays(project):
    revision = delete(project, "change_attribute", replace(SORT, values=(Value("b"), Value("c"))), {"a": None})
    page = project.document_ids()[0]
    project.apply(Edits(page, project.scheme, project.annotator).set_attribute(marks(project)[key(101)], "sort", "c"))
    assert bring_back(project, revision).marks == 1
    assert marks(project)[key(101)].attributes["sort"] == "c"


def test_names_and_keys_that_are_taken_since_get_others(project):
    revision = delete(project, "delete_layer", ENTITIES.id)
    project.apply(edits(project).add_layer("entities"))
    layer = project.scheme.layers[-1]
    project.apply(edits(project).add_label(layer.id, "PERSON"))
    label = project.scheme.labels[-1]
    project.apply(edits(project).set_label(label.id, shortcut="p"))
    bring_back(project, revision)
    back = {label.id: label for label in project.scheme.labels}
    assert back[PERSON.id].layer == "entities 2" and back[PERSON.id].name == "PERSON"
    assert (back[PERSON.id].shortcut, back[ENVOY.id].shortcut) == ("", "e")
    said_by = next(kind for kind in project.scheme.relations if kind.id == BY.id)
    assert said_by.targets == ("SOURCE", "entities 2")


def test_a_label_whose_name_is_taken_since_gets_a_number(project):
    revision = delete(project, "delete_labels", [PERSON.id])
    project.apply(edits(project).add_label(ENTITIES.id, "PERSON"))
    bring_back(project, revision)
    assert {label.name for label in project.scheme.labels} >= {"PERSON", "PERSON 2"}
    of = next(kind for kind in project.scheme.relations if kind.id == OF.id)
    assert set(of.sources) == {"ENVOY", "PERSON 2"}


def test_an_attribute_whose_name_is_taken_since_gets_a_number(project):
    revision = delete(project, "delete_attribute", SORT.id)
    project.apply(edits(project).add_attribute("sort", "text", [PERSON.id]))
    bring_back(project, revision)
    assert marks(project)[key(101)].attributes["sort 2"] == "a"


def test_what_has_no_place_any_more_stays_away_and_is_counted(project):
    revision = delete(project, "delete_labels", [PERSON.id])
    delete(project, "delete_attribute", SORT.id)
    delete(project, "delete_labels", [QUOTE.id])
    project.apply(deletion(project, project.document_ids()[1]))
    plan = bring_back(project, revision)
    assert set(plan.missing) == {
        Missing("annotations", "document", 1),
        Missing("relations", "document", 1),
        Missing("relations", "link", 1),  # its kind went with the last label it could start from
        Missing("relations", "mark", 1),
        Missing("answers", "attribute", 2),
    }
    assert plan.marks == 3


def test_a_label_whose_layer_is_gone_waits_for_it(project):
    first = delete(project, "delete_labels", [PERSON.id])
    second = delete(project, "delete_layer", ENTITIES.id)
    plan = recovery_plan(project, first)
    assert plan.changes_nothing is False or plan.missing
    assert Missing("labels", "layer", 1) in plan.missing
    assert Missing("annotations", "label", 4) in plan.missing
    bring_back(project, second)
    plan = bring_back(project, first)
    assert plan.missing == ()
    assert {label.id for label in project.scheme.labels} == {label.id for label in SCHEME.labels}


def test_an_answer_of_a_form_that_was_given_anew_is_not_given_twice(project):
    revision = delete(project, "delete_attribute", TOPICS.id)
    plan = recovery_plan(project, revision)
    project.apply(plan.change)
    project.undo()
    project.redo()
    again = recovery_plan(project, revision)
    assert again.changes_nothing


def test_a_step_that_was_taken_back_has_nothing_to_bring(project):
    revision = delete(project, "delete_labels", [PERSON.id])
    project.undo()
    plan = recovery_plan(project, revision)
    assert plan.changes_nothing and plan.missing == ()


def test_the_labels_that_can_be_brought_back_are_listed(project):
    delete(project, "delete_labels", [PERSON.id])
    go_on(project)
    delete(project, "merge_labels", [ENVOY.id], QUOTE.id)
    found = deleted_labels(project)
    assert [(label.name, label.marks, label.version.name) for label in found] == [
        ("ENVOY", 4, "Merge ENVOY into QUOTE"),
        ("PERSON", 4, "Delete label PERSON"),
    ]
    assert (found[1].color, found[1].layer) == (PERSON.color, ENTITIES.id)
    bring_back(project, found[0].version.revision)
    assert [label.name for label in deleted_labels(project)] == ["PERSON"]


def test_a_new_label_that_was_taken_back_is_not_listed(project):
    project.apply(edits(project).add_label(ENTITIES.id, "CAMP"))
    project.undo()
    assert deleted_labels(project) == []


def test_a_label_that_was_deleted_twice_is_listed_once_with_its_last_marks(project):
    first = delete(project, "delete_labels", [PERSON.id])
    bring_back(project, first)
    page = project.document_ids()[0]
    work = Edits(page, project.scheme, project.annotator)
    project.apply(work.delete([marks(project)[key(103)]], project.relations(page)))
    delete(project, "delete_labels", [PERSON.id])
    (found,) = deleted_labels(project)
    assert found.marks == 3


def test_rules_come_back_unless_they_would_be_wrong_now(project):
    def detail():
        return attribute_from_row(project.scheme_tables()["attributes"][DETAIL.id])

    revision = delete(project, "delete_attribute", SORT.id)
    assert detail().depends == ""
    bring_back(project, revision)
    assert detail() == DETAIL
    revision = delete(project, "delete_attribute", DETAIL.id)
    sort = delete(project, "delete_attribute", SORT.id)
    bring_back(project, revision)
    assert (detail().depends, detail().unless) == ("", "")  # what it depended on is gone
    bring_back(project, sort)
    assert SORT.id in project.scheme_tables()["attributes"]


def test_a_merged_mark_comes_back_without_answers_to_what_is_gone_since(project):
    merged = delete(project, "merge_labels", [ENVOY.id], PERSON.id)
    project.apply(SchemePlans(project).delete_attribute(OTHER_SORT.id).change)
    plan = bring_back(project, merged)
    assert Missing("answers", "attribute", 2) in plan.missing
    assert marks(project)[key(102)].attributes == {}
