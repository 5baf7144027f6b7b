"""Any sequence of edits: undone it was never there, redone it is as it was, and the revisions alone tell it all."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.core.changes import BulkChange, ChangeSet, RowChange
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.rows import label_values, row
from annotator.core.span import Span
from annotator.store import history
from annotator.store.project import Project
from annotator.store.search import search
from annotator.store.writing import StaleChangeError
from tests.store.examples import add_mark, deletion, document, is_true, label, mark, relation_type, state, stranger

NAMES = ("PERSON", "QUOTE", "SOURCE", "CLAIM")
picks = st.integers(0, 1_000_000)
spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda drawn: Span(drawn[0], drawn[0] + drawn[1]))


class Work(RuleBasedStateMachine):
    """Somebody at work on a project: edits, undo and redo, imports, deletions, and closing for the night."""

    @initialize()
    def begin(self):
        self.folder = FOLDERS[-1]
        FOLDERS.append(self.folder.parent / f"{len(FOLDERS)}")
        self.folder.mkdir()
        self.path = self.folder / "gulf.annotator"
        self.project = Project.create(self.path, SCHEMES[0])
        self.project.import_documents([document(0), document(1)])
        self.undone = [state(self.project)]  # the states that undo leads to, the last one being now
        self.redone = []  # and those that redo leads to
        self.imported = 2

    def teardown(self):
        if hasattr(self, "project"):
            while len(self.undone) > 1:
                self.undo()
            end = state(self.project)
            while self.redone:
                self.redo()
            while len(self.undone) > 1:
                self.undo()
            assert state(self.project) == end
            self.project.close()

    # What there is

    def documents(self):
        return self.project.document_ids()

    def chosen(self, pick):
        keys = self.documents()
        return keys[pick % len(keys)] if keys else None

    def mark(self, pick):
        key = self.chosen(pick)
        marks = self.project.annotations(key) if key else []
        return (Edits(key, self.project.scheme, self.project.annotator), marks[pick % len(marks)]) if marks else None

    def did(self, step):
        if step is not None:
            self.project.apply(step)
            self.undone.append(state(self.project))
            self.redone.clear()

    # What is done

    @rule(pick=picks, name=st.sampled_from(NAMES), fragments=st.lists(spans, min_size=1, max_size=2))
    def add(self, pick, name, fragments):
        if key := self.chosen(pick):
            edits = Edits(key, self.project.scheme, self.project.annotator)
            self.did(edits.add(edits.new_annotation(label(self.project.scheme, name), fragments)))

    @rule(pick=picks, name=st.sampled_from(NAMES))
    def relabel(self, pick, name):
        if found := self.mark(pick):
            self.did(found[0].relabel(found[1], label(self.project.scheme, name)))

    @rule(pick=picks, note=st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    def note(self, pick, note):
        if found := self.mark(pick):
            self.did(found[0].set_note(found[1], note))

    @rule(
        pick=picks,
        name=st.sampled_from(["quote", "mention", "unheard of"]),
        value=st.sampled_from([None, "x", ["a", "b"], True, 0, 2.5, "\0'; DROP TABLE annotations"]),
    )
    def attribute(self, pick, name, value):
        if found := self.mark(pick):
            self.did(found[0].set_attribute(found[1], name, value))

    @rule(pick=picks, fragments=st.lists(spans, min_size=1, max_size=3))
    def fragments(self, pick, fragments):
        if found := self.mark(pick):
            self.did(found[0].set_fragments(found[1], fragments))

    @rule(pick=picks, other=picks)
    def link(self, pick, other):
        if found := self.mark(pick):
            marks = self.project.annotations(found[0].document)
            kind = relation_type(self.project.scheme, "source")
            self.did(found[0].link(found[0].new_relation(kind, found[1].id, marks[other % len(marks)].id)))

    @rule(pick=picks)
    def unlink(self, pick):
        key = self.chosen(pick)
        if key and (links := self.project.relations(key)):
            edits = Edits(key, self.project.scheme, self.project.annotator)
            self.did(edits.unlink(links[pick % len(links)]))

    @rule(pick=picks)
    def delete(self, pick):
        if found := self.mark(pick):
            self.did(found[0].delete([found[1]], self.project.relations(found[0].document)))

    @rule(pick=picks, status=st.sampled_from(["new", "in_progress", "finished"]))
    def status(self, pick, status):
        if key := self.chosen(pick):
            edits = Edits(key, self.project.scheme, self.project.annotator)
            self.did(edits.set_status(self.project.status(key, self.project.annotator), status))

    @rule(pick=picks)
    def rename_label(self, pick):
        labels = self.project.scheme.labels
        chosen = labels[pick % len(labels)]
        held = history.current(self.project._writer)["labels"][chosen.id]
        change = RowChange("labels", chosen.id, held, {**held, "title": f"Title {pick}"})
        self.did(ChangeSet("Rename label", (change,)))

    @rule(many=st.integers(1, 3), index=st.booleans())
    def import_some(self, many, index):
        odd = mark(stranger("ODD"), 0, 3, attributes={f"a{many}": "x"})
        pages = [document(self.imported + n, annotations=(odd,)) for n in range(many)]
        self.imported += many
        self.project.import_documents(pages)
        self.undone.append(state(self.project))
        self.redone.clear()
        if index:
            self.project.index_documents()

    @rule(pick=picks)
    def delete_document(self, pick):
        if key := self.chosen(pick):
            self.did(deletion(self.project, key))

    @precondition(lambda self: len(self.undone) > 1)
    @rule()
    def undo(self):
        self.redone.append(self.undone.pop())
        assert self.project.undo_name
        self.project.undo()
        assert state(self.project) == self.undone[-1]

    @precondition(lambda self: self.redone)
    @rule()
    def redo(self):
        self.undone.append(self.redone.pop())
        assert self.project.redo_name
        self.project.redo()
        assert state(self.project) == self.undone[-1]

    @rule()
    def close_and_reopen(self):
        self.project.close()
        self.project = Project.open(self.path)
        self.project.work_as("ana")

    # What is always so

    @invariant()
    def the_revisions_tell_it_all(self):
        if hasattr(self, "project"):
            assert is_true(self.project)
            assert state(self.project) == self.undone[-1]

    @invariant()
    def the_index_is_in_step(self):
        if hasattr(self, "project"):
            self.project.index_documents()
            assert search(self.project, "envoy")[0] == len(self.documents())


FOLDERS = []
SCHEMES = []


def test_any_day_of_work(tmp_path, news):
    from hypothesis.stateful import run_state_machine_as_test

    FOLDERS[:], SCHEMES[:] = [tmp_path / "0"], [news]
    bounds = settings(max_examples=25, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Work, settings=bounds)


# A step that is no longer true


def test_a_stale_step_is_refused_and_nothing_is_changed(project, news):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    old = add_mark(project, key)
    edits = Edits(key, news, project.annotator)
    project.apply(edits.set_note(old, "first"))
    before, undo = state(project), project.undo_name
    other = edits.new_annotation(label(news, "ORG"), [Span(0, 2)])
    stale = ChangeSet("Two things", (*edits.add(other).rows, *edits.set_note(old, "second").rows), key)
    heard = []
    project.on_change(heard.append)
    with pytest.raises(StaleChangeError, match="Nothing was changed"):
        project.apply(stale)
    assert state(project) == before
    assert (project.undo_name, heard) == (undo, [])
    assert is_true(project)


@pytest.mark.parametrize("kind", ["there already", "gone", "never there"])
def test_rows_that_came_or_went_in_between(project, news, kind):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    made = add_mark(project, key)
    edits = Edits(key, news, project.annotator)
    if kind == "there already":
        step = edits.add(made)
    elif kind == "gone":
        project.apply(edits.delete([made], []))
        step = edits.set_note(made, "x")
    else:
        step = edits.delete([edits.new_annotation(made.label, made.fragments)], [])
    before = state(project)
    with pytest.raises(StaleChangeError):
        project.apply(step)
    assert state(project) == before


@pytest.mark.parametrize("gone", ["document", "label", "end of a link"])
def test_a_step_on_ground_that_is_gone_is_refused(project, news, gone):
    project.import_documents([document(1), document(2)])
    key, other = project.document_ids()
    made = add_mark(project, key)
    edits = Edits(key, news, project.annotator)
    if gone == "document":
        project.apply(deletion(project, other))
        edits = Edits(other, news, project.annotator)
        step = edits.add(edits.new_annotation(made.label, made.fragments))
    elif gone == "label":
        step = edits.add(edits.new_annotation(stranger("ODD"), made.fragments))
    else:
        step = edits.link(edits.new_relation(relation_type(news, "source"), made.id, "nowhere"))
    before = state(project)
    with pytest.raises(StaleChangeError, match="Nothing was changed"):
        project.apply(step)
    assert state(project) == before
    assert add_mark(project, key).id in {mark.id for mark in project.annotations(key)}


def test_deleting_a_mark_and_forgetting_its_links_is_refused(project, news):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    one, two = add_mark(project, key), add_mark(project, key, "SOURCE")
    edits = Edits(key, news, project.annotator)
    project.apply(edits.link(edits.new_relation(relation_type(news, "source"), one.id, two.id)))
    with pytest.raises(KnownError, match="Nothing was changed"):
        project.apply(edits.delete([two], []))
    assert len(project.annotations(key)) == 2
    assert is_true(project)


def test_undo_with_nothing_to_undo_writes_nothing(project):
    before = project._writer.total_changes
    assert project.undo() is None
    assert project.redo() is None
    assert project._writer.total_changes == before


def test_a_new_edit_ends_what_could_be_redone(project):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    add_mark(project, key)
    project.undo()
    assert project.redo_name == "Mark PERSON"
    add_mark(project, key, "ORG")
    assert (project.undo_name, project.redo_name) == ("Mark ORG", None)
    assert project.redo() is None


def test_listeners_hear_what_was_done_and_what_was_taken_back(project):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    heard = []
    project.on_change(heard.append)
    made = add_mark(project, key)
    project.undo()
    project.redo()
    assert [(step.name, step.document) for step in heard] == [("Mark PERSON", key)] * 3
    assert [step.rows[0].after is None for step in heard] == [False, True, False]
    assert heard[0].touches("annotations") == {made.id}


def test_revisions_are_only_ever_added(project, news):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    seen = project.rows("SELECT * FROM revisions ORDER BY rowid")
    for act in (lambda: add_mark(project, key), project.undo, project.redo, project.undo):
        act()
        now = project.rows("SELECT * FROM revisions ORDER BY rowid")
        assert now[: len(seen)] == seen
        assert len(now) == len(seen) + 1
        seen = now


def test_every_revision_says_who_when_and_what_it_followed(project):
    project.import_documents([document(1)])
    ana = project.work_as("ana")
    add_mark(project, project.document_ids()[0])
    rows = project.rows("SELECT id, annotator, at, base, device, counter, lamport FROM revisions ORDER BY lamport")
    assert rows[-1][1] == ana
    assert all(at.endswith("Z") for _, _, at, *_ in rows)
    assert [base for *_, base, _, _, _ in rows[1:]] == [key for key, *_ in rows[:-1]]
    assert len({(device, counter) for *_, device, counter, _ in rows}) == len(rows)
    assert [lamport for *_, lamport in rows] == list(range(1, len(rows) + 1))


def test_the_clock_orders_nothing(project, monkeypatch):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    monkeypatch.setattr(history, "now", lambda: "1999-01-01T00:00:00.000Z")
    made = add_mark(project, key)
    project.undo()
    project.redo()
    assert [mark.id for mark in project.annotations(key)] == [made.id]
    assert is_true(project)


def test_a_label_renamed_is_one_revision_and_touches_no_mark(project, news):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    made = add_mark(project, key)
    person = label(project.scheme, "PERSON")
    held = history.current(project._writer)["labels"][person.id]
    renamed = row("labels", label_values(replace(person, name="HUMAN"), held["layer"], held["position"]))
    project.apply(ChangeSet("Rename", (RowChange("labels", person.id, held, renamed),)))
    (read,) = project.annotations(key)
    assert (read.id, read.label.name, read.updated) == (made.id, "HUMAN", made.updated)


# Steps on another thread


def test_a_quiet_step_undo_and_redo_tell_nobody_and_forget_the_old_scheme(project):
    heard = []
    project.on_change(heard.append)
    person = label(project.scheme, "PERSON")
    held = history.current(project._writer)["labels"][person.id]
    renamed = ChangeSet("Rename", (RowChange("labels", person.id, held, {**held, "name": "HUMAN"}),))
    project.apply(renamed, quiet=True)
    assert label(project.scheme, "HUMAN").id == person.id
    assert project.undo(quiet=True) == renamed.inverse()
    assert label(project.scheme, "PERSON") == person
    assert project.redo(quiet=True) == renamed
    assert label(project.scheme, "HUMAN").id == person.id
    assert heard == []
    assert project.undo() == renamed.inverse()
    assert heard == [renamed.inverse()]


def test_a_step_tells_how_large_it_is_before_it_is_taken_back(project):
    assert project.step_size() == project.step_size(redo=True) == 0
    project.import_documents([document(1)])
    add_mark(project, project.document_ids()[0])
    small = project.step_size()
    assert 100 < small < 1000
    project.import_documents([document(number) for number in range(2, 40)])
    large = project.step_size()
    assert large > 10 * small
    project.undo()
    assert (project.step_size(), project.step_size(redo=True)) == (small, large)


def test_a_large_step_is_shared_out_among_revisions_and_is_one_step_all_the_same(project, monkeypatch):
    monkeypatch.setattr(history, "PART", 3)
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    marks = [add_mark(project, key) for _ in range(6)]
    before, counter = state(project), project.head.counter
    notes = [BulkChange("annotations", (mark.id,), {"note": [""]}, {"note": [f"{n}"]}) for n, mark in enumerate(marks)]
    change = ChangeSet("Notes", (), bulk=tuple(notes))
    project.apply(change)
    assert project.head.counter == counter + 2
    assert [mark.note for mark in project.annotations(key)] == list("012345")
    assert is_true(project)
    assert project.undo() == change.inverse()
    assert state(project) == before
    assert project.redo() == change
    assert is_true(project)
    assert project.undo_name == "Notes"
