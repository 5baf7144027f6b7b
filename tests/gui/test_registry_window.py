"""The window of the registry, and the entry of a mark, with keys as a person presses them."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import Fact, added, distinct_from, facts
from annotator.core.registry_csv import plan_csv, registry_csv
from annotator.gui.dialogs.registry.csv_import import CsvDialog
from annotator.gui.dialogs.registry.look_alikes import LookAlikesDialog
from annotator.gui.dialogs.registry.planning import PlanDialog
from annotator.gui.dialogs.registry.window import PASSAGES, SAID
from annotator.gui.panels.filtered_list import FilteredList
from annotator.gui.registry import registry_of
from tests.gui.test_names import nameless

ENTER, DELETE, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Down, Qt.Key.Key_Space
CTRL = Qt.KeyboardModifier.ControlModifier
ENTRIES = (
    RegistryEntry("e1", "person", "Salim Haddad", ("Abu Jamil",), {"role": "envoy"}),
    RegistryEntry("e2", "person", "Saleem Haddad"),
    RegistryEntry("e3", "place", "Valletta"),
    RegistryEntry("e4", "person", "أحمد الحدّاد"),
)


@pytest.fixture
def registry(window, qtbot):
    window.session.project.apply(added(*ENTRIES), undoable=False)
    window.mark("Salim Haddad", "p")
    window.session.set_attribute("entity", "e1")
    window.act("registry")
    opened = window.window.commands._registry
    qtbot.waitUntil(lambda: registry_of(window.session).uses.get("e1") is not None)
    opened.window_ = window
    yield opened
    if isValid(opened):
        opened.close()


def names(opened):
    model = opened.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def entries(opened):
    return {entry.id: entry for entry in opened._session.project.registry()}


def answers(opened):
    return [mark.attributes.get("entity") for mark in opened._session.open.annotations.values()]


def typed(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def also(opened, key):
    row = opened.model.row_of(key)
    flags = QItemSelectionModel.SelectionFlag
    opened.table.selectionModel().select(opened.model.index(row, 0), flags.Select | flags.Rows)


def planned(opened, qtbot, kind=PlanDialog):
    dialog = next(found for found in opened.findChildren(kind) if found.isVisible())
    qtbot.waitUntil(lambda: dialog.ready)
    return dialog


def test_it_opens_at_the_entry_of_the_chosen_mark_and_counts_it(registry):
    assert [entry.id for entry in registry.chosen()] == ["e1"]
    row = registry.model.row_of("e1")
    assert [registry.model.index(row, column).data() for column in range(5)] == [
        "Salim Haddad", "person", "Abu Jamil", "1", "1",
    ]  # fmt: skip
    assert registry.card.name.text() == "Salim Haddad"


def test_the_filter_folds_and_finds_aliases_and_kinds_narrow(registry):
    QAbstractItemModelTester(registry.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert names(registry) == ["Saleem Haddad", "Salim Haddad", "Valletta", "أحمد الحدّاد"]
    typed(registry.filter, "JAMIL")
    assert names(registry) == ["Salim Haddad"]
    registry.filter.setText("احمد")
    assert names(registry) == ["أحمد الحدّاد"]
    QTest.keyClick(registry.filter, Qt.Key.Key_Escape)
    assert len(names(registry)) == 4
    registry.kind.setFocus()
    QTest.keyClicks(registry.kind, "place")
    registry.kind.activated.emit(registry.kind.currentIndex())
    assert names(registry) == ["Valletta"]
    assert registry.count.text() == "1 of 4 entries"


def test_the_columns_sort(registry):
    head = registry.table.horizontalHeader()
    head.setSortIndicator(3, Qt.SortOrder.AscendingOrder)
    assert names(registry)[0] == "Salim Haddad"
    head.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert names(registry)[-1] == "Saleem Haddad"
    assert [entry.id for entry in registry.chosen()] == ["e1"]


def test_what_is_typed_into_the_card_is_kept_and_undo_takes_it_back(registry):
    card = registry.card
    typed(card.name, "Salim J. Haddad")
    QTest.keyClick(card.name, Qt.Key.Key_Tab)
    assert entries(registry)["e1"].name == "Salim J. Haddad"
    assert "Salim J. Haddad" in names(registry)
    typed(card.aliases, "Haddad")
    QTest.keyClick(card.aliases, ENTER)
    QTest.keyClicks(card.aliases, "Abu Jamil")
    card.note.setFocus()
    assert entries(registry)["e1"].aliases == ("Haddad", "Abu Jamil")
    card.colors.buttons()[2].click()
    assert entries(registry)["e1"].color == card.colors.buttons()[2].color
    card.no_color.click()
    assert entries(registry)["e1"].color == ""
    for _ in range(4):
        registry._session.undo()
    assert entries(registry)["e1"] == ENTRIES[0]
    assert card.name.text() == "Salim Haddad"


def test_facts_are_typed_with_dates_and_wrong_ones_are_told(registry):
    facts_table = registry.card.facts
    facts_table.item(0, 2).setText("2012-03")
    assert facts(entries(registry)["e1"].attributes["role"]) == (Fact("envoy", "2012-03"),)
    facts_table.item(1, 0).setText("party")
    facts_table.item(1, 1).setText("Harbour List")
    assert entries(registry)["e1"].attributes["party"] == "Harbour List"
    facts_table.item(0, 3).setText("soon")
    assert "no date" in registry.card.said.text()
    assert facts(entries(registry)["e1"].attributes["role"]) == (Fact("envoy", "2012-03"),)
    facts_table.item(0, 3).setText("2016")
    assert registry.card.said.text() == ""
    facts_table.setCurrentCell(1, 0)
    assert facts_table.currentRow() == 1
    facts_table.setFocus()
    facts_table.setState(facts_table.State.NoState)
    QTest.keyClick(facts_table, DELETE)
    assert set(entries(registry)["e1"].attributes) == {"role"}


def test_a_name_cannot_be_taken_away(registry):
    registry.card.name.setFocus()
    registry.card.name.clear()
    QTest.keyClick(registry.card.name, Qt.Key.Key_Tab)
    assert "needs a name" in registry.card.said.text()
    assert entries(registry)["e1"].name == "Salim Haddad"


def test_a_new_entry_is_made_once_it_has_a_name(registry):
    QTest.keyClick(registry, Qt.Key.Key_N, CTRL)
    registry.begin_new()
    assert registry.card.name.hasFocus()
    QTest.keyClick(registry.card.name, Qt.Key.Key_Tab)
    assert len(entries(registry)) == 4
    typed(registry.card.name, "Rana Karam")
    QTest.keyClick(registry.card.name, Qt.Key.Key_Tab)
    (made,) = [entry for entry in entries(registry).values() if entry.name == "Rana Karam"]
    assert [entry.id for entry in registry.chosen()] == [made.id]
    registry._session.undo()
    assert len(entries(registry)) == 4


def test_merging_says_first_what_it_does_and_undo_takes_it_back(registry, qtbot):
    registry.show_entry("e2")
    also(registry, "e1")
    assert registry.merge.isEnabled()
    registry.merge.click()
    dialog = planned(registry, qtbot)
    assert dialog.target.currentData() == "e1"  # the one that marks answer with
    dialog.target.setCurrentIndex(1)
    dialog.target.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.ready)
    assert dialog.numbers.text() == "To change: 1 mark, in 1 article."
    assert "e1" in entries(registry)
    QTest.keyClick(dialog.do, SPACE)
    assert set(entries(registry)) == {"e2", "e3", "e4"}
    assert answers(registry) == ["e2"]
    assert "Undo takes it back" in registry.told.text()
    registry._session.undo()
    assert set(entries(registry)) == {"e1", "e2", "e3", "e4"}
    qtbot.waitUntil(lambda: len(names(registry)) == 4)


def test_deleting_asks_with_numbers(registry, qtbot):
    registry.table.setFocus()
    QTest.keyClick(registry.table, DELETE)
    dialog = planned(registry, qtbot)
    assert "1 mark" in dialog.numbers.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(entries(registry)) == 4
    registry.delete.click()
    dialog = planned(registry, qtbot)
    dialog.do.click()
    assert set(entries(registry)) == {"e2", "e3", "e4"}
    assert answers(registry) == [None]


def test_look_alikes_are_told_apart_for_good_or_merged(registry, qtbot):
    registry.alike.click()
    dialog = registry.findChild(LookAlikesDialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert dialog.model.rowCount() == 1
    assert dialog.model.index(0, 3).data() == "sounds alike"
    QTest.keyClick(dialog.apart, SPACE)
    assert distinct_from(entries(registry)["e1"]) == ["e2"]
    assert dialog.model.rowCount() == 0
    dialog.look()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.model.rowCount() == 0
    registry._session.undo()
    dialog.look()
    qtbot.waitUntil(lambda: not dialog.busy)
    QTest.keyClick(dialog.table, ENTER)
    inner = planned(dialog, qtbot)
    inner.do.click()
    assert dialog.model.rowCount() == 0
    assert "e2" not in entries(registry)
    dialog.close()


def test_passages_are_listed_and_enter_goes_there(registry, qtbot):
    window = registry.window_
    window.act("next_document")
    registry.show_entry("e1")
    registry.tabs.button(PASSAGES).click()
    tab = registry.passages
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1 and not tab.busy)
    QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tab.model.index(0, 2).data().strip("\u2066\u2069") == "Salim Haddad"
    registry.table.setFocus()
    QTest.keyClick(registry.table, ENTER)
    QTest.keyClick(tab.table, ENTER)
    assert window.session.open.document.title == "Harbour Pause Extended"
    assert window.view.selected_span().covered(window.text) == "Salim Haddad"
    QTest.keyClick(tab.table, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith("Salim Haddad\tHarbour Pause Extended [")


def test_what_somebody_said_is_listed(registry, qtbot):
    window = registry.window_
    window.press(Qt.Key.Key_Escape)
    window.mark("“The corridor stays open.”", "q")
    window.mark("Deputy Minister Salim Haddad", "s")
    registry.show_entry("e1")
    registry.tabs.button(SAID).click()
    tab = registry.said
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1 and not tab.busy)
    assert tab.model.index(0, 3).data() == "QUOTE · within its source"
    registry.show_entry("e2")
    qtbot.waitUntil(lambda: tab.model.rowCount() == 0 and not tab.busy)
    assert tab.said.text() == "No quote, claim or statement leads to it."


def test_a_file_says_what_it_would_do_and_is_one_step(registry, qtbot, tmp_path):
    path = tmp_path / "people.csv"
    text = registry_csv(ENTRIES).decode("utf-8-sig").replace("envoy", "minister")
    path.write_text(text + ",person,Rana Karam,,,,,\r\n,person,,,,,,\r\n", encoding="utf-8")
    registry.files.import_file(path)
    dialog = planned(registry, qtbot, CsvDialog)
    assert dialog.said.text() == "New: 1. Changed: 1. As they are: 3. 1 row is left out:"
    assert "Row 7" in dialog.problems.toPlainText()
    dialog.do.click()
    qtbot.waitUntil(lambda: "Rana Karam" in names(registry))
    assert entries(registry)["e1"].attributes == {"role": "minister"}
    registry._session.undo()
    assert entries(registry) == {entry.id: entry for entry in ENTRIES}


def test_a_file_is_written_whole_or_not_at_all(registry, qtbot, tmp_path):
    path = tmp_path / "people.csv"
    registry.files.write_file(path, lambda: registry_csv(ENTRIES))
    qtbot.waitUntil(lambda: registry.told.text() == "people.csv is written.")
    assert plan_csv(ENTRIES, path.read_text(encoding="utf-8-sig")).unchanged == len(ENTRIES)
    project = registry._session.project.path
    before = project.read_bytes()
    registry.files.write_file(project, lambda: b"")
    qtbot.waitUntil(lambda: "left as it is" in registry.told.text() or "left as it was" in registry.told.text())
    assert project.read_bytes() == before
    registry.files.write_file(tmp_path / "no" / "people.csv", lambda: b"")
    qtbot.waitUntil(lambda: "was not written" in registry.told.text())


def test_a_file_that_is_none_is_told(registry, qtbot, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    registry.files.import_file(path)
    dialog = registry.findChild(CsvDialog)
    qtbot.waitUntil(lambda: "no column" in dialog.said.text())
    assert not dialog.do.isEnabled()
    dialog.reject()


def test_the_entry_of_a_mark_by_its_key(registry):
    window = registry.window_
    window.mark("Valletta", "g")
    window.act("registry_entry")
    (picker,) = [each for each in window.window.findChildren(FilteredList) if each.isVisible()]
    assert picker.model.choice(0).text == "Valletta"
    assert nameless(picker) == []
    QTest.keyClick(picker.field, ENTER)
    assert window.session.chosen_mark.attributes["entity"] == "e3"
    window.act("registry_entry")
    (picker,) = [each for each in window.window.findChildren(FilteredList) if each.isVisible()]
    QTest.keyClicks(picker.field, "Marsa")
    QTest.keyClick(picker.field, ENTER)
    key = window.session.chosen_mark.attributes["entity"]
    assert (entries(registry)[key].name, entries(registry)[key].kind) == ("Marsa", "place")
    window.act("undo")
    assert window.session.chosen_mark.attributes["entity"] == "e3"
    assert key not in entries(registry)


def test_a_mark_that_is_asked_for_no_entry_says_so(window):
    window.mark("“The corridor stays open.”", "q")
    window.act("registry_entry")
    assert "no registry entry" in window.window.reader.banner.text


def test_many_entries_are_read_by_a_worker_and_followed_meanwhile(window, qtbot, monkeypatch):
    monkeypatch.setattr("annotator.gui.registry.FEW", 0)
    window.session.project.apply(added(*ENTRIES), undoable=False)
    registry = registry_of(window.session)
    assert not registry.ready
    assert registry.entry("e3").name == "Valletta"
    window.session.project.apply(added(RegistryEntry("e9", "person", "Rana Karam")))
    qtbot.waitUntil(lambda: registry.ready)
    assert [entry.id for entry in registry.index.find("rana")] == ["e9"]
    window.act("undo")
    assert registry.index.find("rana") == []


def test_closing_the_project_closes_the_registry(registry, qtbot):
    window = registry.window_
    window.act("close_project")
    window.settle()
    assert not isValid(registry)
