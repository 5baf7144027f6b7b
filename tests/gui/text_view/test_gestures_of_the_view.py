import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.keyboards import latin_letter
from tests.gui.text_view.conftest import marked, point_at, settle, stretch

TEXT = "A title\n\n“We go, all of us,” said Salim Haddad. Nobody moved.\n\nوالوزير بالقاهرة قال."
LEFT, NONE, CTRL, ALT, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def view(show):
    return show(TEXT, marks=[marked(TEXT, "m", "Salim Haddad")])


@pytest.fixture
def told(view):
    """Everything that the view tells of gestures, in order."""
    heard = []
    for name in ("word_clicked", "mark_clicked", "selection_made", "fragment_selected", "nudge_wanted", "key_typed"):
        getattr(view, name).connect(lambda *what, name=name: heard.append((name, *what)))
    view.text_clicked.connect(lambda: heard.append(("text_clicked",)))
    return heard


def drag(view, words, modifier=NONE, *, right_to_left=False):
    span = stretch(TEXT, words)
    first, last = point_at(view, span.start), point_at(view, span.end - 1)
    QTest.mousePress(view.viewport(), LEFT, modifier, first)
    QTest.mouseMove(view.viewport(), (first + last) / 2)
    QTest.mouseMove(view.viewport(), last)
    QTest.mouseRelease(view.viewport(), LEFT, modifier, last)
    settle()


def click(view, words, modifier=NONE):
    QTest.mouseClick(view.viewport(), LEFT, modifier, point_at(view, stretch(TEXT, words).start + 1))
    settle()


def words(told, name):
    return [what[0].covered(TEXT) for told_name, *what in told if told_name == name]


def test_a_click_is_told_with_its_place_and_then_with_what_it_means(view, told):
    click(view, "Haddad")
    click(view, "moved")
    assert [name for name, *_ in told] == ["word_clicked", "mark_clicked", "word_clicked", "text_clicked"]
    assert TEXT[told[0][1] - 1 :].startswith("Haddad")


def test_a_drag_is_told_once_when_it_ends(view, told):
    drag(view, "Nobody mov")
    assert told == [("selection_made", stretch(TEXT, "Nobody moved"))]


def test_a_drag_with_ctrl_is_a_further_piece_and_so_is_a_click(view, told):
    drag(view, "Nobody mov", CTRL)
    view.clear_selection()
    click(view, "title", CTRL)
    assert words(told, "fragment_selected") == ["Nobody moved", "title"]
    assert words(told, "selection_made") == []


def test_with_a_brush_a_click_is_nothing_else_and_two_at_once_are_one(view, told):
    view.set_brush(True)
    point = point_at(view, stretch(TEXT, "Haddad").start + 1)
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, point)
    settle()
    assert [name for name, *_ in told] == ["word_clicked"]
    assert view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    drag(view, "Nobody mov")
    assert words(told, "selection_made") == ["Nobody moved"]


def test_what_arabic_writes_before_a_word_is_left_out_where_that_is_wanted(view, told):
    drag(view, "بالقاهرة")
    view.clear_selection()
    view.set_proclitics(True)
    drag(view, "بالقاهرة")
    assert words(told, "selection_made") == ["بالقاهرة", "القاهرة"]


@pytest.mark.parametrize(
    ("keys", "held", "what"),
    [
        (".", NONE, ("end", "out", "word")), (",", NONE, ("end", "in", "word")), ("<", SHIFT, ("start", "out", "word")),
        (";", NONE, ("start", "out", "word")), (">", SHIFT, ("start", "in", "word")),
        (":", SHIFT, ("start", "in", "word")),
        (".", ALT, ("end", "out", "character")), (",", ALT, ("end", "in", "character")),
    ],
)  # fmt: skip
def test_four_keys_move_edges(view, told, keys, held, what):
    key = {".": Qt.Key.Key_Period, ",": Qt.Key.Key_Comma, "<": Qt.Key.Key_Less, ";": Qt.Key.Key_Semicolon}
    code = key.get(keys, Qt.Key.Key_Greater)
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, code, held, keys))
    assert told == [("nudge_wanted", *what)]


def test_a_label_may_have_one_of_them_for_its_key(view, told):
    view.set_label_keys(frozenset(",)"))
    QTest.keyClicks(view, ",)")
    assert told == [("key_typed", ","), ("key_typed", ")")]


def test_a_selection_grows_and_comes_back_the_way_it_went(view):
    place = TEXT.index("all") + 1
    view.set_caret(place)
    seen = []
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right, ALT | SHIFT)
        seen.append(view.selected_span().covered(TEXT))
    assert seen[:3] == ["all", "all of us", "“We go, all of us,”"]
    for words_ in reversed(seen[:-1]):
        QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
        assert view.selected_span().covered(TEXT) == words_
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
    assert view.selected_span() is None and view.caret() == place
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)  # there is nothing to come back to
    assert view.selected_span() is None


def test_plus_and_minus_do_the_same(view, told):
    view.set_caret(TEXT.index("all") + 1)
    QTest.keyClicks(view, "+=")
    assert view.selected_span().covered(TEXT) == "all of us"
    QTest.keyClicks(view, "-")
    assert view.selected_span().covered(TEXT) == "all"
    assert told == []
    view.set_label_keys(frozenset("+"))
    QTest.keyClicks(view, "+")
    assert told == [("key_typed", "+")]


def test_another_selection_forgets_what_it_grew_from(view):
    view.set_caret(TEXT.index("all") + 1)
    QTest.keyClick(view, Qt.Key.Key_Right, ALT | SHIFT)
    view.select_span(stretch(TEXT, "Nobody"))
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
    assert view.selected_span() == stretch(TEXT, "Nobody")


def test_the_caret_goes_by_sentences_and_paragraphs(view):
    view.set_caret(0)
    QTest.keyClicks(view, ")")
    assert view.caret() == TEXT.index("“We")
    QTest.keyClicks(view, ")")
    assert view.caret() == TEXT.index("Nobody")
    QTest.keyClicks(view, "((")
    assert view.caret() == 0
    QTest.keyClick(view, Qt.Key.Key_Down, CTRL)
    assert view.caret() == TEXT.index("“We")
    QTest.keyClick(view, Qt.Key.Key_Down, CTRL | SHIFT)
    assert view.selected_span() == Span(TEXT.index("“We"), TEXT.index("والوزير"))
    QTest.keyClick(view, Qt.Key.Key_Up, CTRL)
    assert (view.caret(), view.selected_span()) == (TEXT.index("“We"), None)
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Down, CTRL)
    assert view.caret() == len(TEXT)


def test_a_letter_of_another_script_means_the_latin_one_of_its_key(view, told):
    arabic = QKeyEvent(QEvent.Type.KeyPress, 0x062D, NONE, 33, 0x062D, 0, "ح")  # P is in that place
    QApplication.sendEvent(view, arabic)
    shifted = QKeyEvent(QEvent.Type.KeyPress, 0x061B, SHIFT, 33, 0x061B, 0, "ح")
    QApplication.sendEvent(view, shifted)
    assert told == [("key_typed", "p"), ("key_typed", "P")]
    assert [latin_letter(code, "linux") for code in (24, 38, 52, 9)] == ["q", "a", "z", ""]
    assert [latin_letter(code, "win32") for code in (16, 30, 44)] == ["q", "a", "z"]
    assert latin_letter(0, "darwin") == ""


def test_the_side_buttons_go_back_and_forward(view):
    went = []
    view.back_wanted.connect(lambda: went.append("back"))
    view.forward_wanted.connect(lambda: went.append("forward"))
    for button in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
        QTest.mouseClick(view.viewport(), button, NONE, QPoint(50, 50))
    assert went == ["back", "forward"]


@pytest.mark.parametrize("text", ["", "\n\n\n", "word", "word\n\n"])
def test_gestures_over_nothing_do_nothing(show, text):
    view = show(text)
    heard = []
    view.selection_made.connect(heard.append)
    view.fragment_selected.connect(heard.append)
    for y in (60, 200, 500):
        QTest.mousePress(view.viewport(), LEFT, NONE, QPoint(700, y))
        QTest.mouseMove(view.viewport(), QPoint(710, y + 30))
        QTest.mouseRelease(view.viewport(), LEFT, CTRL, QPoint(710, y + 30))
        QTest.mouseDClick(view.viewport(), LEFT, NONE, QPoint(700, y))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down):
        for held in (NONE, CTRL, ALT | SHIFT, CTRL | SHIFT):
            QTest.keyClick(view, key, held)
    assert all(span.covered(text).strip() for span in heard)


def test_latin_words_in_an_arabic_line_are_taken_from_their_first_letter(show):
    text = "وكانت بعثة المراقبة المشتركة (Joint Monitoring Mission) قد سلّمت."
    view = show(text)
    (visible,) = [one for one in view.visible() if one.block.blockNumber() == 0]
    for letter in ("Joint", "Mission", "onitoring", "بعثة"):
        place = text.index(letter)
        layout = visible.block.layout()
        line = layout.lineForTextPosition(place)
        (run,) = line.glyphRuns(place, 1)
        box, middle = run.boundingRect(), visible.top + line.y() + line.height() / 2
        ends = (box.left() + 1, box.right() - 1)
        first, last = reversed(ends) if run.isRightToLeft() else ends
        assert view._places.position_at(QPointF(first, middle)) == place
        assert view._places.position_at(QPointF(last, middle)) == place + 1
