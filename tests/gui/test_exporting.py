import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.exporters import EXPORTERS
from annotator.exporters.base import Carries
from annotator.gui.dialogs.export_formats import FACTS, KINDS, ExportFormatsDialog
from annotator.gui.dialogs.export_report import ExportReportDialog


def opened(window, qtbot):
    window.act("export_formats")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.window.findChildren(ExportFormatsDialog)))
    return next(each for each in window.window.findChildren(ExportFormatsDialog) if each.isVisible())


def choose(shown, name):
    """Go to a format with the arrow keys."""
    shown.formats.setFocus()
    QTest.keyClick(shown.formats, Qt.Key.Key_Home)
    for _ in EXPORTERS:
        if shown.chosen.name == name:
            return
        QTest.keyClick(shown.formats, Qt.Key.Key_Down)
    raise AssertionError(name)


def test_what_a_format_cannot_hold_is_said_before_and_what_was_lost_after(window, qtbot, tmp_path):
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Escape)
    window.mark("“We hope our partners will come,”", "q")
    shown = opened(window, qtbot)
    choose(shown, "conll")
    assert "marks within marks" in shown.said() and "links" in shown.said()
    assert [box.isChecked() for box in shown.layers] == [True] + [False] * (len(shown.layers) - 1)
    shown.articles.setCurrentIndex(shown.articles.count() - 1)  # this article
    for box in shown.layers:
        box.setChecked(True)
    shown.path.setText(str(tmp_path / "a.conll"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "a.conll").exists)
    qtbot.waitUntil(lambda: not window.window.transfers.busy)
    words = (tmp_path / "a.conll").read_text(encoding="utf-8")
    assert "Salim -X- _ B-PERSON\nHaddad -X- _ I-PERSON\n" in words
    qtbot.waitUntil(lambda: not window.window.transfers.busy)
    assert window.window.settings.export_format == "conll"


def test_only_one_layer_goes_out_where_only_one_is_wanted(window, qtbot, tmp_path):
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Escape)
    window.mark("“We hope our partners will come,”", "q")
    shown = opened(window, qtbot)
    choose(shown, "spacy")
    for box in shown.layers:
        box.setChecked(box.objectName() == "quotes")
    shown.articles.setCurrentIndex(shown.articles.count() - 1)
    shown.path.setText(str(tmp_path / "a.jsonl"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "a.jsonl").exists)
    (line,) = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert {span["layer"] for span in json.loads(line)["spans"]} == {"quotes"}
    qtbot.waitUntil(lambda: not window.window.transfers.busy)


def test_a_folder_that_is_there_or_no_layer_is_refused_in_the_dialog(window, qtbot, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("a", encoding="utf-8")
    shown = opened(window, qtbot)
    choose(shown, "brat")
    shown.path.setText(str(tmp_path / "full"))
    assert "not empty" in shown._warning.text() and not shown._export.isEnabled()
    shown.path.setText(str(tmp_path / "new"))
    assert shown._export.isEnabled()
    for box in shown.layers:
        box.setChecked(False)
    assert "at least one layer" in shown._warning.text() and not shown._export.isEnabled()
    shown.reject()


def test_what_was_left_out_can_be_read_line_by_line(window, qtbot, tmp_path):
    window.mark("“We hope our partners will come,”", "q")
    shown = opened(window, qtbot)
    choose(shown, "spacy")
    shown.path.setText(str(tmp_path / "a.jsonl"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "a.jsonl").exists() and not window.window.transfers.busy)
    report = window.window.findChildren(ExportReportDialog)
    assert report == []
    window.window.reader.banner._action.click()
    qtbot.waitUntil(lambda: bool(window.window.findChildren(ExportReportDialog)))
    (told,) = window.window.findChildren(ExportReportDialog)
    assert any(line.endswith("answers about marks") for line in told.text.toPlainText().splitlines())
    told.reject()


def test_the_dialog_has_words_for_all_that_formats_say():
    assert tuple(name for name, _ in FACTS) == Carries._fields
    assert {each.unit for each in EXPORTERS} == {unit for unit, _ in KINDS}
