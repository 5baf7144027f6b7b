"""The window that reads kept pages again: what it says, where Enter leads, and that undo takes all back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.gui.models.reread_list import ARTICLE, WHY, WORDS, RereadModel
from annotator.importers import rereading as reader
from annotator.importers.html.page import web_page
from annotator.store.project import Project
from tests.importers.pages import LONG, body

PAGE = body(
    "<p>Share this page with all of your friends</p><h1>Ferry talks resume in Marsa</h1>",
    f"<p>The envoy of Marsa spoke on Tuesday. {LONG * 2}</p>",
    head="<title>Ferry talks resume in Marsa</title>",
)
BETTER = PAGE.replace(b"<p>Share this page with all of your friends</p>", b"")
PLAIN = body("<h1>Another</h1>", f"<p>{LONG * 2}</p>")


@pytest.fixture
def pages(project_path):
    """The project has two pages, and a mark that goes with what is read otherwise, and one that stays behind."""
    with Project.open(project_path) as project:
        project.work_as("Amina")
        project.import_documents([web_page(PAGE).document, web_page(PLAIN).document])
        project.index_documents()
        key = next(key for key in project.document_ids() if project.document(key).title.startswith("Ferry"))
        text = project.document(key).text
        label = next(label for label in project.scheme.labels if label.name == "PERSON")
        edits = Edits(key, project.scheme, project.annotator)
        for words in ("envoy of Marsa", "all of your friends"):
            at = text.index(words)
            project.apply(edits.add(edits.new_annotation(label, [Span(at, at + len(words))])))
    return key


@pytest.fixture
def better(monkeypatch):
    """Pages are read in another way than they were."""

    def read(data, **more):
        return web_page(BETTER if data == PAGE else data, **more)

    monkeypatch.setattr(reader, "web_page", read)


def opened(window, key):
    window.window.show_document(key)
    window.act("reread_pages")
    dialog = window.window.commands._rereading
    window.qtbot.waitUntil(lambda: not dialog.busy, timeout=10000)
    return dialog


def cells(dialog):
    model = dialog.model
    return [[model.index(row, column).data() for column in (ARTICLE, WORDS, WHY)] for row in range(model.rowCount())]


def test_there_is_nothing_to_do_where_pages_give_what_they_gave(pages, window):
    dialog = opened(window, pages)
    assert dialog.numbers.text() == "All 2 pages give what they gave before. There is nothing to do."
    assert not dialog.do.isVisible() and not dialog.table.isVisible() and dialog.leave.text() == "Close"
    assert dialog.leave.hasFocus()
    QTest.keyClick(dialog.leave, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_it_says_what_it_would_do_and_enter_leads_to_what_stays(better, pages, window):
    dialog = opened(window, pages)
    assert dialog.numbers.text() == (
        "2 pages were read. One article gets another text. One mark moves along. One article stays beside the new"
        " one, for what cannot be moved."
    )
    assert cells(dialog) == [
        ["Ferry talks resume in Marsa", "all of your friends", "stays: it was not found in the new text"]
    ]
    window.window.show_document(window.session.project.document_ids()[0])
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert window.session.open.id == pages and window.view.selected_span().covered(window.text) == "all of your friends"
    dialog.close()
    assert window.session.project.undo_name != "Read kept pages again"


def test_it_is_one_step_and_the_open_article_is_followed(better, pages, window):
    dialog = opened(window, pages)
    before = [window.stored(key) for key in window.session.project.document_ids()]
    assert dialog.do.hasFocus()
    QTest.keyClick(dialog.do, Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: not dialog.busy, timeout=10000)
    project = window.session.project
    assert project.undo_name == "Read kept pages again"
    assert dialog.numbers.text().startswith("Done; undo takes it back.") and dialog.leave.text() == "Close"
    new = next(key for key in project.document_ids() if project.document(key).metadata.get("supersedes") == pages)
    assert window.stored(pages) == [("PERSON", "all of your friends")]
    assert window.stored(new) == [("PERSON", "envoy of Marsa")]
    assert window.marks == [("PERSON", "all of your friends")], "the open article shows what is left in it"
    dialog.close()
    window.act("undo")
    assert [window.stored(key) for key in project.document_ids()] == before
    assert window.session.open.id == pages
    window.act("redo")
    assert window.stored(new) == [("PERSON", "envoy of Marsa")]


def test_an_article_that_goes_gives_way_to_the_new_one(better, pages, window):
    window.window.show_document(pages)
    project = window.session.project
    mark = next(each for each in project.annotations(pages) if each.start == min(
        one.start for one in project.annotations(pages)))  # fmt: skip
    project.apply(Edits(pages, project.scheme, project.annotator).delete([mark], ()))
    dialog = opened(window, pages)
    dialog.do.click()
    window.qtbot.waitUntil(lambda: not dialog.busy, timeout=10000)
    assert project.number_of(pages) is None
    assert window.session.open is not None and window.marks == [("PERSON", "envoy of Marsa")]
    assert "all of your friends" not in window.text
    dialog.close()


def test_what_was_changed_meanwhile_is_not_lost(better, pages, window):
    dialog = opened(window, pages)
    project = window.session.project
    label = next(label for label in project.scheme.labels if label.name == "ORG")
    edits = Edits(pages, project.scheme, project.annotator)
    mark = next(iter(project.annotations(pages)))
    project.apply(edits.relabel(mark, label))
    before = [window.stored(key) for key in project.document_ids()]
    dialog.do.click()
    window.qtbot.waitUntil(lambda: not dialog.busy, timeout=10000)
    if project.undo_name == "Read kept pages again":  # what stays was changed, and what moves was not
        assert ("ORG", "all of your friends") in window.stored(pages)
    else:
        assert "Nothing was changed" in dialog.numbers.text()
        assert [window.stored(key) for key in project.document_ids()] == before
    dialog.close()


def test_a_page_that_cannot_be_read_is_listed_and_leads_to_its_article(pages, window, monkeypatch):
    def refuse(page, document):
        raise KnownError("There is no text to be seen on the page any more.")

    monkeypatch.setattr(reader, "read_again", refuse)
    dialog = opened(window, window.session.project.document_ids()[0])
    assert [row[2] for row in cells(dialog)] == [
        "There is no text to be seen on the page any more. The article stays as it is."
    ] * 2
    assert not dialog.do.isVisible()
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert window.session.open.id == pages
    dialog.close()


def test_it_closes_with_the_project_and_can_be_left_at_any_time(better, pages, window, qtmodeltester):
    window.act("reread_pages")
    dialog = window.window.commands._rereading
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog = opened(window, pages)
    qtmodeltester.check(dialog.model)
    window.window.close_project()
    assert not dialog.isVisible()
    assert RereadModel(window.window.appearance.theme).rowCount() == 0


def test_a_project_without_pages_says_so(window):
    window.act("reread_pages")
    dialog = window.window.commands._rereading
    window.qtbot.waitUntil(lambda: not dialog.busy, timeout=10000)
    assert dialog.numbers.text().startswith("No article has a page that was kept.")
    dialog.close()
