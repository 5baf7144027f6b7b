"""Exports without the texts: no word of an article is in them, and whoever has the articles joins the marks again."""

import json
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.core.annotation import Occurrence
from annotator.core.imports import Failure, Header
from annotator.core.standing_off import StandOff
from annotator.exporters import EXPORTERS, exporter_named
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items, read_file
from annotator.sample import make_sample
from annotator.store.project import Project
from tests.exporters.references import ANN, BEN, HADDAD
from tests.exporters.references import contents as reference_contents
from tests.exporters.test_round_trip import ENTRY, NEWS, PEOPLE, documents

STANDING_OFF = [each for each in EXPORTERS if each.stands_off]
OWN = ("json", "jsonl")
OTHERS = [each for each in STANDING_OFF if each.name not in OWN]
CANARY = re.compile(rb"canary", re.IGNORECASE)


def exported(project, folder, exporter, *, with_text=False):
    out = Path(folder) / f"out-{exporter.name}{exporter.suffix}"
    return out, exporter.export(contents_of(project, read_back=read_file, with_text=with_text), out)


def texts_of(project):
    """The articles of a project as another person would import them: with the same texts, and nothing on them."""
    for document in project.annotated_documents():
        yield replace(document, annotations=(), relations=(), labels=(), statuses={}, note="")


def held(project, *, ids=True):
    """Marks, links, answers and statuses of a project, by text."""
    people = {person.id: person.name for person in project.annotators()}
    found = {}
    for document in project.annotated_documents():
        marks = {
            mark.id: (
                mark.label.layer, mark.label.name, mark.fragments, mark.note, people[mark.annotator], mark.origin,
                mark.confidence, mark.created, mark.updated, repr(sorted(mark.attributes.items())),
            )
            for mark in document.annotations
        }  # fmt: skip
        links = [
            (link.id if ids else "", link.type.name, link.source, link.target, repr(link.attributes) if ids else "")
            for link in document.relations
        ]
        answers = [(answer.name, repr(answer.value), people[answer.annotator]) for answer in document.labels]
        statuses = {people[key]: status for key, status in document.statuses.items()}
        found[document.text] = (marks, sorted(links), sorted(answers), statuses)
    return found


@pytest.mark.parametrize("name", OWN)
@given(found=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda document: document.text))
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_marks_without_texts_joined_are_marks_with_texts(name, found):
    exporter = exporter_named(name)
    with tempfile.TemporaryDirectory() as folder, Project(NEWS) as start, Project(NEWS) as other:
        project = Project(NEWS)
        start.import_documents([Header(annotators=PEOPLE, registry=(ENTRY,)), *found])
        other.import_documents(texts_of(start))
        project.import_documents(texts_of(start))
        project.import_documents(items([exported(start, folder, exporter, with_text=True)[0]]))
        out, written = exported(start, folder, exporter)
        assert written.verified
        report = other.import_documents(items([out]))
        assert (report.failed, report.warnings) == ([], [])
        assert (report.documents, report.duplicates, report.joined) == (0, 0, len(found))
        assert (report.annotations, report.relations) == (written.annotations, written.relations)
        assert held(other) == held(project)
        again = other.import_documents(items([out]))
        assert (again.documents, again.annotations, again.relations, again.failed) == (0, 0, 0, [])
        assert held(other) == held(project)
        project.close()
        other.undo()
        assert not any(document.annotations for document in other.annotated_documents())


def as_carried(project, exporter):
    """What `held` gives of a project that has only what a format carries."""
    sparse = exporter.name != "w3c"
    return {
        text: (
            {key: (*mark[:5], *(mark[5:] if sparse else (*mark[7:9], mark[9]))) for key, mark in marks.items()},
            sorted(link[1:4] for link in links),
            answers if exporter.carries.answers else [],
            statuses if exporter.carries.statuses else {},
        )
        for text, (marks, links, answers, statuses) in held(project).items()
    }


@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_other_formats_bring_back_what_they_carry(exporter, tmp_path):
    """The project with everything that is hard to carry: as it is after a way through the file, and once more."""
    with Project(NEWS) as project, Project(NEWS) as other:
        project.import_documents([Header(annotators=(ANN, BEN), registry=(HADDAD,)), *reference_documents()])
        other.import_documents([Header(annotators=(ANN, BEN), registry=(HADDAD,)), *texts_of(project)])
        out, written = exported(project, tmp_path, exporter)
        for report in (other.import_documents(items([out])), other.import_documents(items([out]))):
            assert (report.documents, report.duplicates, report.failed, report.warnings) == (0, 0, [], [])
            assert as_carried(other, exporter) == as_carried(project, exporter)
        assert written.verified and not report.annotations and not report.relations


def canaries(document):
    """`document` with canaries in all words that are the article's."""
    text = "Canary ports reopen.\n\n“Canaries sing,” Canaryman said."
    places = {"path": "canary/one.html", "caption": "A canary", "author": "C. Canaryman", "agency": "Canary News"}
    facts = {"publication": "The Herald", "published": "2026-11-02", "uri": "https://herald.example/17", **places}
    return replace(
        document,
        text=text,
        sha256="",
        title="Canary ports reopen",
        metadata=facts,
        occurrences=(Occurrence("https://herald.example/18", "canary/two.html", "Canary"),),
        annotations=tuple(mark for mark in document.annotations if mark.end <= len(text)),
        relations=(),
    )


def bytes_in(path):
    """All that was written, also what is packed, and the names of the files."""
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        yield file.name.encode()
        if file.is_file():
            yield file.read_bytes()
        if file.is_file() and zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for member in archive.namelist():
                    yield member.encode()
                    yield archive.read(member)


@pytest.mark.parametrize("exporter", STANDING_OFF, ids=lambda each: each.name)
def test_no_word_of_an_article_is_written(exporter, tmp_path):
    first = canaries(next(iter(reference_contents().documents())))
    assert first.annotations
    with Project(NEWS) as project:
        project.import_documents([Header(annotators=PEOPLE, registry=(ENTRY,)), first])
        with_text, _ = exported(project, tmp_path, exporter, with_text=True)
        assert any(map(CANARY.search, bytes_in(with_text)))
        without = tmp_path / "apart"
        without.mkdir()
        out, report = exported(project, without, exporter)
    assert report.verified
    assert [name for name in bytes_in(out) if CANARY.search(name)] == []
    lost = {loss.what: loss.count for loss in report.lost}
    assert (lost["texts of articles"], lost["titles of articles"], lost["facts that may quote articles"]) == (1, 1, 4)
    assert any(b"herald.example/17" in data for data in bytes_in(out)) and report.annotations == len(first.annotations)


@pytest.mark.parametrize("exporter", STANDING_OFF, ids=lambda each: each.name)
def test_an_article_that_is_not_there_is_named(exporter, tmp_path):
    with Project(NEWS) as project, Project(NEWS) as other:
        project.import_documents([Header(annotators=PEOPLE), *reference_contents().documents()])
        one, *rest = texts_of(project)
        other.import_documents(rest)
        out, _ = exported(project, tmp_path, exporter)
        report = other.import_documents(items([out]))
        failure, *_ = [each for each in report.failed if one.id in each.reason]
        assert len({each.reason.partition("(")[2] for each in report.failed if "not in the" in each.reason}) == 1
        assert "Import the archive first" in failure.reason and report.joined
        assert held(other)[rest[0].text][0].keys() == {mark.id for mark in reference_documents()[1].annotations}


def reference_documents():
    """Those of the reference files; an answer that is none of the values of its question is one of them."""
    found = list(reference_contents().documents())
    marks = [
        mark._replace(attributes={**mark.attributes, "hedge": "probable"}) if "hedge" in mark.attributes else mark
        for mark in found[0].annotations
    ]
    return [replace(found[0], annotations=tuple(marks)), *found[1:]]


@pytest.mark.parametrize("name", OWN)
def test_the_archive_may_come_later_in_the_same_import(name, tmp_path):
    with Project(NEWS) as project, Project(NEWS) as other:
        project.import_documents([Header(annotators=PEOPLE), *reference_documents()])
        out, _ = exported(project, tmp_path, exporter_named(name))
        report = other.import_documents([*items([out]), *texts_of(project)])
        assert (report.failed, report.documents, report.joined) == ([], 3, 3)
        assert held(other) == held(project)
        assert other.undo_name == "Import"
        other.undo()
        assert list(other.annotated_documents()) == []


def test_a_mark_on_other_words_is_refused_and_named(tmp_path):
    with Project(NEWS) as project, Project(NEWS) as other:
        project.import_documents([Header(annotators=PEOPLE), *reference_documents()])
        out, _ = exported(project, tmp_path, exporter_named("jsonl"))
        first, *rest = texts_of(project)
        changed = replace(first, text=first.text.replace("Marsa’s", "Masra’s"), sha256="")
        other.import_documents([changed, *rest])
        report = other.import_documents(items([out]))
        (failure,) = report.failed
        assert "GPE at" in failure.reason and "SOURCE at" in failure.reason and "PERSON" not in failure.reason
        assert "another text" in failure.reason and "1 links" in failure.reason
        assert len(held(other)[changed.text][0]) == len(reference_documents()[0].annotations) - 2


def test_what_stands_off_says_what_it_is_about():
    about = reference_documents()[0]
    found = StandOff(replace(about, metadata={"uri": "https://herald.example/17"}), "a.json", "record 1")
    assert about.id in found.named and "https://herald.example/17" in found.named
    assert about.title not in found.named


@pytest.mark.parametrize("known", [{"text": "Ports"}, {"hash": ""}, {}], ids=["words", "no hash", "nothing"])
def test_a_program_may_write_marks_for_a_text_by_its_hash(known, tmp_path):
    """As the manual shows: what is not said is not needed."""
    with Project(NEWS) as project:
        project.import_documents(reference_documents()[:1])
        (document,) = project.annotated_documents()
        mark = {"layer": "entities", "label": "ORG", "start": 0, "end": 5, **known}
        line = {"sha256": document.sha256, "annotations": [mark]}
        for name in ("marks.jsonl", "marks.json"):
            (tmp_path / name).write_text(json.dumps(line), encoding="utf-8")
            report = project.import_documents(items([tmp_path / name]))
            assert (report.failed, report.warnings, report.joined) == ([], [], 1)
        (document,) = project.annotated_documents()
        assert [each.covered(document.text) for each in document.annotations if each.label.name == "ORG"] == ["Ports"]


def test_the_sample_goes_out_without_its_texts_and_is_joined_again(tmp_path):
    """By every format that can; what each does not carry of answers aside, marks and links are those there were."""
    path = make_sample(tmp_path / "sample.annotator")
    with Project.open(path) as project:
        for exporter in STANDING_OFF:
            out, report = exported(project, tmp_path, exporter)
            assert report.verified and {loss.what: loss.count for loss in report.lost}["texts of articles"] == 16
            with Project(project.scheme) as other:
                other.import_documents(texts_of(project))
                found = other.import_documents(items([out]))
                assert (found.failed, found.annotations, found.relations) == ([], 125, 63), exporter.name
                places = [[(m.id, m.label.name, m.fragments, m.attributes) for m in d.annotations]
                          for each in (project, other) for d in each.annotated_documents()]  # fmt: skip
                assert places[: len(places) // 2] == places[len(places) // 2 :], exporter.name


def test_a_file_that_says_nothing_new_parts_no_batch(monkeypatch):
    """Thousands of small files, each with the names of its annotators, are not as many transactions."""
    with Project(NEWS) as project:
        project.import_documents([Header(annotators=PEOPLE)])
        written = []
        monkeypatch.setattr(project, "_record", lambda *said: written.append(said))
        project.import_documents([Header(annotators=PEOPLE)] * 3)
        assert written == []


def test_a_failure_of_one_does_not_keep_the_rest_out(tmp_path):
    """More than wait at a time, of which every third has no article."""
    with Project(NEWS) as project:
        base = reference_documents()[2]
        project.import_documents([replace(base, id="", text=f"Text {number}.") for number in range(4)])
        texts = list(project.annotated_documents())
        lines = [StandOff(replace(each, text="", sha256=each.sha256), "f", each.id) for each in texts]
        gone = StandOff(replace(texts[0], text="", id="x", sha256="0" * 64), "f", "record 9")
        report = project.import_documents([gone, *lines, gone])
        assert report.joined == 4 and [each.path for each in report.failed] == ["f, record 9"] * 2
        assert isinstance(report.failed[0], Failure)
