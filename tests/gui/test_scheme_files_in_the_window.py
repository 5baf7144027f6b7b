import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.scheme_json import scheme_to_json
from annotator.gui.dialogs.export_scheme import ExportSchemeDialog
from annotator.gui.dialogs.import_scheme import ImportSchemeDialog
from annotator.gui.dialogs.new_project import NewProjectDialog
from annotator.templates import template


def dialog(window, qtbot, kind):
    """The dialog of that kind that is open."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.window.findChildren(kind)))
    return next(each for each in window.window.findChildren(kind) if each.isVisible())


def typed(text, key=None):
    target = QApplication.focusWidget()
    QTest.keyClicks(target, text)
    if key is not None:
        QTest.keyClick(target, key)


def test_a_new_project_begins_with_the_template_that_is_chosen(window, qtbot, tmp_path):
    window.act("new_project")
    shown = dialog(window, qtbot, NewProjectDialog)
    qtbot.waitUntil(lambda: shown.path.hasFocus())
    typed(str(tmp_path / "claims"))
    for _ in range(10):
        if shown.schemes.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    typed("pol")  # a list goes to the row that begins so
    assert "one form for each claim" in shown.preview.text().lower()
    assert "6 labels, 26 attributes, 6 kinds of link, 4 questions about the article." in shown.preview.text()
    QTest.keyClick(shown.schemes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.project.name == "claims")
    assert (tmp_path / "claims.annotator").exists()
    assert window.session.scheme == template("political_claims")


def test_return_after_the_name_takes_the_news_scheme(window, qtbot, tmp_path):
    window.act("new_project")
    shown = dialog(window, qtbot, NewProjectDialog)
    qtbot.waitUntil(lambda: shown.path.hasFocus())
    typed(str(tmp_path / "sea"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.project.name == "sea")
    assert window.session.scheme == template("news")


def test_a_name_that_is_taken_or_has_no_folder_is_refused_in_the_dialog(window, qtbot, tmp_path, project_path):
    window.act("new_project")
    shown = dialog(window, qtbot, NewProjectDialog)
    qtbot.waitUntil(lambda: shown.path.hasFocus())
    typed(str(project_path), Qt.Key.Key_Return)
    assert shown.isVisible() and "There is a file of that name." in shown._warning.text()
    shown.path.selectAll()
    typed(str(tmp_path / "nowhere" / "x"), Qt.Key.Key_Return)
    assert shown.isVisible() and "There is no folder" in shown._warning.text()
    shown.reject()


def test_a_new_project_from_a_scheme_file(window, qtbot, tmp_path):
    path = tmp_path / "annotation.conf"
    path.write_text("[entities]\nBoat\n[relations]\nowns Arg1:Boat, Arg2:Car\n", encoding="utf-8")
    window.act("new_project")
    shown = dialog(window, qtbot, NewProjectDialog)
    shown.take_scheme(path)
    qtbot.waitUntil(lambda: "line 4: owns speaks of Car" in shown._warning.text())
    path.write_text("[entities]\nBoat\n", encoding="utf-8")
    shown.take_scheme(path)
    qtbot.waitUntil(lambda: shown.schemes.currentItem().text() == "annotation.conf")
    shown.path.setText(str(tmp_path / "boats"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.project.name == "boats")
    assert [label.name for label in window.session.scheme.labels] == ["Boat"]


@pytest.fixture
def polnear(tmp_path):
    path = tmp_path / "polnear.json"
    path.write_text(json.dumps(scheme_to_json(template("polnear"))), encoding="utf-8")
    return path


def test_a_scheme_is_shown_before_it_comes_in_and_one_undo_takes_it_back(window, qtbot, polnear):
    before = window.session.scheme
    window.window.commands.read_scheme(polnear)
    shown = dialog(window, qtbot, ImportSchemeDialog)
    assert shown.sentence == "It adds 3 labels, 4 attributes; 2 labels and links are there already."
    assert window.session.scheme == before
    QTest.keyClick(shown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.scheme != before)
    assert window.session.scheme.label("attribution", "CONTENT") is not None
    (source,) = [kind for kind in window.session.scheme.relations if kind.name == "source"]
    assert source.sources == ("QUOTE", "CONTENT")
    assert "Import scheme" in window.window.actions_["undo"].text()
    window.act("undo")
    assert window.session.scheme == before


def test_what_is_there_already_adds_nothing(window, qtbot, tmp_path):
    path = tmp_path / "news.json"
    path.write_text(json.dumps(scheme_to_json(template("news"))), encoding="utf-8")
    window.window.commands.read_scheme(path)
    shown = dialog(window, qtbot, ImportSchemeDialog)
    assert shown.sentence == "It adds nothing: the project has all of it."
    shown.reject()


def test_a_file_that_is_no_scheme_is_told(window, qtbot, tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE View [<!ENTITY a "b">]><View/>', encoding="utf-8")
    window.window.commands.read_scheme(path)
    qtbot.waitUntil(lambda: window.window.reader.banner.isVisible())


def test_the_scheme_goes_out_and_what_is_lost_is_said_first(window, qtbot, tmp_path):
    window.act("export_scheme")
    shown = dialog(window, qtbot, ExportSchemeDialog)
    assert shown.said() == "This format carries everything that the scheme holds."
    for _ in range(shown.format.count()):
        if shown.chosen.name == "brat":
            break
        QTest.keyClick(shown.format, Qt.Key.Key_Down)
    assert "questions about the document" in shown.said()
    shown.path.setText(str(tmp_path / "annotation.conf"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "kb_shortcuts.conf").exists)
    assert "PERSON" in (tmp_path / "annotation.conf").read_text(encoding="utf-8")
