"""Marking as people do it: drags, clicks and keys in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from tests.gui.conftest import QUOTED

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_drag_and_a_key_make_a_mark_that_is_on_the_disk(window):
    window.mark("Valletta", "g")
    assert window.marks == [("GPE", "Valletta")]
    assert window.stored() == [("GPE", "Valletta")]
    assert window.session.open.status == "in_progress"
    assert window.window.line.saved.text() == "✓ saved"


def test_a_click_on_a_word_and_a_key_suffice_for_one_word(window):
    window.click("Valletta")
    window.press("g")
    assert window.marks == [("GPE", "Valletta")]


def test_the_keyboard_alone(window):
    window.view.setFocus()
    window.view.set_caret(QUOTED.index("Deputy"))
    window.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    window.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    window.press("r")
    assert window.marks == [("ROLE", "Deputy Minister")]
    window.press(Qt.Key.Key_Right, CONTROL)
    window.press(Qt.Key.Key_Right, CONTROL)
    window.press("p")
    assert window.marks == [("ROLE", "Deputy Minister"), ("PERSON", "Haddad")]


def test_nested_crossing_and_same_extent_marks_are_all_drawn(window):
    window.mark("Deputy Minister Salim Haddad", "s")
    window.press(Qt.Key.Key_Escape)
    window.mark("Salim Haddad", "p")
    window.mark("Haddad said", "x")
    window.press("E")
    assert sorted(window.marks) == sorted(
        [
            ("SOURCE", "Deputy Minister Salim Haddad"),
            ("PERSON", "Salim Haddad"),
            ("CLAIM", "Haddad said"),
            ("EVENT", "Haddad said"),
        ]
    )
    for key in window.session.open.annotations:
        assert window.view.mark_rectangles(key)


def test_a_key_on_the_chosen_mark_relabels_it_and_a_click_in_the_palette_too(window):
    window.mark("Valletta", "g")
    window.press("l")
    assert window.marks == [("LOC", "Valletta")]
    buttons = [b for b in window.window.side.palette_.findChildren(QPushButton) if b.accessibleName().startswith("FAC")]
    buttons[0].click()
    assert window.marks == [("FAC", "Valletta")] == window.stored()


def test_a_quote_frame_is_a_key_a_part(window):
    window.mark("“We hope our partners will come,”", "q")
    window.drag("“The corridor stays open.”")
    window.act("add_fragment")
    window.mark("Deputy Minister Salim Haddad", "s")
    window.mark("said", "c", QUOTED.index("Haddad"))
    quote = "“We hope our partners will come,” “The corridor stays open.”"
    assert window.links == [("cue", quote, "said"), ("source", quote, "Deputy Minister Salim Haddad")]
    (mark,) = [mark for mark in window.session.open.annotations.values() if mark.label.name == "QUOTE"]
    assert mark.attributes == {"quote": "direct"}
    assert window.session.chosen == mark.id


def test_a_link_by_clicking_and_by_selecting_words(window):
    window.mark("Marsa", "o", QUOTED.index("which"))
    window.mark("the raids had killed dozens of fishermen", "x")
    window.act("link_mark")
    assert "claimed by" in window.window.line._hint.text()
    window.drag("A spokesman")
    window.press(Qt.Key.Key_Return)
    claim = "the raids had killed dozens of fishermen"
    assert window.links == [("claimed_by", claim, "A spokesman")]
    window.act("link_mark")
    assert "about" in window.window.line._hint.text()
    window.click("Marsa", QUOTED.index("which"))
    assert window.links == [("about", claim, "Marsa"), ("claimed_by", claim, "A spokesman")]
    assert window.window.line._hint.text() == ""


def test_a_link_that_the_scheme_forbids_is_refused_in_words(window):
    window.mark("Valletta", "g")
    window.mark("“The corridor stays open.”", "q")
    window.act("link_mark")
    window.click("“The")
    assert "itself" in window.window.reader.banner.text
    window.click("Valletta")
    assert window.links == [("source", "“The corridor stays open.”", "Valletta")]
    window.act("link_mark")
    assert "cue" in window.window.line._hint.text()
    window.click("Valletta")
    assert "no link “cue”" in window.window.reader.banner.text
    window.press(Qt.Key.Key_Escape)
    assert window.window.line._hint.text() == ""


def test_delete_takes_the_links_along_and_undo_brings_all_back(window):
    window.mark("“The corridor stays open.”", "q")
    window.mark("Salim Haddad", "s")
    before = (window.marks, window.links)
    assert before[1]
    window.press(Qt.Key.Key_Delete)
    assert (window.marks, window.links) == ([], [])  # the source was there for this quote alone
    window.act("undo")
    assert (window.marks, window.links) == before
    assert window.session.chosen_mark.label.name == "QUOTE"  # not its source, which came back with it
    window.act("redo")
    assert window.links == []


def test_a_source_that_another_quote_needs_stays_when_a_quote_goes(window):
    window.mark("“We hope our partners will come,”", "q")
    window.mark("Salim Haddad", "s")
    first = window.session.chosen
    window.mark("“The corridor stays open.”", "q")
    (source,) = (mark.id for mark in window.session.open.annotations.values() if mark.label.name == "SOURCE")
    kind = next(kind for kind in window.session.scheme.relations if kind.name == "source")
    assert window.session.link(kind, window.session.chosen, source)
    window.session.choose(first)
    window.press(Qt.Key.Key_Delete)
    assert window.links == [("source", "“The corridor stays open.”", "Salim Haddad")]


def test_undo_reaches_into_another_article_and_shows_it(window):
    window.mark("Valletta", "g")
    first = window.session.open.id
    window.act("next_document")
    window.mark("Port Qasr", "g")
    assert window.session.open.id != first
    window.act("undo")
    assert window.marks == []
    window.act("undo")
    assert window.session.open.id == first
    assert window.marks == []


def test_a_note_and_attributes(window):
    window.mark("the raids had killed dozens of fishermen", "x")
    window.act("edit_note")
    window.press("who counted?")
    window.press(Qt.Key.Key_Escape)
    (mark,) = window.session.open.annotations.values()
    assert mark.note == "who counted?"
    assert window.window.focusWidget() is window.view
    inspector = window.window.side.inspector
    (chip,) = [tick for tick in inspector.findChildren(QCheckBox) if tick.text() == "quantity"]
    chip.click()
    box = next(field for field in inspector.findChildren(object) if field.property("field") == "factual")
    assert box.chosen is None
    box.take("checkable")
    (mark,) = window.session.open.annotations.values()
    assert mark.attributes == {"type": ["quantity"], "factual": "checkable"}


def test_walking_over_the_marks(window):
    window.mark("Valletta", "g")
    window.mark("Salim Haddad", "p")
    window.mark("Marsa", "g", QUOTED.index("which"))
    window.press(Qt.Key.Key_Escape)
    window.view.set_caret(0)
    seen = []
    for _ in range(3):
        window.act("next_mark")
        seen.append(window.session.chosen_mark.covered(window.text))
    assert seen == ["Salim Haddad", "Valletta", "Marsa"]
    window.act("previous_mark")
    assert window.session.chosen_mark.covered(window.text) == "Valletta"


def test_a_key_in_no_word_says_so(window):
    window.view.setFocus()
    window.view.set_caret(len("Harbour Pause Extended") + 1)
    window.press("p")
    assert window.marks == []
    assert "no word" in window.window.reader.banner.text


def test_typing_changes_no_text(window):
    window.view.setFocus()
    window.press("zZ5 ")
    window.press(Qt.Key.Key_Backspace)
    assert window.text == QUOTED
    assert window.view.toPlainText().count("\n") == QUOTED.count("\n")


def test_a_click_beside_all_marks_lets_go_but_not_of_a_quote_without_its_speaker(window):
    window.mark("Valletta", "g")
    window.click("fishermen")
    assert window.session.chosen is None
    window.mark("“The corridor stays open.”", "q")
    window.click("Haddad")
    assert window.session.chosen_mark.label.name == "QUOTE"
    window.press("s")
    window.click("said")
    window.press("c")
    quote = "“The corridor stays open.”"
    assert window.links == [("cue", quote, "said"), ("source", quote, "Haddad")]
    window.click("fishermen")
    assert window.session.chosen is None
