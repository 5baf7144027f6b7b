"""Marks on the screen."""

import pytest

from annotator.core.span import Span
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.view import TextView

from .conftest import STYLE, marked, settle, stretch

TEXT = (
    "Deputy Minister Salim Haddad said in Valletta that the corridor would stay open until Friday evening.\n\n"
    "“The boats,” he said, “our crews will mend before the winter.”\n\n"
    "قال الوزير في Valletta إن 24 قارباً عادت إلى الميناء.\n\n"
)


def places(view):
    """The names on the screen: of which mark, and where."""
    return [
        (place.mark.id, place.area.translated(0, visible.top), place.again)
        for visible in view._places.visible()
        for line in visible.laid.lines
        for place in line.names
    ]


def underlines(view, id_):
    return [
        strip.underline.translated(0, visible.top)
        for visible in view._places.visible()
        for line in visible.laid.lines
        for strip in line.strips
        if strip.mark.id == id_
    ]


def assert_apart(areas):
    for n, area in enumerate(areas):
        assert not any(area.intersects(other) for other in areas[:n])


def test_nested_crossing_and_equal_marks_are_all_told_apart(show):
    marks = [
        marked(TEXT, "outer", "Deputy Minister Salim Haddad"),
        marked(TEXT, "nested", "Salim Haddad", name="PERSON"),
        marked(TEXT, "crossing", "Haddad said in Valletta"),
        marked(TEXT, "same", "Haddad said in Valletta", name="QUOTE"),
    ]
    view = show(TEXT, marks=marks, size=(1000, 600))
    assert all(view.mark_rectangles(mark.id) for mark in marks)
    assert {id_ for id_, _, _ in places(view)} == {mark.id for mark in marks}
    assert_apart([area for _, area, _ in places(view)])
    assert_apart([line for mark in marks for line in underlines(view, mark.id)])
    for id_, area, _ in places(view):
        assert abs(area.left() - view.mark_rectangles(id_)[0].left()) <= 3
        assert area.top() >= underlines(view, id_)[0].bottom()


def test_a_mark_goes_on_in_the_next_line_without_its_name(show):
    view = show(TEXT, marks=[marked(TEXT, "m", TEXT.split("\n")[0])], size=(420, 600))
    assert len(view.mark_rectangles("m")) >= 3
    assert [(id_, again) for id_, _, again in places(view)] == [("m", False)]


def test_the_fragments_of_one_mark_are_linked_in_a_line(show):
    view = show(TEXT, marks=[marked(TEXT, "m", "“The boats,”", "“our crews")], size=(1000, 600))
    assert len(view.mark_rectangles("m")) == 2
    assert len(places(view)) == 1
    ((_, link),) = [link for visible in view._places.visible() for line in visible.laid.lines for link in line.links]
    first, second = view.mark_rectangles("m")
    assert (link.left(), link.right()) == (first.right(), second.left())


def test_a_fragment_in_another_line_repeats_the_name(show):
    view = show(TEXT, marks=[marked(TEXT, "m", "Deputy Minister", "“The boats,”")])
    assert [(id_, again) for id_, _, again in places(view)] == [("m", False), ("m", True)]


def test_a_mark_over_two_directions_has_several_rectangles(show):
    span = stretch(TEXT, "في Valletta إن 24 قار")
    view = show(TEXT, marks=[Mark("m", (Span(span.start, span.end - 6),), "ORG", "#2e6fb7")])
    assert view.mark_rectangles("m")
    part = stretch(TEXT, "الوزير في Vall")
    view.show_document(TEXT, (), [Mark("m", (part,), "ORG", "#2e6fb7")])
    settle()
    rects = sorted(view.mark_rectangles("m"), key=lambda rect: rect.left())
    assert len(rects) == 2
    assert rects[0].right() < rects[1].left()  # the rest of the Latin word lies between


def test_right_to_left_names_stand_under_the_right_hand_start(show):
    view = show(TEXT, marks=[marked(TEXT, "m", "قال الوزير")])
    ((_, area, _),) = places(view)
    (band,) = view.mark_rectangles("m")
    assert abs(area.right() - band.right()) <= 3
    assert abs(band.right() - (view._sheet.left + view._sheet.width)) <= 2


def test_marks_come_change_and_go(show):
    view = show(TEXT)
    view.add_marks([marked(TEXT, "m", "Salim Haddad"), marked(TEXT, "n", "said")])
    settle()
    before = view.mark_rectangles("m")[0]
    assert view.marks_at(stretch(TEXT, "Haddad").start) == ["m"]
    view.replace_marks([marked(TEXT, "m", "Deputy Minister Salim Haddad")])
    assert view.mark_rectangles("m")[0].width() > 1.8 * before.width()
    assert view.marks_at(0) == ["m"]
    view.remove_marks(["m"])
    assert view.mark_rectangles("m") == []
    assert view.mark_rectangles("n")
    assert view.marks_at(0) == []
    assert [id_ for id_, _, _ in places(view)] == ["n"]


def test_an_added_mark_is_drawn_without_being_asked(show):
    view = show(TEXT)
    image = view.grab().toImage()
    view.add_marks([marked(TEXT, "m", "Salim Haddad")])
    settle()
    assert view.grab().toImage() != image


def test_marks_nest_deeper_and_the_lines_make_room(show):
    marks = [marked(TEXT, f"m{n}", "Salim Haddad", name=f"LABEL {n}") for n in range(6)]
    view = show(TEXT, marks=[marked(TEXT, "below", "“The boats,”")])
    before = view.mark_rectangles("below")[0].top()
    view.add_marks(marks)
    settle()
    assert view.mark_rectangles("below")[0].top() > before + 5 * 11
    assert_apart([area for _, area, _ in places(view)])
    view.remove_marks([mark.id for mark in marks])
    assert view.mark_rectangles("below")[0].top() == before


def test_marks_at_tells_the_innermost_first(show):
    marks = [marked(TEXT, "outer", "Deputy Minister Salim Haddad"), marked(TEXT, "inner", "Salim Haddad")]
    view = show(TEXT, marks=marks)
    assert view.marks_at(stretch(TEXT, "Haddad").start) == ["inner", "outer"]
    assert view.marks_at(0) == ["outer"]
    assert view.marks_at(len(TEXT)) == []


def test_many_marks_are_there_as_soon_as_they_are_asked_for(qtbot):
    text = TEXT * 500
    marks = [Mark(f"m{n}", (Span(n * 8, n * 8 + 6),), "ORG", "#2e6fb7") for n in range(10_000)]
    view = TextView(STYLE)
    qtbot.addWidget(view)
    view.show_document(text, (), marks)
    assert view.marks_at(79_993) == ["m9999"]
    view.remove_marks(["m9999"])
    view._loading.load_all()
    assert view.marks_at(79_993) == []


def test_the_chosen_mark_and_its_relatives_stand_out(show):
    text = TEXT
    marks = [
        marked(text, "m", "“The boats,”", "“our crews"),
        marked(text, "n", "he said"),
        marked(text, "o", "said in"),
    ]
    view = show(text, marks=marks)

    def tints():
        image = view.grab().toImage()
        return [image.pixelColor(r.left() + 1, r.top() + 3).name() for m in marks for r in _rects(view, m.id)]

    plain = tints()
    view.set_chosen("m", ["n"])
    settle()
    lit = tints()
    assert [a != b for a, b in zip(plain, lit, strict=True)] == [True, True, True, False]
    view.set_chosen(None)
    settle()
    assert tints() == plain


def _rects(view, id_):
    return [rect.toRect() for rect in view.mark_rectangles(id_)]


@pytest.mark.parametrize(
    "name", ["<img src=/etc/passwd>", "<b>bold</b>", "&amp;", "a\nb\tc", "x" * 5_000, "\u202eright", "", "🚢", "%1 &x"]
)
def test_a_name_is_drawn_as_it_is_written(show, name):
    view = show(TEXT, marks=[Mark("m", (stretch(TEXT, "Salim Haddad"),), name, "no colour")])
    view.grab()
    assert view.mark_rectangles("m")
    text, width = view._sheet.tags._text(name, False)
    assert width <= 240
    if len(name) < 100:
        assert text == " ".join(name.split()).upper()
    if name:
        ((_, area, _),) = places(view)
        assert area.right() <= view.viewport().width()


def test_a_thousand_marks_on_one_word_do_no_harm(show):
    span = stretch(TEXT, "Salim Haddad")
    view = show(TEXT, marks=[Mark(f"m{n}", (span,), "ORG", "#2e6fb7") for n in range(1_000)])
    view.grab()
    assert all(view.mark_rectangles(f"m{n}") for n in (0, 500, 999))
    assert len(view.marks_at(span.start)) == 1_000


def test_strange_marks_do_no_harm(show):
    marks = [
        Mark("far", (Span(len(TEXT) + 5, len(TEXT) + 9),), "ORG", "#2e6fb7"),
        Mark("over", (Span(3, len(TEXT) + 50),), "ORG", "#2e6fb7"),
        Mark("blank", (stretch(TEXT, "\n\n"),), "ORG", "#2e6fb7"),
        Mark("overlapping", (Span(0, 10), Span(5, 20)), "ORG", "#2e6fb7"),
    ]
    view = show(TEXT, marks=marks)
    view.grab()
    assert view.mark_rectangles("far") == []
    assert view.mark_rectangles("over")
    assert len(view.mark_rectangles("overlapping")) == 1
