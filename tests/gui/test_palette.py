"""The labels at the side: layers shown and hidden, the brush, and schemes of hundreds of labels."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from annotator.core.scheme import Label, Layer, Scheme
from annotator.gui.panels.palette import MANY, SEEN, Palette
from annotator.gui.theme import DARK, LIGHT

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def scheme(count, layers=3):
    names = [f"layer {n}" for n in range(layers)]
    labels = tuple(Label(f"l{n}", names[n % layers], f"THING_{n}") for n in range(count))
    return Scheme("s", tuple(Layer(name, name) for name in names), labels)


@pytest.fixture
def show(qtbot):
    boxes = []

    def make(count):
        box = QWidget()
        qtbot.addWidget(box)
        boxes.append(box)
        palette = Palette(box)
        rows = QVBoxLayout(box)
        rows.addWidget(palette)
        rows.addStretch()
        palette.told = []
        palette.pressed.connect(lambda label: palette.told.append(("pressed", label.name)))
        palette.brush_wanted.connect(lambda label: palette.told.append(("brush", label.name)))
        palette.layer_toggled.connect(lambda name, shown: palette.told.append((name, shown)))
        palette.show_scheme(scheme(count), LIGHT)
        box.resize(300, 900)
        box.show()
        box.activateWindow()
        qtbot.waitExposed(box)
        QApplication.processEvents()
        return palette

    return make


def in_sight(palette):
    """The labels that are not filtered out, in the order they are seen in."""
    shown = [button for button in palette._buttons.values() if not button.isHidden()]
    return [button.label.name for button in sorted(shown, key=lambda button: (button.y(), button.x()))]


def test_a_layer_stays_hidden_through_another_theme_and_scheme(show):
    palette = show(6)
    QTest.mouseClick(palette._eyes["layer 1"], LEFT)
    assert palette.told == [("layer 1", False)]
    assert "hidden in the text" in palette._buttons["l1"].accessibleName()
    palette.show_scheme(scheme(6), DARK)
    palette.show_scheme(scheme(7), DARK)
    assert [eye.isChecked() for eye in palette._eyes.values()] == [True, False, True]
    assert "hidden in the text" in palette._buttons["l4"].accessibleName()
    palette._eyes["layer 1"].setFocus()
    QTest.keyClick(palette._eyes["layer 1"], Qt.Key.Key_Space)
    assert palette.told[1:] == [("layer 1", True)]
    assert "hidden" not in palette._buttons["l1"].accessibleName()


def test_what_is_hidden_is_shown_without_being_told_again(show):
    palette = show(6)
    palette.show_hidden(frozenset({"layer 0", "layer 2"}))
    assert [eye.isChecked() for eye in palette._eyes.values()] == [False, True, False]
    assert palette.told == []


def test_hidden_labels_look_different_without_their_colour(show):
    palette = show(6)
    grey = replace(palette._buttons["l1"].label, color="#808080")
    palette._buttons["l1"].label = grey
    before = palette._buttons["l1"].grab().toImage()
    palette.show_hidden(frozenset({"layer 1"}))
    assert palette._buttons["l1"].grab().toImage() != before


def test_a_label_is_taken_up_by_the_right_button_by_ctrl_and_by_the_menu_key(show):
    palette = show(6)
    button = palette._buttons["l2"]
    QTest.mouseClick(button, RIGHT)
    QTest.mouseClick(button, LEFT, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(button, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    middle = button.rect().center()
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, button.mapToGlobal(middle))
    QApplication.sendEvent(button, menu_key)
    assert palette.told == [("brush", "THING_2")] * 4
    QTest.mouseClick(button, LEFT)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert palette.told[4:] == [("pressed", "THING_2")] * 2


def test_the_brush_is_seen_and_said_and_outlives_a_change_of_theme(show):
    palette = show(6)
    button = palette._buttons["l2"]
    before = button.grab().toImage()
    palette.show_brush("l2")
    assert button.grab().toImage() != before and button.accessibleName().endswith("painted with")
    palette.show_scheme(scheme(6), DARK)
    assert palette._buttons["l2"].property("painting") is True
    palette.show_brush(None)
    assert "painted" not in palette._buttons["l2"].accessibleName()


def test_few_labels_have_no_filter_and_all_are_seen(show):
    palette = show(MANY)
    assert palette.filter.isHidden()
    last = palette._buttons[f"l{MANY - 1}"]
    assert palette.rect().contains(last.mapTo(palette, QPoint(0, last.height() - 1)))


def test_many_labels_leave_room_for_what_is_below(show):
    palette = show(500)
    assert not palette.filter.isHidden()
    assert SEEN < palette.height() < SEEN + 60
    palette.show_current("l498")
    current = palette._buttons["l498"]
    assert palette.rect().contains(current.mapTo(palette, current.rect().center()))


def test_typing_narrows_them_enter_takes_the_first_and_escape_shows_all(show):
    palette = show(300)
    QTest.keyClicks(palette.filter, "thing_29")
    assert set(in_sight(palette)) == {"THING_29", *(f"THING_29{n}" for n in range(10))}
    QTest.keyClick(palette.filter, Qt.Key.Key_Return)
    assert palette.told == [("pressed", in_sight(palette)[0])]
    QTest.keyClicks(palette.filter, "x")
    assert in_sight(palette) == [] and palette._none.isVisible()
    QTest.keyClick(palette.filter, Qt.Key.Key_Return)
    assert len(palette.told) == 1
    QTest.keyClick(palette.filter, Qt.Key.Key_Escape)
    assert palette.filter.text() == "" and len(in_sight(palette)) == 300 and not palette._none.isVisible()


def test_the_arrows_go_through_many_labels_and_back_to_the_filter(show):
    palette = show(300)
    QTest.keyClicks(palette.filter, "thing_1")
    first, second = in_sight(palette)[:2]
    QTest.keyClick(palette.filter, Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget().label.name == second
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert palette.told == [("pressed", second)]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert QApplication.focusWidget().label.name == first
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert QApplication.focusWidget() is palette.filter
    stops = [button for button in palette._buttons.values() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [button.label.name for button in stops if not button.isHidden()] == [first]


def test_escape_in_the_filter_is_not_the_windows_while_there_is_something_in_it(show):
    from PySide6.QtGui import QKeyEvent

    palette = show(300)

    def claims():
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(palette.filter, event)
        return event.isAccepted()

    assert not claims()
    QTest.keyClicks(palette.filter, "a")
    assert claims()


def test_counts_and_names_are_drawn_and_said(show):
    palette = show(6)
    before = palette._buttons["l3"].grab().toImage()
    palette.show_counts({"l3": 1234})
    assert palette._buttons["l3"].grab().toImage() != before
    assert palette._buttons["l3"].accessibleName() == "THING_3, 1234 marks"


def test_a_name_too_long_for_the_side_leaves_the_key_alone(show):
    palette = show(6)
    labels = (Label("a", "layer 0", "A" * 80, shortcut="k"), Label("b", "layer 0", "B", shortcut="k"))
    palette.show_scheme(Scheme("s", scheme(1).layers, labels), LIGHT)
    QApplication.processEvents()
    assert palette.width() <= 300
    keys = []
    for button in palette._buttons.values():
        picture = button.grab().toImage()
        scale = picture.devicePixelRatio()
        keys.append(picture.copy(int((button.width() - 26) * scale), 0, int(26 * scale), picture.height()))
    assert keys[0] == keys[1]
