"""Predictions come in as a machine's own marks, once, and only where their words are."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.ids import text_hash
from annotator.importers.walking import items, recognised
from annotator.store.project import Project
from annotator.templates import template

TEXT = "Ports 🚢 reopen: “All week,” Salim Haddad said. All week it rained in Marsa."
HASH = text_hash(TEXT)


def row(words, label="PERSON", shift=0, **more):
    start = TEXT.index(words) + shift
    place = {"sha256": HASH, "start": start, "end": start + len(words), "label": label, "text": words}
    return place | {"model": "tagger", "version": "2", "confidence": 0.75} | more


@pytest.fixture
def project():
    with Project(template("news")) as project:
        project.import_documents([AnnotatedDocument(text=TEXT, title="Ports")])
        yield project


def taken(project, path, rows):
    if path.suffix == ".parquet":
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(arrow.Table.from_pylist(rows), path)
    else:
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return project.import_documents(items([path]))


def marks(project):
    (document,) = project.annotated_documents()
    return [(mark.label.layer, mark.label.name, mark.covered(TEXT)) for mark in document.annotations]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_they_are_the_marks_of_the_model_and_come_in_once(project, tmp_path, suffix):
    rows = [row("Salim Haddad"), row("Marsa", "GPE", layer="entities"), row("Salim Haddad")]
    report = taken(project, tmp_path / f"found.{suffix}", rows)
    assert (report.annotations, report.joined, report.failed, report.warnings) == (2, 1, [], [])
    (document,) = project.annotated_documents()
    names = {person.id: person.name for person in project.annotators()}
    for mark in document.annotations:
        assert (names[mark.annotator], mark.origin, mark.confidence) == ("tagger 2", "tagger 2", 0.75)
    assert marks(project) == [("entities", "PERSON", "Salim Haddad"), ("entities", "GPE", "Marsa")]
    again = taken(project, tmp_path / f"again.{suffix}", rows[::-1])
    assert (again.annotations, again.documents, again.failed) == (0, 0, [])
    assert len(marks(project)) == 2
    project.undo()
    assert marks(project) == []


def test_another_version_is_another_annotator(project, tmp_path):
    taken(project, tmp_path / "a.jsonl", [row("Marsa", "GPE"), row("Marsa", "GPE", version="3")])
    assert marks(project) == [("entities", "GPE", "Marsa")] * 2
    assert {"tagger 2", "tagger 3"} <= {person.name for person in project.annotators()}


def test_wrong_places_are_put_right_by_the_words_or_refused_and_named(project, tmp_path):
    rows = [row("Salim Haddad", shift=1), row("Marsa", "GPE", shift=9), row("rained", "EVENT", text="snowed")]
    report = taken(project, tmp_path / "a.jsonl", rows)
    assert marks(project) == [("entities", "PERSON", "Salim Haddad"), ("entities", "GPE", "Marsa")]
    (failure,) = report.failed
    assert "One mark was left out: EVENT at" in failure.reason and report.warnings
    assert taken(project, tmp_path / "b.jsonl", rows[:2]).annotations == 0  # their ids are of what the file says


def test_without_words_the_hash_is_enough(project, tmp_path):
    rows = [
        {name: value for name, value in row("Marsa", "GPE").items() if name not in ("text", "confidence", "version")}
    ]
    assert taken(project, tmp_path / "a.jsonl", rows).annotations == 1
    assert "tagger" in {person.name for person in project.annotators()}


def test_an_article_that_is_not_there_is_named(project, tmp_path):
    report = taken(project, tmp_path / "a.jsonl", [row("Marsa", "GPE", sha256="0" * 64), row("Marsa", "GPE")])
    assert report.annotations == 1 and "is not in the project (sha256 000000000000…)" in report.failed[0].reason


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"sha256": "abc"}, "is not the hash of a text"),
        ({"start": -1}, "are no positions"),
        ({"start": 4.5}, "are no positions"),
        ({"end": 0}, "are no positions"),
        ({"label": ""}, "no “label”"),
        ({"model": None}, "no “model”"),
        ({"model": "x" * 300}, "longer than 200"),
        ({"confidence": 7}, "no number from 0 to 1"),
        ({"confidence": "high"}, "no number from 0 to 1"),
    ],
)
def test_a_row_that_is_none_is_left_out_with_its_reason(project, tmp_path, wrong, told):
    report = taken(project, tmp_path / "a.jsonl", [row("Salim Haddad"), row("Marsa", "GPE") | wrong])
    assert report.annotations == 1
    (failure,) = report.failed
    assert failure.reason.startswith("Line 2 was left out: ") and told in failure.reason


def test_a_number_that_an_engine_made_a_float_is_a_position(project, tmp_path):
    found = row("Marsa", "GPE")
    rows = [found | {"start": float(found["start"]), "end": float(found["end"]), "confidence": float("nan")}]
    assert taken(project, tmp_path / "a.parquet", rows).annotations == 1


@given(order=st.permutations(["Salim Haddad", "Marsa", "Ports", "reopen", "week"]))
@settings(max_examples=20, deadline=None)
def test_ids_are_made_of_what_is_said(order):
    with Project(template("news")) as one, Project(template("news")) as two:
        held = []
        for project, words in ((one, order), (two, sorted(order))):
            rows = "\n".join(json.dumps(row(each)) for each in words)
            project.import_documents([AnnotatedDocument(text=TEXT, title="Ports"), *stream(rows)])
            (document,) = project.annotated_documents()
            held.append({(mark.id, mark.start, mark.end, mark.annotator) for mark in document.annotations})
    assert held[0] == held[1] and len(held[0]) == 5


def stream(text):
    from io import BytesIO

    from annotator.importers.annotations.predictions import predictions
    from annotator.importers.base import Source

    data = text.encode()
    return predictions(Source("a.jsonl", "a.jsonl", len(data), lambda: BytesIO(data)))


def test_they_are_known_by_what_they_say():
    assert recognised(json.dumps(row("Marsa")).encode(), "x.jsonl").name == "predictions"


def test_what_was_exported_for_engines_can_be_predicted_on(project, tmp_path):
    pytest.importorskip("pyarrow")
    from annotator.exporters import exporter_named
    from annotator.exporters.contents import contents_of
    from annotator.exporters.row_files import rows_of

    exporter_named("shards").export(contents_of(project), tmp_path / "out")
    (found,) = rows_of(tmp_path / "out" / "documents-00000.parquet")
    assert found["sha256"] == HASH
    marked = row("Salim") | {"sha256": found["sha256"], "start": found["text"].index("Salim")}
    assert taken(project, tmp_path / "back.parquet", [marked]).annotations == 1
