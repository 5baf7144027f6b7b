"""Work that would keep the window waiting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal


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

    def start(self) -> None:
        QThreadPool.globalInstance().start(self._run)

    def cancel(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        try:
            result = self._work(self._stop, self.progressed.emit)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.done.emit(result)
