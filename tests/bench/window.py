"""The real window: opening an article from the project file until it is painted, scrolling it, marking in it.

Each task is a process: `python -m tests.bench.window TASK PROJECT NUMBER TIMES`; `tests.bench.reading` starts them.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.gui.app import make_application, open_window
from annotator.gui.main_window import MainWindow
from annotator.gui.settings import Settings
from annotator.gui.text_view.view import TextView
from annotator.store.project import Project
from annotator.templates import template
from tests.bench.reading import NAMES, SIZES
from tests.bench.runs import tell, timed
from tests.bench.view import article

PATIENCE = 30  # seconds


def making(path: Path, number: int, times: int) -> None:
    """A project whose documents are one short one, then one of each of SIZES."""
    with Project.create(path, template("news")) as project:
        labels = {label.name: label for label in project.scheme.labels}
        documents = [AnnotatedDocument(text="Another article.", title="Another")]
        for (characters, many, one_paragraph), name in zip(SIZES, NAMES, strict=True):
            text, marks = article(characters, many, one_paragraph=one_paragraph)
            annotations = tuple(
                Annotation(f"{many}-{mark.id}", labels[mark.name], mark.fragments, {}, "", "", "import", None, "", "")
                for mark in marks
            )
            links = tuple(_links(annotations, project.scheme))
            documents.append(AnnotatedDocument(text=text, title=name, annotations=annotations, relations=links))
        project.import_documents(documents)
        project.index_documents()
    tell([])


def _links(marks: Sequence[Annotation], scheme: Scheme) -> Iterator[Relation]:
    """A link from every tenth entity to the next one, in the order they were drawn: most lead far away."""
    kind = next(kind for kind in scheme.relations if kind.name == "same_as")
    entities = [mark for mark in marks if mark.label.layer == "entities"]
    for number, (one, other) in enumerate(pairwise(entities[::10])):
        yield Relation(f"{len(marks)}-{number}", kind, one.id, other.id, {}, "", "", "")


# The program


class _Pictures:
    """Counts the paints of the article."""

    count = 0


def _watch() -> None:
    paint = TextView.paintEvent

    def watched(self, event):
        paint(self, event)
        _Pictures.count += 1

    TextView.paintEvent = watched


def _window(project: Path) -> tuple[MainWindow, list[str]]:
    _watch()
    make_application()
    window = open_window(Settings(annotator="ana", links="all", backups=False), project)
    keys = window.session.project.document_ids()
    window.show_document(keys[0])
    window.show()
    _wait(lambda: _Pictures.count > 0)
    _settle()
    return window, keys


def opening(project: Path, number: int, runs: int) -> None:
    """From another article to the first picture of this one; the first run, which loads fonts, is left out."""
    window, keys = _window(project)
    times = []
    for _ in range(runs + 1):
        times.append(timed(lambda: _painted(lambda: window.show_document(keys[number - 1]))))
        _painted(lambda: window.show_document(keys[0]))
        _settle()
    tell(times[1:])


def scrolling(project: Path, number: int, steps: int) -> None:
    """Three lines down, until painted."""
    window = _loaded(project, number)
    tell(_scrolled(window.reader.view, steps))


def marking(project: Path, number: int, steps: int) -> None:
    """A mark on what can be seen, until it is painted and on the disk."""
    window = _loaded(project, number)
    view, session = window.reader.view, window.session
    view.scroll_to_position(len(session.open.text) // 2)
    _settle()
    start = view.first_visible_position()
    label = next(label for label in session.project.scheme.labels if label.name == "ORG")
    places = iter([Span(start + 9 * n, start + 9 * n + 6) for n in range(steps + 1)])
    before = len(session.open.annotations)
    times = [timed(lambda: _painted(lambda: session.mark(label, [next(places)]))) for _ in range(steps + 1)]
    if len(session.open.annotations) != before + steps + 1:
        raise RuntimeError("not every mark was made")
    tell(times[1:])


def _loaded(project: Path, number: int) -> MainWindow:
    """The window with a whole article in it."""
    window, keys = _window(project)
    loaded: list[bool] = []
    window.reader.view.loaded.connect(lambda: loaded.append(True))
    _painted(lambda: window.show_document(keys[number - 1]))
    _wait(lambda: bool(loaded) and window.session.open.complete)
    _settle()
    return window


def _painted(change: Callable[[], object]) -> None:
    before = _Pictures.count
    change()
    _wait(lambda: _Pictures.count > before)


# The floor


def _plain() -> QPlainTextEdit:
    make_application()
    window = QMainWindow()
    view = QPlainTextEdit(readOnly=True)
    window.setCentralWidget(view)
    window.resize(1440, 900)
    window.show()
    _settle()
    view.window_ = window  # kept alive
    return view


def plain_opening(project: Path, number: int, runs: int) -> None:
    """The rows read with bare SQLite, the text set, painted at once."""
    view = _plain()
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)

    def show(number: int) -> None:
        ((text,),) = connection.execute("SELECT text FROM texts WHERE number = ?", (number,))
        connection.execute('SELECT id, label, start, "end" FROM annotations WHERE document = ?', (number,)).fetchall()
        view.setPlainText(text)
        view.viewport().repaint()

    times = []
    for _ in range(runs + 1):
        times.append(timed(lambda: show(number)))
        show(1)
        _settle()
    tell(times[1:])


def plain_scrolling(project: Path, number: int, steps: int) -> None:
    """Three lines down, until painted."""
    view = _plain()
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
    ((text,),) = connection.execute("SELECT text FROM texts WHERE number = ?", (number,))
    view.setPlainText(text)
    _settle()
    tell(_scrolled(view, steps))


def _scrolled(view: QPlainTextEdit, steps: int) -> list[tuple[float, float]]:
    """Steps down, and from the top again where the end is reached."""
    bar = view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + 3)
        QApplication.processEvents()

    times = []
    while len(times) < steps:
        if bar.value() + 3 > bar.maximum():
            bar.setValue(0)
            _settle()
        times.append(timed(step))
    return times


# Waiting


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise RuntimeError("nothing came of it in time")


def _settle() -> None:
    for _ in range(20):
        QApplication.processEvents()


if __name__ == "__main__":
    tasks = {task.__name__: task for task in (making, opening, scrolling, marking, plain_opening, plain_scrolling)}
    tasks[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
