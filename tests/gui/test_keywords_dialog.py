"""The dialog of the lists of words to look out for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.keywords import KeywordList
from annotator.gui.dialogs import keywords
from annotator.gui.dialogs.keywords import KeywordsDialog

SLURS = KeywordList("slurs", "vermin\nrats", "#b2356b")
PORTS = KeywordList("ports", "marsa", "#2e6fb7", on=False)


@pytest.fixture
def dialog(qtbot):
    made = KeywordsDialog([SLURS, PORTS])
    qtbot.addWidget(made)
    made.told = []
    made.changed.connect(made.told.append)
    made.show()
    return made


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(dialog, monkeypatch, *paths):
    monkeypatch.setattr(keywords, "asked_files", lambda *_: list(paths))
    click(dialog.load)


def test_what_is_typed_is_told_and_enter_in_the_name_does_nothing_else(dialog):
    dialog.name.setFocus()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "Insults")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.words, "pig")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.told[-1] == [KeywordList("Insults", "pig\nvermin\nrats", SLURS.color), PORTS]
    assert dialog.list.item(0).text() == "Insults" and dialog.said.text() == "3 words and phrases"


def test_a_list_is_made_with_a_colour_of_its_own_and_takes_another(dialog):
    click(dialog.add)
    QTest.keyClicks(dialog.name, "towns")  # has the keyboard already
    assert dialog.focusWidget() is dialog.name
    made = dialog.told[-1][2]
    assert made.name == "towns" and made.color not in (SLURS.color, PORTS.color)
    green = next(button for button in dialog.colors.buttons() if button.accessibleName() == "green")
    QTest.keyClick(green, Qt.Key.Key_Space)
    assert dialog.told[-1][2].color == green.color and green.isChecked()
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    assert dialog.colors.checkedButton().color == PORTS.color and dialog.words.toPlainText() == "marsa"


def test_a_list_is_put_out_and_in_again(dialog):
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [held.on for held in dialog.told[-1]] == [False, False]
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.told[-1] == [SLURS, PORTS]


def test_what_is_removed_can_be_put_back(dialog):
    click(dialog.remove)
    assert dialog.told[-1] == [PORTS] and dialog.said.text() == "“slurs” is removed."
    click(dialog.restore)
    assert dialog.told[-1] == [SLURS, PORTS] and not dialog.restore.isVisible()
    assert dialog.name.text() == "slurs"
    for _ in range(2):
        click(dialog.remove)
    assert dialog.told[-1] == [] and not dialog.words.isEnabled() and not dialog.remove.isEnabled()


def test_words_come_from_a_file_whatever_its_line_ends_and_bytes(dialog, monkeypatch, tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes("café\r\nمحمد\r\n\r\n".encode("utf-16"))
    choose(dialog, monkeypatch, path)
    assert dialog.told[-1][0].words == "vermin\nrats\ncafé\nمحمد"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 9, b"x" * 4_000_001, None])
def test_a_file_that_is_none_is_named_and_changes_nothing(dialog, monkeypatch, tmp_path, data):
    path = tmp_path / "words.txt"
    if data is not None:
        path.write_bytes(data)
    choose(dialog, monkeypatch, path)
    assert dialog.said.text().startswith("words.txt was not read, and the list is as it was. ")
    assert dialog.told == [] and dialog.words.toPlainText() == SLURS.words


def test_an_open_project_is_not_read(dialog, monkeypatch, window, project_path):
    choose(dialog, monkeypatch, project_path)
    assert "a project that is open" in dialog.said.text()
