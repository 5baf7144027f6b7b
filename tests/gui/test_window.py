"""The window around the article: lists, themes, what is remembered, what is said."""

from collections import Counter

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.scheme import Label, Layer, Scheme
from annotator.core.span import Span
from annotator.gui.actions import ACTIONS
from annotator.gui.app import open_window
from annotator.gui.dialogs.manual import ManualDialog
from annotator.gui.models.document_list import DocumentListModel
from annotator.gui.models.mark_list import MarkListModel
from annotator.gui.settings import Settings
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from annotator.templates import template


def titles(window):
    model = window.window.documents.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_action_has_its_method_and_no_shortcut_is_taken_twice(window):
    for spec in ACTIONS:
        assert callable(getattr(window.window.commands, spec.id))
    assert max(Counter(spec.shortcut for spec in ACTIONS if spec.shortcut).values()) == 1


def test_the_list_is_searched_and_filtered(window, qtbot):
    assert titles(window) == ["Harbour Pause Extended", "Oil Ports Reopen", "وزير الداخلية"]
    window.act("find_in_archive")
    window.press("strike")
    qtbot.waitUntil(lambda: titles(window) == ["Oil Ports Reopen"])
    window.window.documents.search.setText("الوزىر")
    qtbot.waitUntil(lambda: titles(window) == ["وزير الداخلية"])
    window.window.documents.search.setText("")
    qtbot.waitUntil(lambda: len(titles(window)) == 3)
    window.act("finish_document")
    window.window.documents._chips.button(3).click()
    window.settle()
    assert titles(window) == ["Harbour Pause Extended"]


def test_search_words_that_are_sql_find_nothing_and_break_nothing(window, qtbot):
    for words in ('"', "AND", "NEAR(", "'; DROP TABLE documents", "***"):
        window.window.documents.search.setText(words)
        window.window.documents._filter()
    window.window.documents.search.setText("")
    window.window.documents._filter()
    window.settle()
    assert len(titles(window)) == 3


def test_models_keep_qts_rules(qapp, project_path, window):
    with Project.open(project_path) as project:
        model = DocumentListModel(project)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.set_filter(DocumentFilter())
        project.import_documents([AnnotatedDocument(text="one more", title="One more")])
        model.refresh()
        assert model.rowCount() == 4
    marks = MarkListModel()
    QAbstractItemModelTester(marks, QAbstractItemModelTester.FailureReportingMode.Fatal)
    window.mark("Valletta", "g")
    marks.show(window.session.open)
    assert marks.rowCount() == 1
    assert marks.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("GPE, Valletta, ")


def test_a_long_list_reads_only_what_is_seen(qapp):
    project = Project(template("news"))
    project.import_documents(AnnotatedDocument(text=f"text {n}", title=f"Article {n}") for n in range(2000))
    model = DocumentListModel(project)
    model.set_filter(DocumentFilter())
    assert model.index(1500, 0).data() == "Article 1500"
    assert len(model._rows) <= 64


def test_the_place_and_the_marks_are_there_after_a_restart(qapp, qtbot, window, settings, project_path):
    window.act("next_document")
    window.mark("Port Qasr", "g")
    shown = window.session.open.id
    window.window.close()
    again = open_window(settings, project_path)
    qtbot.addWidget(again)
    again.show()
    assert again.session.open.id == shown
    again.commands.undo()
    assert not again.session.open.annotations
    again.commands.redo()
    assert len(again.session.open.annotations) == 1
    again.close()


def test_a_file_that_is_no_project_is_told(window, tmp_path):
    other = tmp_path / "other.annotator"
    other.write_text("not a database at all, but a text of more than a hundred characters " * 3)
    shown = window.session.open.id
    assert not window.window.open_path(other)
    assert "no Annotator project" in window.window.reader.banner.text
    assert window.session.open.id == shown
    assert not window.window.open_path(tmp_path / "missing.annotator")
    assert "There is no file" in window.window.reader.banner.text


def test_themes_switch_at_once(window):
    for name, paper in (("dark", "#1e1f22"), ("light", "#fffefb")):
        window.act(f"theme_{name}")
        picture = window.view.viewport().grab().toImage()
        assert picture.pixelColor(4, 4).name() == paper


def test_zoom_and_columns(window):
    before = window.window.settings.pixels
    window.act("zoom_in")
    assert window.window.settings.pixels == before + 1
    assert "%" in window.window.line._zoom.text()
    window.act("zoom_reset")
    window.act("focus_mode")
    assert not window.window.documents.isVisible()
    assert not window.window.side.isVisible()
    window.act("focus_mode")
    assert window.window.side.isVisible()


def test_hostile_names_are_shown_as_they_are_written(qapp, qtbot, tmp_path, settings):
    hostile = ["<img src=/etc/passwd>", "'; DROP TABLE labels; --", "<table><tr><td>" * 18]
    labels = tuple(Label(f"id{n}", "marks", name, "#b2356b", "abc"[n]) for n, name in enumerate(hostile))
    scheme = Scheme("hostile", (Layer("layer", "marks"),), labels)
    path = tmp_path / "hostile.annotator"
    with Project.create(path, scheme) as project:
        project.import_documents(
            [AnnotatedDocument(text=f"words {name}", title=name, metadata={"publication": name}) for name in hostile]
        )
    window = open_window(settings, path)
    qtbot.addWidget(window)
    window.show()
    for label in labels:
        window.reader.view.set_caret(1)
        window.session.mark(label, [Span(0, 5)])
        window.grab()
    for shown in window.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText, shown.text()
    assert {mark.label.name for mark in window.session.open.annotations.values()} == set(hostile)
    window.close()


def test_dropping_files_imports_them(window, qtbot, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("A new article\n\nWith one line of text.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.window.dropEvent(event)
    qtbot.waitUntil(lambda: "1 article came in" in window.window.reader.banner.text, timeout=10_000)
    assert titles(window)[-1] == "A new article"
    window.act("undo")
    assert len(titles(window)) == 3


def test_settings_survive_damage(tmp_path):
    place = tmp_path / "deep" / "settings.json"
    settings = Settings(annotator="Amina", pixels=21)
    settings.save(place)
    assert Settings.load(place) == settings
    place.write_text('{"pixels": "large", "annotator": "Omar", "recent": 3')
    assert Settings.load(place) == Settings()
    place.write_text('{"pixels": "large", "annotator": "Omar"}')
    assert Settings.load(place) == Settings(annotator="Omar")


def test_a_long_article_gets_all_its_marks_slice_by_slice(qapp, qtbot, tmp_path, settings):
    words = "a word and Port Qasr and another\n" * 8000
    path = tmp_path / "long.annotator"
    with Project.create(path, template("news")) as project:
        label = project.scheme.label("entities", "GPE")
        spans = [Span(start + 11, start + 20) for start in range(0, len(words), 33)]
        marks = tuple(Annotation("", label, (span,), {}, "", "", "", None, "", "") for span in spans)
        project.import_documents([AnnotatedDocument(text=words, title="Long", annotations=marks)])
    window = open_window(settings, path)
    qtbot.addWidget(window)
    window.show()
    assert 0 < len(window.session.open.annotations) < 8000
    assert window.session.counts()[label.id] == 8000
    qtbot.waitUntil(lambda: len(window.session.open.annotations) == 8000, timeout=10_000)
    assert window.side.marks.marks.rowCount() == 8000
    last = window.side.marks.marks.mark(7999)
    window.reader.go_to_mark(last.id)
    assert window.reader.view.mark_rectangles(last.id)
    window.session.delete_chosen()
    assert window.session.counts()[label.id] == 7999
    window.close()


def test_the_manual_opens_follows_its_links_and_leaves_its_folder_never(qapp, qtbot):
    dialog = ManualDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Annotator" in dialog.browser.toPlainText()
    dialog._follow(QUrl("command-line.md#export"))
    assert dialog.browser.source().fileName() == "command-line.md"
    assert dialog.browser.verticalScrollBar().value() > 0
    for outside in ("../../README.md", "https://example.org/a.md", "missing.md"):
        dialog._follow(QUrl(outside))
        assert dialog.browser.source().fileName() == "command-line.md"


def test_a_folded_column_stays_folded_when_the_window_was_narrow_for_a_while(window):
    for folded in (False, True):
        if folded:
            window.act("toggle_side")
        window.window.resize(1000, 700)
        window.settle()
        assert not window.window.side.isVisible()
        window.window.resize(1280, 800)
        window.settle()
        assert window.window.side.isVisible() is not folded


def test_an_import_that_is_undone_leaves_list_and_text_and_comes_back(window, qtbot, tmp_path):
    page = "Harbour Coast News | Marsa\nA Pause | MARSA English Archive 2005 -2017\nSelect Page\n\nThe pause holds.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")  # a page with zones, which go with it
    documents = window.window.documents
    window.window.import_paths([tmp_path / "page.txt"])
    qtbot.waitUntil(lambda: documents.model.rowCount() == 4 and not window.window.transfers.busy)
    documents.step(3)
    assert window.session.open.document.title == "A Pause"
    window.act("undo")
    assert documents.model.rowCount() == 3
    assert window.session.open.document.title != "A Pause"
    window.act("redo")
    assert documents.model.rowCount() == 4
