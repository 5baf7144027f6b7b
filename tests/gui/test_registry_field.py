"""The field of a registry entry, with keys as a person presses them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import added
from annotator.gui.panels.entry_line import EntryLine, EntryList
from annotator.gui.panels.registry_field import RegistryField

ENTER, ESCAPE, DOWN, BACK = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Backspace
HADDAD = RegistryEntry(
    "e1", "person", "Salim Haddad", ("Abu Jamil",),
    {"role": [{"value": "envoy", "to": "2015"}, {"value": "minister", "from": "2016"}]},
)  # fmt: skip
KARAM = RegistryEntry("e2", "person", "Rana Karam")
VALLETTA = RegistryEntry("e3", "place", "Valletta")


@pytest.fixture
def registry(window):
    window.session.project.apply(added(HADDAD, KARAM, VALLETTA), undoable=False)
    return window


def field(window):
    return window.window.side.inspector.findChild(RegistryField)


def line(window):
    return field(window).findChild(EntryLine)


def shown(window):
    """The rows of the list, if it is to be seen."""
    for found in window.window.findChildren(EntryList):
        if found.isVisible():
            model = found._choices
            return [model.choice(row).text for row in range(model.rowCount())]
    return None


def answer(window):
    return window.session.chosen_mark.attributes.get("entity")


def enter_field(window, words="Salim Haddad", key="p"):
    window.mark(words, key)
    line(window).setFocus(Qt.FocusReason.TabFocusReason)
    window.settle()


def test_an_entry_that_the_words_name_is_offered_first_and_taken_by_enter_alone(registry):
    enter_field(registry)
    assert answer(registry) is None  # never filled in by itself
    assert shown(registry) == ["Salim Haddad", "New person “Salim Haddad”"]
    registry.press(ENTER)
    assert answer(registry) == "e1"
    assert line(registry).text() == "Salim Haddad"
    assert shown(registry) is None
    assert line(registry).hasFocus()


def test_typing_narrows_and_down_goes_on(registry):
    enter_field(registry)
    registry.press("kar")
    assert shown(registry) == ["Rana Karam", "New person “kar”"]
    registry.press(BACK)
    registry.press(BACK)
    registry.press(BACK)
    registry.press("ra")
    registry.press(DOWN)
    assert "New person" in line(registry).accessibleDescription()
    registry.press(Qt.Key.Key_Up)
    registry.press(ENTER)
    assert answer(registry) == "e2"


def test_an_alias_finds_and_says_so(registry):
    enter_field(registry)
    registry.press("abu")
    assert shown(registry)[0] == "Salim Haddad (Abu Jamil)"


def test_a_new_entry_and_its_answer_are_one_step(registry):
    enter_field(registry, "Deputy Minister", "p")
    assert shown(registry) == ["New person “Deputy Minister”"]
    registry.press(ENTER)  # nothing is current: nothing was asked for, and Enter leads on
    assert answer(registry) is None
    line(registry).setFocus(Qt.FocusReason.TabFocusReason)
    registry.press("Jamil Karam")
    registry.press(ENTER)
    entries = {entry.id: entry for entry in registry.session.project.registry()}
    assert entries[answer(registry)].name == "Jamil Karam"
    assert entries[answer(registry)].kind == "person"
    registry.act("undo")
    assert answer(registry) is None
    assert len(registry.session.project.registry()) == 3


def test_the_words_of_the_mark_become_an_entry_by_two_keys(registry):
    enter_field(registry, "Port Qasr" if "Port Qasr" in registry.text else "Marsa", "g")
    registry.press(DOWN)
    registry.press(ENTER)
    (entry,) = [entry for entry in registry.session.project.registry() if entry.id == answer(registry)]
    assert (entry.name, entry.kind) == ("Marsa", "place")


def test_backspace_makes_it_not_coded_again(registry):
    enter_field(registry)
    registry.press(ENTER)
    registry.settle()
    line(registry).setFocus()
    registry.press(BACK)
    assert answer(registry) is None
    assert line(registry).text() == ""
    assert len(registry.session.project.registry()) == 3


def test_what_is_typed_and_not_taken_is_no_answer(registry):
    enter_field(registry)
    registry.press("kar")
    registry.press(ESCAPE)
    assert shown(registry) is None
    assert registry.session.chosen is not None
    registry.press(ESCAPE)
    assert line(registry).text() == ""
    registry.press("kar")
    registry.press(Qt.Key.Key_Tab)
    assert line(registry).text() == ""
    assert answer(registry) is None


def test_a_jump_to_another_mark_while_typing_changes_neither(registry):
    enter_field(registry)
    registry.press(ENTER)
    first = registry.session.chosen
    registry.mark("Valletta", "g")
    line(registry).setFocus()
    registry.press("x")
    registry.session.choose(first)
    registry.settle()
    assert [mark.attributes.get("entity") for mark in registry.session.open.annotations.values()] == ["e1", None]


def test_what_is_known_on_the_day_of_the_article_stands_beside(registry):
    from annotator.gui.registry_choices import EntryChoices

    registry.mark("Salim Haddad", "p")
    attribute = next(a for a in registry.session.chosen_mark.label.attributes if a.name == "entity")
    for date, role in (("2012-03-01", "envoy"), ("2017", "minister")):
        registry.session.open.document.metadata["published"] = date
        choices = EntryChoices(registry.session, attribute)
        choices.narrow("salim")
        assert choices.choice(0).beside.startswith(role)


def test_markup_in_a_name_is_shown_as_it_is_written(registry):
    registry.session.project.apply(added(RegistryEntry("e9", "person", "<b>Bold</b> & Co")), undoable=False)
    enter_field(registry)
    registry.press("<b>")
    assert shown(registry)[0] == "<b>Bold</b> & Co"


def test_an_entry_that_is_gone_is_said_to_be(registry):
    enter_field(registry)
    registry.session.set_attribute("entity", "nobody")
    registry.settle()
    assert line(registry).text() == "an entry that is not here"


def test_several_entries_stand_in_rows_and_go_one_by_one(registry, qtbot):
    from annotator.core.scheme import Attribute

    told = []
    attribute = Attribute("people", "people", "entity", several=True, registry="person")
    registry.mark("Salim Haddad", "p")
    made = RegistryField(registry.session, attribute, ["e1"], told.append, registry.window)
    made.show()
    made.line.setFocus()
    qtbot.keyClicks(made.line, "rana")
    qtbot.keyClick(made.line, ENTER)
    assert told == [["e1", "e2"]]
    both = RegistryField(registry.session, attribute, ["e1", "e2"], told.append, registry.window)
    qtbot.keyClick(both.line, BACK)
    assert told[-1] == ["e1"]
    buttons = both.findChildren(QPushButton)
    assert [button.accessibleName() for button in buttons] == ["Take Salim Haddad away", "Take Rana Karam away"]
    buttons[0].click()
    assert told[-1] == ["e2"]
    one = RegistryField(registry.session, attribute, ["e1"], told.append, registry.window)
    qtbot.keyClick(one.line, BACK)
    assert told[-1] is None


def test_places_are_not_offered_for_people_unless_asked_for(registry):
    enter_field(registry)
    registry.press("vall")
    assert shown(registry)[0] == "Valletta"  # the scheme lets any kind be an answer
    registry.press(ENTER)
    registry.mark("Marsa", "o")
    line(registry).setFocus()
    registry.settle()
    assert shown(registry) == ["New organisation “Marsa”"]
