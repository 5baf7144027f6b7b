"""Large steps of the history, written on another thread so that the window goes on; one at a time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.gui.texts import tr
from annotator.store.project import Project
from annotator.store.writing import StaleChangeError

LONG = 200  # rows of a step that are written while the window waits
LARGE = 256_000  # bytes of a kept step that is taken back while the window waits


def is_long(changes: ChangeSet) -> bool:
    """Whether writing `changes` would keep the window waiting."""
    return len(changes.rows) + sum(len(each.keys) for each in changes.bulk) > LONG


class LongSteps(QObject):
    """Writes one step to a project on the thread pool. The project's listeners are told on the thread this lives on."""

    began = Signal(str)  # what is going on
    done = Signal(object)  # ChangeSet: written, and told
    repeated = Signal(object)  # ChangeSet: the same, where it was taken back or done again
    refused = Signal(str)  # a sentence: why nothing was changed
    ended = Signal()  # whatever came of it

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._job: Job | None = None
        self._written = Event()
        self._repeats = False
        self.last: ChangeSet | None = None  # what can be tried again, of what was begun last
        self.before: Callable[[], object] = lambda: None  # called on the worker before a step that is no repetition

    @property
    def busy(self) -> bool:
        """Whether a step is being written."""
        return self._job is not None

    def apply(self, changes: ChangeSet) -> None:
        """Begin to write `changes`."""

        def write() -> ChangeSet:
            self._project.apply(changes, quiet=True)
            return changes

        self.write(write)
        self.last = changes

    def write(self, step: Callable[[], ChangeSet]) -> None:
        """Begin what `step` does: it writes quietly, and gives what it wrote."""
        before = self.before

        def write() -> ChangeSet:
            before()
            return step()

        self._begin(write, tr("Writing the change…"), repeats=False)

    def repeat_if_long(self, *, redo: bool) -> bool:
        """Begin to take the last step back, or to do it again, where that is a large one. Returns whether it is."""
        if self._project.path is None or self._project.step_size(redo) <= LARGE:
            return False
        step = self._project.redo if redo else self._project.undo
        self._begin(lambda: step(quiet=True), tr("Doing it again…") if redo else tr("Taking it back…"), repeats=True)
        return True

    def _begin(self, write: Callable[[], ChangeSet | None], what: str, *, repeats: bool) -> None:
        begin_sharing()
        self._repeats, self.last = repeats, None
        self._written = written = Event()
        self._job = job = Job(lambda stop, progress: _and_then(write, written))  # without a parent: it may outlive us
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self.began.emit(what)
        job.start()

    def finish(self) -> None:
        """Wait for what is being written, and tell of nothing any more: the project is about to be closed."""
        if self._job is not None:
            self._written.wait()
            self._job = None

    def _on_done(self, changes: ChangeSet | None) -> None:
        if self._job is None:
            return
        self._end()
        if changes is not None:
            self._project.tell(changes)
            self.done.emit(changes)
            if self._repeats:
                self.repeated.emit(changes)

    def _on_failed(self, error: Exception) -> None:
        if self._job is None:
            return
        self._end()
        if isinstance(error, StaleChangeError):
            self.last = None  # to try again would be refused again
        fault = tr("A fault of the program broke this off: {error}. What was done before stays.", error=repr(error))
        self.refused.emit(str(error) if isinstance(error, KnownError) else fault)

    def _end(self) -> None:
        self._job = None
        self.ended.emit()


def _and_then(write: Callable[[], ChangeSet | None], written: Event) -> ChangeSet | None:
    """What `write` gives; threads take turns as usual afterwards, also when nobody waits for it any more."""
    try:
        return write()
    finally:
        end_sharing()
        written.set()
