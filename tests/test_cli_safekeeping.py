"""`annotator backup`, `backups`, `restore` and `repair`, as a script and as a person use them."""

import json
from pathlib import Path

import pytest

from annotator import cli
from annotator.store.backups import backup_folder
from annotator.store.checking import check
from annotator.store.project import Project
from tests.trust.damage import damage
from tests.trust.projects import make_project


@pytest.fixture
def run(capfd):
    def run(*arguments):
        status = cli.main([*map(str, arguments)], cli.Window(lambda path: 0, lambda *_: None, False))
        return status, *capfd.readouterr()

    return run


@pytest.fixture
def reported(run):
    def reported(*arguments):
        status, out, _ = run(*arguments, "--json")
        return status, json.loads(out)

    return reported


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "gulf.annotator", documents=3, marks=9)


def marks_in(path):
    path = Path(path)
    with Project.open(path) as opened:
        assert check(opened) == []
        return sum(len(opened.annotations(key)) for key in opened.document_ids())


def test_a_backup_is_made_listed_and_restored(project, tmp_path, run, reported):
    assert "There is no backup" in run("backups", project)[1]
    status, made = reported("backup", project)
    assert (status, made["marks"], made["why"], made["number"]) == (0, 9, "asked", 1)
    with Project.open(project) as opened:
        opened.undo()
        opened.undo()
        opened.undo()
    assert reported("backups", project)[1]["backups"] == [made]
    assert "9 marks" in run("backups", project)[1]
    status, out, _ = run("restore", project, "1", "--to", tmp_path / "new.annotator")
    assert status == 0 and "9 marks" in out
    assert marks_in(tmp_path / "new.annotator") == 9
    assert marks_in(project) < 9
    status, told = reported("restore", project, made["path"])
    assert status == 0
    assert marks_in(project) == 9
    assert marks_in(told["set_aside"]) < 9


def test_a_project_that_is_gone_is_restored_under_its_name(project, run):
    run("backup", project)
    project.unlink()
    assert run("restore", project, "1")[0] == 0
    assert marks_in(project) == 9


def test_a_backup_that_is_not_there_is_a_sentence(project, run):
    status, _, told = run("restore", project, "7")
    assert status == 1
    assert "There is no backup 7" in told


def test_an_import_into_a_project_keeps_what_it_was(project, tmp_path, run, reported):
    more = tmp_path / "more.txt"
    more.write_text("Ferries\n\nThe ferry sails again.")
    assert run("import", project, more)[0] == 0
    (made,) = reported("backups", project)[1]["backups"]
    assert (made["why"], made["documents"]) == ("import", 3)


def test_an_import_goes_on_where_no_backup_can_be_made_and_says_so(project, tmp_path, run):
    backup_folder(project).write_text("in the way")
    more = tmp_path / "more.txt"
    more.write_text("Ferries\n\nThe ferry sails again.")
    status, out, told = run("import", project, more)
    assert status == 0 and "1 document came in" in out
    assert "cannot be" in told or "No backup was made" in told


def test_repair_makes_a_new_file_and_counts(project, tmp_path, run, reported):
    status, told = reported("repair", project, "--to", tmp_path / "whole.annotator")
    assert status == 0
    assert (told["saved"]["marks"], told["lost"]["marks"], told["history_is_whole"]) == (9, 0, True)
    damage(project, "a bit in a text", 1)
    before = project.read_bytes()
    status, out, error = run("repair", project, "--to", tmp_path / "new.annotator")
    assert status == 1
    assert "1 text kept that is not as imported" in out
    assert "Keep it, and its backups" in error
    assert project.read_bytes() == before
    assert run("repair", project, "--to", tmp_path / "new.annotator")[0] == 1


def test_repair_takes_a_text_from_a_backup(project, tmp_path, run, reported):
    run("backup", project)
    damage(project, "a bit in a text", 1)
    status, told = reported("repair", project, "--to", tmp_path / "new.annotator")
    assert (status, told["altered"], told["from_backups"]) == (0, 0, 1)
    assert marks_in(tmp_path / "new.annotator") == 9


def test_check_leads_to_what_helps(project, run):
    damage(project, "a bit in a text", 1)
    status, _, told = run("check", project)
    assert status == 1
    assert "annotator repair" in told
