"""Work that would keep the window waiting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from annotator.core.errors import KnownError


class Job(QObject):
    """Calls `work(stop, progress)` on the thread pool; what it signals reaches the thread the job was made on.

    `work` gets plain values, never a widget, looks at `stop` as it goes and calls `progress(count)` now and then.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int)

    def __init__(self, work: Callable[[Event, Callable[[int], None]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = Event()

    def start(self, pool: QThreadPool | None = None) -> None:
        """Begin. What goes on for minutes beside all else has a pool of its own, so that nothing waits for it."""
        (pool or QThreadPool.globalInstance()).start(self._run)

    def cancel(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        try:
            result = self._work(self._stop, self.progressed.emit)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.done.emit(result)


class Latest(QObject):
    """Calls pieces of work on the thread pool and tells what came of the one begun last, and of no other.

    What is under way may outlive it: nobody hears of that then.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._begun = 0
        self._job: Job | None = None

    def begin(self, work: Callable[[], Any]) -> None:
        """Begin a piece of work; one that is under way is not told of any more."""
        self._begun += 1
        number = self._begun

        def numbered(stop: Event, progress: Callable[[int], None]) -> tuple[int, Any, Exception | None]:
            try:
                return number, work(), None
            except Exception as error:
                return number, None, error

        self._job = job = Job(numbered)
        job.done.connect(self._on_done)
        job.start()

    def forget(self) -> None:
        """Tell of nothing that is under way."""
        self._begun += 1

    def _on_done(self, outcome: tuple[int, Any, Exception | None]) -> None:
        number, result, error = outcome
        if number == self._begun:
            self.failed.emit(error) if error is not None else self.done.emit(result)


class OneJob(QObject):
    """One piece of work at a time, with how far it is; what came of it is told here, unless it was cancelled."""

    progressed = Signal(int)  # thousandths that are done
    changed = Signal()  # whether something is under way

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._done: Callable[[Any], object] = lambda result: None
        self._failed: Callable[[str], object] = lambda sentence: None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def begin(
        self,
        work: Callable[[Callable[[], bool], Callable[[int, int], None]], Any],
        done: Callable[[Any], object],
        failed: Callable[[str], object],
    ) -> None:
        """Begin `work`, unless something is under way.

        It gets what tells whether it is to stop, and what it tells how much is done of how much.
        """
        if self._job is not None:
            return

        def run(stop: Event, progress: Callable[[int], None]) -> Any:
            return work(stop.is_set, lambda part, whole: progress(part * 1000 // max(whole, 1)))

        self._done, self._failed = done, failed
        self._job = job = Job(run)  # without a parent: it may outlive us
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Break off what is under way; nothing more is told of it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    def _on_progress(self, thousandths: int) -> None:
        if self.sender() is self._job:
            self.progressed.emit(thousandths)

    def _on_done(self, result: object) -> None:
        if self.sender() is self._job:
            self._job = None
            self.changed.emit()
            self._done(result)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self.changed.emit()
            self._failed(str(error) if isinstance(error, KnownError) else repr(error))
