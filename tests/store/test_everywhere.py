import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.occurrences import Wanted
from annotator.core.span import Span
from annotator.store import history
from annotator.store.everywhere import delete_lines, mark_lines, relabel_lines
from annotator.store.occurrences import find_annotations, find_occurrences
from annotator.store.project import Project
from annotator.store.writing import StaleChangeError
from annotator.templates import template

TEXTS = ["Marsa and Port Qasr.", "In Marsa, Marsa’s council met.", "Nothing here.", "Port Qasr: Marsa"]


@pytest.fixture
def project():
    with Project(template("news")) as made:
        made.work_as("Amina")
        made.import_documents(AnnotatedDocument(text=text, title=text[:5]) for text in TEXTS)
        yield made


def label(project, name):
    return next(label for label in project.scheme.labels if label.name == name)


def marked(project):
    return [
        (mark.label.name, mark.covered(document.text))
        for document in project.annotated_documents()
        for mark in document.annotations
    ]


def lines(project, words="Marsa", **how):
    return list(find_occurrences(project, Wanted(words), **how))


def state(project):
    return history.current(project._connection)


def test_everything_is_marked_in_one_step_and_taken_back_in_one(project):
    before = state(project)
    found = lines(project)
    assert [(line.title, line.hit, line.behind) for line in found][:2] == [
        ("Marsa", "Marsa", " and Port Qasr."), ("In Ma", "Marsa", ", Marsa’s council met."),
    ]  # fmt: skip
    assert mark_lines(project, found, label(project, "GPE")) == (4, 3, 0)
    assert marked(project) == [("GPE", "Marsa")] * 4
    after = state(project)
    assert {row["status"] for row in after["statuses"].values()} == {"in_progress"}
    project.undo()
    assert state(project) == before
    project.redo()
    assert state(project) == after == history.replayed(project._connection)


def test_what_is_marked_already_is_left_as_it_is(project):
    mark_lines(project, lines(project)[:1], label(project, "GPE"))
    found = lines(project)
    assert [bool(line.mark) for line in found] == [True, False, False, False]
    assert mark_lines(project, found, label(project, "GPE")) == (3, 2, 1)
    assert mark_lines(project, lines(project), label(project, "GPE")) == (0, 0, 4)
    assert mark_lines(project, lines(project), label(project, "ORG")) == (4, 3, 0)


def test_a_longer_name_is_not_marked_again_inside(project):
    mark_lines(project, lines(project, "Port Qasr"), label(project, "GPE"))
    assert mark_lines(project, lines(project, "Qasr"), label(project, "GPE")) == (0, 0, 2)


def test_marks_are_relabelled_and_deleted_from_the_table(project):
    mark_lines(project, lines(project), label(project, "GPE"))
    assert relabel_lines(project, lines(project)[:2], label(project, "ORG")) == (2, 2, 0)
    assert sorted(marked(project)) == [("GPE", "Marsa"), ("GPE", "Marsa"), ("ORG", "Marsa"), ("ORG", "Marsa")]
    organisations = list(find_annotations(project, [label(project, "ORG").id]))
    assert [line.hit for line in organisations] == ["Marsa", "Marsa"]
    before = state(project)
    assert delete_lines(project, organisations) == (2, 2, 0)
    assert marked(project) == [("GPE", "Marsa")] * 2
    project.undo()
    assert state(project) == before


def test_links_go_with_the_marks_and_come_back(project):
    from annotator.core.edits import Edits

    document = project.document_ids()[0]
    edits = Edits(document, project.scheme, project.annotator)
    quote = edits.new_annotation(label(project, "QUOTE"), [Span(0, 5)])
    source = edits.new_annotation(label(project, "SOURCE"), [Span(10, 19)])
    kind = next(kind for kind in project.scheme.relations if kind.name == "source")
    project.apply(edits.add(quote, source, relations=[edits.new_relation(kind, quote.id, source.id)]))
    before = state(project)
    delete_lines(project, find_annotations(project, [source.label.id]))
    assert project.relations(document) == []
    project.undo()
    assert state(project) == before


def test_a_step_that_came_too_late_changes_nothing_anywhere(project):
    mark_lines(project, lines(project), label(project, "GPE"))
    old = lines(project)
    relabel_lines(project, old[3:], label(project, "LOC"))
    delete_lines(project, lines(project)[:1])
    before = state(project)
    gone = [line for line in old if line.mark]
    relabelled = relabel_lines(project, gone, label(project, "ORG"))
    assert relabelled.marks == 4  # asked for; the one that is gone is passed over
    assert [name for name, _ in marked(project)] == ["ORG"] * 3
    project.undo()
    assert state(project) == before
    parts = [_stale(project)]
    with pytest.raises(StaleChangeError):
        project.apply_all("Too late", parts)
    assert state(project) == before


def _stale(project):
    from annotator.core.edits import Edits

    document = project.document_ids()[0]
    edits = Edits(document, project.scheme, project.annotator)
    never = edits.new_annotation(label(project, "GPE"), [Span(0, 1)])
    return edits.relabel(never, label(project, "ORG"))


def test_the_search_can_be_narrowed_told_of_and_stopped(project):
    first = project.document_ids()[:1]
    assert len(lines(project, documents=first)) == 1
    assert lines(project, documents=["gone"]) == []
    assert len(lines(project, stop=lambda: True)) == 1  # what was found before stays
    assert lines(project, "nobody") == []


def test_the_listeners_hear_of_it_once(project):
    heard = []
    project.on_change(heard.append)
    mark_lines(project, lines(project), label(project, "GPE"))
    assert [(change.document, len(change.touches("annotations"))) for change in heard] == [("", 4)]


WORDS = st.sampled_from(["Marsa", "Qasr", "Port Qasr", "council"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["mark", "relabel", "delete", "undo"]), WORDS, st.sampled_from(["GPE", "ORG"]))
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_steps_are_all_taken_back(steps):
    with Project(template("news")) as project:
        project.work_as("Amina")
        project.import_documents(AnnotatedDocument(text=text) for text in TEXTS)
        start = state(project)
        done = 0
        for step, words, name in steps:
            found, wanted = lines(project, words), label(project, name)
            if step == "undo":
                if done:
                    project.undo()
                    done -= 1
                continue
            outcome = {
                "mark": lambda: mark_lines(project, found, wanted),  # noqa: B023
                "relabel": lambda: relabel_lines(project, found, wanted),  # noqa: B023
                "delete": lambda: delete_lines(project, found),  # noqa: B023
            }[step]()
            done += bool(outcome.marks)
        assert history.replayed(project._connection) == state(project)
        for _ in range(done):
            project.undo()
        assert state(project) == start
