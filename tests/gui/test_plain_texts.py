"""What strangers wrote is shown as it is written: no picture of theirs is painted, no tag obeyed."""

import ast
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtGuiNames
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget

import annotator.gui
from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    RegistryEntry,
    Relation,
    Zone,
)
from annotator.core.imports import Failure, Header, ImportReport
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.core.span import Span
from annotator.gui.app import open_window
from annotator.gui.dialogs.import_preview.window import ImportWindow
from annotator.gui.dialogs.import_report import ImportReportDialog
from annotator.gui.texts import message_box, plain_label, plain_tip
from annotator.store.project import Project
from tests.gui.conftest import Driver
from tests.gui.payloads import LOUD, payloads, picture

SECONDS = 2.0  # of the processor, which painting a window may take: one of the payloads takes Qt minutes as markup
NUMBER = 40


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return payloads(picture(tmp_path_factory.mktemp("pictures")))


def project_of(path, hostile):
    """A project in which everything that has a name has one of the payloads for it."""
    said = iter(hostile * 20)

    def attribute(number, kind="text", **more):
        values = tuple(Value(f"v{n}", next(said)) for n in range(3)) if kind == "choice" else ()
        return Attribute(
            f"a{number}", f"a{number}", kind, title=next(said)[:300], values=values, guideline=next(said), **more
        )

    asked = (attribute(1), attribute(2, "choice"), attribute(3, "entity", registry="person"), attribute(4, "yes_no"))
    label = Label(
        "l1", "one", next(said)[:200], "#3060a0", "p", True, asked, title=next(said)[:300], guideline=next(said)
    )
    other = Label("l2", "one", "x", "#308040", "q", title=next(said)[:300])
    kind = RelationType("r1", next(said)[:200], ("one",), ("one",), title=next(said)[:300])
    form = (attribute(5), attribute(6, "choice"))
    scheme = Scheme(next(said)[:200], (Layer("y1", "one", next(said)[:300]),), (label, other), (kind,), form)
    ann = Annotator("p1", next(said)[:200])
    people = tuple(
        RegistryEntry(f"e{n}", "person", text[:300] + str(n), (next(said),), {}, next(said))
        for n, text in enumerate(hostile)
    )
    answers = {"a1": hostile[0], "a2": "v1", "a3": "e1"}

    def document(number, text):
        body = f"{text[:400]}\n\nThe ferry {number} left the harbour. {text[:300]}"
        place = body.index("The ferry")
        marks = tuple(
            Annotation(
                f"m{number}-{n}",
                each,
                (Span(place + n * 4, place + n * 4 + 5),),
                answers if n == 0 else {},
                text,
                "p1",
                "manual",
                None,
                "",
                "",
            )
            for n, each in enumerate((label, other))
        )
        link = Relation(f"k{number}", kind, marks[0].id, marks[1].id, {}, "p1", "", "")
        facts = {
            "author": text[:500],
            "publication": text[:500],
            "path": text[:200],
            "uri": text[:300],
            "odd": text[:300],
        }
        return AnnotatedDocument(
            text=body, title=text, metadata=facts, annotations=marks, relations=(link,), note=text,
            zones=(Zone("", "HEADLINE", Span(0, 5)),), labels=(DocumentLabel("", "a5", text, "p1"),),
        )  # fmt: skip

    with Project.create(path, scheme, hostile[0][:200]) as project:
        items = [Header(scheme, (ann,), people), *(document(n, text) for n, text in enumerate(hostile))]
        report = project.import_documents(items)
        assert (report.documents, report.failed) == (len(hostile), [])
        project.index_documents()
    return path, hostile


@pytest.fixture
def driver(qapp, qtbot, settings, tmp_path, hostile):
    path, _ = project_of(tmp_path / "hostile.annotator", hostile)
    window = open_window(replace(settings, annotator=hostile[3][:100]), path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Driver(window, qtbot)
    window.close()


def loud(widget):
    """How many points of a widget have the colour that only the strangers' picture has."""
    image = widget.grab().toImage()
    return sum(image.pixelColor(x, y) == LOUD for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))


def rich(root):
    """What in a window Qt would read as markup that is not ours."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if (
            isinstance(widget, QLabel)
            and widget.textFormat() != Qt.TextFormat.PlainText
            and QtGuiNames.mightBeRichText(widget.text())
        ):
            found.append(("label", widget.text()[:80]))
        if _obeyed(widget.toolTip()):
            found.append(("tooltip", widget.toolTip()[:80]))
        if isinstance(widget, QAbstractItemView):
            found += [("tooltip of a row", text[:80]) for text in _row_tips(widget) if _obeyed(text)]
    found += [("action", action.toolTip()[:80]) for action in root.findChildren(QAction) if _shown_tip(action)]
    return found


def _obeyed(tip):
    """Whether a tooltip's markup is more than that which keeps a text as it is written."""
    return QtGuiNames.mightBeRichText(tip) and ("<img" in tip or "<table" in tip or not tip.startswith("<p>"))


def _shown_tip(action):
    return QtGuiNames.mightBeRichText(action.toolTip()) and any(
        widget.toolTip() for widget in action.associatedObjects() if isinstance(widget, QWidget)
    )


def _row_tips(view):
    model = view.model()
    if model is None:
        return
    columns = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(50, model.rowCount(QModelIndex()))):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str):
                yield tip


def assert_plain(*windows):
    before = time.process_time()
    for window in windows:
        assert loud(window) == 0, f"a stranger's picture is painted in {type(window).__name__}"
        assert rich(window) == [], type(window).__name__
    assert time.process_time() - before < SECONDS * len(windows)


def test_there_are_forty(hostile):
    assert len(set(hostile)) == NUMBER


def test_the_test_sees_a_picture_that_is_painted(qtbot, hostile):
    label, shown = QLabel(hostile[0]), plain_label(hostile[0])
    for each in (label, shown):
        qtbot.addWidget(each)
        each.resize(400, 300)
        each.show()
    assert loud(label) > 100 and rich(label)
    assert loud(shown) == 0 and not rich(shown)
    label.setText("x")
    label.setToolTip(hostile[0])
    assert rich(label)


@pytest.mark.parametrize("number", range(NUMBER))
def test_helpers_show_it_as_it_is_written(qtbot, hostile, number):
    text = hostile[number]
    before = time.process_time()
    label, tip = plain_label(text), QLabel(plain_tip(text))
    box = message_box(label, "x", text, icon=QMessageBox.Icon.Information)
    for each in (label, tip, box):
        qtbot.addWidget(each)
        each.sizeHint()
        assert loud(each) == 0
    written = text.removeprefix("\ufeff")  # which Python’s bindings take for a mark, not for a character
    assert label.text() == written and box.text() == written
    assert time.process_time() - before < SECONDS


def test_every_article_beside_its_marks_and_answers(driver):
    for key in driver.session.project.document_ids()[::4]:
        driver.session.show(key)
        driver.qtbot.wait(1)
        driver.session.choose(next(iter(driver.session.open.annotations)))
        driver.qtbot.wait(1)
        assert loud(driver.window) == 0
    assert_plain(driver.window)


SHOWN_BY = (
    *("toggle_marks", "toggle_problems", "toggle_guideline", "article_form", "find", "registry", "edit_scheme"),
    *("concordance", "corpus_problems", "problem_rules", "export_formats", "export_json", "export_scheme", "keywords"),
    *("preferences", "show_keys", "about", "command_palette", "pick_label", "set_zone", "mark_occurrences"),
    *("new_project", "reread_pages", "registry_entry", "edit_note", "edit_mark"),
)


def test_what_actions_open(driver):
    opened = set()
    for action in SHOWN_BY:
        driver.session.choose(next(iter(driver.session.open.annotations)))
        before = time.process_time()
        driver.act(action)
        driver.qtbot.wait(100)
        assert time.process_time() - before < 4 * SECONDS, action
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        assert_plain(*shown)
        for each in shown:
            if each is not driver.window:
                opened.add(type(each).__name__)
                each.close()
    assert {"Concordance", "RegistryWindow", "SchemeWindow", "ExportFormatsDialog", "CorpusProblems"} <= opened


def test_the_undo_menu_the_banner_and_the_title(driver, hostile):
    driver.session.choose(next(iter(driver.session.open.annotations)))
    driver.act("delete_mark")
    for text in hostile[::5]:
        driver.window.say(text)
        driver.window.refuse(text)
        assert loud(driver.window) == 0
    for menu in driver.window.menuBar().findChildren(QWidget):
        assert loud(menu) == 0
    assert_plain(driver.window)


def test_the_report_of_an_import(driver, hostile):
    report = ImportReport(failed=[Failure(text, text) for text in hostile], warnings=list(hostile))
    dialog = ImportReportDialog(report, driver.window)
    dialog.show()
    driver.qtbot.wait(50)
    assert_plain(dialog)
    dialog.close()


def test_the_preview_of_an_import(driver, hostile, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(hostile[:12]):
        name = "".join(sign for sign in text if sign not in "/\\\0\n")[:80]
        (folder / f"{name}{number}.txt").write_text(f"{text}\n\n{text}", encoding="utf-8")
    rows = "".join(
        f'"{text.replace(chr(34), chr(34) * 2)}","{text.replace(chr(34), chr(34) * 2)} {n}"\n'
        for n, text in enumerate(hostile)
    )
    (folder / "a.csv").write_text(f"title,text\n{rows}", encoding="utf-8")
    driver.window.incoming.take(driver.session, [folder], driver.window.appearance.theme, ask=True)
    driver.qtbot.waitUntil(lambda: driver.window.findChildren(ImportWindow) != [], timeout=20_000)
    (shown,) = driver.window.findChildren(ImportWindow)
    driver.qtbot.waitUntil(lambda: not shown.looking.busy, timeout=20_000)
    for row in range(shown.sources.model().rowCount()):
        shown.sources.setCurrentIndex(shown.sources.model().index(row, 0))
        driver.qtbot.wait(5)
        assert_plain(shown)
    shown.close()


# What may stand in the code at all

GUI = Path(annotator.gui.__file__).parent
HELPERS = {"texts.py"}
MARKUP = {
    "setHtml",
    "insertHtml",
    "setMarkdown",
    "setWhatsThis",
    "setInformativeText",
    "setDetailedText",
    "setLabelText",
}
CLASSES = {"QLabel", "QMessageBox", "QErrorMessage", "QProgressDialog", "QTextBrowser", "QInputDialog", "QWhatsThis"}
ALLOWED = {
    ("dialogs/manual.py", "QTextBrowser"),
    ("panels/wrapped.py", "QLabel"),
}  # our own pages; plain from its first moment


def calls(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node
            if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in CLASSES:
                yield node.func.value.id, node  # QMessageBox.warning(…)


def is_plain_tip(node):
    """Whether an expression is a text that shows as it is written: what `plain_tip` gives, or nothing."""
    if isinstance(node, ast.IfExp):
        return is_plain_tip(node.body) and is_plain_tip(node.orelse)
    if isinstance(node, ast.Constant):
        return node.value == ""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "plain_tip"


def faults(path, name):
    """What in a module of the window might show a text as markup."""
    used = {(name, called) for called in (call for call, _ in calls(path))}
    for called, node in calls(path):
        if called in MARKUP:
            yield f"{name}:{node.lineno}: {called}"
        elif called in CLASSES and (name, called) not in ALLOWED:
            yield f"{name}:{node.lineno}: {called}(…): see texts.py"
        elif called == "setToolTip" and not is_plain_tip(node.args[-1]):
            yield f"{name}:{node.lineno}: setToolTip of what is not plain_tip(…)"
        elif called == "showText" and not is_plain_tip(node.args[1]):
            yield f"{name}:{node.lineno}: showText of what is not plain_tip(…)"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (name, "QLabel") not in ALLOWED:
            yield from (
                f"{name}:{node.lineno}: a QLabel of its own"
                for base in node.bases
                if getattr(base, "id", "") in CLASSES
            )
        if isinstance(node, ast.Attribute) and node.attr == "ToolTipRole" and (name, "plain_tip") not in used:
            yield f"{name}:{node.lineno}: a row's tooltip without plain_tip"
        if isinstance(node, ast.Attribute) and node.attr in ("RichText", "AutoText", "MarkdownText"):
            yield f"{name}:{node.lineno}: {node.attr}"


def test_no_module_of_the_window_makes_labels_tooltips_or_boxes_by_itself():
    modules = [path for path in GUI.rglob("*.py") if path.name not in HELPERS]
    assert len(modules) > 100
    assert [fault for path in modules for fault in faults(path, path.relative_to(GUI).as_posix())] == []


@pytest.mark.parametrize(
    "line",
    [
        "QLabel(title)",
        "QtWidgets.QLabel(title)",
        "self.setToolTip(title)",
        "x.setToolTip(tr('a') + b)",
        "box = QMessageBox(p)",
        "QMessageBox.warning(p, t, x)",
        "QToolTip.showText(p, title)",
        "e.setHtml(x)",
        "l.setTextFormat(Qt.TextFormat.RichText)",
        "class A(QLabel): pass",
        "if role == Qt.ItemDataRole.ToolTipRole: pass",
        "QProgressDialog(x)",
    ],
)
def test_what_would_be_one_is_seen(tmp_path, line):
    (tmp_path / "a.py").write_text(line)
    assert list(faults(tmp_path / "a.py", "a.py"))
