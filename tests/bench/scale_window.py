"""The window on a project of many articles: `python -m tests.bench.scale_window TASK PROJECT ARTICLES`.

A turn is one pass of the event loop: as long as it lasts, the window answers nobody. Turns and frames are counted in
the main thread's own time, waits on the wall.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.edits import Edits
from annotator.gui.app import make_application, open_window, run
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.document_delegate import DocumentDelegate
from annotator.gui.panels.document_list import FILTERS
from annotator.gui.settings import Settings
from annotator.gui.text_view.view import TextView
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from tests.bench.archive import Archive
from tests.bench.runs import peak_megabytes

PATIENCE = 60  # seconds
STEPS = 200
IDLE = 5.0  # seconds that nobody touches it
SETTLING = 3.0  # after which everything that was put off is done


class _Painted:
    """What was painted so far."""

    rows = 0
    articles = 0


def _watch() -> None:
    row, article = DocumentDelegate.paint, TextView.paintEvent

    def painted_row(self, painter, option, index):
        row(self, painter, option, index)
        _Painted.rows += 1

    def painted_article(self, event):
        article(self, event)
        _Painted.articles += 1

    DocumentDelegate.paint, TextView.paintEvent = painted_row, painted_article


# From the start of the process


def first(path: Path, articles: int) -> None:
    """Until there are an article and a list to be used; an empty project has neither, and its columns are enough."""
    _watch()
    ready = QTimer(interval=0)

    def look() -> None:
        if _Painted.articles and (_Painted.rows or not articles):
            wall = (time.monotonic_ns() - int(os.environ["BENCH_STARTED"])) / 1e6
            print(json.dumps({"cpu": 1000 * time.process_time(), "wall": wall, "peak": peak_megabytes()}), flush=True)
            os._exit(0)

    make_application()
    ready.timeout.connect(look)
    ready.start()
    run(path)


# In the window


class Driver:
    """The window, and clocks."""

    def __init__(self, path: Path) -> None:
        _watch()
        make_application()
        self.window: MainWindow = open_window(Settings(annotator="ana", theme="light"), path)
        self.window.show()
        self.wait(lambda: _Painted.rows > 0 and _Painted.articles > 0)
        self.rest(1.0)

    @property
    def list(self) -> Any:
        return self.window.documents

    def turn(self) -> float:
        """One pass of the event loop, in milliseconds of this thread."""
        begun = time.thread_time()
        QApplication.processEvents()
        return 1000 * (time.thread_time() - begun)

    def wait(self, done: Callable[[], bool]) -> float:
        """Until `done`; the longest turn meanwhile."""
        end, longest = time.monotonic() + PATIENCE, 0.0
        while not done():
            longest = max(longest, self.turn())
            time.sleep(0.0002)  # a worker has its turn, too
            if time.monotonic() > end:
                raise RuntimeError("nothing came of it in time")
        return longest

    def rest(self, seconds: float) -> float:
        end = time.monotonic() + seconds
        return self.wait(lambda: time.monotonic() > end)

    def frame(self, change: Callable[[], object]) -> float:
        """A change of what is seen, until it is painted."""
        begun = time.thread_time()
        change()
        QApplication.processEvents()
        return 1000 * (time.thread_time() - begun)

    def asked(self, ask: Callable[[], object]) -> dict[str, float]:
        """Something that a worker may have to find: when its first rows are seen, and all; the longest turn."""
        model, begun, before = self.list.model, time.monotonic(), _Painted.rows
        longest = self.frame(ask)
        longest = max(longest, self.wait(lambda: model.answered))
        longest = max(longest, self.turn(), self.turn())
        first = 1000 * (time.monotonic() - begun)
        longest = max(longest, self.wait(lambda: not model.waiting))
        whole = 1000 * (time.monotonic() - begun)
        return {
            "first": first,
            "whole": whole,
            "turn": longest,
            "rows": model.rowCount(),
            "painted": _Painted.rows - before,
        }


def using(path: Path, articles: int) -> dict[str, Any]:
    """Scrolling, jumping, filtering, searching, opening; then memory, and what it does when left alone."""
    driver, chance = Driver(path), random.Random(5)
    found: dict[str, Any] = {"opened_mb": resident_megabytes()}
    view = driver.list.view
    bar = view.verticalScrollBar()
    found["scroll"] = [driver.frame(lambda: bar.setValue(bar.value() + 3 * 70)) for _ in range(STEPS)]
    found["page"] = [driver.frame(lambda: bar.setValue(bar.value() + bar.pageStep())) for _ in range(STEPS)]
    found["jump"] = [driver.frame(lambda: bar.setValue(chance.randrange(bar.maximum() + 1))) for _ in range(STEPS)]
    found["open"] = [_opened(driver, chance.randrange(driver.list.model.rowCount())) for _ in range(STEPS // 4)]
    found["filters"] = {name: driver.asked(ask) for name, ask in _filters(driver).items()}
    found["searches"] = {name: driver.asked(_search(driver, query)) for name, query in Archive().queries().items()}
    driver.asked(_search(driver, ""))
    found["unfinished"] = driver.frame(driver.window.commands.next_unfinished)
    found["marked"] = _marked(driver)
    driver.rest(SETTLING)
    found["mb"] = resident_megabytes()
    found["idle"] = _idle(driver)
    driver.window.close()
    return found


def _opened(driver: Driver, row: int) -> float:
    """An article anywhere, from the choice in the list until it is painted."""
    before, begun = _Painted.articles, time.thread_time()
    driver.list.view.selectRow(row)
    driver.wait(lambda: _Painted.articles > before)
    return 1000 * (time.thread_time() - begun)


def _filters(driver: Driver) -> dict[str, Callable[[], object]]:
    listed, project = driver.list, driver.window.session.project
    label = project.scheme.labels[0].id
    chips = {value: place for place, (value, _) in enumerate(FILTERS)}
    wanted = {
        "one source": DocumentFilter(publication="Source 3"),
        "a year": DocumentFilter(since="2001", until="2001"),
        "a day": DocumentFilter(since="2000-05-21", until="2000-05-21"),
        "marks of a label": DocumentFilter(label=label),
        "no marks": DocumentFilter(label="none"),
        "all": DocumentFilter(),
    }
    asks: dict[str, Callable[[], object]] = {
        name: lambda asked=each: listed._take_filter(asked) for name, each in wanted.items()
    }
    for status in ("new", "finished", ""):
        asks[f"status {status or 'any'}"] = lambda place=chips[status]: listed._chips.button(place).click()
    return asks


def _search(driver: Driver, query: str) -> Callable[[], object]:
    def ask() -> None:
        driver.list.search.setText(query)
        driver.list._filter()  # as Return does

    return ask


def _marked(driver: Driver) -> list[float]:
    """A mark in the open article, on the disk and painted."""
    session, times = driver.window.session, []
    label = session.scheme.labels[0]
    from annotator.core.span import Span

    for place in range(20):
        times.append(driver.frame(lambda place=place: session.mark(label, [Span(9 * place, 9 * place + 5)])))
    for _ in range(20):
        session.undo()
    return times


def _idle(driver: Driver) -> float:
    """Milliseconds of processor time in a second, of the whole process, while nobody touches it."""
    app, spent = QApplication.instance(), 0.0
    for _ in range(2):  # the first time, the event loop itself is made
        QTimer.singleShot(round(1000 * IDLE), app.quit)
        begun = time.process_time()
        app.exec()
        spent = time.process_time() - begun
    return 1000 * spent / IDLE


def resident_megabytes() -> float:
    """What the process holds now."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_megabytes()
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1000


def _some_finished(path: Path) -> None:
    """Some hundred articles are finished, so that a filter has something to find."""
    with Project.open(path) as project:
        project.work_as("ana")
        ids = [key for (key,) in project.rows("SELECT id FROM documents WHERE number % 997 = 0 LIMIT 300")]
        parts = [Edits(key, project.scheme, project.annotator).set_status(None, "finished") for key in ids]
        if not project.rows("SELECT 1 FROM statuses LIMIT 1"):
            project.apply_all("Finish", parts)


if __name__ == "__main__":
    task, place, many = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if task == "first":
        first(place, many)
    else:
        _some_finished(place)
        print(json.dumps(using(place, many) | {"peak": peak_megabytes()}))
