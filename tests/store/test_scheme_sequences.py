"""Any sequence of changes of a scheme over what is marked: every mark keeps its words, and undo gives all back.

`ANNOTATOR_SCHEME_EXAMPLES=500 python -m pytest tests/store/test_scheme_sequences.py` tries more.
"""

import os
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.rows import attribute_from_row
from annotator.core.scheme import ATTRIBUTE_KINDS, Value
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.scheme_faults import scheme_faults
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.recovery import deleted_labels, recovery_plan
from annotator.store.scheme_plans import SchemePlans
from annotator.store.scheme_versions import scheme_at, versions
from tests.store.examples import is_true, state
from tests.store.scheme_examples import SCHEME, documents

picks = st.integers(0, 1_000_000)
kinds = st.sampled_from(ATTRIBUTE_KINDS)
names = st.sampled_from(["PERSON", "ENVOY", "QUOTE", "sort", "tone", "new", "<b>A & B</b>", " a  b ", "", "said_by"])
EXAMPLES = int(os.environ.get("ANNOTATOR_SCHEME_EXAMPLES", "30"))


class SchemeWork(RuleBasedStateMachine):
    """Somebody who changes a scheme over and over."""

    @initialize()
    def begin(self):
        self.project = Project(SCHEME)
        self.project.work_as("ana")
        self.project.import_documents(documents())
        self.words = self.marked_words()
        self.undone = [state(self.project)]
        self.redone = []
        self.refusals = []

    def teardown(self):
        if hasattr(self, "project"):
            end, steps = state(self.project), len(self.undone) - 1
            for _ in range(steps):
                self.project.undo()
            assert state(self.project) == self.undone[0]
            for _ in range(steps):
                self.project.redo()
            assert state(self.project) == end
            assert is_true(self.project)
            assert all(refusal.endswith("Nothing was changed.") for refusal in self.refusals)
            self.project.close()

    # What there is

    def marked_words(self):
        return {
            mark.id: (document.id, mark.fragments, mark.covered(document.text), mark.annotator)
            for document in self.project.annotated_documents()
            for mark in document.annotations
        }

    def chosen(self, table, pick):
        rows = list(self.project.scheme_tables()[table])
        return rows[pick % len(rows)] if rows else "nothing"

    def did(self, make):
        """Make a plan or a step and apply it. What is refused is refused in a sentence, and changes nothing."""
        try:
            made = make()
        except KnownError as refused:
            self.refusals.append(str(refused))
            return
        change = getattr(made, "change", made)
        if change.rows or change.bulk:
            self.project.apply(change)
            self.undone.append(state(self.project))
            self.redone.clear()

    def edits(self):
        return SchemeEdits(self.project.scheme_tables())

    def plans(self):
        return SchemePlans(self.project)

    # Edits

    @rule(name=names)
    def add_layer(self, name):
        self.did(lambda: self.edits().add_layer(name))

    @rule(pick=picks, name=names)
    def add_label(self, pick, name):
        self.did(lambda: self.edits().add_label(self.chosen("layers", pick), name))

    @rule(pick=picks, name=names, kind=kinds, form=st.booleans())
    def add_attribute(self, pick, name, kind, form):
        self.did(lambda: self.edits().add_attribute(name, kind, [] if form else [self.chosen("labels", pick)]))

    @rule(pick=picks, name=names, table=st.sampled_from(["layers", "labels", "relation_types"]))
    def rename(self, pick, name, table):
        setter = {"layers": "set_layer", "labels": "set_label", "relation_types": "set_relation_type"}[table]
        self.did(lambda: getattr(self.edits(), setter)(self.chosen(table, pick), name=name))

    @rule(pick=picks, key=st.sampled_from(["", "p", "Q", "x", "xx", " "]), enabled=st.booleans())
    def set_label(self, pick, key, enabled):
        self.did(lambda: self.edits().set_label(self.chosen("labels", pick), shortcut=key, enabled=enabled))

    @rule(pick=picks, by=st.integers(-3, 3), table=st.sampled_from(["layers", "labels", "attributes"]))
    def move(self, pick, by, table):
        self.did(lambda: self.edits().move(table, self.chosen(table, pick), by))

    @rule(pick=picks, other=picks)
    def attach(self, pick, other):
        self.did(lambda: self.edits().attach(self.chosen("attributes", pick), self.chosen("labels", other)))

    @rule(pick=picks, other=picks)
    def detach(self, pick, other):
        self.did(lambda: self.edits().detach(self.chosen("attributes", pick), self.chosen("labels", other)))

    # Plans

    @rule(pick=picks, other=picks)
    def delete_labels(self, pick, other):
        self.did(lambda: self.plans().delete_labels({self.chosen("labels", pick), self.chosen("labels", other)}))

    @rule(pick=picks)
    def delete_layer(self, pick):
        self.did(lambda: self.plans().delete_layer(self.chosen("layers", pick)))

    @rule(pick=picks, other=picks, third=picks)
    def merge_labels(self, pick, other, third):
        keys = [self.chosen("labels", each) for each in (pick, other)]
        self.did(lambda: self.plans().merge_labels(keys, self.chosen("labels", third)))

    @rule(pick=picks, other=picks, name=names)
    def split_label(self, pick, other, name):
        values = {"a": name, "b": f"{name} B", "yes": f"{name} B"}
        self.did(
            lambda: self.plans().split_label(self.chosen("labels", pick), self.chosen("attributes", other), values)
        )

    @rule(pick=picks, name=names, every=st.integers(1, 3))
    def split_label_marks(self, pick, name, every):
        marks = sorted(self.marked_words())[::every]
        self.did(lambda: self.plans().split_label_marks(self.chosen("labels", pick), name, marks))

    @rule(pick=picks, other=picks)
    def move_label(self, pick, other):
        self.did(lambda: self.plans().move_label(self.chosen("labels", pick), self.chosen("layers", other)))

    @rule(pick=picks)
    def delete_attribute(self, pick):
        self.did(lambda: self.plans().delete_attribute(self.chosen("attributes", pick)))

    @rule(pick=picks, other=picks, label=st.none() | picks)
    def merge_attributes(self, pick, other, label):
        labels = None if label is None else [self.chosen("labels", label)]
        keys = [self.chosen("attributes", each) for each in (pick, other)]
        self.did(lambda: self.plans().merge_attributes(*keys, labels))

    @rule(
        pick=picks, new=st.sampled_from(["b", "z", None]), several=st.booleans(), kind=st.sampled_from(ATTRIBUTE_KINDS)
    )
    def change_attribute(self, pick, new, several, kind):
        held = self.project.scheme_tables()["attributes"].get(self.chosen("attributes", pick))
        if held is not None:
            was = attribute_from_row(held)
            values = [value for value in was.values if value.name != "a"]
            if new is not None and new not in [value.name for value in values]:
                values.append(Value(new))
            changed = replace(was, values=tuple(values), several=several, kind=kind)
            self.did(lambda: self.plans().change_attribute(changed, {"a": new}))

    @rule(pick=picks)
    def delete_relation_type(self, pick):
        self.did(lambda: self.plans().delete_relation_type(self.chosen("relation_types", pick)))

    @rule(pick=picks, other=picks)
    def merge_relation_types(self, pick, other):
        keys = [self.chosen("relation_types", each) for each in (pick, other)]
        self.did(lambda: self.plans().merge_relation_types(keys[:1], keys[1]))

    @rule(pick=picks)
    def bring_back(self, pick):
        found = versions(self.project)
        self.did(lambda: recovery_plan(self.project, found[pick % len(found)].revision))

    @rule()
    def bring_back_the_last_label(self):
        if found := deleted_labels(self.project):
            plan = recovery_plan(self.project, found[0].version.revision)
            self.did(lambda: plan)
            there = self.project.scheme_tables()["labels"]
            assert found[0].id in there or plan.missing

    # Marks

    @rule(pick=picks, note=st.sampled_from(["", "x", "y"]))
    def write_a_note(self, pick, note):
        """A mark can be edited whatever happened to what its label is asked."""
        key = self.project.document_ids()[pick % 2]
        if marks := self.project.annotations(key):
            edits = Edits(key, self.project.scheme, self.project.annotator)
            self.did(lambda: edits.set_note(marks[pick % len(marks)], note))

    @precondition(lambda self: len(self.undone) > 1)
    @rule()
    def undo(self):
        self.redone.append(self.undone.pop())
        self.project.undo()
        assert state(self.project) == self.undone[-1]

    @precondition(lambda self: self.redone)
    @rule()
    def redo(self):
        self.undone.append(self.redone.pop())
        self.project.redo()
        assert state(self.project) == self.undone[-1]

    # What is always so

    @invariant()
    def every_mark_keeps_its_words(self):
        if hasattr(self, "project"):
            assert self.marked_words().items() <= self.words.items()

    @invariant()
    def the_file_is_sound(self):
        if hasattr(self, "project"):
            assert is_true(self.project)
            assert check(self.project) == []
            newest = versions(self.project, many=1)[0]
            assert scheme_at(self.project, newest.revision) == self.project.scheme

    @invariant()
    def the_scheme_has_no_fault(self):
        if hasattr(self, "project"):
            assert scheme_faults(self.project.scheme) == []


def test_any_changes_of_a_scheme():
    bounds = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(SchemeWork, settings=bounds)
