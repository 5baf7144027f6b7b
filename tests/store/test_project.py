"""The project file among other files, other programs, full disks and curious people."""

import hashlib
import os
import shutil
import sqlite3

import pytest

from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.store import checking, database
from annotator.store.database import NotAProjectError
from annotator.store.project import SCHEMA_VERSION, Project
from annotator.store.reading import Reader
from annotator.store.search import search
from annotator.store.statistics import statistics
from tests.store.examples import add_mark, document, is_true, label, mark, state, stranger

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def worked(path, news):
    """A file with two documents and a mark, closed."""
    with Project.create(path, news) as project:
        project.import_documents([document(1), document(2)])
        project.index_documents()
        add_mark(project, project.document_ids()[0])
    return path


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def siblings(path):
    return sorted(file.name for file in path.parent.iterdir())


# Looking


def test_looking_writes_nothing(worked):
    before, dated = fingerprint(worked), worked.stat().st_mtime_ns
    with Project.open(worked) as project:
        project.work_as("somebody new")
        for read in project.annotated_documents():
            assert project.annotated(read.id) == read
        search(project, "envoy")
        statistics(project)
        checking.check(project)
        assert (project.undo_name, project.redo_name) == ("Mark PERSON", None)
    with Reader(worked) as reader:
        assert len(reader.document_ids()) == 2
    assert (fingerprint(worked), worked.stat().st_mtime_ns) == (before, dated)
    assert siblings(worked) == [worked.name]


def test_who_begins_to_work_is_written_down_with_the_first_edit(worked):
    with Project.open(worked) as project:
        new = project.work_as("somebody new")
        assert project.work_as("ana") != new == project.work_as("somebody new")
        add_mark(project, project.document_ids()[0])
        assert [who.name for who in project.annotators() if who.id == new] == ["somebody new"]
        assert is_true(project)
        project.undo()
        assert is_true(project)
    with Project.open(worked) as project:
        assert project.work_as("somebody new") == new


def test_who_could_not_be_written_down_is_so_with_the_next_edit(project):
    project.import_documents([document(1)])
    new = project.work_as("somebody new")
    (pages,) = project._writer.execute("PRAGMA page_count").fetchone()
    project._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(KnownError, match="is full"):
        project.import_documents([document(2, "word " * 100_000)])
    project._writer.execute("PRAGMA max_page_count = 1000000")
    assert add_mark(project, project.document_ids()[0]).annotator == new
    assert is_true(project)


def test_what_people_copy_is_the_whole_file(worked, tmp_path):
    with Project.open(worked) as project:
        add_mark(project, project.document_ids()[1], "ORG")
        project.checkpoint()
        copy = tmp_path / "copy.annotator"
        shutil.copyfile(worked, copy)
        with Reader(copy) as reader:
            assert len(reader.annotations(reader.document_ids()[1])) == 1


def test_undo_goes_on_after_a_night(worked):
    with Project.open(worked) as project:
        assert project.undo_name == "Mark PERSON"
        project.undo()
        project.undo()
        assert project.document_ids() == []
    with Project.open(worked) as project:
        assert (project.undo_name, project.redo_name) == (None, "Import")
        project.redo()
        project.redo()
        assert len(project.annotations(project.document_ids()[0])) == 1
        assert is_true(project)


# Copies


def devices(project):
    return {device for (device,) in project.rows("SELECT device FROM revisions ORDER BY lamport")}


def last_device(project):
    return project.rows("SELECT device FROM revisions ORDER BY lamport DESC LIMIT 1")[0][0]


def test_a_copied_file_is_a_new_device_and_undo_goes_on_there(worked, tmp_path):
    copy = tmp_path / "copy.annotator"
    shutil.copyfile(worked, copy)
    with Project.open(worked) as project:
        original = last_device(project)
        add_mark(project, project.document_ids()[0], "ORG")
        assert last_device(project) == original
    with Project.open(copy) as project:
        assert project.undo_name == "Mark PERSON"
        add_mark(project, project.document_ids()[0], "GPE")
        assert last_device(project) not in {original}
        project.undo()
        project.undo()
        assert project.annotations(project.document_ids()[0]) == []
        assert is_true(project)


@pytest.mark.parametrize("how", ["rename", "link"])
def test_a_renamed_file_is_the_same_device(worked, tmp_path, how):
    other = tmp_path / "renamed.annotator"
    with Project.open(worked) as project:
        device = last_device(project)
    if how == "rename":
        worked.rename(other)
    else:
        other.symlink_to(worked)
    with Project.open(other) as project:
        add_mark(project, project.document_ids()[0], "ORG")
        assert last_device(project) == device


# What is no project, or not ours to write


def test_a_reader_cannot_write(worked):
    with Reader(worked) as reader, pytest.raises(KnownError, match="may not be written"):
        reader.rows("DELETE FROM relations")


def other_database(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (id)")
    connection.close()


NOT_PROJECTS = {
    "missing": lambda path: None,
    "empty": lambda path: path.write_bytes(b""),
    "folder": lambda path: path.mkdir(),
    "text": lambda path: path.write_text("a letter\n" * 99),
    "short": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "database": other_database,
}


@pytest.mark.parametrize("kind", NOT_PROJECTS)
@pytest.mark.parametrize("opened", [Project.open, Reader])
def test_what_is_no_project_is_refused_and_left_alone(path, kind, opened):
    NOT_PROJECTS[kind](path)
    before = fingerprint(path) if path.is_file() else None
    with pytest.raises(NotAProjectError, match=path.name):
        opened(path)
    assert (fingerprint(path) if path.is_file() else None) == before


def looked_at(path):
    with Project.open(path) as project:
        if problems := checking.check(project):
            raise KnownError(problems[0])


@pytest.mark.parametrize("size", [100, 4096, 20_000, -4096])
def test_a_file_cut_short_gives_a_sentence(worked, size):
    content = worked.read_bytes()
    worked.write_bytes(content[:size])
    with pytest.raises(KnownError):
        looked_at(worked)


def test_a_page_of_garbage_gives_a_sentence(worked):
    content = bytearray(worked.read_bytes())
    for start in range(8192, len(content), 4096):
        content[start : start + 4096] = b"\xa5" * 4096
    worked.write_bytes(content)
    with pytest.raises(KnownError, match="damaged"), Project.open(worked) as project:
        list(project.annotated_documents())


def test_a_project_of_a_newer_version_is_read_only_and_says_so(worked):
    connection = sqlite3.connect(worked)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = fingerprint(worked)
    with Project.open(worked) as project:
        assert "newer version" in project.read_only
        (one, _) = project.annotated_documents()
        assert (project.undo_name, project.redo_name) == (None, None)
        assert project.work_as("nobody yet") == ""
        edits = Edits(one.id, project.scheme, "")
        with pytest.raises(KnownError, match="newer version"):
            project.apply(edits.delete(one.annotations, ()))
        for act in (project.undo, project.redo, lambda: project.import_documents([document(3)])):
            with pytest.raises(KnownError, match="newer version"):
                act()
        project.checkpoint()
    assert fingerprint(worked) == before


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_that_may_not_be_written_is_read_only(worked, what, monkeypatch):
    if ROOT:  # who may do everything is told otherwise
        monkeypatch.setattr(database.os, "access", lambda place, mode: mode != os.W_OK)
    (worked if what == "file" else worked.parent).chmod(0o500)
    try:
        with Project.open(worked) as project:
            assert "may not be written" in project.read_only
            assert len(list(project.annotated_documents())) == 2
            with pytest.raises(KnownError, match="may not be written"):
                add_mark(project, project.document_ids()[0])
        assert siblings(worked) == [worked.name]
    finally:
        worked.parent.chmod(0o700)


@pytest.mark.parametrize("how", ["replaced", "deleted", "moved"])
def test_a_file_that_is_gone_while_it_is_open_takes_no_more_marks(worked, tmp_path, how):
    other = tmp_path / "other.annotator"
    shutil.copyfile(worked, other)
    with Project.open(worked) as project:
        if how == "replaced":
            other.replace(worked)
        elif how == "deleted":
            worked.unlink()
        else:
            worked.rename(tmp_path / "moved.annotator")
        with pytest.raises(KnownError, match="moved, replaced or deleted"):
            add_mark(project, project.document_ids()[0])


def test_a_project_can_stand_under_any_name(tmp_path, news):
    path = tmp_path / "a?b=c#d%20 é قال'\".annotator"
    with Project.create(path, news) as project:
        project.import_documents([document(1)])
    with Project.open(path) as project:
        assert project.name == path.stem
        assert len(project.document_ids()) == 1
    assert siblings(path) == [path.name]


# Disks


def test_a_full_disk_loses_no_mark_and_writes_no_half(project):
    project.import_documents([document(1)])
    (key,) = project.document_ids()
    kept = [add_mark(project, key).id]
    (pages,) = project._writer.execute("PRAGMA page_count").fetchone()
    project._writer.execute(f"PRAGMA max_page_count = {pages}")
    while True:
        before = state(project)
        try:
            kept.append(add_mark(project, key).id)
        except KnownError as error:
            told = str(error)
            break
    assert "is full" in told
    assert "not saved" in told
    assert state(project) == before
    assert [mark.id for mark in project.annotations(key)] == kept
    assert is_true(project)
    with pytest.raises(KnownError, match="is full"):
        project.import_documents([document(2, "word " * 100_000)])
    assert project.document_ids() == [key]
    project._writer.execute("PRAGMA max_page_count = 1000000")
    kept.append(add_mark(project, key).id)
    project.import_documents([document(2)])
    assert [mark.id for mark in project.annotations(key)] == kept
    assert is_true(project)
    assert checking.check(project) == []


# Strings of strangers


@pytest.mark.parametrize(
    "name", ["<img src=/etc/passwd>", "'; DROP TABLE annotations; --", '"', "%s {0}", "\u202e", "a\0b"]
)
def test_strings_of_strangers_are_only_strings(path, name):
    odd = mark(stranger(name, layer=name, attributes=()), 0, 3, attributes={name: name}, note=name, annotator=name)
    with Project.create(path, name=name) as project:
        report = project.import_documents([document(1, metadata={name: name, "uri": name}, annotations=(odd,))])
        assert report.failed == []
        project.index_documents()
    with Project.open(path) as project:
        (read,) = project.annotated_documents()
        (made,) = read.annotations
        assert (made.label.name, made.label.layer, made.note, dict(made.attributes)) == (name, name, name, {name: name})
        assert read.metadata[name] == name
        assert project.name == name
        assert statistics(project)["by_label"] == {name: 1}
        assert checking.check(project) == []
        assert is_true(project)
        project.undo()
        assert project.document_ids() == []


# Checking and counting


def test_a_whole_project_has_no_problems(worked):
    with Reader(worked) as reader:
        assert checking.check(reader) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE texts SET text = replace(text, 'envoy', 'convoy') WHERE number = 1", "checksum differs"),
        ('UPDATE annotations SET "end" = 9999', "ends past the text"),
        ("UPDATE annotations SET label = 'gone'", "not there"),
        (
            "UPDATE annotations SET attributes = '{\"00000000-0000-7000-8000-000000000000\":1}'",
            "1 mark answers the attribute 00000000-0000-7000-8000-000000000000, which is not in the scheme",
        ),
        ("DELETE FROM attributes WHERE name = 'mention'", "Some labels ask attributes that are not in the scheme"),
        ("UPDATE annotations SET scheme = 99", "under a version of the scheme that the file does not know"),
    ],
)
def test_damage_is_told(worked, damage, told):
    connection = sqlite3.connect(worked)
    connection.execute(damage)
    connection.commit()
    connection.close()
    with Reader(worked) as reader:
        try:
            problems = checking.check(reader)
        except KeyError:
            pytest.fail("a label that is gone must be told, not crash")
    assert any(told in problem for problem in problems), problems


def test_counts(path, news):
    two = [stranger("SAME", "one"), stranger("SAME", "two")]
    with Project.create(path, news) as project:
        ana = project.work_as("ana")
        pages = [
            document(1, "abcdef", annotations=(mark(two[0], 0, 3), mark(two[1], 0, 3)), statuses={"": "finished"}),
            document(2, "قال", statuses={"": "in_progress", "ben": "finished"}),
            document(3, "x"),
        ]
        project.import_documents(pages)
        split = Edits(project.document_ids()[0], project.scheme, ana)
        project.apply(split.add(split.new_annotation(label(project.scheme, "QUOTE"), [Span(0, 1), Span(2, 3)])))
        assert statistics(project) == {
            "documents": 3,
            "characters": 10,
            "annotations": 3,
            "relations": 0,
            "discontinuous": 1,
            "by_label": {"SAME": 2, "QUOTE": 1},
            "by_layer": {"one": 1, "two": 1, "quotes": 1},
            "by_annotator": {"ana": 3},
            "by_status": {"finished": 2, "new": 1},
        }
