import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel

from annotator.core.column_mapping import ColumnMapping
from annotator.gui.dialogs import import_report
from annotator.gui.dialogs.import_preview.sources import HEADING, SOURCE, SourcesList
from annotator.gui.dialogs.import_preview.window import ImportWindow
from annotator.gui.dialogs.import_report import ImportReportDialog
from annotator.gui.theme import LIGHT
from annotator.importers.previewing import previews
from annotator.store.import_settings import import_settings
from annotator.store.reading import Reader
from tests.importers.databases.test_nexis import text_article
from tests.test_manual import ROOT

ARTICLES = ROOT / "tests" / "data" / "articles"
LONG = "The council voted on Tuesday to keep the fee that every ship has paid since 1954. " * 3
ARABIC = "قال الوزير في مؤتمر صحافي إن الممر البحري يبقى مفتوحاً أمام السفن. "


@pytest.fixture
def drop(window, qtbot):
    """Drops files on the window."""

    def drop(*paths):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        window.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, keys))

    return drop


@pytest.fixture
def shown(window, qtbot):
    """Waits for the preview, and for all of it."""

    def shown():
        qtbot.waitUntil(lambda: find(window) is not None, timeout=10_000)
        settled(qtbot, find(window))
        return find(window)

    return shown


def find(window):
    return next((each for each in window.window.findChildren(ImportWindow) if each.isVisible()), None)


def settled(qtbot, preview):
    qtbot.waitUntil(lambda: not preview.looking.busy, timeout=10_000)
    qtbot.wait(5)


def imported(window, qtbot, sentence):
    qtbot.waitUntil(lambda: sentence in window.window.reader.banner.text, timeout=10_000)


def last(window):
    """The document that came in last, as another reader of the file finds it."""
    with Reader(window.session.project.path) as reader:
        return list(reader.annotated_documents())[-1]


def typed(widget, text):
    widget.setFocus()
    QTest.keySequence(widget, QKeySequence.StandardKey.SelectAll)
    QTest.keyClicks(widget, text)


def choose(combo, words):
    """As a person does at the keyboard: go there, and type how the words begin."""
    combo.setFocus()
    QTest.keyClicks(combo, words.partition(" ")[0])
    assert combo.currentText() == words


def table(path, rows=3):
    path.write_text(
        f"A,B,C,D\n{''.join(f'x{n},Fee {n} stays as it is,{LONG},3/{n}/2024{chr(10)}' for n in range(1, rows + 1))}"
    )
    return path


def test_plain_pages_come_in_without_a_question(window, qtbot, drop, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(16):
        (pages / f"{number:02}.txt").write_text(f"Page {number}\n\nWith a line of its own.")
    drop(pages)
    imported(window, qtbot, "16 articles came in")
    assert find(window) is None


def test_with_a_preview_a_page_is_shown_too(window, qtbot, shown, tmp_path, monkeypatch):
    page = tmp_path / "page.txt"
    page.write_text("A page\n\nWith a line.")
    monkeypatch.setattr("annotator.gui.commands.files.asked_files", lambda *_: [page])
    window.act("import_with_preview")
    preview = shown()
    assert preview.summary.text() == "1 article in 1 file"
    QTest.keyClick(preview, Qt.Key.Key_Return)
    imported(window, qtbot, "1 article came in")
    window.act("undo")
    assert window.window.documents.model.rowCount() == 3


def test_columns_are_mapped_remembered_and_go_right_the_next_time(window, qtbot, drop, shown, tmp_path):
    drop(table(tmp_path / "one.csv"))
    preview = shown()
    columns = preview.page.columns
    assert columns.choices["B"].currentText() == "Title" and columns.choices["C"].currentText() == "Text"
    choose(columns.choices["A"], "Section")
    settled(qtbot, preview)
    choose(columns.choices["B"], "Left out")
    settled(qtbot, preview)
    typed(columns.publication, "The Marsa Herald")
    QTest.keyClick(columns.publication, Qt.Key.Key_Tab)
    settled(qtbot, preview)
    assert "x1" in preview.page.article.toPlainText() and "Fee 1" not in preview.page.article.toPlainText()
    assert "The Marsa Herald" in preview.page.article.toPlainText()
    assert "as you chose" in preview.page.said.text()
    preview.do.setFocus()
    QTest.keyClick(preview.do, Qt.Key.Key_Space)
    imported(window, qtbot, "3 articles came in")
    came = last(window)
    assert came.metadata["section"] == "x3" and came.metadata["publication"] == "The Marsa Herald"
    assert "Fee 3" not in came.text
    wanted = ColumnMapping(
        {"A": "section", "B": "", "C": "text", "D": "date"}, True, {"publication": "The Marsa Herald"}
    )
    assert import_settings(window.session.project).mappings == (wanted,)
    drop(table(tmp_path / "two.csv", 4))
    preview = shown()
    assert preview.page.columns.choices["A"].currentText() == "Section"
    assert "as you chose the last time" in preview.page.said.text()
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "1 article came in, 3 were there already")
    assert last(window).metadata["section"] == "x4"


def test_what_is_chosen_for_a_table_holds_for_others_like_it(window, qtbot, drop, shown, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    table(folder / "one.csv"), table(folder / "two.csv", 4)
    drop(folder)
    preview = shown()
    choose(preview.page.columns.choices["A"], "Section")
    settled(qtbot, preview)
    QTest.keyClick(preview.sources, Qt.Key.Key_Down)
    assert preview.page.name.text().endswith("two.csv")
    assert preview.page.columns.choices["A"].currentText() == "Section"
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "4 articles came in")
    with Reader(window.session.project.path) as reader:
        assert [each.metadata.get("section") for each in reader.annotated_documents()][3:] == ["x1", "x2", "x3", "x4"]


def test_the_patterns_of_a_splitter_are_edited_and_told_where_they_are_wrong(window, qtbot, drop, shown, tmp_path):
    def text(path, count):
        path.write_text("".join(f"++ {n} ++\nHEAD: Fee {n}\n\nText {n} of it.\n\n" for n in range(1, count + 1)))
        return path

    drop(text(tmp_path / "many.txt", 3))
    imported(window, qtbot, "1 article came in")  # nothing tells that there are three
    window.act("undo")
    window.window.import_paths([tmp_path / "many.txt"], ask=True)
    preview = shown()
    choose(preview.page.format, "Text with many articles")
    settled(qtbot, preview)
    editor = preview.page.patterns
    assert editor.isVisible() and "No article was found" in preview.page.article.toPlainText()
    typed(editor.start, "^(")
    assert "The pattern for “start” is not one" in editor.faults.text()
    typed(editor.name, "Our agency")
    typed(editor.start, r"^\+\+ \d+")
    QTest.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    field = editor.fields[-1]
    choose(editor.fields[0].target, "Title")
    typed(editor.fields[0].pattern, "^HEAD: (.*)$")
    assert field.pattern.text() == ""
    qtbot.waitUntil(lambda: "3 articles" in preview.page.said.text(), timeout=5000)
    assert preview.page.article.toPlainText().startswith("Fee 1")
    QTest.mouseClick(preview.page.tabs.button(1), Qt.MouseButton.LeftButton)
    assert preview.page.article.toPlainText().startswith("Fee 3")
    QTest.mouseClick(preview.do, Qt.MouseButton.LeftButton)
    imported(window, qtbot, "3 articles came in")
    drop(text(tmp_path / "more.txt", 5))
    preview = shown()
    assert preview.page.patterns.name.text() == "Our agency" and "5 articles" in preview.page.said.text()
    assert preview.page.said.text().startswith("as you chose the last time")


def test_a_download_that_lacks_articles_shows_both_counts(window, qtbot, drop, shown, tmp_path):
    (tmp_path / "nexis.txt").write_text("".join(text_article(number, 100) for number in range(1, 4)))
    drop(tmp_path / "nexis.txt")
    preview = shown()
    row = preview.sources.rows.index(1, 0)
    assert "3 articles; the file says 100" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "recognised for certain" in preview.page.said.text()
    assert "Council keeps fee 1" in preview.page.article.toPlainText()
    assert "HEADLINE" in preview.page.article.toPlainText()


def test_an_arabic_article_runs_right_to_left(window, qtbot, drop, shown, tmp_path):
    rows = [{"headline": "الممر يبقى مفتوحاً", "content": ARABIC * 4, "pubdate": f"2024-03-0{n}"} for n in (1, 2)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    drop(tmp_path / "a.jsonl")
    article = shown().page.article
    block = article.document().find("قال الوزير").block()
    assert block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft
    line = block.layout().lineAt(0).naturalTextRect()
    name = article.document().find("BODY").block()
    layout = article.document().documentLayout()
    assert layout.blockBoundingRect(name).left() > layout.blockBoundingRect(block).left() + line.left()


def test_what_a_file_writes_is_never_markup(window, qtbot, drop, shown, tmp_path):
    hostile = "<b>bold</b><img src='file:///etc/passwd'>"
    rows = "".join(f'"{hostile} {n}","{hostile} {LONG}"\n' for n in (1, 2))
    (tmp_path / "a.csv").write_text(f"headline,text\n{rows}")
    drop(tmp_path / "a.csv")
    preview = shown()
    preview.grab()
    assert "<b>bold</b>" in preview.page.article.toPlainText()
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in preview.findChildren(QLabel))


def test_another_format_is_chosen_and_remembered(window, qtbot, drop, shown):
    drop(ARTICLES / "d_opinion.txt")  # a listing, of which nothing comes in
    preview = shown()
    assert preview.sources.rows.index(1, 0).data() == "d_opinion.txt, no articles, nothing would come in"
    choose(preview.page.format, "Plain text")
    settled(qtbot, preview)
    assert preview.page.said.text() == "as you chose · 1 article"
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "1 article came in")
    assert import_settings(window.session.project).formats == {".txt:archive-page": "text"}
    drop(ARTICLES / "d_tag_page.txt")
    preview = shown()
    assert preview.page.said.text() == "as you chose the last time · 1 article"
    choose(preview.page.format, "Archive page")
    settled(qtbot, preview)
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "0 articles came in")
    assert import_settings(window.session.project).formats == {".txt:archive-page": "text"}  # that brought nothing


def test_escape_brings_nothing_in(window, qtbot, drop, shown, tmp_path):
    drop(table(tmp_path / "one.csv"))
    QTest.keyClick(shown(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: find(window) is None)
    assert window.window.documents.model.rowCount() == 3
    assert not import_settings(window.session.project)


def test_looking_can_be_cancelled_and_closing_the_project_ends_it(window, qtbot, drop, shown, tmp_path):
    drop(table(tmp_path / "one.csv"))
    assert window.window.line.cancel.isVisible()
    QTest.mouseClick(window.window.line.cancel, Qt.MouseButton.LeftButton)
    assert not window.window.incoming.busy and not window.window.line.cancel.isVisible()
    qtbot.wait(300)
    assert find(window) is None
    drop(tmp_path / "one.csv")
    shown()
    window.act("close_project")
    assert find(window) is None


def test_many_files_are_listed_by_kind_and_looked_into_when_chosen(window, qtbot, drop, shown, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(90):
        (folder / f"{number:03}.txt").write_text(f"Page {number}\n\nWith a line of its own.")
    table(folder / "t.csv")
    drop(folder)
    preview = shown()
    rows = preview.sources.rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert rows.index(0, 0).data() == "Plain text · 90 files"
    assert rows.index(90, 0).data() == "089.txt, not counted yet"
    assert preview.summary.text() == "60 articles and more in 91 files"
    QTest.keyClick(preview.sources, Qt.Key.Key_End)
    settled(qtbot, preview)
    assert preview.page.name.text().endswith("t.csv") and "3 articles" in preview.page.said.text()
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "93 articles came in")


def test_rows_keep_their_heights_while_kinds_come_and_go(window, tmp_path):
    """Headings move down as files are recognised; the rows at their former places are rows of files again."""
    found = [each for each in previews([ARTICLES]) if each.documents]
    kinds = [replace(each, title=str(number % 3), format="x") for number, each in enumerate(found)]
    shown = SourcesList(LIGHT, window.window)
    for count in range(1, len(kinds) + 1):
        shown.show_previews(kinds[:count])
        headings = shown.rows.headings()
        heights = [shown.rowHeight(row) for row in range(shown.rows.rowCount())]
        assert heights == [HEADING if row in headings else SOURCE for row in range(len(heights))]


def test_what_did_not_come_in_is_shown_as_it_stands_in_the_file(window, qtbot, drop, shown, tmp_path, monkeypatch):
    path = tmp_path / "stories.jsonl"
    path.write_text(
        '{"text": "One line of it.", "title": "One"}\n{"text": "cut off\n{"text": "Two.", "title": "Two"}\n'
    )
    drop(path)
    preview = shown()
    assert "1 cannot be read" in preview.sources.rows.index(1, 0).data()
    QTest.keyClick(preview.sources, Qt.Key.Key_Return)
    imported(window, qtbot, "2 articles came in, 1 could not be read")
    QTest.mouseClick(window.window.reader.banner._action, Qt.MouseButton.LeftButton)
    report = window.window.findChild(ImportReportDialog)
    qtbot.waitUntil(lambda: report.raw.toPlainText().startswith('{"text": "cut off\n'))
    assert "Line 2" in report.reason.text() and report.place.text() == str(path)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    QTest.mouseClick(report.folder, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
    for button, name in (("Save as JSON…", "r.json"), ("Save as text…", "r.txt")):
        monkeypatch.setattr(import_report, "asked_new_file", lambda *_, name=name: tmp_path / name)
        wanted = next(
            each for each in report.findChildren(QApplication.focusWidget().__class__) if each.text() == button
        )
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    held = json.loads((tmp_path / "r.json").read_text())
    assert held["documents"] == 2 and held["failed"][0]["path"] == str(path)
    assert "Line 2" in (tmp_path / "r.txt").read_text()
    report.reject()
