"""The full-text index, brought up to date on another thread while the window goes on: after an import, and after a
program that was ended before it was done."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.store.project import Project

SOON = 1500  # milliseconds after a project was opened: there is nothing that could not wait for its first pictures


class Indexing(QObject):
    """Looks now and then whether search has to be prepared, and does that. Marks are written meanwhile."""

    progressed = Signal(int)  # per cent of the articles that search finds; 100 when it finds all

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._job: Job | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.begin)

    @property
    def busy(self) -> bool:
        """Whether search is being prepared."""
        return self._job is not None

    def show_project(self, project: Project | None) -> None:
        """Care for `project` from now on; what is under way for another is broken off, and goes on when it is back."""
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._project = project
        if project is not None and project.path is not None and not project.read_only:
            self._soon.start()

    def begin(self) -> None:
        """Prepare search as far as it is not."""
        project = self._project
        if project is None or project.read_only or self._job is not None or not project.index_waits():
            return

        def work(stop: Event, progress: Callable[[int], None]) -> None:
            try:
                project.index_documents(stop.is_set, lambda number, last: progress(100 * number // max(1, last)))
            except KnownError:
                if not stop.is_set():  # else the project was closed meanwhile
                    raise
            finally:
                end_sharing()

        self._job = job = Job(work)  # without a parent: it may outlive us
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_end)
        job.failed.connect(self._on_end)  # a full disk says so when somebody marks; search waits for the next time
        begin_sharing()
        job.start(self._pool)

    def _on_progress(self, per_cent: int) -> None:
        if self.sender() is self._job:
            self.progressed.emit(min(99, per_cent))

    def _on_end(self, _: object) -> None:
        if self.sender() is self._job:
            self._job = None
            self.progressed.emit(100)
