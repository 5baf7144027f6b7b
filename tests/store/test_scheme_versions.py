"""The versions of a scheme."""

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.span import Span
from annotator.store import history
from annotator.store.project import Project
from annotator.store.scheme_plans import SchemePlans
from annotator.store.scheme_versions import changes_of, scheme_at, version_number, versions
from tests.store.examples import document, mark, stranger
from tests.store.scheme_examples import ENVOY, PERSON, QUOTE, SCHEME, documents


@pytest.fixture
def project():
    with Project(SCHEME) as project:
        project.work_as("ana")
        project.import_documents(documents())
        yield project


def edits(project):
    return SchemeEdits(project.scheme_tables())


def test_versions_count_from_one_and_say_who_when_and_what(project):
    project.apply(edits(project).set_label(PERSON.id, name="ACTOR"))
    project.work_as("ben")
    project.apply(SchemePlans(project).merge_labels([ENVOY.id], PERSON.id).change)
    newest, middle, first = versions(project)
    assert [version.number for version in (newest, middle, first)] == [3, 2, 1]
    assert (newest.name, newest.annotator, newest.kind) == ("Merge ENVOY into ACTOR", "ben", "edit")
    assert (middle.name, middle.annotator) == ("Label PERSON", "ana")
    assert first.name == "New project"
    assert all(version.at.endswith("Z") for version in (newest, middle, first))
    assert newest.lamport == project.scheme.version


def test_a_list_of_versions_is_read_in_pages(project):
    for number in range(7):
        project.apply(edits(project).set_label(PERSON.id, title=f"Title {number}"))
    first = versions(project, many=3)
    second = versions(project, before=first[-1], many=3)
    rest = versions(project, before=second[-1], many=3)
    assert [version.number for version in (*first, *second, *rest)] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert versions(project, before=rest[-1]) == []


def test_what_changes_no_scheme_is_no_version(project):
    before = versions(project)
    key = project.document_ids()[0]
    project.apply(Edits(key, project.scheme, project.annotator).set_status(None, "finished"))
    project.import_documents([document(1)])
    assert versions(project) == before


def test_an_import_that_brings_labels_an_undo_and_a_redo_are_versions(project):
    odd = mark(stranger("ODD"), 0, 3)
    project.import_documents([AnnotatedDocument("A page.", annotations=(odd,))])
    project.undo()
    project.redo()
    assert [version.kind for version in versions(project)[:3]] == ["redo", "undo", "import"]
    ends = [scheme_at(project, version.revision) for version in versions(project)]
    assert ends[0] == ends[2] == project.scheme
    assert ends[1] == ends[3] == SCHEME


def test_a_mark_knows_the_version_it_was_made_under(project):
    key = project.document_ids()[0]

    def made():
        edits = Edits(key, project.scheme, project.annotator)
        return edits.new_annotation(project.scheme.labels[0], [Span(0, 2)])

    first = made()
    project.apply(edits(project).set_label(PERSON.id, title="Somebody"))
    second = made()
    assert [version_number(project, mark.scheme) for mark in (first, second)] == [1, 2]
    assert version_number(project, 0) == 0


def test_the_scheme_stands_as_it_did_after_any_version(project):
    stood = {versions(project)[0].revision: project.scheme}
    for change in (
        lambda: edits(project).set_label(PERSON.id, name="ACTOR", color="#112233"),
        lambda: SchemePlans(project).delete_labels([QUOTE.id]).change,
        lambda: edits(project).add_layer("frames"),
        lambda: edits(project).move("layers", SCHEME.layers[1].id, -1),
        lambda: SchemePlans(project).merge_labels([ENVOY.id], PERSON.id).change,
    ):
        project.apply(change())
        stood[versions(project)[0].revision] = project.scheme
    while project.undo_name != "Import":
        project.undo()
    for revision, scheme in stood.items():
        found = scheme_at(project, revision)
        assert found == scheme
        assert found.version == scheme.version
        assert {each.id for each in found.unasked} == {each.id for each in scheme.unasked}


def test_there_is_no_scheme_of_a_revision_that_is_no_version(project):
    with pytest.raises(KnownError, match="no such version"):
        scheme_at(project, "gone")


def test_what_a_version_changed_is_told_in_words(project, monkeypatch):
    monkeypatch.setattr(history, "PART", 2)  # its step is several revisions
    monkeypatch.setattr("annotator.store.many_rows.PIECE", 1)
    project.apply(SchemePlans(project).merge_labels([ENVOY.id], PERSON.id).change)
    newest = versions(project)[0]
    assert len(project.rows("SELECT 1 FROM revisions WHERE name = ?", (newest.name,))) > 1
    assert [change.words() for change in changes_of(project, newest.revision)] == [
        "1 label changed, 1 label deleted (PERSON, ENVOY)",
        "1 attribute changed (sort)",
        "1 kind of link changed (part_of)",
        "3 marks changed, 2 marks deleted",
        "2 links deleted",
    ]
    assert changes_of(project, versions(project)[1].revision)[1].words() == "4 labels new (PERSON, ENVOY, QUOTE, …)"
    project.apply(edits(project).set_label(PERSON.id, name="ACTOR"))
    words = [change.words() for change in changes_of(project, versions(project)[0].revision)]
    assert words == ["1 label changed (PERSON, ACTOR)", "1 kind of link changed (part_of)"]
