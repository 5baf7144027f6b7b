import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.gui import main_window
from annotator.gui.app import make_application, open_window
from annotator.gui.settings import Settings
from annotator.store.project import Project
from annotator.templates import template
from tests.gui.watchdog import Watchdog, can_watch

QUOTED = (
    "Harbour Pause Extended\n\n"
    "“We hope our partners will come,” Deputy Minister Salim Haddad said in Valletta. “The corridor stays open.”\n\n"
    "A spokesman said on Tuesday 🗼 that the raids had killed dozens of fishermen, which Marsa denied."
)
OTHERS = ["Oil Ports Reopen\n\nThe strike in Port Qasr is over.", "وزير الداخلية\n\nقال الوزير: «الممر مفتوح»."]


@pytest.fixture(scope="session")
def qapp():
    return make_application()


@pytest.fixture(scope="session", autouse=True)
def no_clipboard_outlives_python(qapp):
    """The offscreen clipboard keeps what was copied until after Python has gone, and then takes the process along."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session")
def watchdog():
    if not can_watch():
        yield None
        return
    watchdog = Watchdog()
    watchdog.start()
    yield watchdog
    watchdog.stop()


@pytest.fixture(autouse=True)
def no_call_keeps_the_window(watchdog):
    """Fails a test in which the window answered nobody for too long; see `tests/gui/watchdog.py`."""
    if watchdog is not None:
        watchdog.take()
    yield
    found = watchdog.take() if watchdog is not None else []
    assert not found, ". ".join(map(str, found))


@pytest.fixture
def project_path(tmp_path):
    path = tmp_path / "gulf.annotator"
    with Project.create(path, template("news")) as project:
        texts = [QUOTED, *OTHERS]
        project.import_documents(AnnotatedDocument(text=text, title=text.split("\n")[0]) for text in texts)
        project.index_documents()
    return path


@pytest.fixture
def settings(tmp_path, monkeypatch):
    place = tmp_path / "settings.json"
    monkeypatch.setattr(main_window, "settings_path", lambda: place)
    return Settings(annotator="Amina", theme="light", family="DejaVu Serif", backups=False)


@pytest.fixture
def window(qapp, qtbot, settings, project_path):
    window = open_window(settings, project_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Driver(window, qtbot)
    window.close()


class Driver:
    """Does what a person does, in the words of one."""

    def __init__(self, window, qtbot):
        self.window = window
        self.qtbot = qtbot
        self.view = window.reader.view

    @property
    def session(self):
        return self.window.session

    @property
    def text(self):
        return self.view.document_text()

    @property
    def marks(self):
        """(label, words) of every mark on screen, in order of the text."""
        found = sorted(self.session.open.annotations.values(), key=lambda mark: (mark.start, -mark.end, mark.created))
        return [(mark.label.name, mark.covered(self.text)) for mark in found]

    @property
    def links(self):
        opened = self.session.open
        words = {key: mark.covered(opened.text) for key, mark in opened.annotations.items()}
        return sorted((link.type.name, words[link.source], words[link.target]) for link in opened.relations.values())

    def stored(self, document=None):
        """The same, as another reader of the file finds it."""
        from annotator.store.reading import Reader

        with Reader(self.session.project.path) as reader:
            held = reader.annotated(document or self.session.open.id)
        return [(mark.label.name, mark.covered(held.text)) for mark in held.annotations]

    def settle(self):
        self.qtbot.wait(5)
        model = self.window.documents.model
        if model is not None:
            self.qtbot.waitUntil(lambda: not model.waiting)

    def point(self, position):
        """Where in the view code point `position` is drawn: the middle of the left edge of its character."""
        self.view.select_span(Span(position, position + 1))
        rectangle = self.view.cursorRect(self.view.textCursor())
        cursor = self.view.textCursor()
        cursor.setPosition(cursor.selectionStart())
        rectangle = self.view.cursorRect(cursor)
        self.view.clear_selection()
        return rectangle.center()

    def drag(self, words, after=0, modifier=Qt.KeyboardModifier.NoModifier):
        start = self.text.index(words, after)
        first, last = self.point(start), self.point(start + len(words))
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, modifier, first + QPoint(2, 0))
        QTest.mouseMove(port, (first + last) / 2)
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, last)
        self.settle()

    def click(self, words, after=0, modifier=Qt.KeyboardModifier.NoModifier):
        place = self.point(self.text.index(words, after) + 1) + QPoint(1, 0)
        self.qtbot.wait(1)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """A key to the text, or to whatever else has the keyboard if it is not a character."""
        target = self.window.focusWidget() or self.view
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)
        self.settle()

    def act(self, name):
        self.window.actions_[name].trigger()
        self.settle()

    def mark(self, words, key, after=0):
        self.drag(words, after)
        self.press(key)
