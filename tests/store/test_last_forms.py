import pytest

from annotator.core.edits import Edits
from annotator.core.span import Span
from annotator.store.last_forms import last_answers, last_form
from annotator.store.project import Project
from tests.forms_example import DOCUMENTS, SCHEME

CLAIM = SCHEME.labels[0]


@pytest.fixture
def project():
    with Project(SCHEME) as project:
        project.import_documents(DOCUMENTS)
        yield project


def marked(project, document, **answers):
    edits = Edits(document, project.scheme, project.annotator)
    mark = edits.new_annotation(CLAIM, [Span(0, 3)], answers)
    project.apply(edits.add(mark))
    return mark


def test_the_mark_that_was_worked_on_last_is_the_one_copied(project):
    first, second = project.document_ids()
    one = marked(project, first, position="1")
    two = marked(project, second, position="-1")
    marked(project, second)  # not answered: nothing to copy
    me = project.annotator
    assert last_answers(project, CLAIM.id, me, "") == {"position": "-1"}
    assert last_answers(project, CLAIM.id, me, two.id) == {"position": "1"}
    edits = Edits(first, project.scheme, me)
    later = edits.replace(one, one._replace(attributes={"position": "0"}), "Set position")
    row = later.rows[0]
    later = type(later)(later.name, (type(row)(row.table, row.key, row.before, {**row.after, "updated": "3"}),))
    project.apply(later)
    assert last_answers(project, CLAIM.id, me, "") == {"position": "0"}
    project.work_as("somebody else")
    assert last_answers(project, CLAIM.id, project.annotator, "") == {}


def test_the_form_of_another_document(project):
    first, second = project.document_ids()
    me = project.annotator
    assert last_form(project, me, second) == {}
    project.apply(Edits(first, project.scheme, me).answer([], {"irrelevant": False, "genre": "news"}))
    assert last_form(project, me, second) == {"irrelevant": False, "genre": "news"}
    assert last_form(project, me, first) == {}
    assert {answer.name: answer.value for answer in project.answers(first, me)} == last_form(project, me, second)


def test_two_answers_to_one_attribute_become_one_and_undo_brings_both_back(project):
    first, _ = project.document_ids()
    edits = Edits(first, project.scheme, project.annotator)
    for value in ("news", "opinion"):
        project.apply(edits.answer([], {"genre": value}))
    project.apply(edits.answer(project.answers(first, project.annotator), {"genre": "feature"}))
    assert [answer.value for answer in project.answers(first, project.annotator)] == ["feature"]
    project.undo()
    assert sorted(answer.value for answer in project.answers(first, project.annotator)) == ["news", "opinion"]
