"""Problems and guidelines beside the text, with the keys a person presses."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from annotator.core.guidelines import read_guideline
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.span import Span
from annotator.gui.app import open_window
from annotator.gui.dialogs.problem_rules import ProblemRulesDialog
from annotator.gui.models.problem_list import SHOWN, ProblemListModel
from tests.gui.conftest import QUOTED

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def checked(window):
    """The window, once it has been looked for problems."""
    window.checking = window.window.checking
    settle(window)
    return window


def settle(window):
    window.qtbot.waitUntil(lambda: not window.window.checking.watch.pending, timeout=5000)


def rows(window):
    found = window.window.side.pages.problems.list.rows.rows
    return [(row.what, row.words, row.fix) for row in found]


def exactly(window, words, label):
    """A mark of just these characters, punctuation and all, as an import may bring it."""
    start = QUOTED.index(words)
    (found,) = [one for one in window.session.scheme.labels if one.name == label]
    made = window.session.mark(found, [Span(start, start + len(words))])
    settle(window)
    return made


TOO_MUCH = ("GPE has too much at an edge", "Valletta.", "Trim")


def test_a_problem_appears_after_a_mark_a_key_fixes_it_and_undo_brings_it_back(checked):
    line = checked.window.line.problems
    assert rows(checked) == [] and line.isHidden()
    exactly(checked, "Valletta.", "GPE")
    assert rows(checked) == [TOO_MUCH]
    assert line.text() == "1 problem" and not line.isHidden()
    checked.view.setFocus()
    checked.press(Qt.Key.Key_Period, CONTROL)
    settle(checked)
    assert rows(checked) == [] and line.isHidden()
    assert checked.stored() == [("GPE", "Valletta")]
    checked.press(Qt.Key.Key_Z, CONTROL)
    settle(checked)
    assert rows(checked) == [TOO_MUCH]
    assert checked.stored() == [("GPE", "Valletta.")]


def test_the_keys_lead_from_problem_to_problem(checked):
    exactly(checked, "Valletta.", "GPE")
    exactly(checked, "Marsa denied.", "ORG")
    exactly(checked, "on Tuesday ", "DATE")
    checked.session.choose(None)
    checked.view.setFocus()
    checked.view.set_caret(0)
    chosen = []
    for key, modifier in (
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, SHIFT),
    ):
        checked.press(key, modifier)
        chosen.append(checked.session.chosen_mark.covered(checked.text))
    assert chosen == ["Valletta.", "on Tuesday ", "Marsa denied.", "Marsa denied.", "on Tuesday "]
    assert checked.window.side.pages.shown == "problems"
    checked.view.setFocus()
    checked.press(Qt.Key.Key_Period, CONTROL)
    assert ("DATE", "on Tuesday") in checked.marks


def test_the_keyboard_alone_reaches_the_list_and_goes_back_to_the_text(checked):
    exactly(checked, "Valletta.", "GPE")
    exactly(checked, "Marsa denied.", "ORG")
    checked.view.setFocus()
    checked.press(Qt.Key.Key_4, CONTROL)
    panel = checked.window.side.pages.problems.list
    assert checked.window.focusWidget() is panel
    checked.press(Qt.Key.Key_Down)
    assert checked.session.chosen_mark.covered(checked.text) == "Valletta."
    checked.press(Qt.Key.Key_Down)
    assert checked.session.chosen_mark.covered(checked.text) == "Marsa denied."
    checked.press(Qt.Key.Key_Period, CONTROL)
    settle(checked)
    assert ("ORG", "Marsa denied") in checked.marks
    assert panel.current.annotation and checked.window.focusWidget() is panel  # the next one is at hand
    checked.press(Qt.Key.Key_Return)
    assert checked.window.focusWidget() is checked.view
    checked.act("toggle_problems")
    assert checked.window.side.pages.shown == ""


def test_a_click_on_a_row_leads_there_and_one_on_its_fix_fixes(checked):
    exactly(checked, "Valletta.", "GPE")
    checked.session.choose(None)
    checked.act("toggle_problems")
    panel = checked.window.side.pages.problems.list
    index = panel.rows.index(0)
    area = panel.visualRect(index)
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(20, 8))
    assert checked.session.chosen_mark.covered(checked.text) == "Valletta."
    fix = panel._delegate.fix_area(index.data(SHOWN), area, panel.layoutDirection())
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=fix.center())
    checked.settle()
    assert checked.marks == [("GPE", "Valletta")]


def test_the_chosen_marks_problems_stand_below_its_fields(checked):
    mark = exactly(checked, "Valletta.", "GPE")
    below = checked.window.side.mark_problems
    assert not below.isHidden()
    (button,) = [one for one in below.findChildren(QPushButton) if one.isVisibleTo(below)]
    assert button.text() == "Trim"
    checked.session.choose(None)
    assert below.isHidden()
    checked.session.choose(mark.id)
    assert not below.isHidden()
    (button,) = [one for one in below.findChildren(QPushButton) if one.isVisibleTo(below)]
    button.click()
    settle(checked)
    assert checked.marks == [("GPE", "Valletta")] and below.isHidden()


def test_a_source_is_linked_to_its_quote_by_a_fix(checked):
    exactly(checked, "“We hope our partners will come,”", "QUOTE")
    checked.session.choose(None)
    checked.mark("Deputy Minister Salim Haddad", "s")
    settle(checked)
    (row,) = [row for row in rows(checked) if row[0] == "QUOTE without source"]
    assert row[2] == "Link to “Deputy Minister Salim H…”"
    checked.press(Qt.Key.Key_Escape)
    checked.view.set_caret(0)
    checked.act("next_problem")
    checked.act("fix_problem")
    assert [link[0] for link in checked.links] == ["source"]


def test_what_has_changed_since_is_told_and_left_alone(checked):
    exactly(checked, "Valletta.", "GPE")
    (problem,) = checked.checking.watch.problems
    checked.session.set_fragments([Span(0, 7)])
    assert not checked.checking.watch.fix(problem)
    assert checked.marks == [("GPE", "Harbour")]
    assert "changed" in checked.window.reader.banner._words.text()


def test_keys_without_anything_to_do_say_so(checked):
    said = checked.window.reader.banner._words
    checked.act("next_problem")
    assert said.text() == "Nothing here looks wrong."
    checked.act("fix_problem")
    assert said.text() == "Choose a problem first, or a mark that has one."
    checked.mark("The corridor stays open", "x")
    settle(checked)
    checked.act("fix_problem")
    assert said.text() == "There is no quick fix for this problem."


def test_a_rule_that_is_switched_off_is_off_for_the_project(checked):
    exactly(checked, "Valletta.", "GPE")
    assert rows(checked) == [TOO_MUCH]
    checked.act("problem_rules")
    (dialog,) = checked.window.findChildren(ProblemRulesDialog)
    items = [dialog.rules.item(row) for row in range(dialog.rules.count())]
    (edge,) = [item for item in items if item.text() == "White space or punctuation at an edge"]
    dialog.rules.setCurrentItem(edge)
    QTest.keyClick(dialog.rules, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle(checked)
    assert rows(checked) == []
    assert checked.session.project.meta("rules_off") == '["edge"]'


def test_another_article_has_its_own_problems(checked):
    exactly(checked, "Valletta.", "GPE")
    checked.act("next_document")
    assert rows(checked) == []
    settle(checked)
    assert rows(checked) == [] and checked.window.line.problems.isHidden()
    checked.act("previous_document")
    settle(checked)
    assert rows(checked) == [TOO_MUCH]


def test_only_the_newest_state_is_shown(checked):
    exactly(checked, "Valletta.", "GPE")
    watch = checked.checking.watch
    watch._begin()
    checked.session.delete_chosen()
    settle(checked)
    assert rows(checked) == []


def test_the_page_is_there_again_after_a_restart(checked, qtbot, settings, project_path):
    assert checked.window.side.pages.shown == "marks"
    checked.press(Qt.Key.Key_5, CONTROL)
    assert checked.window.side.pages.shown == settings.page == "guideline"
    checked.window.close()
    again = open_window(settings, project_path)
    qtbot.addWidget(again)
    assert again.side.pages.shown == "guideline"
    assert again.actions_["toggle_guideline"].isChecked()
    again.actions_["toggle_guideline"].trigger()
    assert again.side.pages.shown == settings.page == ""
    again.close()


def test_nothing_shines_through_where_the_column_lies_over_the_text(checked):
    checked.window.resize(1000, 760)
    checked.act("toggle_problems")
    checked.settle()
    pages = checked.window.side.pages
    picture = checked.window.grab().toImage()
    corner = pages.mapTo(checked.window, QPoint(150, pages.height() - 8))  # between what is there
    assert picture.pixelColor(corner).name() == checked.window.appearance.theme.background


def test_tabs_are_pressed_with_the_keyboard(checked):
    tabs = [one for one in checked.window.side.pages.findChildren(QPushButton) if one.objectName() == "tab"]
    assert [one.text() for one in tabs] == ["MARKS", "PROBLEMS", "GUIDELINE"]
    tabs[0].setFocus()
    QTest.keyClick(tabs[0], Qt.Key.Key_Right)
    assert checked.window.side.pages.shown == "problems"


def test_the_models_rows_are_those_of_the_article(checked, qtmodeltester):
    model = ProblemListModel()
    exactly(checked, "Valletta.", "GPE")
    watch = checked.checking.watch
    qtmodeltester.check(model)
    model.show(watch.problems, watch.document(), checked.session.scheme)
    assert model.row_of(watch.problems[0]) == 0
    assert "Quick fix: Trim" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


# The guideline


def guideline(window):
    window.settle()
    return window.window.side.pages.guideline.toPlainText()


def test_the_guideline_follows_mark_caret_and_palette(checked):
    checked.act("toggle_guideline")
    assert guideline(checked).startswith("Choose a mark")
    checked.mark("Valletta", "g")
    assert guideline(checked).startswith("■ GPE")
    checked.mark("Salim Haddad", "p")
    assert guideline(checked).startswith("■ PERSON")
    checked.press(Qt.Key.Key_Escape)
    checked.view.setFocus()
    checked.view.set_caret(QUOTED.index("Valletta") + 2)
    assert guideline(checked).startswith("■ GPE")
    checked.view.set_caret(0)
    (button,) = [b for b in checked.window.side.palette_._buttons.values() if b.label.name == "CLAIM"]
    button.pointed.emit()
    assert guideline(checked).startswith("■ CLAIM")


def test_a_mark_becomes_an_example_of_its_label_as_one_step(checked):
    checked.act("toggle_guideline")
    checked.mark("Valletta", "g")
    before, scroll = checked.marks, checked.view.first_visible_position()
    checked.act("make_example")
    (label,) = [one for one in checked.session.project.scheme.labels if one.name == "GPE"]
    (example,) = read_guideline(label.guideline).examples
    assert "said in ⟦Valletta⟧." in example
    shown = guideline(checked)
    assert "EXAMPLES" in shown and "said in Valletta." in shown and "⟦" not in shown
    assert checked.marks == before and checked.view.first_visible_position() == scroll
    assert checked.session.chosen_mark.covered(checked.text) == "Valletta"
    checked.act("make_example")
    assert checked.window.reader.banner._words.text() == "This is an example of GPE already."
    assert checked.session.project.undo_name == "Example of GPE"
    checked.act("undo")
    assert "EXAMPLES" not in guideline(checked)


def test_what_people_wrote_is_shown_as_they_wrote_it(checked):
    (label,) = [one for one in checked.session.scheme.labels if one.name == "GPE"]
    hostile = "<img src=file:///etc/passwd><b>bold</b>"
    edits = SchemeEdits(checked.session.project.scheme_tables())
    checked.session.apply(edits.set_label(label.id, title=hostile, guideline=f"{hostile}\n▸ in ⟦{hostile}⟧ &amp;"))
    checked.act("toggle_guideline")
    exactly(checked, "Valletta.", "GPE")
    assert guideline(checked).count(hostile) == 3
    assert "&amp;" in guideline(checked)
    assert rows(checked)[0][0] == f"{hostile} has too much at an edge"
    below = checked.window.side.mark_problems
    (what,) = [one for one in below.findChildren(QLabel) if one.objectName() == "bad"]
    assert what.textFormat() == Qt.TextFormat.PlainText
    assert what.text() == f"{hostile} has too much at an edge"


def test_an_article_of_very_many_marks_is_looked_at_when_one_asks(checked, monkeypatch):
    monkeypatch.setattr("annotator.gui.problems.LIVE", 1)
    exactly(checked, "Valletta.", "GPE")
    exactly(checked, "Marsa denied.", "ORG")
    found = rows(checked)
    exactly(checked, "fishermen,", "ORG")
    panel = checked.window.side.pages.problems
    assert rows(checked) == found and checked.window.checking.watch.by_hand
    checked.act("toggle_problems")
    assert not panel.look.isHidden()
    panel.look.click()
    settle(checked)
    assert len(rows(checked)) == 3
