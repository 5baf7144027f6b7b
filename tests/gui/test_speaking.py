"""What a screen reader is told of the marks, and that nothing is worked out where there is none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from annotator.gui.speaking import Speaker

QUOTE = "“We hope our partners will come,”"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heard(window):
    """All that was said, in order."""
    said = []
    speaker = Speaker(window.view, window.session)
    speaker.said.connect(said.append)
    QAccessible.setActive(True)
    yield said
    QAccessible.setActive(False)


def extent(window, words):
    start = window.text.index(words)
    return f"characters {start} to {start + len(words)}"


def test_the_caret_tells_what_it_comes_into_and_leaves(window, heard):
    window.mark(QUOTE, "q")
    window.press(Qt.Key.Key_Escape)
    window.mark("partners", "o")
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Home, CTRL)
    heard.clear()
    for _ in range(window.text.index("come") + len("come,”  ")):
        window.press(Qt.Key.Key_Right)
    assert heard == [
        f"QUOTE, {QUOTE}, {extent(window, QUOTE)}",
        f"ORG, partners, {extent(window, 'partners')}; inside QUOTE",
        "end of ORG",
        "end of QUOTE",
    ]


def test_what_becomes_of_a_mark_is_said_once(window, heard):
    window.mark("Salim Haddad", "p")
    where = extent(window, "Salim Haddad")
    assert heard[-1] == f"marked: PERSON, Salim Haddad, {where}"
    before = len(heard)
    window.press("o")
    window.press(Qt.Key.Key_Delete)
    window.act("undo")
    changed, deleted, back = heard[before:]
    assert changed == f"changed: ORG, Salim Haddad, {where}"
    assert deleted == "deleted: ORG"
    assert back.startswith(f"marked: ORG, Salim Haddad, {where}")


def test_a_mark_that_is_made_around_the_caret_is_not_said_once_more(window, heard):
    window.view.set_caret(window.text.index("Valletta") + 2)
    window.press("g")
    assert heard[-1].startswith("marked: GPE, Valletta, ")
    before = len(heard)
    window.press(Qt.Key.Key_Right)
    assert heard[before:] == []


def test_a_mark_that_is_chosen_is_said(window, heard):
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Escape)
    heard.clear()
    window.window.side.marks.setFocus()
    window.window.side.marks.setCurrentIndex(window.window.side.marks.marks.index(0))
    window.settle()
    assert heard == [f"chosen: PERSON, Salim Haddad, {extent(window, 'Salim Haddad')}"]


def test_parts_go_with_their_labels(window, heard):
    window.mark(QUOTE, "q")
    window.mark("Salim Haddad", "s")
    window.press(Qt.Key.Key_Delete)
    said, labels = heard[-1].split(": ")
    assert said == "deleted" and set(labels.split(", ")) == {"QUOTE", "SOURCE"}


def test_marks_that_are_read_later_are_not_told_of_as_new(window, heard):
    window.mark("Salim Haddad", "p")
    heard.clear()
    opened = window.session.open
    opened.annotations.clear()
    opened.read_to = 0
    while window.session.show_more():
        window.settle()
    window.settle()
    assert list(opened.annotations)
    window.session.set_status("finished")
    window.settle()
    assert [said for said in heard if said.startswith("marked")] == []


def test_nothing_is_said_where_nobody_listens(window, heard):
    QAccessible.setActive(False)
    window.mark("Salim Haddad", "p")
    window.press(Qt.Key.Key_Home, CTRL)
    window.press(Qt.Key.Key_Right)
    assert heard == []
