"""Backups, the check, the repair and one window a project, as a person meets them."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.span import Span
from annotator.gui.app import open_window
from annotator.gui.single_window import TakenError, claim
from annotator.store import folder_kinds
from annotator.store.backup_making import make_backup
from annotator.store.backups import backup_folder, backups
from annotator.store.checking import check
from annotator.store.folder_kinds import Shared
from annotator.store.project import Project
from tests.trust.damage import damage
from tests.trust.projects import make_project

ROOT = Path(__file__).resolve().parents[2]
CLAIM = """
import sys
from pathlib import Path
from annotator.gui.single_window import TakenError, claim
try:
    held = claim(Path(sys.argv[1]))
except TakenError as error:
    print("taken", error.came, flush=True)
else:
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def kept(settings):
    """Settings of somebody whose backups are made by themselves."""
    settings.backups = True
    return settings


def marks_in(path):
    with Project.open(path) as opened:
        return sum(len(opened.annotations(key)) for key in opened.document_ids())


def mark(window):
    label = next(label for label in window.session.scheme.labels if label.name == "PERSON")
    return window.session.mark(label, [Span(0, 5)])


# Backups


def test_a_backup_is_made_in_a_pause_and_not_without_a_change(kept, window, qtbot, project_path):
    safe = window.window.safekeeping
    safe.back_up()
    assert not safe.busy
    mark(window)
    assert safe._pause.isActive() and safe._longest.isActive()
    safe.back_up()
    qtbot.waitUntil(lambda: not safe.busy, timeout=20_000)
    (made,) = backups(project_path)
    assert (made.facts.why, made.facts.marks) == ("idle", 1)
    assert window.window.line.saved.toolTip()
    safe.back_up()
    assert not safe.busy


def test_a_backup_is_made_when_the_project_is_closed_and_only_if_it_is_wanted(kept, window, project_path):
    mark(window)
    window.act("close_project")
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join()
    assert [each.facts.why for each in backups(project_path)] == ["close"]
    kept.backups = False
    window.window.open_path(project_path)
    mark(window)
    window.act("close_project")
    assert not [thread for thread in threading.enumerate() if thread.name == "backup"]
    assert len(backups(project_path)) == 1


def test_an_import_keeps_what_was_there_before(kept, window, qtbot, project_path, tmp_path):
    more = tmp_path / "more.txt"
    more.write_text("Ferries\n\nThe ferry sails again.")
    with qtbot.waitSignal(window.window.transfers.imported, timeout=20_000):
        window.window.import_paths([more])
    (made,) = backups(project_path)
    assert (made.facts.why, made.facts.documents) == ("import", 3)


def test_a_backup_that_cannot_be_made_is_told_once_and_work_goes_on(kept, window, qtbot, project_path):
    backup_folder(project_path).write_text("in the way")
    safe = window.window.safekeeping
    for _ in range(2):
        mark(window)
        safe.back_up()
        qtbot.waitUntil(lambda: not safe.busy, timeout=20_000)
        assert window.window.line.saved.text() == "✓ saved"
    assert "backup" in window.window.reader.banner.text.lower()
    assert "written" in window.window.reader.banner.text or "read" in window.window.reader.banner.text


@pytest.fixture
def dialog(window, project_path):
    """The backups of a project of one mark, made when it had none."""
    make_backup(project_path, "asked")
    mark(window)
    window.act("show_backups")
    return window.window.commands._backups


def wait(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._work.busy, timeout=20_000)


def test_backups_are_listed_and_one_is_made_by_hand(dialog, qtbot):
    assert dialog.model.rowCount() == 1
    QTest.keyClick(dialog.make, Qt.Key.Key_Space)
    wait(qtbot, dialog)
    assert [row.facts.marks for row in dialog.model.rows] == [1, 0]
    assert "was made" in dialog.told.text()
    assert dialog.chosen.number == 2


def test_a_backup_is_looked_into_and_left_again(dialog, window, project_path):
    QTest.keyClick(dialog.look, Qt.Key.Key_Space)
    assert window.session.project.read_only
    assert "read only" in window.window.line.saved.text()
    assert mark(window) is None
    assert window.window.settings.recent[0] == str(project_path)
    window.window.reader.banner.hide()
    window.window.commands._look_into(project_path, dialog.chosen.path)
    window.window.reader.banner._act()
    assert window.session.project.path == project_path
    assert not window.session.project.read_only


def test_a_backup_becomes_a_new_file(dialog, window, qtbot, tmp_path):
    to = tmp_path / "of monday.annotator"
    dialog.restore_as(dialog.chosen, to)
    wait(qtbot, dialog)
    assert marks_in(to) == 0
    assert "of monday" in window.window.reader.banner.text
    dialog.restore_as(dialog.chosen, to)
    wait(qtbot, dialog)
    assert "exists already" in dialog.told.text()


def test_a_backup_takes_the_place_of_the_project_which_is_set_aside(dialog, window, qtbot, project_path):
    dialog.place_wanted.emit(dialog.chosen)
    assert window.session is None
    qtbot.waitUntil(lambda: window.session is not None, timeout=20_000)
    assert window.session.project.path == project_path
    assert not window.session.open.annotations
    (aside,) = project_path.parent.glob("gulf.before-restore-*.annotator")
    assert marks_in(aside) == 1
    assert mark(window)


def test_a_damaged_backup_is_shown_as_one_and_offers_nothing(window, project_path):
    path = make_backup(project_path, "asked").path
    path.chmod(0o600)
    path.write_bytes(b"\0" * 5000)
    window.act("show_backups")
    dialog = window.window.commands._backups
    assert "damaged" in dialog.model.index(0, 6).data()
    assert not (dialog.look.isEnabled() or dialog.new.isEnabled() or dialog.place.isEnabled())


# Checking and repair


def test_a_whole_project_is_found_whole(window, qtbot):
    window.act("check_project")
    dialog = window.window.commands._check
    qtbot.waitUntil(lambda: dialog.problems is not None, timeout=20_000)
    assert dialog.problems == []
    assert "✓" in dialog.told.text()
    assert not dialog.repair.isVisible()


def test_what_is_wrong_is_listed_and_leads_to_what_helps(window, qtbot, project_path):
    window.act("close_project")
    content = project_path.read_bytes()
    project_path.write_bytes(content.replace(b"dozens of fishermen", b"dozens of fishermxn"))
    window.window.open_path(project_path)
    window.act("check_project")
    dialog = window.window.commands._check
    qtbot.waitUntil(lambda: dialog.problems is not None, timeout=20_000)
    assert "checksum differs" in dialog.list.toPlainText()
    assert dialog.repair.isVisible() and dialog.backups.isVisible()


@pytest.fixture
def repairing(window, monkeypatch):
    """Every repair dialog that the window shows."""
    from annotator.gui.dialogs import repair

    made = []

    class Noted(repair.RepairDialog):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr(repair, "RepairDialog", Noted)
    return made


@pytest.mark.parametrize("kind", ["the header lost", "emptied", "cut in half"])
def test_a_damaged_project_offers_its_backup_and_what_can_be_read(window, qtbot, tmp_path, repairing, kind):
    path = make_project(tmp_path / "harbour.annotator", documents=5, marks=20)
    make_backup(path, "asked")
    damage(path, kind, 3)
    before = path.read_bytes()
    assert not window.window.open_path(path)
    (dialog,) = repairing
    assert "20 marks" in dialog.help.text()
    dialog.save_as(tmp_path / "whole.annotator")
    qtbot.waitUntil(dialog.go.isVisible, timeout=20_000)
    assert "5 articles, 20 marks" in dialog.told.text()
    dialog.go.click()
    assert window.session.project.path == tmp_path / "whole.annotator"
    assert check(window.session.project) == []
    assert path.read_bytes() == before


def test_a_damaged_article_leaves_the_others_open(window, tmp_path, repairing):
    path = make_project(tmp_path / "harbour.annotator", documents=30, marks=0, words=600)
    with Project.open(path) as project:
        keys = project.document_ids()
        words = project.document(keys[20]).text.encode()
    content = bytearray(path.read_bytes())
    page = content.find(words[:60]) // 4096
    content[page * 4096 : page * 4096 + 4096] = bytes(4096)
    path.write_bytes(content)
    assert window.window.open_path(path)
    window.window.show_document(keys[2])
    assert mark(window)
    for key in keys[15:25]:
        window.window.show_document(key)
    assert "damaged" in window.window.reader.banner.text
    assert mark(window)
    window.window.reader.banner._act()
    assert repairing


# Saved or not


def test_a_step_that_the_disk_did_not_take_can_be_tried_again(window):
    window.window.show_document(window.session.project.document_ids()[0])
    project = window.session.project
    (pages,) = project._writer.execute("PRAGMA page_count").fetchone()
    project._writer.execute(f"PRAGMA max_page_count = {pages}")
    marks = 0
    while mark(window):
        marks += 1
        assert marks < 5000
    assert "not saved" in window.window.line.saved.text()
    assert "is full" in window.window.reader.banner.text
    project._writer.execute("PRAGMA max_page_count = 1000000")
    window.window.reader.banner._act()
    assert window.window.line.saved.text() == "✓ saved"
    assert len(project.annotations(window.session.open.id)) == marks + 1


# One window a project


def test_a_project_that_is_open_comes_to_the_front(window, qtbot, project_path):
    window.window.safekeeping._claim.claim.listen()
    asked = []
    window.window.safekeeping._claim.claim.wanted.connect(lambda: asked.append(1))
    other = subprocess.Popen(
        [sys.executable, "-c", CLAIM, str(project_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.stdout.read() == "taken True\n"
    assert asked
    other.stdout.close()


def test_a_project_of_another_window_that_does_not_answer_is_only_read(window, qtbot, tmp_path, monkeypatch):
    path = make_project(tmp_path / "harbour.annotator", documents=2, marks=2)
    link = tmp_path / "link.annotator"
    link.symlink_to(path)
    command = [sys.executable, "-c", CLAIM, str(path)]
    other = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(TakenError) as taken:
            claim(link)
        assert not taken.value.came
        assert window.window.open_path(link)
        assert "another window" in window.session.project.read_only
        assert mark(window) is None
    finally:
        other.kill()
        other.communicate()
    assert window.window.open_path(link)
    assert not window.session.project.read_only
    assert mark(window)


def test_to_open_the_same_project_again_is_no_second_window(window, project_path):
    for _ in range(2):
        assert window.window.open_path(project_path)
        assert not window.session.project.read_only
    assert mark(window)


def test_no_folder_to_say_so_keeps_nobody_from_working(project_path, tmp_path):
    assert claim(project_path, folder=tmp_path / "missing") is None


# Where it lies


def test_a_shared_folder_is_told_of_once(qapp, qtbot, settings, project_path, monkeypatch):
    monkeypatch.setattr(folder_kinds, "shared_place", lambda path: Shared("sync", "Dropbox"))
    monkeypatch.setattr("annotator.gui.safekeeping.SOON", 0)
    for told in (True, False):
        window = open_window(settings, project_path)
        qtbot.addWidget(window)
        window.show()
        qtbot.wait(50)
        assert ("Dropbox" in window.reader.banner.text) == told
        window.close()


def test_to_look_at_everything_changes_no_file(window, qtbot, project_path):
    window.act("close_project")
    before = project_path.read_bytes()
    window.window.open_path(project_path)
    for key in window.session.project.document_ids():
        window.window.show_document(key)
        window.window.grab()
    window.act("close_project")
    assert project_path.read_bytes() == before
    assert [path.name for path in project_path.parent.glob("gulf*")] == [project_path.name]


def test_to_mark_many_places_keeps_what_was_there_before(kept, qapp, qtbot, tmp_path):
    path = make_project(tmp_path / "harbour.annotator", documents=60, marks=3, words=300)
    window = open_window(kept, path)
    qtbot.addWidget(window)
    window.show()
    table = window.concordance()
    table.look_for("envoy", here=False)
    qtbot.waitUntil(lambda: table._job is None and table.model.rowCount() > 300, timeout=20_000)
    table.table.setFocus()
    QTest.keyClick(table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.mark.click()
    qtbot.waitUntil(lambda: not window.safekeeping.busy, timeout=20_000)
    (made,) = backups(path)
    assert (made.facts.why, made.facts.marks) == ("bulk", 3)
    assert marks_in(path) > 300
    window.close()
