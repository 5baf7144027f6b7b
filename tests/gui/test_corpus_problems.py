"""The table of the problems of all articles."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.annotation import RegistryEntry
from annotator.core.edits import Edits
from annotator.core.registry import added
from annotator.core.span import Span
from annotator.gui.models.corpus_problems import ARTICLE, WHAT, CorpusProblemsModel

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def marked(window):
    """The window; two articles have marks with too much at their ends, and a direct quote has no marks."""
    project = window.session.project
    labels = {label.name: label for label in project.scheme.labels}
    for key, label, words, answers in (
        (project.document_ids()[0], "GPE", "Valletta.", {}),
        (project.document_ids()[0], "QUOTE", "The corridor", {"quote": "direct"}),
        (project.document_ids()[1], "LOC", "Port Qasr ", {}),
    ):
        start = project.document(key).text.index(words)
        edits = Edits(key, project.scheme, project.annotator)
        project.apply(edits.add(edits.new_annotation(labels[label], [Span(start, start + len(words))], answers)))
    window.act("corpus_problems")
    window.dialog = window.window.checking.corpus()
    done(window)
    return window


def done(window):
    window.qtbot.waitUntil(lambda: not window.dialog._busy, timeout=5000)


def cells(window):
    model = window.dialog.model
    return [(model.index(row, ARTICLE).data(), model.index(row, WHAT).data()) for row in range(model.rowCount())]


EDGES = [
    ("Harbour Pause Extended", "GPE has too much at an edge"),
    ("Oil Ports Reopen", "LOC has too much at an edge"),
]


def test_all_articles_problems_are_listed_and_narrowed(marked):
    assert len(cells(marked)) == 5 and set(EDGES) <= set(cells(marked))
    marked.dialog.rule.setCurrentIndex(marked.dialog.rule.findData("edge"))
    assert cells(marked) == EDGES
    QTest.keyClicks(marked.dialog.words, "oil")
    assert cells(marked) == EDGES[1:]
    QTest.keyClicks(marked.dialog.words, "x")
    assert cells(marked) == [] and marked.dialog.count.text() == "Nothing fits."


def test_enter_leads_to_the_place(marked):
    dialog = marked.dialog
    dialog.words.setFocus()
    QTest.keyClicks(dialog.words, "oil")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)  # to the table, and from there to the place
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert marked.session.open.document.title == "Oil Ports Reopen"
    assert marked.view.selected_span().covered(marked.text) == "Port Qasr "


def test_chosen_ones_are_fixed_in_one_step(marked):
    project = marked.session.project
    keys = project.document_ids()
    before = [marked.stored(key) for key in keys]
    dialog = marked.dialog
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_A, CONTROL)
    dialog.fix.click()
    done(marked)
    assert ("GPE", "Valletta") in marked.stored(keys[0]) and ("LOC", "Port Qasr") in marked.stored(keys[1])
    assert "3 problems are put right" in dialog.count.text()
    assert {cell[1] for cell in cells(marked)} == {"QUOTE without source", "QUOTE without cue"}
    assert project.undo_name == "Fix 3 problems"
    marked.act("undo")
    assert [marked.stored(key) for key in keys] == before
    dialog.again.click()
    done(marked)
    assert len(cells(marked)) == 5


def test_what_has_changed_since_is_told(marked):
    dialog, project = marked.dialog, marked.session.project
    key = project.document_ids()[1]
    (mark,) = project.annotations(key)
    project.apply(Edits(key, project.scheme, project.annotator).set_fragments(mark, [Span(0, 3)]))
    QTest.keyClicks(dialog.words, "oil")
    dialog.table.selectRow(0)
    dialog.fix.click()
    done(marked)
    assert marked.stored(key) == [("LOC", "Oil")]
    assert dialog.count.text() == "1 had changed since it was found, and was left alone."
    assert cells(marked) == []


def test_what_is_written_is_told_though_the_window_was_closed(marked):
    dialog, session = marked.dialog, marked.session
    dialog.table.selectAll()
    dialog.fix.click()
    fixing = dialog.fixing
    dialog.close()
    marked.qtbot.waitUntil(lambda: not fixing.busy, timeout=5000)
    marked.settle()
    expected = {mark.id: mark for mark in session.project.annotations(session.open.id)}
    assert session.open.annotations == expected


def test_a_stopped_search_keeps_what_it_found_and_a_closed_project_closes_the_window(marked, qtmodeltester):
    dialog = marked.dialog
    dialog.check()
    dialog.stop.click()
    assert dialog._job is None and not dialog.again.isHidden()
    marked.window.close_project()
    assert not dialog.isVisible()
    qtmodeltester.check(CorpusProblemsModel())


def test_enter_at_two_entries_that_look_alike_opens_the_registry_there(window):
    entries = (RegistryEntry("e1", "person", "Salim Haddad"), RegistryEntry("e2", "person", "Saleem Haddad"))
    window.session.project.apply(added(*entries), undoable=False)
    window.act("corpus_problems")
    dialog = window.dialog = window.window.checking.corpus()
    done(window)
    dialog.rule.setCurrentIndex(dialog.rule.findData("look_alike"))
    assert dialog.model.rowCount() == 1
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    registry = window.window.commands._registry
    window.qtbot.waitUntil(lambda: len(registry.chosen()) == 1)
    assert registry.chosen()[0] in entries
    registry.close()
