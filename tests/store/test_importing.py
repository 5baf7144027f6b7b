import pytest

from annotator.core.annotation import Annotator, DocumentLabel, Occurrence, Zone
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Header, Notice
from annotator.core.scheme import Attribute, Label, Layer, Scheme
from annotator.core.span import Span
from annotator.store import importing
from annotator.store.project import Project
from annotator.store.search import search
from tests.store.examples import (
    TEXT,
    add_mark,
    deletion,
    document,
    is_true,
    label,
    link,
    mark,
    relation_type,
    state,
    strange_link,
    stranger,
)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(importing, "BATCH_DOCUMENTS", 2)


def counts(report):
    return report.documents, report.duplicates, report.annotations, report.relations


def full(scheme, number=0, prefix="m"):
    """A document with everything that a file can say."""
    person, quote = label(scheme, "PERSON"), label(scheme, "QUOTE")
    return document(
        number,
        metadata={"uri": f"http://archive.example/{number}", "publication": "Herald", "caption": "A boat"},
        zones=(Zone("", "HEADLINE", Span(0, 5)),),
        annotations=(
            mark(person, 0, 4, f"{prefix}{number}a", attributes={"mention": "name"}),
            mark(quote, 5, 20, f"{prefix}{number}b")._replace(fragments=(Span(5, 9), Span(12, 20))),
        ),
        relations=(link(relation_type(scheme, "source"), f"{prefix}{number}b", f"{prefix}{number}a", f"r{number}"),),
        labels=(DocumentLabel("", "genre", "wire", ""),),
        statuses={"": "finished"},
    )


def test_everything_comes_in_and_is_read_back(project, news):
    report = project.import_documents([full(news, 1)])
    assert counts(report) == (1, 0, 2, 1)
    assert (report.failed, report.warnings) == ([], [])
    (read,) = project.annotated_documents()
    assert read.text == f"1 {TEXT}"
    assert read.metadata == {"publication": "Herald", "uri": "http://archive.example/1", "caption": "A boat"}
    assert [(zone.label, zone.span) for zone in read.zones] == [("HEADLINE", Span(0, 5))]
    assert [mark.id for mark in read.annotations] == ["m1a", "m1b"]
    assert read.annotations[0].attributes == {"mention": "name"}
    assert read.annotations[1].fragments == (Span(5, 9), Span(12, 20))
    assert {mark.annotator for mark in read.annotations} == {project.annotator}
    assert [(r.id, r.source, r.target) for r in read.relations] == [("r1", "m1b", "m1a")]
    assert [(answer.name, answer.value) for answer in read.labels] == [("genre", "wire")]
    assert read.statuses == {project.annotator: "finished"}
    assert read.occurrences == (Occurrence("http://archive.example/1", "", "Page 1"),)
    assert is_true(project)


def test_one_undo_takes_the_whole_import_back_and_redo_brings_it_again(project, news, small_batches):
    before = state(project)
    header = Header(Scheme(layers=(Layer("z", "zones of mine"),)), (Annotator("x", "Xenia"),))
    odd = mark(stranger("ODD"), 0, 3, attributes={"how": "so"})
    pages = [full(news, number) for number in range(5)] + [document(9, annotations=(odd,))]
    project.import_documents([header, *pages])
    after = state(project)
    assert (project.undo_name, project.redo_name) == ("Import", None)
    project.undo()
    assert state(project) == before
    assert (project.undo_name, project.redo_name) == (None, "Import")
    project.redo()
    assert state(project) == after
    assert is_true(project)


def test_the_annotators_of_a_file_stay_when_its_import_is_taken_back(project, news):
    """Who has begun to work must be able to go on."""
    project.import_documents([document(1)])
    project.import_documents([Header(annotators=(Annotator("x", "Xenia"),)), document(2)])
    project.work_as("Xenia")
    project.undo()
    made = add_mark(project, project.document_ids()[0])
    assert made.annotator == "x"


def test_the_same_text_at_two_addresses_is_one_document(project, small_batches):
    places = [{"uri": "http://one.example/"}, {"uri": "http://two.example/"}, {"uri": "http://one.example/"}]
    report = project.import_documents([document(1, metadata=place) for place in places])
    assert counts(report)[:2] == (1, 2)
    (read,) = project.annotated_documents()
    assert [place.uri for place in read.occurrences] == ["http://one.example/", "http://two.example/"]


@pytest.mark.parametrize("batch", [1, 2, 250])
def test_importing_again_adds_only_what_is_new(project, news, monkeypatch, batch):
    monkeypatch.setattr(importing, "BATCH_DOCUMENTS", batch)
    pages = [full(news, number) for number in range(3)]
    nameless = mark(label(news, "ORG"), 2, 6, attributes={"mention": "name"})
    pages.append(document(7, annotations=(nameless,), labels=(DocumentLabel("", "desk", "home", ""),)))
    project.import_documents(pages)
    before = state(project)
    report = project.import_documents(pages + pages)
    assert counts(report) == (0, 8, 0, 0)
    assert state(project) == before
    assert (report.failed, report.warnings) == ([], [])

    grown = full(news, 1)
    more = (*grown.annotations, mark(label(news, "GPE"), 3, 8, "new"))
    report = project.import_documents([document(1, annotations=more, relations=grown.relations)])
    assert counts(report) == (0, 1, 1, 0)
    assert [a.id for a in project.annotations(project.document_ids()[1])] == ["m1a", "new", "m1b"]
    assert is_true(project)


def test_an_import_that_adds_nothing_is_no_step(project, news):
    project.import_documents([full(news, 1)])
    add_mark(project, project.document_ids()[0])
    project.undo()
    assert project.redo_name == "Mark PERSON"
    project.import_documents([full(news, 1)])
    assert (project.undo_name, project.redo_name) == ("Import", "Mark PERSON")


def test_the_same_file_twice_in_one_import_comes_in_once(project, news):
    page = full(news, 1)
    report = project.import_documents([page, page, page])
    assert counts(report) == (1, 2, 2, 1)
    assert is_true(project)


def test_two_equal_marks_in_a_new_document_are_two(project, news):
    twin = mark(label(news, "QUOTE"), 0, 4)
    assert project.import_documents([document(1, annotations=(twin, twin))]).annotations == 2


@pytest.mark.parametrize("at_once", [True, False])
def test_ids_that_another_document_has_are_given_anew_and_links_follow(project, news, at_once):
    first, second = full(news, 1), full(news, 2)
    taken = document(
        2,
        id="d",
        annotations=first.annotations,
        relations=first.relations,
        zones=(Zone("z", "BODY", Span(0, 9)),),
        labels=(DocumentLabel("f", "desk", "home", ""),),
    )
    given = document(
        1,
        id="d",
        annotations=first.annotations,
        relations=first.relations,
        zones=(Zone("z", "BODY", Span(0, 9)),),
        labels=(DocumentLabel("f", "desk", "home", ""),),
    )
    reports = (
        [project.import_documents([given, taken])]
        if at_once
        else [project.import_documents([given]), project.import_documents([taken])]
    )
    assert sum(report.annotations for report in reports) == 4
    assert sum(report.relations for report in reports) == 2
    assert [report.failed for report in reports] == [[]] * len(reports)
    one, other = project.annotated_documents()
    assert (one.id, other.text) == ("d", second.text)
    assert other.id != "d"
    assert [a.id for a in one.annotations] == ["m1a", "m1b"]
    assert not {a.id for a in one.annotations} & {a.id for a in other.annotations}
    (tie,) = other.relations
    assert (tie.source, tie.target) == (other.annotations[1].id, other.annotations[0].id)
    assert (len(other.zones), len(other.labels)) == (1, 1)
    assert is_true(project)


def test_an_id_that_only_another_text_may_have_is_no_obstacle(project):
    with Project() as other:
        other.import_documents([document(2)])
        (natural,) = other.document_ids()
    report = project.import_documents([document(1, id=natural), document(2)])
    assert (report.documents, report.failed) == (2, [])
    assert project.document_ids()[0] == natural


def test_a_mark_past_the_end_is_left_out_and_said_so(project, news):
    person = label(news, "PERSON")
    length = len(document(1).text)
    page = document(
        1,
        annotations=(mark(person, 0, length, "fits"), mark(person, 3, length + 1, "beyond")),
        relations=(link(relation_type(news, "same_as"), "fits", "beyond"),),
    )
    report = project.import_documents([page])
    assert counts(report) == (1, 0, 1, 0)
    assert len(report.warnings) == 2
    assert "past the end of the text" in report.warnings[0]
    assert "a mark that is not there" in report.warnings[1]


def test_warnings_are_said_once_also_when_a_batch_is_tried_again(project, news):
    project.import_documents([full(news, 1)])
    taken = document(2, annotations=(mark(label(news, "PERSON"), 0, 3, "m1a"), mark(label(news, "PERSON"), 0, 9999)))
    report = project.import_documents([taken])
    assert len(report.warnings) == 1


def test_a_link_to_a_mark_of_nowhere_is_left_out_and_said_so(project, news):
    page = document(
        1,
        annotations=(mark(label(news, "PERSON"), 0, 3, "a"),),
        relations=(link(relation_type(news, "same_as"), "a", "nowhere"),),
    )
    report = project.import_documents([page])
    assert counts(report) == (1, 0, 1, 0)
    assert len(report.warnings) == 1


def test_labels_relations_and_attributes_that_the_project_lacks_are_added(project, news, small_batches):
    odd = stranger("ODD")
    given = {"how": "so", "many": ["a", "b"], "sure": True, "times": 3}
    pages = [
        document(1, annotations=(mark(odd, 0, 3, "a"), mark(odd, 4, 8, "b"))),
        document(2),
        document(3, annotations=(mark(odd, 0, 3, "c", attributes=given),)),
        document(4),
        document(5, annotations=(mark(stranger("ODD"), 0, 3, "d", attributes={"later": "x"}),)),
    ]
    pages[0] = document(1, annotations=pages[0].annotations, relations=(link(strange_link("beside"), "a", "b", "r"),))
    report = project.import_documents(pages)
    assert (report.failed, report.warnings) == ([], [])
    added = project.scheme.label("imported", "ODD")
    kinds = {attribute.name: (attribute.kind, attribute.several) for attribute in added.attributes}
    assert kinds == {
        "how": ("text", False),
        "many": ("text", True),
        "sure": ("yes_no", False),
        "times": ("number", False),
        "later": ("text", False),
    }
    read = {mark.id: mark for page in project.annotated_documents() for mark in page.annotations}
    assert read["c"].attributes == given
    assert "beside" in {kind.name for kind in project.scheme.relations}
    assert is_true(project)
    project.undo()
    assert project.scheme == news
    assert is_true(project)


def test_an_attribute_that_a_known_label_lacks_is_added_to_it(project, news):
    person = label(news, "PERSON")
    project.import_documents([document(1, annotations=(mark(person, 0, 3, "a", attributes={"age": 40}),))])
    known = project.scheme.label("entities", "PERSON")
    assert [a.name for a in known.attributes] == [*(a.name for a in person.attributes), "age"]
    assert (known.guideline, known.shortcut) == (person.guideline, person.shortcut)
    (read,) = project.annotated_documents()
    assert read.annotations[0].attributes == {"age": 40}
    assert is_true(project)


def test_a_label_is_known_again_by_its_name(project, news):
    twin = stranger("PERSON", "entities", key="another id")
    project.import_documents([document(1, annotations=(mark(twin, 0, 3),))])
    (read,) = project.annotated_documents()
    assert read.annotations[0].label == label(news, "PERSON")
    assert len(project.scheme.labels) == len(news.labels)


def test_an_answer_of_the_form_is_not_taken_for_a_labels_attribute_of_that_name(project, news):
    odd = stranger("ODD", attributes=[Attribute("mine", "desk", "text")])
    project.import_documents(
        [
            document(
                1,
                annotations=(mark(odd, 0, 3, attributes={"desk": "x"}),),
                labels=(DocumentLabel("", "desk", "home", ""),),
            )
        ]
    )
    (form,) = [attribute.id for attribute in news.form if attribute.name == "desk"]
    ((held,),) = project.rows("SELECT attribute FROM document_labels")
    assert held == form


def test_an_annotator_is_known_by_id_then_by_name(project, news):
    ana = project.work_as("ana")
    project.work_as("ben")
    person = label(news, "PERSON")
    header = Header(annotators=(Annotator("c-1", "cleo"),))
    marks = [mark(person, n, n + 1, f"m{n}", annotator=who) for n, who in enumerate(["ana", "c-1", "dora", "", ana])]
    project.import_documents([header, document(1, annotations=tuple(marks))])
    (read,) = project.annotated_documents()
    names = {annotator.id: annotator.name for annotator in project.annotators()}
    assert [names[mark.annotator] for mark in read.annotations] == ["ana", "cleo", "dora", "ben", "ana"]
    assert sorted(names.values()).count("ana") == 1


def test_cancelling_keeps_what_came_in(project, small_batches):
    taken = []
    report = project.import_documents(
        (document(number) for number in range(100)), progress=taken.append, stop=lambda: bool(taken) and taken[-1] >= 4
    )
    assert report.cancelled
    assert report.to_json()["cancelled"] is True
    assert report.documents == len(project.document_ids()) == 4
    project.undo()
    assert project.document_ids() == []


def test_an_importer_that_fails_keeps_what_came_in(project, small_batches):
    def items():
        yield from (document(number) for number in range(3))
        raise KnownError("The disk was pulled out.")

    with pytest.raises(KnownError, match="pulled out"):
        project.import_documents(items())
    assert len(project.document_ids()) == 3


def test_one_document_that_cannot_be_stored_does_not_keep_the_others_out(project, news, small_batches):
    person = label(news, "PERSON")
    bad = [
        document(1, text="half a pair \ud83d"),
        document(2, metadata={"author": "\udc00", "path": "bad.txt"}),
        document(3, annotations=(mark(person, 0, 3, note="\ud800"),)),
        document(4, annotations=(mark(stranger("\udfff"), 0, 3),)),
    ]
    report = project.import_documents([document(10), *bad, document(11), document(12)])
    assert report.documents == 3
    assert [failure.path for failure in report.failed] == ["Page 1", "bad.txt", "Page 3", "Page 4"]
    assert all("cannot" in failure.reason for failure in report.failed)
    assert [page.title for page in project.annotated_documents()] == ["Page 10", "Page 11", "Page 12"]
    assert is_true(project)
    project.undo()
    assert project.document_ids() == []


def test_a_header_that_cannot_be_stored_is_told_and_keeps_no_document_out(project):
    report = project.import_documents([Header(annotators=(Annotator("x", "\ud800"),)), document(1)])
    assert report.documents == 1 and "cannot be stored" in report.warnings[0]


def test_two_annotators_of_one_id_in_a_file_keep_no_document_out(project):
    report = project.import_documents([Header(annotators=(Annotator("x", "A"), Annotator("x", "B"))), document(1)])
    assert report.documents == 1 and "cannot be stored" in report.warnings[0]


def test_a_layer_that_a_file_calls_by_an_older_name_is_the_projects_own(project):
    old, new = Layer("l" * 36, "old"), Layer("l" * 36, "new")
    first, second = Label("a" * 36, "old", "A"), Label("b" * 36, "new", "B")
    report = project.import_documents([Header(Scheme(layers=(old,), labels=(first,))), document(1)])
    report = project.import_documents([Header(Scheme(layers=(new,), labels=(second,))), document(2)])
    assert report.documents == 1 and not report.warnings
    assert {label.layer for label in project.scheme.labels if label.name in "AB"} == {"old"}


def test_what_the_importer_says_is_in_the_report(project):
    report = project.import_documents([Failure("a.txt", "It is empty."), Notice("The dates are odd."), document(1)])
    assert report.to_json() == {
        "documents": 1,
        "duplicates": 0,
        "annotations": 0,
        "relations": 0,
        "failed": [{"path": "a.txt", "reason": "It is empty."}],
        "warnings": ["The dates are odd."],
    }


def test_progress_counts_up_to_all(project, small_batches):
    taken = []
    project.import_documents([document(number % 4) for number in range(7)], progress=taken.append)
    assert taken == sorted(taken)
    assert taken[-1] == 7


def test_an_empty_project_becomes_the_one_the_file_came_from(project):
    project.import_documents([Header(project_id="p-1", project_name="Gulf"), document(1)])
    assert (project.id, project.name) == ("p-1", "Gulf")
    project.import_documents([Header(project_id="p-2", project_name="Other"), document(2)])
    assert (project.id, project.name) == ("p-1", "Gulf")


def test_a_mark_made_during_an_import_is_the_step_that_undo_takes_back_first(project, small_batches):
    before = state(project)

    def items():
        for number in range(6):
            yield document(number)
            if number == 2:
                add_mark(project, project.document_ids()[0])

    project.import_documents(items())
    names = []
    while project.undo_name:
        names.append(project.undo_name)
        project.undo()
        assert is_true(project)
    assert names == ["Import", "Mark PERSON", "Import"]
    assert state(project) == before


def test_undo_during_an_import_does_not_upset_it(project, news, small_batches):
    odd = stranger("ODD")

    def items():
        for number in range(6):
            yield document(number, annotations=(mark(odd, 0, 3, attributes={"how": "so"}),))
            if number == 2:
                project.undo()

    report = project.import_documents(items())
    assert report.failed == []
    assert [page.title for page in project.annotated_documents()] == ["Page 2", "Page 3", "Page 4", "Page 5"]
    assert is_true(project)


def test_a_document_that_is_restored_has_its_old_number(project):
    project.import_documents([document(number) for number in range(3)])
    _, key, _ = project.document_ids()
    project.apply(deletion(project, key))
    assert project.number_of(key) is None
    project.undo()
    assert project.number_of(key) == 2
    project.apply(deletion(project, key))
    project.import_documents([document(9), document(1)])
    assert project.number_of(key) == 2


@pytest.mark.parametrize("how", ["delete", "undo"])
def test_a_document_that_comes_in_again_is_found_again(project, how):
    project.import_documents([document(1)])
    project.index_documents()
    if how == "delete":
        project.apply(deletion(project, project.document_ids()[0]))
    else:
        project.undo()
    assert search(project, "envoy")[0] == 0
    project.import_documents([document(1)])
    project.index_documents()
    assert search(project, "envoy")[0] == 1
