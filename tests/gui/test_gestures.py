import pytest
from PySide6.QtCore import Qt

from annotator.core.span import Span
from tests.gui.conftest import QUOTED

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WHOLE = "“We hope our partners will come,” “The corridor stays open.”"


def test_a_frame_is_a_click_a_key_and_two_more_clicks_or_drags(window):
    window.click("partners")
    window.press("q")
    window.drag("Deputy Minister Salim Haddad")
    window.click("said", QUOTED.index("Haddad"))
    assert window.links == [("cue", WHOLE, "said"), ("source", WHOLE, "Deputy Minister Salim Haddad")]
    (quote,) = [mark for mark in window.session.open.annotations.values() if mark.label.name == "QUOTE"]
    assert quote.attributes == {"quote": "direct"}
    assert not window.window.reader.gestures.frames.active
    assert window.stored()  # every step is on the disk
    for _ in range(3):
        window.act("undo")
    assert (window.marks, window.links) == ([], [])


def test_a_name_of_several_words_that_is_marked_already_is_taken_whole(window):
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Escape)
    window.click("corridor")
    window.press("q")
    window.click("Haddad")
    assert ("source", WHOLE, "Salim Haddad") in window.links
    assert ("SOURCE", "Salim Haddad") in window.marks and ("PERSON", "Salim Haddad") in window.marks


def test_the_same_source_serves_two_quotes(window):
    for quoted in ("“We hope our partners will come,”", "“The corridor stays open.”"):
        window.drag(quoted)
        window.press("q")
        window.drag("Salim Haddad")
        window.press(Qt.Key.Key_Escape)
    assert [mark for mark in window.marks if mark[0] == "SOURCE"] == [("SOURCE", "Salim Haddad")]
    assert len(window.links) == 2


@pytest.mark.parametrize("then", ["s", ""])
def test_a_label_key_behind_the_drag_that_made_the_source_makes_no_second(window, then):
    window.click("corridor")
    window.press("q")
    window.drag("Salim Haddad")
    if then:
        window.press(then)
    assert [mark for mark in window.marks if mark[0] == "SOURCE"] == [("SOURCE", "Salim Haddad")]


def test_a_cue_that_was_taken_for_the_source_becomes_the_cue_with_its_key(window):
    window.click("corridor")
    window.press("q")
    window.click("said", QUOTED.index("Haddad"))
    window.press("c")
    assert window.links == [("cue", WHOLE, "said")]
    window.click("Haddad")
    assert window.links == [("cue", WHOLE, "said"), ("source", WHOLE, "Haddad")]


def test_an_entity_key_behind_the_source_marks_the_same_words_too(window):
    window.click("corridor")
    window.press("q")
    window.drag("Salim Haddad")
    window.press("p")
    assert ("PERSON", "Salim Haddad") in window.marks and ("SOURCE", "Salim Haddad") in window.marks


def test_a_piece_that_was_taken_for_the_source_becomes_a_piece_of_the_quote(window):
    window.drag("the raids had killed dozens")
    window.press("q")
    window.drag("of fishermen")
    window.act("add_fragment")
    assert window.links == []
    assert window.marks == [("QUOTE", "the raids had killed dozens of fishermen")]


def test_tab_passes_over_a_part_and_escape_ends_the_asking(window):
    window.click("corridor")
    window.press("q")
    frames = window.window.reader.gestures.frames
    assert frames.label.name == "SOURCE"
    assert "SOURCE" in window.window.line.hint_text()
    window.press(Qt.Key.Key_Tab)
    assert frames.label.name == "CUE"
    window.press(Qt.Key.Key_Escape)
    assert not frames.active and window.session.chosen is not None
    window.click("Valletta")
    assert [name for name, _ in window.marks] == ["QUOTE"]


def test_ctrl_and_a_drag_add_a_piece_while_a_part_is_asked_for(window):
    window.drag("the raids had killed dozens")
    window.press("q")
    window.drag("which Marsa denied", modifier=CTRL)
    assert window.marks == [("QUOTE", "the raids had killed dozens which Marsa denied")]
    assert window.window.reader.gestures.frames.label.name == "SOURCE"
    window.click("denied")
    window.act("unchoose")


def test_a_brush_paints_words_drags_and_whole_quotations(window):
    window.act("brush")
    window.press("g")
    window.click("Valletta")
    window.click("Marsa")
    window.drag("Salim Haddad")
    window.press("q")
    window.click("corridor")
    painted = [("QUOTE", WHOLE), ("GPE", "Salim Haddad"), ("GPE", "Valletta"), ("GPE", "Marsa")]
    assert window.marks == painted
    window.press(Qt.Key.Key_Escape)  # the frame
    window.press(Qt.Key.Key_Escape)  # the brush
    window.press(Qt.Key.Key_Escape)
    window.click("spokesman")
    assert window.marks == painted


def test_a_brush_over_what_is_painted_chooses_it(window):
    window.act("brush")
    window.press("g")
    window.click("Valletta")
    window.click("Marsa")
    window.click("Valletta")
    assert len(window.marks) == 2
    assert window.session.chosen_mark.covered(window.text) == "Valletta"


def test_a_brush_that_is_taken_up_twice_is_put_down(window):
    window.act("brush")
    window.act("brush")
    window.click("Valletta")
    assert window.marks == []


def test_letters_choose_a_mark_and_the_target_of_a_link(window):
    window.mark("Marsa", "o", QUOTED.index("which"))
    window.press(Qt.Key.Key_Escape)
    window.mark("the raids had killed dozens of fishermen", "x")
    claim = window.session.chosen
    window.act("link_mark")
    letters = window.window.reader.gestures.letters
    assert letters.active
    window.press("a")
    assert window.links == [("claimed_by", "the raids had killed dozens of fishermen", "Marsa")]
    assert not letters.active
    window.press(Qt.Key.Key_Escape)
    window.act("choose_by_letter")
    window.press("a")  # the first on the page
    assert window.session.chosen == claim


def test_edges_are_moved_by_words_and_characters(window):
    window.mark("Salim", "p")
    window.press(".")
    assert window.marks == [("PERSON", "Salim Haddad")]
    window.press("<")
    window.press(",")
    assert window.marks == [("PERSON", "Minister Salim")]
    window.press(">")
    window.press(Qt.Key.Key_Period, ALT)
    assert window.marks == [("PERSON", "Salim ")]
    for _ in range(5):
        window.act("undo")
    assert window.marks == [("PERSON", "Salim")]


def test_an_edge_that_cannot_move_says_so(window):
    window.press(".")
    assert "Choose a mark" in window.window.reader.banner.text
    window.mark("Salim", "p")
    window.press(",")
    assert "any further" in window.window.reader.banner.text
    assert window.marks == [("PERSON", "Salim")]


def test_a_fragment_is_taken_away_but_never_the_last(window):
    window.drag("Salim")
    window.press("p")
    window.drag("Valletta", modifier=CTRL)
    assert window.marks == [("PERSON", "Salim Valletta")]
    window.view.set_caret(QUOTED.index("Valletta") + 2)
    window.act("remove_fragment")
    assert window.marks == [("PERSON", "Salim")]
    window.view.set_caret(QUOTED.index("Salim") + 2)
    window.act("remove_fragment")
    assert window.marks == [("PERSON", "Salim")]
    assert "one fragment" in window.window.reader.banner.text


def test_the_same_again_has_label_answers_and_parts(window):
    window.drag("“We hope our partners will come,”")
    window.press("q")
    window.drag("Salim Haddad")
    window.press(Qt.Key.Key_Escape)
    window.session.choose(next(m.id for m in window.session.open.annotations.values() if m.label.name == "QUOTE"))
    window.drag("the raids had killed dozens of fishermen")
    window.act("same_again")
    assert ("source", "the raids had killed dozens of fishermen", "Salim Haddad") in window.links
    kinds = {mark.covered(window.text): mark.attributes for mark in window.session.open.annotations.values()}
    assert kinds["the raids had killed dozens of fishermen"] == {"quote": "indirect"}  # worked out anew


def test_a_mark_moves_to_other_words_with_its_links(window):
    window.drag("“We hope our partners will come,”")
    window.press("q")
    window.drag("Salim Haddad")
    window.press(Qt.Key.Key_Escape)
    window.drag("“The corridor stays open.”")
    window.act("move_mark")
    assert window.links == [("source", "“The corridor stays open.”", "Salim Haddad")]


def test_hidden_layers_are_not_drawn_and_come_back(window):
    window.mark("Valletta", "g")
    mark = window.session.chosen
    window.window.reader.show_layer("entities", False)
    assert window.view.mark_rectangles(mark) == []
    window.mark("Marsa", "g")
    window.mark("which Marsa denied", "x")
    window.window.reader.show_layer("entities", True)
    assert window.view.mark_rectangles(mark)
    assert len(window.view.marks_at(QUOTED.index("Marsa") + 1)) == 2


@pytest.mark.parametrize("position", [len(QUOTED), QUOTED.index("\n\n") + 1, 0])
def test_marks_at_the_very_end_and_in_an_empty_line(window, position):
    window.view.set_caret(position)
    window.press("p")
    marked = [words for _, words in window.marks]
    assert marked in ([], ["Harbour"], ["denied"])
    window.view.select_span(Span(len(QUOTED) - 1, len(QUOTED)))
    window.press("o")
    assert ("ORG", ".") in window.marks


def test_a_mark_across_zones_is_one_mark(window):
    end = QUOTED.index("hope") + 4
    window.view.select_span(Span(QUOTED.index("Extended"), end))
    window.press("x")
    assert window.marks == [("CLAIM", QUOTED[QUOTED.index("Extended") : end])]


def test_a_link_to_a_mark_that_was_just_deleted_is_refused_plainly(window):
    window.mark("Marsa", "o", QUOTED.index("which"))
    gone = window.session.chosen
    window.press(Qt.Key.Key_Delete)
    window.mark("the raids had killed dozens of fishermen", "x")
    kind = window.session.scheme.relations_from(window.session.chosen_mark.label)[0]
    assert not window.session.link(kind, window.session.chosen, gone)
    assert "not there any more" in window.window.reader.banner.text


def test_behind_a_quote_the_caret_waits_where_the_speaker_is_named(window):
    window.view.set_caret(window.text.index("hope our"))
    window.press("q")
    assert window.text[window.view.caret() :].startswith("Deputy Minister")
    window.press(Qt.Key.Key_Right, CTRL | SHIFT)
    window.press(Qt.Key.Key_Right, CTRL | SHIFT)
    window.press("s")
    assert [(kind, words) for kind, _, words in window.links] == [("source", "Deputy Minister")]


def test_at_the_end_of_a_paragraph_the_caret_stays_in_the_quote(window):
    place = window.text.index("corridor")
    window.view.set_caret(place)
    window.press("q")
    assert window.view.caret() == place
