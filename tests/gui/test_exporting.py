import json
import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.exporters import EXPORTERS, GROUPS
from annotator.exporters.base import Carries
from annotator.exporters.options import Option, yes_no
from annotator.exporters.placing import PARTS
from annotator.gui.dialogs.export_report import ExportReportDialog
from annotator.gui.dialogs.exporting.formats import HEADINGS
from annotator.gui.dialogs.exporting.option_fields import OptionFields
from annotator.gui.dialogs.exporting.window import FACTS, KINDS, ExportFormatsDialog


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
    assert [box.isChecked() for box in shown.scope.layers] == [True] + [False] * (len(shown.scope.layers) - 1)
    shown.scope.articles.setCurrentIndex(shown.scope.articles.count() - 1)  # this article
    for box in shown.scope.layers:
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
    for box in shown.scope.layers:
        box.setChecked(box.objectName() == "quotes")
    shown.scope.articles.setCurrentIndex(shown.scope.articles.count() - 1)
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
    for box in shown.scope.layers:
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
    assert {each.unit for each in EXPORTERS} - {""} == {unit for unit, _ in KINDS}


def test_the_beginning_of_the_file_is_seen_and_follows_what_is_chosen(window, qtbot):
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Escape)
    window.mark("“We hope our partners will come,”", "q")
    shown = opened(window, qtbot)
    choose(shown, "brat")
    qtbot.waitUntil(lambda: "\tPERSON " in shown.beginning.text.toPlainText())
    assert "\tQUOTE " in shown.beginning.text.toPlainText()
    next(box for box in shown.scope.layers if box.objectName() == "quotes").click()
    qtbot.waitUntil(lambda: "\tQUOTE " not in shown.beginning.text.toPlainText())
    assert "\tPERSON " in shown.beginning.text.toPlainText()
    shown.reject()


def test_what_was_chosen_is_there_again_the_next_time(window, qtbot, tmp_path):
    (tmp_path / "out").mkdir()
    window.mark("Salim Haddad", "p")
    shown = opened(window, qtbot)
    choose(shown, "csv")
    shown.scope.marked.click()
    next(box for box in shown.scope.layers if box.objectName() == "quotes").click()
    shown.path.setText(str(tmp_path / "out" / "a.csv"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "out" / "a.csv").exists() and not window.window.transfers.busy)
    again = opened(window, qtbot)
    assert again.chosen.name == "csv" and not again.scope.marked.isChecked()
    assert "quotes" not in again.scope.chosen_layers and "entities" in again.scope.chosen_layers
    assert again.path.text().startswith(str(tmp_path / "out"))
    choose(again, "brat")
    assert "quotes" in again.scope.chosen_layers  # each format has its own choices
    again.reject()


def test_an_export_is_split_and_says_what_stands_against_it(window, qtbot, tmp_path):
    window.mark("Salim Haddad", "p")
    shown = opened(window, qtbot)
    choose(shown, "jsonl")
    shown.splits.way.setFocus()
    QTest.keyClick(shown.splits.way, Qt.Key.Key_Down)
    assert not shown.path.text().endswith(".jsonl")  # parts stand in a folder
    shown.splits.shares[0].setText("0")
    assert "Train needs a share" in shown._warning.text() and not shown._export.isEnabled()
    shown.splits.shares[0].setText("1")
    shown.splits.shares[1].setText("1")
    shown.splits.shares[2].setText("1")
    shown.path.setText(str(tmp_path / "parts"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "parts").exists() and not window.window.transfers.busy)
    names = {file.name for file in (tmp_path / "parts").iterdir()}
    assert names == {"train.jsonl", "dev.jsonl", "test.jsonl", "split.json"}
    lines = [len((tmp_path / "parts" / f"{part}.jsonl").read_text("utf-8").splitlines()) for part in PARTS]
    assert lines == [1, 1, 1]
    again = opened(window, qtbot)
    assert again.splits.kept()["by"] == "document" and again.splits.kept()["fractions"] == ["1", "1", "1"]
    again.reject()


def test_names_of_annotators_can_be_left_out(window, qtbot, tmp_path):
    window.mark("Salim Haddad", "p")
    shown = opened(window, qtbot)
    choose(shown, "spacy")
    assert not shown.scope.pseudonyms.isVisible()  # it says of no mark whose it is
    choose(shown, "jsonl")
    QTest.keyClick(shown.scope.pseudonyms, Qt.Key.Key_Space)
    shown.path.setText(str(tmp_path / "a.jsonl"))
    QTest.keyClick(shown.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "a.jsonl").exists() and not window.window.transfers.busy)
    written = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert "Amina" not in written and re.search(r'"name":"A\d"', written)
    again = opened(window, qtbot)
    assert again.scope.pseudonyms.isChecked()
    again.reject()


def test_options_of_a_format_are_fields_and_give_what_was_chosen(qtbot):
    fields = OptionFields()
    qtbot.addWidget(fields)
    tags = Option("tags", "Tags", "iob2", (("iob2", "IOB2"), ("bioes", "BIOES")))
    fields.show_options(
        (tags, yes_no("breaks", "Breaks", default=True), Option("seed", "Seed", "1", kind="number")), {}
    )
    assert fields.values() == {"tags": "iob2", "breaks": "yes", "seed": "1"}
    QTest.keyClick(fields.fields["tags"], Qt.Key.Key_Down)
    QTest.keyClick(fields.fields["breaks"], Qt.Key.Key_Space)
    QTest.keyClicks(fields.fields["seed"], "2x")  # a letter is no number
    assert fields.values() == {"tags": "bioes", "breaks": "no", "seed": "12"}
    fields.show_options((tags,), {"tags": "gone"})  # a choice that there was in an older version
    assert fields.values() == {"tags": "iob2"}


def test_the_groups_of_formats_have_words():
    assert [title for _, title in HEADINGS] == [title for title, _ in GROUPS]
