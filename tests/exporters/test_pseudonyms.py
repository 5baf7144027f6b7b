"""The names of those who annotated stay at home, in whatever format, and each is called the same in every export."""

import json
import zipfile
from pathlib import Path

import pytest

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, DocumentLabel, Relation
from annotator.core.imports import Header
from annotator.core.span import Span
from annotator.exporters import EXPORTERS
from annotator.exporters.contents import contents_of
from annotator.importers.walking import read_file
from annotator.scheme_files.files import scheme_texts
from annotator.store.project import Project
from annotator.templates import template

NAMES = ("Zuleikha-Canary", "Bartholomew-Canary")
WITHOUT_WINDOW = [exporter for exporter in EXPORTERS if exporter.name != "pdf"]  # which tests/gui/test_printing.py has
TEXT = "The minister said no to the harbour."


@pytest.fixture(scope="module")
def project():
    scheme = template("news")
    label, kind = scheme.labels[0], scheme.relations[0]
    people = (Annotator("a" * 36, NAMES[0]), Annotator("b" * 36, NAMES[1]))
    marks = tuple(
        Annotation(str(n) * 36, label, (Span(4 + 4 * n, 12 + 4 * n),), {}, "", people[n % 2].id, "manual", None, "", "")
        for n in range(1, 4)
    )
    document = AnnotatedDocument(
        text=TEXT,
        title="Ferry",
        annotations=marks,
        relations=(Relation("r" * 36, kind, marks[0].id, marks[2].id, {}, people[1].id, "", ""),),
        labels=(DocumentLabel("", "genre", "report", people[0].id),),
        statuses={people[0].id: "finished", people[1].id: "in_progress"},
    )
    with Project(scheme) as project:
        project.import_documents([Header(scheme, people), document])
        yield project


def bytes_of(out):
    files = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    held = b"".join(path.read_bytes() + path.name.encode() for path in files)
    if out.is_file() and zipfile.is_zipfile(out):
        with zipfile.ZipFile(out) as archive:
            held += b"".join(map(archive.read, archive.namelist()))
    return held


def exported(project, exporter, folder, **wanted):
    contents = contents_of(project, read_back=read_file, scheme_texts=scheme_texts, **wanted)
    out = Path(folder) / f"out{exporter.suffix}"
    report = exporter.export(contents, out)
    return bytes_of(out), report


@pytest.mark.parametrize("exporter", WITHOUT_WINDOW, ids=lambda exporter: exporter.name)
def test_no_name_and_no_id_of_a_person_is_in_the_file(exporter, project, tmp_path):
    held, report = exported(project, exporter, tmp_path, pseudonyms=True)
    assert report.verified
    ids = [person.id for person in project.annotators()]
    assert [text for text in (*NAMES, *ids) if text.encode() in held] == []


def test_with_names_they_are_there(project, tmp_path):
    held, _ = exported(project, EXPORTERS[0], tmp_path)
    assert all(name.encode() in held for name in NAMES)


def test_everybody_is_called_the_same_in_every_export(project, tmp_path):
    contents = [contents_of(project, pseudonyms=True, **more) for more in ({}, {}, {"annotator": NAMES[1]})]
    numbers = {person.name: f"A{n}" for n, person in enumerate(project.annotators(), 1)}
    assert contents[0].annotators == contents[1].annotators
    assert [each.name for each in contents[2].annotators] == [numbers[NAMES[1]]]
    assert set(contents[2].annotators) < set(contents[0].annotators)
    (document,) = contents[2].documents()
    assert {mark.annotator for mark in document.annotations} == {contents[2].annotators[0].id}


def test_whose_work_is_whose_can_still_be_told(project):
    (plain,), (called,) = contents_of(project).documents(), contents_of(project, pseudonyms=True).documents()
    assert (
        len({mark.annotator for mark in called.annotations}) == len({mark.annotator for mark in plain.annotations}) == 2
    )
    assert sorted(called.statuses.values()) == sorted(plain.statuses.values())
    known = {person.id for person in contents_of(project, pseudonyms=True).annotators}
    assert {mark.annotator for mark in called.annotations} | {link.annotator for link in called.relations} <= known
    assert {answer.annotator for answer in called.labels} | called.statuses.keys() <= known


def test_on_the_command_line(tmp_path, project):
    from annotator.cli import Window, main

    with Project.create(tmp_path / "a.annotator", template("news")) as made:
        made.work_as(NAMES[0])
        made.import_documents([AnnotatedDocument(text=TEXT, title="Ferry")])
        label = made.scheme.labels[0]
        made.import_documents(
            [
                AnnotatedDocument(
                    text=TEXT, annotations=(Annotation("", label, (Span(0, 3),), {}, "", "", "", None, "", ""),)
                )
            ]
        )
    command = ["export", str(tmp_path / "a.annotator"), str(tmp_path / "a.json"), "--format", "json", "--pseudonyms"]
    assert main(command, Window(lambda path: 0, lambda *_: None, False)) == 0
    held = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert NAMES[0] not in held and "A1" in {each["name"] for each in json.loads(held)["annotators"]}
