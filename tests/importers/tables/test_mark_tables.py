"""Tables of marks and of answers: the program's own, and those of others; a table of articles is never one of them."""

import csv
import io

import pytest

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.imports import Failure, Header
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.exporters import exporter_named
from annotator.exporters.contents import contents_of
from annotator.exporters.options import chosen
from annotator.importers.walking import HEAD, items, recognised
from annotator.store.project import Project
from tests.importers.references import SOURCES

STANCE = Attribute("a1", "stance (of the paper)", values=(Value("for", "In favour", "1"), Value("against", "", "2")))
SURE = Attribute("a2", "sure", "yes_no")
TOPICS = Attribute("a3", "topics", several=True, values=(Value("a|b", code="10"), Value("c", code="11")))
WHO = Attribute("a4", "who", "entity", registry="person")
SIZE = Attribute("a5", "size", "number")
GENRE = Attribute("a6", "genre", values=(Value("news", "A report", "1"), Value("opinion", "", "2")))
QUOTE = Label("l1", "quotes", "QUOTE", attributes=(STANCE, SURE, TOPICS, WHO, SIZE))
SOURCE = Label("l2", "quotes", "SOURCE")
SCHEME = Scheme("own", (Layer("y1", "quotes"),), (QUOTE, SOURCE), (RelationType("r1", "said by"),), (GENRE,))
ANN = Annotator("01935000-22ba-791d-8f3a-abcc8142c8ea", "Ann")
HADDAD = RegistryEntry("01935000-22ba-791d-8f3a-abcc8142c8ec", "person", "Haddad, Salim")
TEXT = "Ports 🚢 reopen. “It stays open,” Haddad said. “It stays so,” Haddad added."
FIRST = AnnotatedDocument(
    TEXT, title="Ports reopen", metadata={"uri": "https://herald.example/1", "path": "2016/one.txt"}
)
SECOND = AnnotatedDocument(
    "Nothing here.", title="Ports reopen", metadata={"uri": "https://herald.example/2", "path": "2016/two.txt"}
)


@pytest.fixture
def project():
    with Project(SCHEME) as made:
        made.import_documents([Header(annotators=(ANN,), registry=(HADDAD,)), FIRST, SECOND])
        yield made


def table(path, head, *rows, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def taken(project, *paths):
    return project.import_documents(items(paths))


def words(project):
    """Every mark: its layer and label, its words, who made it and what it answers."""
    people = {person.id: person.name for person in project.annotators()}
    return [
        (mark.label.layer, mark.label.name, mark.covered(document.text), people[mark.annotator], dict(mark.attributes))
        for document in project.annotated_documents()
        for mark in document.annotations
    ]


def is_taken_for(path):
    return recognised(path.read_bytes()[:HEAD], path.name).name


HEAD_OF_OTHERS = ("document_id", "start", "end", "label", "text")


@pytest.mark.parametrize(
    "key",
    ["id", "sha256", "https://herald.example/1", "2016/one.txt"],
)
def test_a_row_finds_its_article(project, tmp_path, key):
    (first, _) = project.annotated_documents()
    cell = {"id": first.id, "sha256": first.sha256}.get(key, key)
    path = table(
        tmp_path / "marks.csv", HEAD_OF_OTHERS, (cell, 0, 5, "QUOTE", "Ports"), (cell, 9, 15, "PORT", "eopen.")
    )
    assert is_taken_for(path) == "marks-table"
    report = taken(project, path)
    assert (report.failed, report.joined, report.annotations) == ([], 1, 2)
    assert [mark[:3] for mark in words(project)] == [("quotes", "QUOTE", "Ports"), ("entities", "PORT", "eopen.")]
    again = taken(project, path)
    assert (again.annotations, again.failed) == (0, []) and len(words(project)) == 2


@pytest.mark.parametrize("column", ["url", "filename", "title", "sha256"])
def test_columns_of_other_names_are_keys(project, tmp_path, column):
    (first, _) = project.annotated_documents()
    cells = {"url": "https://herald.example/1", "filename": "2016/one.txt", "title": "Ports reopen"}
    head = (column, "begin", "stop", "category", "coder", "position")
    report = taken(project, table(tmp_path / "m.tsv", head, (cells.get(column, first.sha256), 0, 5, "X", "Bo", "front"),
                                  delimiter="\t"))  # fmt: skip
    if column == "title":
        (failure,) = report.failed
        assert "2 articles of the project" in failure.reason and "title Ports reopen" in failure.reason
    else:
        assert words(project) == [("entities", "X", "Ports", "Bo", {"position": "front"})]


def test_an_article_that_is_not_there_is_named_and_the_rest_comes_in(project, tmp_path):
    rows = (("https://herald.example/9", 0, 5, "X", "Ports"), ("https://herald.example/1", 0, 5, "X", "Ports"))
    report = taken(project, table(tmp_path / "m.csv", HEAD_OF_OTHERS, *rows))
    (failure,) = report.failed
    assert "https://herald.example/9" in failure.reason and "Import the archive first" in failure.reason
    assert len(words(project)) == report.annotations == 1


@pytest.mark.parametrize(
    ("start", "end", "quote", "found"),
    [
        (18, 33, "“It stays open,”", "16"),  # counted in UTF-16 units, from the character before
        (17, 33, "“It stays open,”", "16"),  # UTF-16 units
        (60, 65, "“It   stays\nopen,”", "16"),  # spaced otherwise, and stands once
        (35, 40, "Haddad", "33"),  # twice: the near one
        (64, 70, "Haddad", "61"),
        (5, 900, "reopen", "8"),
        (47, 53, "Haddad", None),  # as far from both
        (0, 5, "Parts", None),
    ],
)
def test_places_are_mended_by_the_words_or_refused(project, tmp_path, start, end, quote, found):
    row = ("2016/one.txt", start, end, "QUOTE", quote)
    report = taken(project, table(tmp_path / "m.csv", (*HEAD_OF_OTHERS[:4], "quote"), row))
    places = [mark.start for document in project.annotated_documents() for mark in document.annotations]
    assert [str(place) for place in places] == ([found] if found else [])
    assert bool(report.failed) == (found is None)
    if found is None:
        assert "QUOTE at" in report.failed[0].reason
    else:
        assert report.warnings and "mark was" in report.warnings[0]


def test_a_table_that_holds_the_texts_makes_the_articles(tmp_path):
    rows = (
        ("a-1", TEXT, 0, 5, "X", "Ports"),
        ("a-1", TEXT, 8, 14, "X", "reopen"),
        ("a-2", "Another.", 0, 7, "X", "A."),
    )
    path = table(tmp_path / "m.csv", ("id", "text", "start", "end", "label", "quote"), *rows)
    with Project(SCHEME) as project:
        report = taken(project, path)
        assert (report.documents, report.annotations, len(report.failed)) == (2, 2, 1)
        documents = list(project.annotated_documents())
        assert [document.text for document in documents] == [TEXT, "Another."]
        assert documents[0].metadata == {"id": "a-1", "path": "m.csv"}
        assert taken(project, path).annotations == 0


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx"])
def test_a_table_of_articles_is_none_of_marks(name):
    assert is_taken_for(SOURCES / name) != "marks-table"
    assert not any(isinstance(item, Failure) for item in items([SOURCES / name]))


@pytest.mark.parametrize(
    "head",
    [
        ("title", "text", "date", "label"),
        ("id", "headline", "start", "end", "label"),  # of an event calendar: no whole numbers
        ("url", "title", "category", "begin", "end"),
        ("title", "form", "date"),
    ],
)
def test_tables_that_are_like_marks_are_articles(tmp_path, head):
    rows = [tuple({"start": "2016-11-02", "begin": "9:00", "end": "2016-11-03"}.get(name, f"{name} {number} of many") for name in head) for number in range(3)]  # fmt: skip # noqa: E501
    assert is_taken_for(table(tmp_path / "t.csv", head, *rows)) == "csv"


def test_answers_are_understood_by_name_number_and_title(project, tmp_path):
    head = ("document", "coder", "form_genre", "form_new question", "status")
    rows = (
        ("2016/one.txt", "Ann", "1", "free text", "finished"),
        ("2016/one.txt", "Bo", "opinion", "", "in_progress"),
        ("2016/two.txt", "Bo", "A report", "", "somewhere"),
    )
    path = table(tmp_path / "f.csv", head, *rows)
    report = taken(project, path)
    people = {person.id: person.name for person in project.annotators()}
    found = [[(people[a.annotator], a.name, a.value) for a in d.labels] for d in project.annotated_documents()]
    assert found == [[("Ann", "genre", "news"), ("Ann", "new question", "free text"), ("Bo", "genre", "opinion")], [("Bo", "genre", "news")]]  # fmt: skip # noqa: E501
    first, second = project.annotated_documents()
    assert {people[key]: said for key, said in first.statuses.items()} == {"Ann": "finished", "Bo": "in_progress"}
    assert second.statuses == {} and "somewhere" in report.failed[0].reason
    taken(project, path)
    assert [len(document.labels) for document in project.annotated_documents()] == [3, 1]


def answered(project):
    """The project with a quote that answers everything, a source and a link, and an answer about the article."""
    head = ("document", "mark", "start", "end", "label", "note", "coder", *(f"attr_{a.name}" for a in QUOTE.attributes), "link_said by_mark")  # fmt: skip # noqa: E501
    rows = (
        ("2016/one.txt", "q", 16, 32, "QUOTE", "=1+1", "Ann", "In favour", "yes", r"a\|b|11", "Haddad, Salim", "3.5", "s"),  # noqa: E501
        ("2016/one.txt", "s", 33, 39, "SOURCE", "", "Ann", "", "", "", "", "", ""),
    )  # fmt: skip
    return head, rows


def test_answers_of_marks_are_what_the_scheme_says(project, tmp_path):
    head, rows = answered(project)
    report = taken(project, table(tmp_path / "m.csv", head, *rows))
    assert (report.failed, report.annotations, report.relations) == ([], 2, 1)
    answers = {STANCE.name: "for", "sure": True, "topics": ["a|b", "c"], "who": HADDAD.id, "size": 3.5}
    assert words(project)[0] == ("quotes", "QUOTE", "“It stays open,”", "Ann", answers)
    (first, _) = project.annotated_documents()
    assert [link.type.id for link in first.relations] == ["r1"] and first.annotations[0].note == "=1+1"


def test_rows_that_were_sorted_keep_their_links(project, tmp_path):
    head, (quote, source) = answered(project)
    other = ("2016/two.txt", "o", 0, 7, "SOURCE", *[""] * (len(head) - 5))
    report = taken(project, table(tmp_path / "m.csv", head, source, other, quote))
    assert (report.failed, report.annotations, report.relations) == ([], 3, 1)
    assert taken(project, tmp_path / "m.csv").relations == 0


def held(project):
    return [
        (
            document.text, document.annotations, [(x.type.name, x.source, x.target) for x in document.relations],
            [(each.name, each.value, each.annotator) for each in document.labels], document.statuses,
        )
        for document in project.annotated_documents()
    ]  # fmt: skip


def without_versions(found):
    return [(text, [mark._replace(scheme=0, label=None) for mark in marks], *rest) for text, marks, *rest in found]


@pytest.mark.parametrize("with_text", [True, False], ids=["words", "hashes"])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("csv", {}),
        ("csv", {"separator": "tab", "safe": "no"}),
        ("csv", {"separator": "semicolon"}),
        ("statements", {}),
        ("xlsx", {}),
    ],
)
def test_what_was_exported_comes_back(project, tmp_path, name, options, with_text):
    exporter = exporter_named(name)
    head, rows = answered(project)
    taken(project, table(tmp_path / "m.csv", head, *rows))
    if name != "csv":
        forms = ("document", "coder", "form_genre", "status")
        taken(project, table(tmp_path / "f.csv", forms, ("2016/one.txt", "Ann", "1", "finished")))
    out = tmp_path / f"out{exporter.suffix}"
    contents = contents_of(project, with_text=with_text, options=chosen(exporter.options, options))
    assert exporter.export(contents, out).verified
    with Project(SCHEME) as other:
        other.import_documents([Header(annotators=(ANN,), registry=(HADDAD,)), FIRST, SECOND])
        report = taken(other, out)
        assert (report.failed, report.warnings, report.annotations, report.relations) == ([], [], 2, 1)
        assert without_versions(held(other)) == without_versions(held(project))
        assert (taken(other, out).annotations, taken(other, out).relations) == (0, 0)
    unlike = taken(project, out)
    assert (unlike.annotations, unlike.relations, unlike.failed) == (0, 0, [])


@pytest.mark.parametrize("name", ["statements", "xlsx"])
def test_the_code_book_makes_the_scheme_of_a_new_project(project, tmp_path, name):
    exporter = exporter_named(name)
    head, rows = answered(project)
    taken(project, table(tmp_path / "m.csv", head, *rows))
    out = tmp_path / f"out{exporter.suffix}"
    exporter.export(contents_of(project), out)
    with Project(Scheme()) as other:
        other.import_documents([Header(annotators=(ANN,)), FIRST, SECOND])
        report = taken(other, out)
        assert report.failed == [] and report.annotations == 2
        (_, _, _, _, answers) = words(other)[0]
        assert answers == {
            STANCE.name: "for",
            "sure": True,
            "topics": ["a|b", "c"],
            "who": "Haddad, Salim",
            "size": 3.5,
        }
        quote = other.scheme.label("quotes", "QUOTE")
        kinds = {each.name: (each.kind, [value.code for value in each.values]) for each in quote.attributes}
        assert kinds[STANCE.name] == ("choice", ["1", "2"]) and kinds["sure"][0] == "yes_no"
        assert [each.name for each in other.scheme.form] == ["genre"]


def test_a_code_book_alone_brings_its_labels(project, tmp_path):
    exporter_named("statements").export(contents_of(project), tmp_path / "out")
    with Project(Scheme()) as other:
        report = taken(other, tmp_path / "out" / "codebook.csv")
        assert "is a code book" in report.warnings[0]
        assert {label.name for label in other.scheme.labels} == {"QUOTE", "SOURCE"}


def test_numbers_of_the_code_book_stand_for_answers(project, tmp_path):
    """As a person recodes in a spreadsheet: the numbers are kept, the words are not."""
    exporter = exporter_named("csv")
    taken(project, table(tmp_path / "m.csv", *(lambda head, rows: (head, *rows))(*answered(project))))
    exporter.export(contents_of(project), tmp_path / "out.csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    rows[0] |= {"attr_stance_of_the_paper": "", "attr_stance_of_the_paper_code": "2", "mark": "new", "attr_topics": "", "attr_topics_code": "11"}  # fmt: skip # noqa: E501
    path = table(tmp_path / "recoded.csv", list(rows[0]), list(rows[0].values()))
    taken(project, path)
    found = [answers for *_, answers in words(project) if answers.get(STANCE.name) == "against"]
    assert found[0]["topics"] == ["c"]


@pytest.mark.parametrize("cut", range(0, 1500, 97))
def test_a_table_that_is_cut_gives_sentences(project, tmp_path, cut):
    head, rows = answered(project)
    taken(project, table(tmp_path / "m.csv", head, *rows))
    exporter_named("csv").export(contents_of(project), tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(data[:-cut] if cut else data)
    report = taken(project, tmp_path / "cut.csv")
    assert all(failure.reason for failure in report.failed) and report.documents <= 1
