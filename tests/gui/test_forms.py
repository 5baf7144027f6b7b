"""Forms as people fill them in: with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.app import open_window
from annotator.store.project import Project
from annotator.store.reading import Reader
from tests.forms_example import DOCUMENTS, SCHEME
from tests.gui.conftest import Driver

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, TAB, DOWN, UP, DELETE, BACK, ESCAPE = (
    getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Tab", "Down", "Up", "Delete", "Backspace", "Escape")
)


@pytest.fixture
def window(qapp, qtbot, settings, tmp_path):
    path = tmp_path / "claims.annotator"
    with Project.create(path, SCHEME) as project:
        project.import_documents(DOCUMENTS)
        project.index_documents()
    window = open_window(settings, path)
    qtbot.addWidget(window)
    window.resize(1280, 900)
    window.show()
    qtbot.waitExposed(window)
    yield Coder(window, qtbot)
    window.close()


class Coder(Driver):
    """Someone who codes."""

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in (each for one in keys for each in (one if isinstance(one, str) else [one])):
            popup = QApplication.activePopupWidget()
            target = popup.field if popup is not None else self.window.focusWidget() or self.view
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key, modifier)
            self.settle()

    @property
    def inspector(self):
        return self.window.side.inspector

    @property
    def coded(self):
        return dict(self.session.chosen_mark.attributes)

    @property
    def answers(self):
        return dict(self.session.open.answered)

    @property
    def told(self):
        return self.window.reader.banner.text

    def form(self):
        mark = self.session.chosen_mark
        return self.inspector._form if mark is not None else self.inspector.card.form

    def here(self):
        """The name of the field that has the keyboard."""
        focus = self.window.focusWidget()
        return next((f.attribute.name for f in self.form().fields() if focus is f or f.isAncestorOf(focus)), None)

    def asked(self):
        return [field.attribute.name for field in self.form().fields() if field.isVisible()]

    def note_of(self, name):
        row = next(row for row in self.form()._rows.values() if row.attribute.name == name)
        return row._note.text() if row._note is not None and row._note.isVisible() else ""

    def go_to(self, name):
        self.form().focus(f"id-{name}")
        self.settle()

    def claim(self, words="lift the tariffs on grain", key="c"):
        self.mark(words, key)
        return self.session.chosen


def test_a_claim_is_coded_by_the_keyboard_alone(window):
    window.view.setFocus()
    window.view.set_caret(window.text.index("lift"))
    for _ in range(3):
        window.press(Qt.Key.Key_Right, modifier=CONTROL | SHIFT)
    window.press("c")
    window.press(Qt.Key.Key_M, modifier=CONTROL)
    assert window.here() == "position"
    window.press("-1", ENTER)  # the value's own name, as the code book has it
    assert window.here() == "issue"
    window.press("tar", ENTER)  # the list takes Enter, and leads on
    assert window.here() == "form_of_action"
    window.press("98", ENTER)
    assert window.here() == "frames"
    window.press("c", "s", ENTER)  # costs, safety
    window.press("07", ENTER, "9", ENTER, ENTER)  # two countries by their codes, then on
    assert window.here() == "date"
    window.press("=", ENTER, "2000", ENTER)
    assert window.here() == "addressee"
    window.press("the council", ENTER)
    assert window.here() == "evaluation"
    window.press("-3", ENTER, "con", ENTER, "vi", ENTER)
    assert window.here() == "certain"
    window.press("y", ENTER)
    assert window.window.focusWidget() is window.view  # behind the last field is the text again
    assert window.coded == {
        "position": "-1",
        "issue": "tariffs",
        "form_of_action": "na",
        "frames": ["costs", "safety"],
        "countries": ["country 7", "country 9"],
        "date": "2016-11-02",
        "people": 2000,
        "addressee": "the council",
        "evaluation": -3,
        "event": "CONSULT",
        "mode": "visit",
        "certain": True,
    }
    with Reader(window.session.project.path) as reader:
        (mark,) = reader.annotations(window.session.open.id)
    assert mark.attributes == window.coded


def test_tab_and_arrows_go_through_the_fields_and_fill_nothing_in(window):
    window.claim()
    window.act("edit_mark")
    seen = []
    for key in (TAB, TAB, DOWN, DOWN, DOWN, DOWN, TAB, UP):
        seen.append(window.here())
        window.press(key)
    assert seen == ["position", "issue", "form_of_action", "frames", "frames", "frames", "countries", "date"]
    assert window.here() == "countries"
    window.press("coun", TAB)  # what is typed in the list is left there with Tab
    assert window.here() == "date"
    assert window.coded == {}


def test_escape_goes_back_to_the_text_and_keeps_the_mark(window):
    chosen = window.claim()
    window.act("edit_mark")
    window.press(ESCAPE)
    assert window.window.focusWidget() is window.view
    assert window.session.chosen == chosen


@pytest.mark.parametrize("key", [DELETE, BACK])
@pytest.mark.parametrize(
    ("name", "typed"),
    [("position", "1"), ("issue", "tar\n"), ("frames", "r"), ("countries", "03\n"), ("certain", "n")],
)
def test_what_is_coded_can_be_not_coded_again(window, name, typed, key):
    window.claim()
    window.go_to(name)
    for letter in typed:
        window.press(ENTER if letter == "\n" else letter)
    assert name in window.coded
    window.go_to(name)
    window.press(key)
    assert window.coded == {}
    assert window.marks  # Del meant the field, not the mark


def test_no_differs_from_not_coded_and_pressing_the_chosen_value_again_takes_it_back(window):
    window.claim()
    window.go_to("certain")
    window.press("n")
    assert window.coded == {"certain": False}
    window.qtbot.wait(1100)
    window.press("n")
    assert window.coded == {}
    field = window.form().fields()[-1]
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.segment(0).center().toPoint())
    assert window.coded == {"certain": True}
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.segment(0).center().toPoint())
    assert window.coded == {}
    assert "not coded" in field.accessibleName()


def test_the_list_shows_the_way_to_a_value_and_can_be_browsed(window):
    window.claim()
    window.go_to("issue")
    window.press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    rows = [popup.model.index(row, 0).data() for row in range(popup.model.rowCount())]
    assert rows[:4] == ["1 Economy", "11 Trade", "111 Tariffs", "112 Quotas"]
    window.press("tr")
    rows = [popup.model.index(row, 0).data() for row in range(popup.model.rowCount())]
    assert rows == ["Economy › Trade"]
    popup.field.clear()
    window.press(DOWN, DOWN, ENTER)
    assert window.coded == {"issue": "tariffs"}
    assert "Economy › Trade › Tariffs" in window.form().fields()[1].accessibleName()


def test_several_values_hold_up_to_so_many_and_one_more_is_refused_in_words(window):
    window.claim()
    window.go_to("frames")
    window.press("r", "c", "s")
    assert window.coded == {"frames": ["rights", "costs"]}
    assert "At most 2" in window.note_of("frames")
    window.press("c")
    assert window.coded == {"frames": ["rights"]}


def test_a_value_is_taken_away_from_a_long_list_by_picking_it_again(window):
    window.claim()
    window.go_to("countries")
    window.press("01", ENTER, "02", ENTER, "03", ENTER, "02", ENTER)
    assert window.coded == {"countries": ["country 1", "country 3"]}
    window.press(BACK)
    assert window.coded == {"countries": ["country 1"]}


def test_skipped_fields_go_and_come_back_with_their_answers(window):
    window.claim()
    window.go_to("addressee")
    window.press("the council", ENTER, "4", ENTER)
    assert "evaluation" in window.asked()
    window.go_to("addressee")
    window.press(Qt.Key.Key_A, modifier=CONTROL)
    window.press(DELETE, ENTER)
    assert "evaluation" not in window.asked()
    assert window.coded == {"evaluation": 4}  # kept
    assert "1 answer is left out" in window.form().left_out.text()
    window.go_to("addressee")
    window.press("the union", ENTER)
    assert window.here() == "evaluation"
    assert window.form().fields()[-4].chosen == "4"
    assert not window.form().left_out.isVisible()


def test_an_answer_that_another_one_rules_out_is_kept_and_shown_struck(window):
    key = window.claim()
    window.session.set_attribute("event", "PROTEST", key)
    window.session.set_attribute("mode", "riot", key)
    window.session.set_attribute("event", "CONSULT", key)
    assert "riot" in window.note_of("mode")
    assert window.coded["mode"] == "riot"
    window.go_to("mode")
    window.press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert [popup.model.choice(row).value for row in range(popup.model.rowCount())] == [None, "visit", "call", "other"]
    window.press("call", ENTER)
    assert window.coded["mode"] == "call"
    assert window.note_of("mode") == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [("2016", "2016"), ("2016-10", "2016-10"), ("12.10.2016", "2016-10-12"), ("=", "2016-11-02")]
)
def test_dates_are_typed_as_they_are_known(window, typed, kept):
    window.claim()
    window.go_to("date")
    window.press(typed, ENTER)
    assert window.coded == {"date": kept}


def test_a_wrong_date_and_a_number_out_of_range_are_told_and_not_lost(window):
    window.claim()
    window.go_to("date")
    window.press("2016-13-01", ENTER)
    assert window.here() == "date"
    assert "no date" in window.note_of("date")
    window.go_to("people")
    window.press("100001", ENTER)
    assert "from 0 to 100000" in window.note_of("people")
    line = window.window.focusWidget()
    assert (line.text(), window.coded) == ("100001", {})
    window.press(BACK, ENTER)
    assert window.coded == {"people": 10000}
    assert window.note_of("people") == ""
    window.act("next_document")
    assert "2016-13-01" in window.told  # it goes with the mark, which is told once more


def test_required_blocks_finished_and_never_saving(window):
    window.act("article_form")
    window.press("n")
    key = window.claim()
    window.press(ESCAPE)
    assert window.session.chosen is None
    window.press(ENTER, modifier=CONTROL)
    assert window.session.open.status == "in_progress"
    assert not window.window.actions_["finish_document"].isChecked()
    assert "“position” of CLAIM “lift the tariffs on grain”" in window.told
    assert "“issue”" in window.told
    assert (window.session.chosen, window.here()) == (key, "position")
    window.press("0", ENTER, "water", ENTER)
    assert window.stored() == [("CLAIM", "lift the tariffs on grain")]
    window.press(ENTER, modifier=CONTROL)
    assert window.session.open.status == "finished"
    assert window.window.actions_["finish_document"].isChecked()


def test_what_is_missing_is_told_above_the_form(window):
    window.claim()
    assert window.form().missing.text() == "Still to answer: position, issue"
    window.go_to("position")
    window.press("1")
    assert window.form().missing.text() == "Still to answer: issue"


def test_the_article_has_a_form_that_undo_takes_back(window):
    chosen = window.claim()
    window.act("article_form")
    assert window.session.chosen is None
    assert window.here() == "irrelevant"
    window.press("n", ENTER, "int", ENTER, "A vote.", ENTER)
    assert window.answers == {"irrelevant": False, "genre": "interview", "summary": "A vote."}
    with Reader(window.session.project.path) as reader:
        held = reader.annotated(window.session.open.id).labels
    assert {answer.name: answer.value for answer in held} == window.answers
    window.act("undo")
    window.act("undo")
    assert window.answers == {"irrelevant": False}
    window.act("redo")
    assert window.answers == {"irrelevant": False, "genre": "interview"}
    window.session.choose(chosen)
    window.act("article_form")
    window.act("article_form")  # and back
    assert window.session.chosen == chosen
    assert window.window.focusWidget() is window.view


def test_an_article_beside_the_point_needs_no_more_answers(window):
    window.act("article_form")
    window.press("n", ENTER, "news", ENTER)
    window.go_to("irrelevant")
    window.press("y")
    assert window.asked() == ["irrelevant"]
    assert window.answers == {"irrelevant": True, "genre": "news"}
    window.press("n")
    assert window.asked() == ["irrelevant", "genre", "summary"]
    window.act("finish_document")
    assert window.session.open.status == "finished"


def test_an_article_whose_form_lacks_an_answer_is_not_finished(window):
    window.claim()
    window.act("finish_document")
    assert "“irrelevant” of the article" in window.told
    assert (window.session.chosen, window.here()) == (None, "irrelevant")


def test_the_last_form_is_copied_for_what_is_not_coded_in_one_step(window):
    first = window.claim()
    for name, value in (("position", "1"), ("issue", "taxes"), ("addressee", "x"), ("evaluation", 2)):
        window.session.set_attribute(name, value, first)
    window.session.set_attribute("addressee", None, first)  # leaves the evaluation out
    window.session.choose(None)
    second = window.claim("The council refused")
    window.session.set_attribute("position", "0", second)
    window.press(Qt.Key.Key_V, modifier=CONTROL | SHIFT)
    assert window.coded == {"position": "0", "issue": "taxes"}
    window.act("undo")
    assert window.coded == {"position": "0"}
    window.mark("Two thousand people", "p")
    window.act("copy_last_form")
    assert "no earlier form" in window.told


def test_the_form_of_the_article_before_is_copied(window):
    window.act("article_form")
    window.press("n", ENTER, "news", ENTER)
    window.act("next_document")
    assert window.answers == {}
    window.act("copy_last_form")
    assert window.answers == {"irrelevant": False, "genre": "news"}
    window.act("undo")
    assert window.answers == {}


def test_marks_on_the_same_words_have_a_form_each(window):
    first = window.claim()
    window.session.set_attribute("position", "1", first)
    window.press("C")  # Shift and the label's key: another on the same words
    second = window.session.chosen
    assert first != second
    assert window.coded == {}
    window.act("edit_mark")
    window.press("-", modifier=Qt.KeyboardModifier.NoModifier)
    assert window.coded == {"position": "-1"}
    window.press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert (window.session.chosen, window.coded, window.here()) == (first, {"position": "1"}, "position")
    window.press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert window.session.chosen == second
    assert window.session.open.annotations[first].attributes == {"position": "1"}


def test_the_pieces_of_a_mark_are_listed_and_can_be_reached_and_taken_away(window):
    window.claim()
    window.drag("Two thousand people")
    window.act("add_fragment")
    head = window.inspector._head
    buttons = {button.text(): button for button in head.findChildren(type(head.delete))}
    assert {"lift the tariffs on grain", "Two thousand people"} <= buttons.keys()
    QTest.mouseClick(buttons["Two thousand people"], Qt.MouseButton.LeftButton)
    assert window.view.caret() == window.text.index("Two thousand people")
    removes = [button for button in head.findChildren(type(head.delete)) if button.text() == "×"]
    QTest.mouseClick(removes[0], Qt.MouseButton.LeftButton)
    assert window.marks == [("CLAIM", "Two thousand people")]


def test_answering_keeps_the_keyboard_and_the_place(window):
    window.claim("The council refused", "l")
    window.go_to("question_24")
    bar = window.window.side.scrolled.verticalScrollBar()
    window.qtbot.waitUntil(lambda: bar.value() > 0)
    place = bar.value()
    window.press("pro", ENTER)
    assert window.here() == "question_25"
    window.press("y")
    assert window.here() == "question_25"
    assert window.coded == {"question_24": "protest", "question_25": True}
    assert abs(bar.value() - place) < 120


def test_what_is_being_typed_reaches_its_own_mark(window):
    first = window.claim()
    window.session.choose(None)
    second = window.claim("The council refused")
    window.session.choose(first)
    window.go_to("addressee")
    window.press("the union")
    window.session.choose(second)
    assert window.coded == {}
    assert window.session.open.annotations[first].attributes == {"addressee": "the union"}


def test_outlet_date_and_title_stay_in_view(window):
    reader = window.window.reader
    assert "The Marsa Herald" in reader._about.text()
    assert "2016-11-02" in reader._about.text()
    assert reader._title.text() == "Council Votes on Tariffs"
    assert reader._title.isVisible()
