import json
import sqlite3

import pytest

from annotator.core.imports import Header
from annotator.importers.walking import items
from annotator.store.project import Project
from tests.importers.annotations.corpora import CORPORA, documents, failures, here, notices, read
from tests.importers.annotations.references import FOLDER

PORTS = FOLDER / "ports.dna"


@here
def test_statements_stand_where_utf16_units_say():
    facts = json.loads((CORPORA / "news" / "FACTS.json").read_text(encoding="utf-8"))["dna/mini.dna"]
    found = read("news/dna/mini.dna")
    assert len(documents(found)) == facts["documents"] and not notices(found) and not failures(found)
    words = [mark.covered(document.text) for document in documents(found) for mark in document.annotations]
    assert words == [statement["text"] for statement in facts["statements"]]


def test_a_project_takes_in_statements_coders_and_the_registry():
    with Project(None) as project:
        report = project.import_documents(items([PORTS]))
        entries = {entry.name: entry for entry in project.registry()}
        (document,) = project.annotated_documents()
        coders = {annotator.id: annotator.name for annotator in project.annotators()}
    assert report.annotations == 3
    assert entries["Harbour office"].kind == "organisation" and entries["Harbour office"].aliases == ("the office",)
    assert entries["Fee desk"].attributes["child of"] == "Harbour office"
    by_words = {mark.covered(document.text): mark for mark in document.annotations}
    first, second = by_words["the fee must go"], by_words["The office keeps it"]
    assert first.attributes == {"person": entries["Mira Doren"].id, "agreement": False, "strength": 5}
    assert second.attributes == {"organization": entries["Fee desk"].id, "agreement": True}
    assert coders[first.annotator] == "Ann" and coders[second.annotator] == "Bo"
    assert by_words["keeps"].attributes == {"remark": "a verb"}


def test_what_has_no_place_or_no_text_is_told():
    found = list(items([PORTS]))
    assert any("statement 4" in text and "past the text" in text for text in notices(found))
    assert any("statement 5" in text for text in notices(found))
    assert [each.reason for each in failures(found)] == ["Document 2 was left out: There is no text in it."]
    (header,) = [item for item in found if isinstance(item, Header)]
    kinds = {attribute.name: attribute.kind for label in header.scheme.labels for attribute in label.attributes}
    assert kinds == {
        **{"person": "entity", "organization": "entity", "agreement": "yes_no", "strength": "number"},
        "remark": "text",
    }


def test_another_database_is_none_of_dna(tmp_path):
    path = tmp_path / "other.dna"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE things(id)")
    (failure,) = failures(list(items([path])))
    assert "none of DNA 3" in failure.reason


@pytest.mark.parametrize("view", ["DOCUMENTS", "STATEMENTS"])
def test_a_view_in_place_of_a_table_is_not_asked(tmp_path, view):
    path = tmp_path / "hostile.dna"
    path.write_bytes(PORTS.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute(f"DROP TABLE {view}")
        endless = "WITH RECURSIVE n(ID) AS (SELECT 1 UNION ALL SELECT ID + 1 FROM n) SELECT * FROM n"
        connection.execute(f"CREATE VIEW {view} AS {endless}")
    (failure,) = failures(list(items([path])))
    assert f"the table {view} is not there" in failure.reason
