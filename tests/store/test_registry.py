import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, RegistryEntry
from annotator.core.changes import BulkChange, ChangeSet, RowChange
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.registry import Clash, added, told_apart
from annotator.core.rows import attribute_values, row, written
from annotator.core.scheme import Attribute
from annotator.core.span import Span
from annotator.store.project import Project
from annotator.store.registry_passages import passages, said
from annotator.store.registry_plans import RegistryPlans
from annotator.store.registry_uses import registry_uses
from tests.store.examples import is_true, label, relation_type, state

TEXT = "The envoy said: “we will go.” Salim Haddad said that the port is open. Mr Haddad and Rana Karam met."
ENTRIES = (
    RegistryEntry("e1", "person", "Salim Haddad", ("Haddad",), {"born": "1950"}),
    RegistryEntry("e2", "person", "S. Haddad", ("Abu Jamil",), {"born": "1951"}, "twin"),
    RegistryEntry("e3", "person", "Rana Karam"),
)
SEVERAL = Attribute("about-people", "people", "entity", several=True, registry="person")


@pytest.fixture
def filled(news):
    with Project(news) as project:
        project.work_as("Amina")
        documents = [
            AnnotatedDocument(text=f"{number} {TEXT}", title=f"Page {number}", metadata={"published": date})
            for number, date in enumerate(["2016-05-02", "", "2015-01-01"])
        ]
        project.import_documents(documents)
        project.apply(added(*ENTRIES))
        form = row("attributes", attribute_values(SEVERAL, True, 99))
        claim = label(project.scheme, "CLAIM")
        held = project.scheme_tables()["labels"][claim.id]
        more = {**held, "attributes": written([*json.loads(held["attributes"]), SEVERAL.id])}
        changes = (RowChange("attributes", SEVERAL.id, None, form), RowChange("labels", claim.id, held, more))
        project.apply(ChangeSet("Scheme", changes))
        yield project


def marked(project, number, words, name, attributes=None):
    key = project.document_ids()[number]
    edits = Edits(key, project.scheme, project.annotator)
    start = f"{number} {TEXT}".index(words)
    made = edits.new_annotation(label(project.scheme, name), [Span(start, start + len(words))], attributes)
    project.apply(edits.add(made))
    return made


def linked(project, number, kind, source, target):
    edits = Edits(project.document_ids()[number], project.scheme, project.annotator)
    project.apply(edits.link(edits.new_relation(relation_type(project.scheme, kind), source.id, target.id)))


def answered(project, number, value, key="l1"):
    held = {"id": key, "document": project.document_ids()[number], "attribute": SEVERAL.id,
            "value": written(value), "annotator": project.annotator}  # fmt: skip
    project.apply(ChangeSet("Answer", (RowChange("document_labels", key, None, held),)))


def answers(project):
    """What every mark and every form answers with entries."""
    found = [mark.attributes[name] for document in project.annotated_documents() for mark in document.annotations
             for name in ("entity", "people") if name in mark.attributes]  # fmt: skip
    return found, [each.value for document in project.annotated_documents() for each in document.labels]


def test_how_often_an_entry_is_used(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1"})
    marked(filled, 0, "Haddad", "PERSON", {"entity": "e1"})
    marked(filled, 1, "the port is open", "CLAIM", {"people": ["e1", "e3"]})
    answered(filled, 2, ["e1", "e2"])
    assert registry_uses(filled) == {"e1": (3, 3), "e2": (0, 1), "e3": (1, 1)}


def test_merging_points_all_answers_to_the_one_and_undo_takes_it_back(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1"})
    marked(filled, 0, "Haddad", "PERSON", {"entity": "e2", "mention": "name"})
    marked(filled, 1, "the port is open", "CLAIM", {"people": ["e2", "e3", "e1"]})
    answered(filled, 2, ["e2", "e3"])
    filled.apply(told_apart(ENTRIES[2], ENTRIES[1]))
    before = state(filled)
    plan = RegistryPlans(filled).merge(["e2"], "e1")
    assert (plan.marks, plan.documents, plan.links, plan.answers, plan.united) == (2, 3, 0, 1, 1)
    assert plan.conflicts == (Clash("born", ("1950", "1951")),)
    assert state(filled) == before  # a plan does nothing
    filled.apply(plan.change)
    assert answers(filled) == (["e1", "e1", ["e1", "e3"]], [["e1", "e3"]])
    entries = {entry.id: entry for entry in filled.registry()}
    assert set(entries) == {"e1", "e3"}
    assert entries["e1"].aliases == ("Haddad", "S. Haddad", "Abu Jamil")
    assert entries["e1"].attributes["different_from"] == ["e3"]
    assert entries["e1"].note == "twin"
    assert filled.undo_name == "Merge S. Haddad into Salim Haddad"
    filled.undo()
    assert state(filled) == before
    assert is_true(filled)


def test_two_answers_of_a_form_that_say_the_same_then_become_one(filled):
    answered(filled, 0, "e1")
    answered(filled, 0, "e2", "l2")
    plan = RegistryPlans(filled).merge(["e2"], "e1")
    filled.apply(plan.change)
    assert answers(filled) == ([], ["e1"])
    assert (plan.answers, plan.united) == (1, 1)


def test_deleting_clears_answers_or_is_refused(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1", "mention": "name"})
    marked(filled, 1, "the port is open", "CLAIM", {"people": ["e1", "e3"]})
    marked(filled, 2, "the port is open", "CLAIM", {"people": ["e1"]})
    answered(filled, 2, ["e1"])
    before = state(filled)
    plans = RegistryPlans(filled)
    with pytest.raises(KnownError, match="is an answer in 3 articles"):
        plans.delete(["e1"], clear=False)
    plan = plans.delete(["e1"])
    assert (plan.marks, plan.documents, plan.answers) == (3, 3, 1)
    filled.apply(plan.change)
    assert answers(filled) == ([["e3"]], [])
    (mark,) = filled.annotations(filled.document_ids()[0])
    assert mark.attributes == {"mention": "name"}
    filled.undo()
    assert state(filled) == before
    filled.apply(plans.delete(["e2"], clear=False).change)
    assert "e2" not in {entry.id for entry in filled.registry()}


def test_an_id_in_another_answer_is_left_alone(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"kb": "e2", "entity": "e3"})
    plan = RegistryPlans(filled).merge(["e2"], "e1")
    assert plan.marks == 0
    filled.apply(plan.change)
    (mark,) = filled.annotations(filled.document_ids()[0])
    assert mark.attributes == {"kb": "e2", "entity": "e3"}


def test_renaming_says_whom_it_reaches_and_touches_the_entry_alone(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1"})
    plan = RegistryPlans(filled).rename("e1", "Salim J. Haddad")
    assert (plan.marks, plan.documents) == (1, 1)
    assert [change.table for change in plan.change.rows] == ["registry"]
    assert plan.change.bulk == ()
    filled.apply(plan.change)
    (entry,) = [entry for entry in filled.registry() if entry.id == "e1"]
    assert (entry.name, entry.aliases) == ("Salim J. Haddad", ("Haddad", "Salim Haddad"))


def test_what_is_gone_is_refused(filled):
    plans = RegistryPlans(filled)
    for wrong in (lambda: plans.merge(["e1"], "e1"), lambda: plans.merge(["e9"], "e1"), lambda: plans.delete(["e9"])):
        with pytest.raises(KnownError, match="Nothing was changed"):
            wrong()


KEYS = st.sampled_from(["e1", "e2", "e3"])
STEPS = st.lists(st.tuples(st.booleans(), st.lists(KEYS, min_size=1, max_size=3), KEYS), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.lists(st.lists(KEYS, min_size=1, max_size=3, unique=True), max_size=5), st.sampled_from([0, 20]))
def test_any_merges_and_deletions_taken_back_give_the_start(news, steps, people, few):
    with Project(news) as project, pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.store.registry_plans.FEW", few)
        project.work_as("Amina")
        project.import_documents([AnnotatedDocument(text=TEXT, title="Page")])
        project.apply(added(*ENTRIES))
        form = row("attributes", attribute_values(SEVERAL, True, 99))
        project.apply(ChangeSet("Scheme", (RowChange("attributes", SEVERAL.id, None, form),)))
        edits = Edits(project.document_ids()[0], project.scheme, project.annotator)
        person = label(project.scheme, "PERSON")
        for number, keys in enumerate(people):
            said = {"entity": keys[0], "people": keys}
            project.apply(edits.add(edits.new_annotation(person, [Span(number, number + 3)], said)))
            held = {"id": f"l{number}", "document": edits.document, "attribute": SEVERAL.id,
                    "value": written(keys), "annotator": project.annotator}  # fmt: skip
            project.apply(ChangeSet("Answer", (RowChange("document_labels", held["id"], None, held),)))
        before, done = state(project), 0
        for merging, sources, target in steps:
            plans = RegistryPlans(project)
            try:
                plan = plans.merge(sources, target) if merging else plans.delete(sources)
            except KnownError:
                continue
            project.apply(plan.change)
            done += 1
            left = {entry.id for entry in project.registry()}
            for document in project.annotated_documents():
                named = [key for mark in document.annotations for key in mark.attributes.get("people", [])]
                named += [mark.attributes["entity"] for mark in document.annotations if "entity" in mark.attributes]
                named += [key for answer in document.labels for key in answer.value]
                assert set(named) <= left
                for mark in document.annotations:
                    many = mark.attributes.get("people", ["x"])
                    assert many
                    assert len(many) == len(set(many))
        for _ in range(done):
            project.undo()
        assert state(project) == before
        assert is_true(project)


# Passages


def shown(found):
    return [(passage.line.title, passage.line.hit, passage.label, passage.how) for passage in found]


def test_every_passage_in_order_of_dates_those_without_one_last(filled):
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1"})
    marked(filled, 1, "Haddad", "PERSON", {"entity": "e1"})
    marked(filled, 2, "the port is open", "CLAIM", {"people": ["e3", "e1"]})
    answered(filled, 0, ["e1"])
    assert shown(passages(filled, "e1")) == [
        ("Page 2", "the port is open", "CLAIM", "people"),
        ("Page 0", "", "", "people"),
        ("Page 0", "Salim Haddad", "PERSON", "entity"),
        ("Page 1", "Haddad", "PERSON", "entity"),
    ]
    assert passages(filled, "e2") == []


def test_everything_somebody_said_and_how_it_is_known(filled):
    quote = marked(filled, 0, "“we will go.”", "QUOTE")
    speaker = marked(filled, 0, "Salim Haddad", "SOURCE")
    marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e1"})
    linked(filled, 0, "source", quote, speaker)
    claim = marked(filled, 1, "the port is open", "CLAIM")
    named = marked(filled, 1, "Haddad", "PERSON", {"entity": "e1"})
    linked(filled, 1, "claimed_by", claim, named)
    by_words = marked(filled, 2, "“we will go.”", "QUOTE")
    linked(filled, 2, "source", by_words, marked(filled, 2, "Salim Haddad", "SOURCE"))
    marked(filled, 2, "the port is open", "CLAIM", {"people": ["e1"]})
    other = marked(filled, 2, "Rana Karam met", "QUOTE")
    linked(filled, 2, "source", other, marked(filled, 2, "Mr Haddad", "SOURCE"))
    found = said(filled, ENTRIES[0])
    assert shown(found) == [
        ("Page 2", "“we will go.”", "QUOTE", "words"),
        ("Page 2", "the port is open", "CLAIM", "people"),
        ("Page 0", "“we will go.”", "QUOTE", "within"),
        ("Page 1", "the port is open", "CLAIM", "entry"),
    ]
    assert [(passage.link, passage.beside) for passage in found] == [
        ("source", "Salim Haddad"),
        ("", ""),
        ("source", "Salim Haddad"),
        ("claimed by", "Haddad"),
    ]


def test_a_speaker_who_is_said_to_be_somebody_else_is_not_taken_by_words(filled):
    claim = marked(filled, 0, "the port is open", "CLAIM")
    linked(filled, 0, "claimed_by", claim, marked(filled, 0, "Salim Haddad", "PERSON", {"entity": "e2"}))
    assert said(filled, ENTRIES[0]) == []
    assert len(said(filled, ENTRIES[1])) == 1


def test_the_pieces_of_a_quote_stand_together(filled):
    key = filled.document_ids()[0]
    edits = Edits(key, filled.scheme, filled.annotator)
    pieces = [Span(2, 5), Span(10, 14)]
    made = edits.new_annotation(label(filled.scheme, "CLAIM"), pieces, {"people": ["e1"]})
    filled.apply(edits.add(made))
    (found,) = said(filled, ENTRIES[0])
    text = f"0 {TEXT}"
    assert found.line.hit == f"{text[2:5]} … {text[10:14].strip()}".strip()


def test_bulk_changes_of_the_registry_are_undone_as_well(filled):
    before = state(filled)
    held = row("registry", ("e9", "", "New", "[]", "{}", "", ""))
    many = BulkChange("registry", ("e9",), None, {name: [value] for name, value in held.items()})
    filled.apply(ChangeSet("Import", (), bulk=(many,)))
    assert len(filled.registry()) == 4
    filled.undo()
    assert state(filled) == before
