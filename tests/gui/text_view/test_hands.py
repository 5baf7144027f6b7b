"""What mouse and keyboard do."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.pieces import LONGEST
from annotator.gui.text_view.view import TextView

from .conftest import STYLE, marked, point_at, settle, stretch

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
TEXT = (
    "The Interior Ministry said “not so soon” on Tuesday, and the harbour council’s envoy left for Port Qasr.\n\n"
    "قال وزير الداخلية سليم حداد يوم الثلاثاء إن الممر سيبقى مفتوحاً.\n\n"
    "🚢 A second ship\u00a0came 🇲🇹 late."
)


@pytest.fixture
def view(show):
    return show(TEXT, size=(900, 500))


@pytest.fixture
def spans(view):
    """The spans that the view tells of."""
    told = []
    view.span_selected.connect(told.append)
    return told


def drag(view, start, end, modifiers=NONE):
    """Press, move and release between two code points, as a hand does: over several points."""
    viewport, first, last = view.viewport(), point_at(view, start), point_at(view, end)
    QTest.mousePress(viewport, LEFT, modifiers, first)
    for step in (1, 2, 3, 4):
        point = first + (last - first) * step / 4
        move(view, point, modifiers)
    QTest.mouseRelease(viewport, LEFT, modifiers, last)
    settle()


def move(view, point, modifiers=NONE, buttons=LEFT):
    """A move of the mouse; QTest.mouseMove would not say which button is held, nor which key."""
    at = QPointF(point)
    glob = QPointF(view.viewport().mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, glob, Qt.MouseButton.NoButton, buttons, modifiers)
    QApplication.sendEvent(view.viewport(), event)


def inside(part, start=2, end=-2):
    span = stretch(TEXT, part)
    return span.start + start, span.end + end


@pytest.mark.parametrize("part", ["Interior Ministry", "harbour council’s envoy", "سليم حداد", "second ship\u00a0came"])
def test_a_drag_takes_whole_words(view, spans, part):
    drag(view, *inside(part))
    assert view.selected_span() == stretch(TEXT, part)
    assert spans == [stretch(TEXT, part)]


def test_a_drag_backwards_takes_the_same_words(view, spans):
    start, end = inside("Interior Ministry")
    drag(view, end, start)
    assert spans == [stretch(TEXT, "Interior Ministry")]
    assert view.caret() == stretch(TEXT, "Interior Ministry").start


def test_quotation_marks_are_taken_in_pairs(view):
    span = stretch(TEXT, "“not so soon”")
    drag(view, span.start, span.end)
    assert view.selected_span().covered(TEXT) == "“not so soon”"
    view.clear_selection()
    drag(view, span.start, span.end - 1)
    assert view.selected_span().covered(TEXT) == "not so soon"


def test_with_alt_a_drag_takes_exactly_what_it_is_drawn_over(view, spans):
    start, end = inside("Interior Ministry")
    drag(view, start, end, ALT)
    assert spans == [Span(start, end)]


def test_a_drag_through_the_space_between_lines_stays_in_its_line(view):
    start, end = inside("Interior Ministry")
    first, last = point_at(view, start), point_at(view, end)
    below = QPoint(0, 17)
    QTest.mousePress(view.viewport(), LEFT, NONE, first)
    move(view, (first + last) / 2 + below)
    move(view, last + below)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, last + below)
    assert view.selected_span() == stretch(TEXT, "Interior Ministry")


def test_a_shaking_hand_still_clicks(view, spans):
    point = point_at(view, stretch(TEXT, "Ministry").start + 3)
    QTest.mousePress(view.viewport(), LEFT, NONE, point)
    move(view, point + QPoint(3, 1))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, point + QPoint(3, 1))
    assert view.selected_span() is None
    assert spans == []


def test_a_drag_over_the_lower_edge_ends_with_the_last_line_on_the_screen(show):
    text = "\n\n".join(["The council met again and put the vote off. " * 6] * 60)
    view = show(text)
    start = text.index("again")
    below = QPoint(400, view.viewport().height() + 5)
    QTest.mousePress(view.viewport(), LEFT, NONE, point_at(view, start))
    move(view, below)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, below)
    assert view.selected_span().start == start
    assert 300 < view.selected_span().end < 4_000


@pytest.mark.parametrize("part", ["Interior Ministry", "سليم حداد"])
def test_what_is_selected_is_seen_to_be(show, part):
    span = stretch(TEXT, part)
    view = show(TEXT, size=(900, 500), marks=[marked(TEXT, "m", part, name="")])
    (band,) = view.mark_rectangles("m")
    view.remove_marks(["m"])

    def ground(x):
        return view.grab().toImage().pixelColor(int(x), int(band.top())).name()  # above the letters

    plain = ground(band.left() + 3)
    view.select_span(span)
    settle()
    assert ground(band.left() + 3) != plain
    assert ground(band.right() - 3) != plain
    assert ground(band.left() - 4) == ground(band.right() + 4) == plain


def test_a_double_click_takes_a_word_and_a_third_the_paragraph(view, spans):
    point = point_at(view, stretch(TEXT, "council’s").start + 3)
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, point)
    assert view.selected_span() == stretch(TEXT, "council")
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)
    assert view.selected_span().covered(TEXT) == TEXT.split("\n")[0]
    assert spans[-1] == view.selected_span()


def test_a_third_click_takes_a_paragraph_over_its_cuts(show):
    text = "First.\n" + "The council met again and put the vote off. " * 200
    view = show(text)
    assert view.document().blockCount() == 1 + 1 + len(text) // LONGEST
    point = point_at(view, 30)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, point)
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)
    assert view.selected_span() == Span(7, len(text) - 1)


def test_shift_and_a_click_extend_the_selection(view):
    view.set_caret(stretch(TEXT, "Interior").start)
    point = point_at(view, stretch(TEXT, "so soon").start + 2)
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, point)
    assert view.selected_span().covered(TEXT) == "Interior Ministry said “not so"


def test_a_click_drops_the_selection(view, spans):
    view.select_span(stretch(TEXT, "Interior"))
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_at(view, stretch(TEXT, "Tuesday").start + 2))
    assert spans == [stretch(TEXT, "Interior"), None]


def test_a_right_click_keeps_the_selection(view):
    view.select_span(stretch(TEXT, "Interior"))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, NONE, point_at(view, 60))
    assert view.selected_span() == stretch(TEXT, "Interior")


def test_clicks_go_through_the_marks_at_a_place(show):
    marks = [
        marked(TEXT, "outer", "The Interior Ministry said"),
        marked(TEXT, "inner", "Interior Ministry"),
        marked(TEXT, "crossing", "Ministry said “not"),
        marked(TEXT, "elsewhere", "Tuesday"),
    ]
    view = show(TEXT, marks=marks)
    clicked = []
    view.mark_clicked.connect(clicked.append)
    point = point_at(view, stretch(TEXT, "Ministry").start + 3)
    for _ in range(4):
        QTest.mouseClick(view.viewport(), LEFT, NONE, point)
        QTest.qWait(QApplication.doubleClickInterval() // 20)
    assert clicked == ["inner", "crossing", "outer", "inner"]
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_at(view, stretch(TEXT, "Tuesday").start + 3))
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_at(view, stretch(TEXT, "envoy").start + 3))
    assert clicked[4:] == ["elsewhere"]


def test_a_click_on_a_name_or_an_underline_means_that_mark(show):
    marks = [marked(TEXT, "outer", "The Interior Ministry said"), marked(TEXT, "inner", "Interior Ministry")]
    view = show(TEXT, marks=marks)
    clicked = []
    view.mark_clicked.connect(clicked.append)
    (line,) = (line for visible in view._places.visible() for line in visible.laid.lines)
    top = next(view._places.visible()).top
    for place in line.names:
        QTest.mouseClick(view.viewport(), LEFT, NONE, place.area.translated(0, top).center().toPoint())
    for strip in line.strips:
        QTest.mouseClick(view.viewport(), LEFT, NONE, strip.underline.translated(0, top).center().toPoint())
    assert clicked[:2] == [place.mark.id for place in line.names]
    assert clicked[2:] == [strip.mark.id for strip in line.strips]
    assert set(clicked) == {"outer", "inner"}


def test_return_activates(show):
    view = show(TEXT, marks=[marked(TEXT, "m", "Interior Ministry")])
    activated = []
    view.mark_activated.connect(activated.append)
    view.set_caret(stretch(TEXT, "Ministry").end)
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.set_caret(stretch(TEXT, "envoy").end)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert activated == ["m"]


def test_keys_are_told_and_never_written(view):
    typed = []
    view.key_typed.connect(typed.append)
    QTest.keyClicks(view, "p!")
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Eacute, NONE, "é"))
    QTest.keyClicks(view, "P")
    QTest.keyClick(view, Qt.Key.Key_P, CTRL)
    QTest.keyClick(view, Qt.Key.Key_P, ALT)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_X, CTRL)
    view.paste()
    assert typed == ["p", "!", "é", "P"]
    assert view.document().characterCount() - 1 == len(TEXT.encode("utf-16-le")) // 2


def test_the_keyboard_moves_and_selects(view, spans):
    view.set_caret(0)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret() == 1
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    assert view.caret() == 3
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Left, CTRL)
    assert view.caret() == 4
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert view.selected_span() == stretch(TEXT, "Interior Ministry")
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert view.selected_span().covered(TEXT) == "Interior Ministr"
    assert spans[-1].covered(TEXT) == "Interior Ministr"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.caret() == 0
    assert spans[-1] is None
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.caret() > 50


def test_in_arabic_the_arrows_follow_the_eye(view):
    start = stretch(TEXT, "قال").start
    view.set_caret(start)
    QTest.keyClick(view, Qt.Key.Key_Left, CTRL | SHIFT)
    assert view.selected_span().covered(TEXT) == "قال"


def test_the_arrows_go_over_what_is_not_there_to_see(show):
    sentence = "The council met again and put the vote off. "
    text = sentence * 100 + "\n\n\n\n\nNext."
    view = show(text)
    cut = view._sheet.pieces.starts[1]
    assert view._sheet.pieces.continues(1)
    view.set_caret(cut - 2)
    seen = []
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right)
        seen.append(view.caret())
    assert seen == [cut - 1, cut, cut + 1, cut + 2]
    view.set_caret(len(sentence) * 100)
    steps = 0
    while view.caret() < text.index("Next."):
        QTest.keyClick(view, Qt.Key.Key_Right)
        steps += 1
        assert view.textCursor().block().isVisible()
    assert steps == 2


def test_pages_turn_by_key(show):
    text = "\n\n".join(["The council met again and put the vote off. " * 6] * 60)
    view = show(text)
    places = [view.first_visible_position()]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        settle()
        places.append(view.first_visible_position())
    assert places == sorted(set(places))
    assert view.caret() > 0
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    settle()
    assert view.first_visible_position() < places[-1]


def test_the_keys_to_the_end_bring_in_the_rest_of_the_text(qtbot):
    text = "\n\n".join(["The council met again and put the vote off. " * 6] * 600)
    for key in (Qt.Key.Key_A, Qt.Key.Key_End):
        view = TextView(STYLE)
        qtbot.addWidget(view)
        view.show_document(text, (), ())
        assert view.document().blockCount() < text.count("\n")
        QTest.keyClick(view, key, CTRL)
        assert view.caret() == len(text)


def test_what_is_dragged_away_is_our_own_text(view):
    span = Span(stretch(TEXT, "ship").start, stretch(TEXT, "late").end)
    view.select_span(span)
    data = view.createMimeDataFromSelection()
    assert isinstance(data, QMimeData)
    assert data.text() == span.covered(TEXT)
    assert "\u00a0" in data.text()


def test_the_wheel_with_ctrl_asks_for_another_size(view):
    asked = []
    view.zoom_requested.connect(asked.append)
    before = view.verticalScrollBar().value()
    for delta in (120, 60, 60, -120):
        at = QPointF(100, 100)
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(view.viewport(), event)
    assert asked == [1, 1, -1]
    assert view.verticalScrollBar().value() == before


def test_the_mark_under_the_mouse_lights_up(show):
    view = show(TEXT, marks=[marked(TEXT, "m", "Interior Ministry"), marked(TEXT, "n", "Tuesday")])
    (band,) = view.mark_rectangles("m")

    def tint():
        return view.grab().toImage().pixelColor(int(band.left()) + 1, int(band.top()) + 2)

    plain = tint()
    move(view, band.center().toPoint(), buttons=Qt.MouseButton.NoButton)
    lit = tint()
    assert lit != plain
    assert lit.lightness() < plain.lightness()
    move(view, view.mark_rectangles("n")[0].center().toPoint(), buttons=Qt.MouseButton.NoButton)
    assert tint() == plain


def held_beyond(view, start, edge, beats=12):
    """Press at `start`, move beyond the upper or lower edge, and stay there for a while."""
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    outside = QPoint(start.x(), -30 if edge == "upper" else view.viewport().height() + 30)
    for point in (QPoint(start.x(), start.y() + 9), outside):
        position = QPointF(point)
        move = QMouseEvent(QEvent.Type.MouseMove, position, position, LEFT, LEFT, NONE)
        QApplication.sendEvent(view.viewport(), move)
    for _ in range(beats):
        view._mouse._beat.timeout.emit()
    QApplication.processEvents()


@pytest.mark.parametrize("text", [
    "\n\n".join(f"Paragraph {n} of the council’s minutes, which are long." for n in range(300)),
    "One paragraph of the council’s minutes without an end, as some archives have them, and so on. " * 2_000,
], ids=["many paragraphs", "one paragraph"])  # fmt: skip
def test_a_drag_held_beyond_the_edge_goes_on_and_takes_whole_words(show, text):
    view = show(text, size=(800, 400))
    told = []
    view.span_selected.connect(told.append)
    held_beyond(view, point_at(view, 200), "lower")
    bottom = view.verticalScrollBar().value()
    assert bottom > 5 and view._mouse._beat.isActive()
    end = view.caret()
    assert end > 1_000 and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(300, view.viewport().height() + 30))
    assert not view._mouse._beat.isActive()
    assert told[-1].start <= 200 < 1_000 < told[-1].end
    view.clear_selection()
    held_beyond(view, QPoint(300, 200), "upper", beats=60)
    assert view.verticalScrollBar().value() == 0
    assert view.selected_span().start < 60


def test_coming_back_over_the_page_ends_the_scrolling(show):
    view = show("\n\n".join(f"Paragraph {n} of the council’s minutes." for n in range(300)), size=(800, 400))
    held_beyond(view, QPoint(300, 200), "lower", beats=3)
    position = QPointF(300, 100)
    move = QMouseEvent(QEvent.Type.MouseMove, position, position, LEFT, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), move)
    assert not view._mouse._beat.isActive()
