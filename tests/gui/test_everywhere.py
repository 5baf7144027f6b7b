"""Find in the article, the concordance, marking everywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from annotator.core.concordance import line
from annotator.core.span import Span
from annotator.gui.models.occurrences import OccurrencesModel
from tests.gui.conftest import QUOTED

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def wait_for_lines(window, concordance):
    window.qtbot.waitUntil(lambda: concordance.bar.isHidden() and concordance._job is None, timeout=5000)


def open_concordance(window, words=""):
    window.act("concordance")
    concordance = window.window.concordance()
    if words:
        concordance.words.clear()
        QTest.keyClicks(concordance.words, words)
        QTest.keyClick(concordance.words, Qt.Key.Key_Return)
        wait_for_lines(window, concordance)
    return concordance


def plain(text):
    """A cell without the signs that keep its direction."""
    return text.strip("\u2066\u2067\u2069")


def hits(concordance):
    model = concordance.model
    return [plain(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_found_words_are_gone_through_and_the_last_stays_selected(window):
    window.view.set_caret(0)
    window.act("find")
    bar = window.window.find_bar()
    QTest.keyClicks(bar.words, "har")
    window.qtbot.waitUntil(lambda: bar.said.text() != "")
    assert bar.said.text() == "1 of 1"
    bar.words.clear()
    QTest.keyClicks(bar.words, "the")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    first = window.view.selected_span()
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    second = window.view.selected_span()
    QTest.keyClick(bar.words, Qt.Key.Key_Return, SHIFT)
    assert window.view.selected_span() == first != second
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert bar.isHidden() and window.view.selected_span() == first
    window.press("o")
    assert window.marks == [("ORG", first.covered(QUOTED))]


def test_f3_goes_on_with_what_was_found_when_the_bar_is_closed(window):
    window.act("find")
    bar = window.window.find_bar()
    QTest.keyClicks(bar.words, "marsa")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    window.view.set_caret(0)
    window.act("find_next")
    assert window.view.selected_span().covered(QUOTED) == "Marsa"


def test_what_is_not_there_is_said_and_the_next_article_is_looked_through(window):
    window.act("find")
    bar = window.window.find_bar()
    QTest.keyClicks(bar.words, "strike")
    window.qtbot.waitUntil(lambda: bar.said.text() == "not in this article")
    window.act("next_document")
    assert bar.said.text().endswith("of 1")


def test_marking_everywhere_in_the_article_is_one_step(window):
    window.mark("the", "o", QUOTED.index("that"))
    window.act("mark_everywhere")
    assert {words for _, words in window.marks} == {"the"} and len(window.marks) == 1
    assert "so already" in window.window.reader.banner.text
    window.press(Qt.Key.Key_Escape)
    window.mark("said", "c")
    before = window.marks
    window.act("mark_everywhere")
    assert [mark for mark in window.marks if mark[0] == "CUE"] == [("CUE", "said")] * 2
    window.act("undo")
    assert window.marks == before


def test_all_occurrences_are_shown_ticked_and_marked_with_enter(window):
    window.mark("said", "c")
    window.act("mark_occurrences")
    concordance = window.window.concordance()
    wait_for_lines(window, concordance)
    assert hits(concordance) == ["said", "said"] and len(concordance.model.chosen()) == 2
    QTest.keyClick(concordance.table, Qt.Key.Key_Return)
    assert [words for _, words in window.marks] == ["said", "said"]
    assert "Done at one place." in window.window.reader.banner.text
    assert "1 was so already" in window.window.reader.banner.text
    QTest.keyClick(concordance.table, Qt.Key.Key_Escape)
    assert not concordance.isVisible()


def test_the_archive_is_searched_sorted_ticked_and_marked(window):
    concordance = open_concordance(window, "the")
    assert concordance.model.rowCount() == 3
    QTest.keyClick(concordance.table, Qt.Key.Key_Return)
    assert "Tick some lines" in concordance.count.text()
    QTest.keyClick(concordance.table, Qt.Key.Key_Space)
    QTest.keyClick(concordance.table, Qt.Key.Key_Down)
    QTest.keyClick(concordance.table, Qt.Key.Key_A, CTRL)
    assert len(concordance.model.chosen()) == 3
    concordance.to_label.setCurrentText("ORG")
    QTest.keyClick(concordance.table, Qt.Key.Key_Return)
    wait_for_lines(window, concordance)
    assert [concordance.model.line(row).label != "" for row in range(3)] == [True] * 3
    concordance.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    behind = [plain(concordance.model.index(row, 2).data()) for row in range(3)]
    assert behind == sorted(behind, key=lambda text: text.casefold().split())
    window.act("undo")
    assert window.marks == []


def test_who_types_over_the_lines_looks_for_other_words(window):
    concordance = open_concordance(window, "the")
    QTest.keyClick(concordance.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(concordance.table, "s")
    assert concordance.words.hasFocus()
    QTest.keyClicks(concordance.words, "trike")
    QTest.keyClick(concordance.words, Qt.Key.Key_Return)
    wait_for_lines(window, concordance)
    assert set(hits(concordance)) == {"strike"} and concordance.model.chosen() == []
    assert window.marks == []


def test_the_article_follows_the_line_one_is_on(window):
    concordance = open_concordance(window, "strike")
    QTest.keyClick(concordance.table, Qt.Key.Key_Home, CTRL)
    assert window.text.startswith("Oil Ports")
    assert window.view.selected_span().covered(window.text) == "strike"


def test_all_marks_of_a_label_are_listed_and_deleted(window):
    window.mark("Marsa", "g", QUOTED.index("which"))
    window.press(Qt.Key.Key_Escape)
    window.mark("Valletta", "g")
    concordance = open_concordance(window)
    place = concordance.of_label.findText("entities: GPE")
    concordance.of_label.setCurrentIndex(place)
    concordance.of_label.activated.emit(place)
    wait_for_lines(window, concordance)
    assert hits(concordance) == ["Valletta", "Marsa"]
    concordance.table.setFocus()
    QTest.keyClick(concordance.table, Qt.Key.Key_Space)
    QTest.mouseClick(concordance.delete, Qt.MouseButton.LeftButton)
    wait_for_lines(window, concordance)
    assert window.marks == [("GPE", "Marsa")]


@pytest.mark.parametrize("words", ["", "   "])
def test_nothing_to_look_for_is_said(window, words):
    concordance = open_concordance(window)
    QTest.keyClicks(concordance.words, words)
    QTest.keyClick(concordance.words, Qt.Key.Key_Return)
    assert "Type a word" in concordance.count.text()
    window.act("mark_occurrences")
    assert "Choose a mark" in window.window.reader.banner.text


def test_closing_the_project_takes_the_concordance_along(window):
    concordance = open_concordance(window, "the")
    concordance.search()  # and it is still looking
    window.window.close_project()
    window.qtbot.wait(50)
    from shiboken6 import isValid

    assert not isValid(concordance)


def test_the_model_keeps_qts_rules(qapp, project_path):
    model = OccurrencesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = [line("d", 1, "T", "one two three", Span(4, 7)), line("d", 1, "T", "one two three", Span(0, 3))]
    model.show(lines, [], ticked=True)
    model.tick([0], False)
    assert [row.hit for row in model.chosen()] == ["two"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [row.hit for row in model.chosen()] == ["two"]
    assert [plain(model.index(row, 1).data()) for row in range(2)] == ["two", "one"]


def test_undo_of_a_step_through_the_archive_shows_an_article_it_was_in(window):
    concordance = open_concordance(window, "strike")
    touched = {concordance.model.line(row).document for row in range(concordance.model.rowCount())}
    QTest.keyClick(concordance.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(concordance.table, Qt.Key.Key_Return)
    elsewhere = next(key for key in window.session.project.document_ids() if key not in touched)
    window.window.show_document(elsewhere)
    window.act("undo")
    assert window.session.open.id in touched
    window.act("redo")
    assert window.session.chosen_mark.covered(window.session.open.text).lower() == "strike"
