"""The bar that finds words in the article, and the frames around them."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from annotator.core.span import Span
from annotator.gui.panels.find_bar import FOUND, FindBar
from annotator.gui.text_view.highlights import HighlightOverlay
from tests.gui.text_view.conftest import point_at, settle, stretch

MANY = 6_500
LONG = "a few words of a text. " * MANY
MIXED = "The minister الوزير قال said نعم 🗼 yes.\n\n" + "One long line without an end " * 40


@pytest.fixture
def finding(show, qtbot):
    """A view and its bar."""

    def make(text, size=(800, 600)):
        view = show(text, size=size)
        overlay = HighlightOverlay(view)
        view.add_overlay(overlay)
        bar = FindBar(view, overlay)
        qtbot.addWidget(bar)
        return view, overlay, bar

    return make


def search(qtbot, bar, words):
    bar.open()
    QTest.keyClicks(bar.words, words)
    qtbot.waitUntil(lambda: bar.said.text() != "" and not bar._delay.isActive())


def drawn(overlay, name=FOUND):
    group = overlay._groups.get(name)
    return group.spans if group else []


def test_the_next_place_is_shown_before_all_are_found_and_the_one_before_the_first_is_the_last(finding, qtbot):
    view, overlay, bar = finding(LONG)
    bar._more.setInterval(60_000)  # as if the text were so long
    search(qtbot, bar, "text")
    assert bar.said.text() == "1 of 2,000+"
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.said.text() == "2 of 2,000+"
    for _ in range(2):
        QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.said.text() == f"{MANY:,} of {MANY:,}"
    assert view.selected_span() == drawn(overlay)[-1] == Span(LONG.rindex("text"), LONG.rindex("text") + 4)
    assert len(drawn(overlay)) == MANY


def test_the_rest_is_found_by_and_by_and_drawn(finding, qtbot):
    _, overlay, bar = finding(LONG)
    search(qtbot, bar, "text")
    qtbot.waitUntil(lambda: len(drawn(overlay)) == MANY)
    assert bar.said.text() == f"1 of {MANY:,}"


def test_f3_finds_all_the_way_round_when_the_bar_was_closed_too_early_for_that(finding, qtbot):
    view, overlay, bar = finding(LONG)
    bar._more.setInterval(60_000)  # as if the text were so long
    search(qtbot, bar, "text")
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert bar.isHidden() and drawn(overlay) == []
    bar.step(-1)
    assert view.selected_span().start == LONG.rindex("text")
    assert drawn(overlay) == []  # the frames went with the bar


def test_another_text_while_the_last_one_is_still_looked_through(finding, qtbot):
    view, overlay, bar = finding(LONG)
    search(qtbot, bar, "text")
    bar.words.clear()
    view.show_document("no such thing", [], [])
    bar.show_text()
    settle()
    assert drawn(overlay) == [] and not bar._more.isActive()


def test_after_another_text_the_bar_begins_at_either_end_of_it(finding, qtbot):
    view, _, bar = finding("one two one")
    search(qtbot, bar, "one")
    for by, start in ((1, 0), (-1, 8)):
        view.show_document("one two one", [], [])
        bar.show_text()
        bar.step(by)
        assert view.selected_span().start == start


def test_closing_the_bar_leaves_what_is_selected(finding, qtbot):
    view, _, bar = finding("one two one")
    search(qtbot, bar, "one")
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert view.selected_span() == Span(0, 3)
    search(qtbot, bar, "one")
    view.select_span(Span(4, 7))
    bar.leave()
    assert view.selected_span() == Span(4, 7)


def test_nothing_is_drawn_on_another_text_than_the_one_it_was_found_in(finding):
    view, overlay, _ = finding("one two")
    overlay.set_group("numbers", [Span(0, 3)], "#2e6fb7", boxed=False)
    view.show_document("two one", [], [])
    settle()
    assert list(overlay._places(overlay._groups["numbers"], view.visible())) == []


def test_a_group_grows_and_what_was_cleared_does_not(finding):
    _, overlay, _ = finding("one two one")
    overlay.set_group("numbers", [Span(0, 3)], "#2e6fb7", boxed=False)
    overlay.extend_group("numbers", [Span(4, 7)])
    assert drawn(overlay, "numbers") == [Span(0, 3), Span(4, 7)]
    overlay.clear("numbers")
    overlay.extend_group("numbers", [Span(8, 11)])
    assert drawn(overlay, "numbers") == []


def test_what_stands_out_is_known_at_each_point(finding):
    view, overlay, _ = finding(MIXED)
    names = [stretch(MIXED, word) for word in ("minister", "الوزير", "yes")]
    overlay.set_group("names", names, "#2e6fb7", boxed=False)
    for span in names:
        assert overlay.at(QPointF(point_at(view, span.start + 1, 0))) == [("names", span)]
    assert overlay.at(QPointF(point_at(view, MIXED.index("said")))) == []
    assert overlay.at(QPointF(2, 2)) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, len(MIXED)), max_size=12))
def test_places_are_drawn_where_the_same_words_would_be_selected(finding_view, cuts):
    from annotator.gui.text_view.selection import selected_areas

    view, overlay = finding_view
    ends = sorted(cuts)
    spans = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    overlay.set_group("any", spans, "#2e6fb7", boxed=True)
    for span in spans:
        view.select_span(span)
        got = [
            (round(place.left()), round(place.right()), round(place.top()))
            for found, places in overlay._places(overlay._groups["any"], view.visible())
            for place in places
            if found == span
        ]
        expected = [
            (round(area.left()), round(area.right()), round(area.top() + visible.top - 1))
            for visible in view.visible()
            for area in selected_areas(
                visible.block, view.textCursor(), view.sheet.pieces.bidirectional(visible.block.blockNumber())
            )
        ]
        assert sorted(got) == sorted(expected)


@pytest.fixture
def finding_view(finding):
    view, overlay, _ = finding(MIXED, (800, 1600))  # all of it is in view
    return view, overlay


def test_only_the_lines_of_an_area_are_looked_at(finding):
    view, overlay, _ = finding("word " * 2_000)
    words = [Span(*match.span()) for match in re.finditer("word", view.document_text())]
    overlay.set_group("words", words, "#2e6fb7", boxed=True)
    port = view.viewport().rect()
    everything = list(overlay._places(overlay._groups["words"], view.visible()))
    port.setHeight(port.height() // 4)
    some = list(overlay._places(overlay._groups["words"], view.visible(), port))
    assert 0 < len(some) < len(everything) / 2 < len(words) / 4
