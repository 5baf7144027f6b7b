"""What is exported imports back to the same project: documents byte for byte, and the scheme, registry and names."""

import json
import tempfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import resources
from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    Occurrence,
    RegistryEntry,
    Relation,
    Zone,
)
from annotator.core.imports import Header
from annotator.core.scheme import STATUSES, Label, RelationType
from annotator.core.span import Span
from annotator.exporters import EXPORTERS, OWN, exporter_named
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items, read_file
from annotator.store.project import Project
from annotator.templates import template

NEWS = template("news")
ODD_NAMES = ("<img src=/etc/passwd>", "'; DROP TABLE annotations; --", "قول", "🚢", "a b\tc", 'a"b\\c', "\u200eX\u202e")
ODD_LABELS = tuple(
    Label(f"0000000{number}-22ba-791d-8f3a-abcc8142c8ea", "own layer", name) for number, name in enumerate(ODD_NAMES)
)
LABELS = (*NEWS.labels, *ODD_LABELS)
TYPES = (*NEWS.relations, RelationType("00000000-22ba-791d-8f3a-abcc8142c8eb", "<b>of</b>"))
PEOPLE = (
    Annotator("01935000-22ba-791d-8f3a-abcc8142c8ea", "Ann"),
    Annotator("01935000-22ba-791d-8f3a-abcc8142c8eb", "بشرى"),
)
ENTRY = RegistryEntry(
    "01935000-22ba-791d-8f3a-abcc8142c8ec", "person", "Haddad", ("H.", "حداد"), {"born": 1950}, "ours"
)

texts = st.text(
    st.sampled_from("ab Z.“”«»'\"\\\n\t\u00a0\u00ad\u200fé\u0301قال،🚢🇲🇹👏🏽漢\u2028\ufffd\x7f"),
    min_size=1,
    max_size=40,
)
ids = st.uuids().map(str)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
times = st.sampled_from(["2026-11-22T09:00:00.000Z", "2020-01-01T00:00:00Z"])
people = st.sampled_from(PEOPLE).map(lambda person: person.id)
values = (
    words
    | st.booleans()
    | st.integers(-(2**31), 2**31)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(words, max_size=3)
)
attributes = st.dictionaries(st.sampled_from(["quote", "topics", "own", "<i>"]), values, max_size=3)


@st.composite
def fragments(draw, length):
    cuts = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(Span(*pair) for pair in pairs)


def annotations(length):
    given_fields = (ids, st.sampled_from(LABELS), fragments(length), attributes, words, people)
    origins = st.sampled_from(["manual", "import", "gazetteer"])
    return st.builds(Annotation, *given_fields, origins, st.none() | st.floats(0, 1), times, times)


def relations(ends):
    return st.builds(Relation, ids, st.sampled_from(TYPES), ends, ends, attributes, people, times, times)


@st.composite
def documents(draw):
    text = draw(texts)
    length = len(text)
    marks = [draw(annotations(length)) for _ in range(draw(st.integers(0, 4)))]
    ends = st.sampled_from([mark.id for mark in marks] or [""])
    links = draw(st.lists(relations(ends), max_size=2)) if marks else []
    zones = [
        Zone(draw(ids), label, draw(fragments(length))[0]) for label in draw(st.lists(st.sampled_from(["BODY", "X"])))
    ]
    answers = [
        DocumentLabel(draw(ids), name, draw(values), draw(people))
        for name in draw(st.lists(st.sampled_from(["genre", "own form"]), max_size=2, unique=True))
    ]
    return AnnotatedDocument(
        text=text,
        title=draw(words),
        language=draw(st.sampled_from(["", "ar", "en"])),
        direction=draw(st.sampled_from(["ltr", "rtl"])),
        metadata=draw(st.dictionaries(st.sampled_from(["publication", "uri", "path", "قناة"]), words.filter(bool))),
        zones=tuple(zones),
        annotations=tuple(marks),
        relations=tuple(links),
        labels=tuple(answers),
        statuses=draw(st.dictionaries(people, st.sampled_from(STATUSES))),
        occurrences=tuple(
            draw(st.lists(st.builds(Occurrence, words, words.filter(bool), words), max_size=2, unique=True))
        ),
        note=draw(words),
    )


def exported(project, folder, name):
    """What was written, and the report."""
    out = Path(folder) / f"{project.name}.{name}"
    report = exporter_named(name).export(contents_of(project, read_back=read_file), out)
    return out, report


def document_lines(path):
    """The documents of a file, as bytes; a JSON file has each on a line of its own."""
    lines = path.read_bytes().splitlines()
    return [line.rstrip(b",") for line in lines if line.startswith(b'{"id"')]


@pytest.mark.parametrize("exporter", OWN, ids=lambda each: each.name)
@given(given_documents=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda document: document.text))
@settings(max_examples=25)
def test_a_project_comes_back_as_it_was(exporter, given_documents):
    with tempfile.TemporaryDirectory() as folder, Project(NEWS) as project, Project() as again:
        report = project.import_documents([Header(annotators=PEOPLE, registry=(ENTRY,)), *given_documents])
        assert not report.failed and not report.warnings
        first, written = exported(project, folder, exporter.name)
        assert written.verified and written.documents == len(given_documents)
        read = again.import_documents(items([first]))
        assert not read.failed and not read.warnings
        assert (read.documents, read.annotations, read.relations) == (
            written.documents, written.annotations, written.relations,
        )  # fmt: skip
        second, rewritten = exported(again, folder, exporter.name)
        assert document_lines(second) == document_lines(first) and rewritten.verified
        if exporter.name == "json":
            assert (again.id, again.scheme, again.registry()) == (project.id, project.scheme, project.registry())
            assert {person for person in project.annotators() if person in PEOPLE} <= set(again.annotators())


def sample(project):
    folder = resources.path("sample")
    return project.import_documents(items([*sorted(folder.glob("*.txt")), folder / "annotations.json"]))


def test_the_sample_is_as_the_contract_says(tmp_path):
    with Project(NEWS) as project:
        sample(project)
        path, report = exported(project, tmp_path, "json")
        texts_held = {document.id: document.text for document in project.annotated_documents()}
    data = json.loads(path.read_bytes())
    assert list(data) == ["format", "version", "project", "scheme", "annotators", "registry", "documents"]
    assert set(data["project"]) == {"id", "name", "exported"} and data["format"] == "annotator" and data["version"] == 1
    assert report.to_json() == {
        "documents": 16, "annotations": 125, "relations": 63, "files": [str(path)], "lost": [], "verified": True,
    }  # fmt: skip
    for document in data["documents"]:
        assert document["text"] == texts_held[document["id"]]
        for mark in document["annotations"]:
            pieces = [document["text"][start:end] for start, end in mark["fragments"]]
            assert mark["text"] == " ".join(pieces)
            assert (mark["start"], mark["end"]) == (mark["fragments"][0][0], mark["fragments"][-1][1])
            assert {"id", "layer", "label", "attributes", "note", "annotator", "origin", "created", "updated"} <= set(
                mark
            )


def test_importing_an_export_again_changes_nothing(tmp_path):
    with Project(NEWS) as project:
        sample(project)
        path, _ = exported(project, tmp_path, "json")
        before = document_lines(path)
        report = project.import_documents(items([path]))
        assert (report.documents, report.duplicates, report.annotations, report.relations) == (0, 16, 0, 0)
        assert document_lines(exported(project, tmp_path, "json")[0]) == before


def test_json_lines_carry_the_names_of_annotators(tmp_path):
    with Project(NEWS) as project, Project(NEWS) as again:
        sample(project)
        again.import_documents(items([exported(project, tmp_path, "jsonl")[0]]))
        assert "Example" in [person.name for person in again.annotators()]


def test_every_exporter_says_what_it_is():
    assert len({exporter.name for exporter in EXPORTERS}) == len(EXPORTERS)
    assert all(exporter.title and exporter.suffix[:1] in (".", "") for exporter in EXPORTERS)


def test_ids_of_the_examples_are_ids():
    assert all(UUID(label.id) for label in ODD_LABELS)
