"""What is on the screen: loading, zones, scrolling, colours."""

import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.view import TextView
from annotator.gui.text_view.zones import ZoneSpan
from annotator.gui.theme import DARK

from .conftest import STYLE, marked, settle, stretch

PARAGRAPH = "The harbour council met on Tuesday and put off the vote until the envoy had reported from Marsa. "
STRANGE = (
    "Emoji 🚢🇲🇹 and\u00a0spaces\u2028a line\u2029a paragraph \ufdd0\ufffc قال الوزير «نعم» e\u0301 end\n\n\n\nلا\n🚢"
)


def test_a_long_text_is_all_there_when_loaded_is_told(qtbot):
    text = "\n\n".join(f"{n} {PARAGRAPH}" for n in range(3_000))
    view = TextView(STYLE)
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitSignal(view.loaded, timeout=10_000):
        view.show_document(text, (), ())
        view.show()
    assert view.document().blockCount() == text.count("\n") + 1
    assert view.document_text() == text


def test_a_view_that_nobody_sees_loads_too(qtbot):
    view = TextView(STYLE)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.loaded, timeout=5_000):
        view.show_document(PARAGRAPH * 3_000, (), [])


def test_the_beginning_is_there_before_the_rest(qtbot):
    text = "\n".join([PARAGRAPH] * 3_000)
    view = TextView(STYLE)
    qtbot.addWidget(view)
    view.show_document(text, (), [marked(text, "late", "envoy")])
    assert 1 < view.document().blockCount() < 1_000
    view.select_span(Span(len(text) - 8, len(text)))  # asking for the end brings it in
    assert view.selected_span().covered(text) == text[-8:]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_span_comes_back_from_the_widget_as_it_was(show, data):
    view = test_every_span_comes_back_from_the_widget_as_it_was.__dict__.setdefault("view", show(STRANGE))
    start = data.draw(st.integers(0, len(STRANGE) - 1))
    end = data.draw(st.integers(start + 1, len(STRANGE)))
    if "\u0301" in STRANGE[start : start + 1] + STRANGE[end : end + 1]:
        return
    view.select_span(Span(start, end))
    assert view.selected_span() == Span(start, end)
    assert view.caret() == end
    view.copy()
    assert QApplication.clipboard().text() == STRANGE[start:end]


def test_select_all_copies_the_text_as_it_was_given(show):
    text = STRANGE + "\n" + PARAGRAPH * 60
    view = show(text, [ZoneSpan("HEADLINE", stretch(text, "Emoji 🚢🇲🇹"))])
    assert view.document().blockCount() > text.count("\n") + 1  # there are cuts that no character stands for
    view.selectAll()
    view.copy()
    assert QApplication.clipboard().text() == text


def test_a_paragraph_of_300_kb_opens_and_scrolls(show):
    text = PARAGRAPH * 3_100
    view = show(text, marks=[marked(text[:2000], "m", "envoy"), marked(text, "wide", text[5:299_000])])
    assert len(text) > 300_000
    assert view.mark_rectangles("m")
    view.scroll_to_position(len(text) - 1)
    settle()
    assert view.first_visible_position() > len(text) - 5_000
    assert view.mark_rectangles("wide") == []
    view.scroll_to_position(200_000)
    settle()
    assert view.mark_rectangles("wide")


@pytest.mark.parametrize("height", [120, 333, 600])
def test_the_last_line_can_be_read(show, height):
    text = "\n\n".join([PARAGRAPH * 4] * 30) + "\nThe end."
    view = show(text, marks=[marked(text, "m", "The end."), marked(text, "n", "end")], size=(700, height))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    bar.setValue(bar.maximum())
    settle()
    (rect,) = view.mark_rectangles("m")
    assert rect.height() > 15
    names = [
        place.area.translated(0, v.top) for v in view._places.visible() for li in v.laid.lines for place in li.names
    ]
    assert len(names) >= 2
    assert max(area.bottom() for area in names) <= view.viewport().height()


def test_the_column_is_centred_and_no_wider_than_it_may_be(show):
    text = PARAGRAPH * 5
    view = show(text, marks=[marked(text, "all", text)], size=(1200, 600))
    rects = view.mark_rectangles("all")
    left, right = min(r.left() for r in rects), max(r.right() for r in rects)
    assert abs(left - (view.viewport().width() - view._sheet.width) / 2) <= 1
    assert right - left <= view._sheet.width
    lines = view.document().firstBlock().layout()
    assert max(lines.lineAt(n).textLength() for n in range(lines.lineCount())) <= STYLE.column + 6
    view.resize(300, 600)
    settle()
    rects = view.mark_rectangles("all")
    assert min(r.left() for r in rects) >= 24
    assert max(r.right() for r in rects) <= view.viewport().width() - 24


def test_zones_have_their_own_faces_and_places(show):
    text = "Select Page\nHarbour Pause | Archive\n\nA crowd. AFP PHOTO / N. CASSAR\n\n\nMARSA – It ended.\n"
    labels = {
        "BOILERPLATE": "Select Page", "HEADLINE": "Harbour Pause", "CAPTION": "A crowd. AFP PHOTO / N. CASSAR",
        "CREDIT": "AFP PHOTO / N. CASSAR", "DATELINE": "MARSA –",
    }  # fmt: skip
    parts = [*labels.values(), "It ended"]
    view = show(
        text,
        [ZoneSpan(label, stretch(text, part)) for label, part in labels.items()],
        [marked(text, part, part, name="") for part in parts],
    )
    rects = {part: view.mark_rectangles(part)[0] for part in parts}
    assert rects["Harbour Pause"].height() > 1.5 * rects["It ended"].height() > 1.5 * rects["Select Page"].height()
    assert rects["A crowd. AFP PHOTO / N. CASSAR"].left() > rects["It ended"].left() - rects["MARSA –"].width()
    tops = [rects[part].top() for part in ("Select Page", "Harbour Pause", "A crowd. AFP PHOTO / N. CASSAR", "MARSA –")]
    assert tops == sorted(tops)
    assert [visible.laid.bar is not None for visible in view._places.visible()].count(True) == 1
    assert view.mark_rectangles("AFP PHOTO / N. CASSAR")[0].top() == rects["A crowd. AFP PHOTO / N. CASSAR"].top()


def test_several_blank_lines_make_one_gap(show):
    text = "one\n\ntwo\n\n\n\n\nthree\nfour"
    parts = ["one", "two", "three", "four"]
    view = show(text, marks=[marked(text, part, part, name="") for part in parts])
    one, two, three, four = (view.mark_rectangles(part)[0].top() for part in parts)
    assert two - one == three - two > four - three > 0
    view.selectAll()
    assert view.selected_span() == Span(0, len(text))


def test_where_no_blank_line_is_paragraphs_are_parted_all_the_same(show):
    text = "one\ntwo"
    marks = [marked(text, "one", "one", name=""), marked(text, "two", "two", name="")]
    apart = show(text, marks=marks)
    tops = [apart.mark_rectangles(id_)[0].top() for id_ in ("one", "two")]
    assert tops[1] - tops[0] > 1.3 * apart._sheet.faces.body.pitch


def test_one_mark_a_line_does_not_move_the_lines(show):
    text = PARAGRAPH * 6
    plain = show(text)
    marks = [marked(text, "m", "council"), marked(text, "n", "envoy")]
    with_marks = show(text, marks=marks)

    def tops(view):
        layout = view.document().firstBlock().layout()
        return [layout.lineAt(n).y() for n in range(layout.lineCount())]

    assert tops(plain) == tops(with_marks)


def test_the_place_is_kept_over_style_and_size(show):
    text = "\n\n".join(f"{n} {PARAGRAPH * 3}" for n in range(400))
    view = show(text)
    place = text.index("\n200 ") + 1
    view.scroll_to_position(place)
    settle()
    assert view.first_visible_position() == place
    view.resize(560, 500)
    settle()
    assert view.first_visible_position() == place
    view.set_style(replace(STYLE, pixels=26))
    settle()
    assert view.first_visible_position() == place


def test_reveal_scrolls_only_when_it_must(show):
    text = "\n\n".join(f"{n} {PARAGRAPH * 3}" for n in range(200))
    view = show(text)
    target = stretch(text, "\n150 ")
    view.reveal(target)
    settle()
    before = view.first_visible_position()
    assert before < target.start
    top = view._places.line_top(target.end - 1)
    assert 0 < top < view.viewport().height() / 2
    view.reveal(Span(target.start + 20, target.end + 30))
    assert view.first_visible_position() == before


def colors_of(view):
    image = view.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}


@pytest.fixture(params=["", "QPushButton { color: red }"], ids=["plain", "style sheet"])
def style_sheet(request, qapp):
    before = qapp.styleSheet()
    qapp.setStyleSheet(request.param)
    yield
    qapp.setStyleSheet(before)


def test_no_paper_of_the_other_theme_is_left(show, style_sheet):
    view = show(PARAGRAPH * 5, size=(300, 200))
    view.setVerticalScrollBarPolicy(view.horizontalScrollBarPolicy())
    settle()
    assert STYLE.theme.paper in colors_of(view)
    view.set_style(replace(STYLE, theme=DARK))
    colors = colors_of(view)
    assert STYLE.theme.paper not in colors
    assert STYLE.theme.background not in colors
    assert DARK.paper in colors


def test_painting_keeps_the_count_of_none(show):
    text = PARAGRAPH * 20
    marks = [marked(text, f"m{n}", "harbour", "council") for n in range(20)]
    view = show(text, marks=marks)
    view.viewport().repaint()
    before = sys.getrefcount(None)
    for _ in range(200):
        view.viewport().repaint()
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_picture_is_the_whole_article(show):
    text = "\n\n".join([PARAGRAPH] * 30)
    view = show(text, marks=[marked(text, "m", "council")], size=(500, 300))
    image = view.picture(640)
    assert image.width() == 640
    assert image.height() > 2_000
    assert view.picture(640, 200).height() == 200
    band = {image.pixelColor(x, y).name() for x in range(0, 640, 2) for y in range(0, 120)}
    assert QColor("#2e6fb7").name() in band


def test_a_screen_reader_finds_the_text(show):
    text = "The envoy\u00a0left 🚢.\n\nقال الوزير"
    view = show(text)
    face = QAccessible.queryAccessibleInterface(view)
    assert face.text(QAccessible.Text.Name) == "Article"
    words = face.textInterface()
    assert words.text(0, words.characterCount()).replace("\u2029", "\n") == text
    assert words.characterRect(4).width() > 0


def test_hidden_text_view_makes_a_picture(qtbot):
    view = TextView(STYLE)
    qtbot.addWidget(view)
    view.show_document(PARAGRAPH, (), ())
    assert view.picture(600).height() > 100


def test_scrolling_down_shows_every_line_once(show):
    text = "\n\n".join(f"{n} {PARAGRAPH * 2}" for n in range(60))
    view = show(text)
    seen = []
    bar = view.verticalScrollBar()
    for value in range(bar.maximum() + 1):
        bar.setValue(value)
        seen.append(view.first_visible_position())
    assert seen == sorted(seen)
    assert view.cursorForPosition(QPoint(300, 5)).position() > 0
    assert QTextCursor(view.document()).position() == 0


def test_two_lines_stay_in_view_below_the_caret_that_goes_down(show):
    view = show("\n\n".join(f"{n} {PARAGRAPH * 3}" for n in range(40)))
    pitch = view._sheet.faces.body.pitch
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0
    assert view.cursorRect().bottom() + 2 * pitch <= view.viewport().height()
    assert view.cursorRect().bottom() > view.viewport().height() - 5 * pitch
