"""Backups: that they hold what the project held, are looked through, and that none is lost to a poorer one."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import KnownError
from annotator.core.occurrences import Wanted
from annotator.store import backup_making, checking
from annotator.store.backup_making import NoBackupError, make_backup
from annotator.store.backups import backup_folder, backups, look_at, thin_out
from annotator.store.database import DamagedError, used_elsewhere
from annotator.store.everywhere import mark_lines
from annotator.store.occurrences import find_occurrences
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.restoring import restore, restore_over
from tests.store.examples import add_mark, document, is_true, label, state

ROOT = Path(__file__).resolve().parents[2]
WRITE_AND_DIE = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO meta VALUES ('a', 'b')")
connection.commit()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def shared(path, news):
    with Project.create(path, news) as project:
        project.work_as("ana")
        project.import_documents([document(1), document(2)])
        project.index_documents()
        add_mark(project, project.document_ids()[0])
        yield project


def held(path):
    with Project.open(path) as project:
        assert checking.check(project) == []
        assert is_true(project)
        return state(project)


@pytest.mark.parametrize("large", [10**12, 0], ids=["whole", "what came since"])
def test_a_backup_restores_what_the_project_held(shared, path, tmp_path, news, large):
    make_backup(path, "asked")
    first, second = shared.document_ids()
    add_mark(shared, second)
    shared.undo()
    mark_lines(shared, list(find_occurrences(shared, Wanted("envoy"))), label(news, "PERSON"))
    shared.import_documents([document(3)])
    shared.work_as("ben")
    add_mark(shared, second)
    shared.write_meta("rules_off", '["a"]')
    made = make_backup(path, "idle", large=large)
    assert made.is_whole == (large > 0)
    before, undo = state(shared), shared.undo_name
    add_mark(shared, first)
    to = tmp_path / "again.annotator"
    restore(made, to)
    assert held(to) == before
    with Project.open(to) as project:
        assert project.meta("rules_off") == '["a"]'
        assert project.undo_name == undo
        assert project.id == shared.id
        while project.undo():
            pass
        assert project.document_ids() == []


def test_a_backup_is_made_while_somebody_marks(shared, path):
    (key, _), stop, failed = shared.document_ids(), threading.Event(), []

    def work():
        try:
            while not stop.is_set():
                add_mark(shared, key)
        except BaseException as error:
            failed.append(error)

    job = threading.Thread(target=work)
    job.start()
    made = [make_backup(path, "asked") for _ in range(5)]
    stop.set()
    job.join()
    assert failed == []
    counts = [each.facts.marks for each in made]
    assert counts == sorted(counts)
    for each in made:
        with Reader(each.path) as reader:
            assert sum(len(reader.annotations(key)) for key in reader.document_ids()) == each.facts.marks
    assert is_true(shared)


def test_nothing_new_makes_no_backup(shared, path):
    assert make_backup(path, "idle").facts.why == "idle"
    assert make_backup(path, "close") is None
    add_mark(shared, shared.document_ids()[0])
    assert make_backup(path, "close").facts.marks == 2
    assert len(backups(path)) == 2


def test_a_backup_is_one_finished_file_that_is_only_read(shared, path):
    made = make_backup(path, "asked")
    with Project.open(made.path) as opened:
        assert "backup" in opened.read_only
        assert len(list(opened.annotated_documents())) == 2
    assert [each.name for each in backup_folder(path).iterdir()] == [made.path.name]


def test_a_backup_that_lost_a_page_is_listed_as_damaged_and_takes_no_place(shared, path, tmp_path):
    good = make_backup(path, "asked")
    bad = make_backup(path, "asked")
    spoil(bad.path, 0, b"\0" * 100)
    listed = backups(path)
    assert [each.number for each in listed] == [2, 1]
    assert listed[0].facts is None
    assert listed[0].fault
    with pytest.raises(KnownError, match="cannot be restored"):
        restore(listed[0], tmp_path / "no.annotator")
    assert make_backup(path, "asked").number == 3
    thin_out(path, last=1)
    assert [each.number for each in backups(path)] == [3]
    assert good.number == 1


def spoil(path, start, content):
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def test_a_damaged_backup_is_not_restored(shared, path, tmp_path):
    made = make_backup(path, "asked")
    size = made.path.stat().st_size
    spoil(made.path, size // 2, os.urandom(size // 4))
    with pytest.raises(KnownError, match="damaged"):
        restore(look_at(made.path), tmp_path / "no.annotator")
    assert not (tmp_path / "no.annotator").exists()


def test_a_damaged_project_gives_no_backup_and_keeps_the_old_ones(shared, path):
    make_backup(path, "asked")
    shared.close()
    size = path.stat().st_size
    spoil(path, size // 2, os.urandom(size // 4))
    with pytest.raises(DamagedError):
        make_backup(path, "asked")
    assert [each.number for each in backups(path)] == [1]
    assert len(list(backup_folder(path).iterdir())) == 1


def test_fewer_marks_than_the_history_explains_raise_the_alarm(shared, path):
    for _ in range(3):
        add_mark(shared, shared.document_ids()[0])
    make_backup(path, "asked")
    shared.undo()
    assert make_backup(path, "asked").facts.lacks == 0
    shared.close()
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("DELETE FROM annotations WHERE rowid IN (SELECT rowid FROM annotations LIMIT 2)")
        stranger.commit()
    alarmed = make_backup(path, "asked")
    assert (alarmed.facts.marks, alarmed.facts.lacks) == (1, 2)
    for _ in range(5):
        make_backup(path, "asked")
    thin_out(path, last=1)
    assert {each.facts.marks for each in backups(path)} == {1, 3}


def test_a_restored_project_is_not_told_to_lack_what_came_later(shared, path):
    old = make_backup(path, "asked")
    add_mark(shared, shared.document_ids()[0])
    make_backup(path, "asked")
    shared.close()
    restore_over(old, path)
    assert make_backup(path, "asked").facts.lacks == 0


def test_restoring_sets_the_project_aside_with_its_log(shared, path):
    made = make_backup(path, "asked")
    before = state(shared)
    add_mark(shared, shared.document_ids()[0])
    after = state(shared)
    with pytest.raises(KnownError, match="is open"):
        restore_over(made, path)
    shared.close()
    code = (
        "import sqlite3, os, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"INSERT INTO meta VALUES ('a', 'b')\")"
    )
    subprocess.run([sys.executable, "-c", f"{code}; c.commit(); os.kill(os.getpid(), 9)", path], check=False)
    assert path.with_name(path.name + "-wal").exists()
    aside = restore_over(made, path)
    assert aside.name.startswith("gulf.before-restore-")
    assert held(path) == before
    assert held(aside) == after
    with Reader(aside) as reader:
        assert reader.meta("a") == "b"


def test_a_project_that_another_program_has_open_is_not_replaced(shared, path):
    made = make_backup(path, "asked")
    shared.close()
    command = [sys.executable, "-m", "tests.store.worker", "hold", str(path)]
    other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "holding\n"
        assert used_elsewhere(path)
        with pytest.raises(KnownError, match="Another program has"):
            restore_over(made, path)
    finally:
        other.kill()
        other.communicate()
    assert not used_elsewhere(path)
    restore_over(made, path)


def test_nothing_is_overwritten(shared, path, tmp_path):
    made = make_backup(path, "asked")
    taken = tmp_path / "taken.annotator"
    taken.write_text("mine")
    with pytest.raises(KnownError, match="exists already"):
        restore(made, taken)
    assert taken.read_text() == "mine"
    stale = tmp_path / "free.annotator-wal"
    stale.write_bytes(b"old")
    with pytest.raises(KnownError, match="stands where"):
        restore(made, tmp_path / "free.annotator")


def test_too_little_room_makes_no_backup_and_says_so(shared, path, monkeypatch):
    usage = backup_making.shutil.disk_usage(path.parent)
    monkeypatch.setattr(backup_making.shutil, "disk_usage", lambda place: usage._replace(free=1000))
    with pytest.raises(NoBackupError, match="Make room"):
        make_backup(path, "idle")
    assert list(backup_folder(path).iterdir()) == []


def test_a_backup_that_is_broken_off_leaves_nothing(shared, path, monkeypatch):
    monkeypatch.setattr(backup_making, "PAGES", 1)
    seen = []
    with pytest.raises(NoBackupError, match="broken off"):
        make_backup(path, "idle", progress=lambda done, total: seen.append(done), stop=lambda: len(seen) > 3)
    assert list(backup_folder(path).iterdir()) == []


def test_what_came_since_a_backup_that_is_gone_cannot_be_restored(shared, path, tmp_path):
    whole = make_backup(path, "asked")
    add_mark(shared, shared.document_ids()[0])
    since = make_backup(path, "idle", large=0)
    since_only = replace(since)
    whole.path.unlink()
    with pytest.raises(KnownError, match="gone or damaged"):
        restore(since_only, tmp_path / "no.annotator")
    assert make_backup(path, "idle", large=0).is_whole


def test_an_old_file_is_kept_before_it_is_brought_up_to_date(path, monkeypatch):
    old = ROOT / "tests/data/projects/v7.annotator"
    path.write_bytes(old.read_bytes())
    with Project.open(path) as project:
        now = state(project)
    (made,) = backups(path)
    assert made.facts.why == "migration"
    restore(made, path.with_name("again.annotator"))
    assert held(path.with_name("again.annotator")) == now


def test_a_migration_goes_on_where_no_backup_can_be_made(path):
    path.write_bytes((ROOT / "tests/data/projects/v7.annotator").read_bytes())
    backup_folder(path).write_text("a file where the folder should be")
    with Project.open(path) as project:
        assert checking.check(project) == []


def test_a_link_leads_to_the_restored_project(shared, path, tmp_path):
    made = make_backup(path, "asked")
    before = state(shared)
    add_mark(shared, shared.document_ids()[0])
    shared.close()
    link = tmp_path / "elsewhere" / "link.annotator"
    link.parent.mkdir()
    link.symlink_to(path)
    assert [each.number for each in backups(link)] == [made.number]
    aside = restore_over(backups(link)[0], link)
    assert link.is_symlink()
    assert aside.parent == path.parent
    assert held(link) == held(path) == before
