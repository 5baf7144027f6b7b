import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.highlights import HighlightOverlay
from annotator.gui.text_view.hints import HintOverlay, codes
from annotator.gui.text_view.links import LinkLine, LinkOverlay
from tests.gui.text_view.conftest import marked, settle, stretch

TEXT = "Salim Haddad said so.\n\n" + "Nothing happens here for long. " * 12 + "\n\n" + "Marsa denied it.\n\n"
TEXT += "And more of nothing. " * 400 + "\n\nThe end came."


def link(source, target, id_="l"):
    return LinkLine(id_, source, target, "claimed by", "#b2356b")


@pytest.fixture
def view(show):
    marks = [
        marked(TEXT, "a", "Salim Haddad", name="PERSON"), marked(TEXT, "b", "said"), marked(TEXT, "c", "Marsa"),
        marked(TEXT, "z", "The end"),
    ]  # fmt: skip
    return show(TEXT, marks=marks, size=(1000, 600))


@pytest.fixture
def links(view):
    overlay = LinkOverlay(view, view)
    view.add_overlay(overlay)
    return overlay


def drawn(view, overlay):
    view.grab()
    settle()
    return {one.link.id: one for one in overlay.drawn()}


def band(view, mark):
    return view.mark_rectangles(mark)[0]


def test_a_link_within_a_line_is_an_arc_from_one_mark_to_the_other(view, links):
    links.set_links([link("a", "b")])
    links.set_shown("all")
    (arc,) = drawn(view, links).values()
    box = arc.path.boundingRect()
    assert band(view, "a").left() <= box.left() and box.right() <= band(view, "b").right()
    assert abs(box.bottom() - band(view, "a").top()) < 4
    assert abs(arc.arrow.boundingRect().center().x() - box.right()) < 6  # it points at the target
    links.set_links([link("b", "a")])
    (back,) = drawn(view, links).values()
    assert abs(back.arrow.boundingRect().center().x() - back.path.boundingRect().left()) < 6


def test_a_link_over_lines_is_a_bracket_beside_the_column(view, links):
    links.set_links([link("a", "c")])
    links.set_shown("all")
    (bracket,) = drawn(view, links).values()
    box = bracket.path.boundingRect()
    assert box.left() >= view.sheet.left + view.sheet.width
    assert abs(box.top() - band(view, "a").center().y()) < 2
    assert abs(box.bottom() - band(view, "c").center().y()) < 2
    assert bracket.name is not None and not bracket.far


def test_brackets_do_not_lie_on_each_other(view, links):
    links.set_links([link("a", "c", "one"), link("b", "c", "two"), link("c", "a", "three")])
    links.set_shown("all")
    found = drawn(view, links)
    assert len({round(one.path.boundingRect().right()) for one in found.values()}) == 3
    names = [one.name for one in found.values() if one.name is not None]
    assert not any(one.intersects(other) for one in names for other in names if one is not other)


def test_the_far_end_is_out_of_sight_and_can_be_followed(view, links):
    links.set_links([link("a", "z")])
    links.set_shown("all")
    followed = []
    links.followed.connect(followed.append)
    (down,) = drawn(view, links).values()
    assert down.far == "z" and down.text.endswith("↓")
    assert down.path.boundingRect().bottom() > view.viewport().height()
    QTest.mouseClick(view.viewport(), view_button(), pos=down.name.center().toPoint())
    view.scroll_to_position(len(TEXT))
    (up,) = drawn(view, links).values()
    assert up.far == "a" and up.text.endswith("↑")
    assert up.path.boundingRect().top() < 0
    QTest.mouseClick(view.viewport(), view_button(), pos=up.name.center().toPoint())
    assert followed == ["z", "a"]


def view_button():
    from PySide6.QtCore import Qt

    return Qt.MouseButton.LeftButton


def test_only_the_links_that_are_wanted_are_drawn(view, links):
    links.set_links([link("a", "b", "one"), link("c", "a", "two"), link("z", "z", "self"), link("gone", "a", "lost")])
    links.set_shown("none")
    assert drawn(view, links) == {}
    links.set_shown("chosen")
    assert drawn(view, links) == {}
    links.set_chosen("b")
    assert set(drawn(view, links)) == {"one"}
    links.set_shown("all")
    assert set(drawn(view, links)) == {"one", "two"}  # a link to what is not there is not drawn
    view.remove_marks(["b"])
    assert set(drawn(view, links)) == {"two"}
    view.show_document("", [], [])
    assert drawn(view, links) == {}


def test_arabic_brackets_stand_at_the_left(show):
    text = "قال الوزير نعم.\n\nثم مضى إلى مرسى."
    view = show(text, marks=[marked(text, "a", "الوزير"), marked(text, "b", "مرسى")], size=(1000, 600))
    overlay = LinkOverlay(view, view)
    view.add_overlay(overlay)
    overlay.set_links([link("a", "b")])
    overlay.set_shown("all")
    (bracket,) = drawn(view, overlay).values()
    assert bracket.path.boundingRect().right() <= view.sheet.left


@given(st.integers(0, 2000))
def test_no_code_is_the_beginning_of_another(count):
    made = codes(count)
    assert len(made) == len(set(made)) == count
    assert not any(other != one and other.startswith(one) for one in made[:60] for other in made)


@pytest.fixture
def hints(view):
    overlay = HintOverlay(view, view)
    view.add_overlay(overlay)
    return overlay


def test_letters_stand_on_the_marks_in_view_in_their_order(view, hints):
    hints.show(["c", "a", "b", "z", "gone"])
    assert hints.active
    view.grab()
    assert hints.type("s") == "b"
    hints.hide()
    assert not hints.active
    hints.show(["z"])
    assert not hints.active  # it is out of sight


def test_with_many_marks_two_letters_are_typed(show):
    text = " ".join(f"word{n}" for n in range(60))
    view = show(text, marks=[marked(text, f"m{n}", f"word{n}") for n in range(60)])
    overlay = HintOverlay(view, view)
    view.add_overlay(overlay)
    overlay.show([f"m{n}" for n in range(60)])
    made = dict(zip([f"m{n}" for n in range(60)], codes(60), strict=True))
    assert len(made["m59"]) == 2
    assert overlay.type(made["m59"][0]) is None
    view.grab()
    assert overlay.type("1") is None  # it leads nowhere, and is passed over
    assert overlay.type(made["m59"][1]) == "m59"
    assert codes(60)[0] == "a"


def test_found_words_are_drawn_where_they_stand_and_only_those_in_view(view):
    overlay = HighlightOverlay(view)
    view.add_overlay(overlay)
    plain = view.grab().toImage()
    span = stretch(TEXT, "denied")
    overlay.set_group("found", [span, stretch(TEXT, "came")], "#c98a00", boxed=True)
    overlay.set_group("names", [stretch(TEXT, "Marsa")], "#2e6fb7", boxed=False)
    overlay.set_current("found", span)
    settle()
    assert view.grab().toImage() != plain
    (shown,) = [areas for found, areas in overlay._places(overlay._groups["found"], view.visible()) if found == span]
    assert len(shown) == 1 and shown[0].width() > 10
    assert [found for found, _ in overlay._places(overlay._groups["found"], view.visible())] == [span]
    overlay.clear("found")
    overlay.clear("names")
    settle()
    assert view.grab().toImage() == plain


@pytest.mark.parametrize("text", ["", "\n\n", "x", "س x س"])
def test_overlays_draw_nothing_on_nothing(show, text):
    view = show(text)
    overlay, letters, places = LinkOverlay(view, view), HintOverlay(view, view), HighlightOverlay(view)
    for one in (overlay, letters, places):
        view.add_overlay(one)
    overlay.set_shown("all")
    overlay.set_links([link("a", "b")])
    letters.show(["a"])
    places.set_group("found", [Span(0, 1)] if text.strip() else [], "#123456", boxed=True)
    view.grab()
    QApplication.processEvents()
    assert overlay.press(QPointF(5, 5)) is False


def test_a_faint_link_leaves_the_labels_colour_as_it_was(view, links):
    from annotator.gui.theme import LIGHT, label_color

    links.set_links([link("a", "c")])
    links.set_shown("all")
    drawn(view, links)
    assert label_color("#b2356b", LIGHT).alphaF() == 1.0
