"""Looks at the sources of an import on workers, and tells what it sees as it goes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.import_settings import ImportSettings
from annotator.gui.jobs import Job
from annotator.importers.base import Importer, Source
from annotator.importers.looking_over import MOST, looks
from annotator.importers.previewing import Preview, preview

EVERY = 100  # milliseconds between two looks at what was seen


class Looking(QObject):
    """One job goes through all sources; another looks at single ones anew, the newest wish first."""

    looked = Signal(object)  # the Previews that are new
    ended = Signal()  # all sources were gone through
    failed = Signal(object)  # an Exception that nobody expected

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: deque[Preview] = deque()  # by the worker, and not yet told
        self._through: Job | None = None
        self._anew: Job | None = None
        self._tell = QTimer(self, interval=EVERY)
        self._tell.timeout.connect(self._on_tell)

    @property
    def goes_through(self) -> bool:
        """Whether all sources are still being gone through."""
        return self._through is not None

    def go_through(self, every: Sequence[Source], settings: ImportSettings) -> None:
        """Look at every source, one after the other."""
        seen = self._seen

        def work(stop: Event, progress: Callable[[int], None]) -> None:
            for found in looks(every, settings, stop.is_set):
                if not stop.is_set():
                    seen.append(found)

        self._through = job = Job(work, self)
        job.done.connect(self._on_through)
        job.failed.connect(self._on_failed)
        job.start()
        self._tell.start()

    def look_again(self, wanted: Sequence[tuple[Source, Importer | None]], settings: ImportSettings) -> None:
        """Look at these sources as they are to be read now; what was looked at anew before is not waited for."""
        self._cancel_anew()

        def work(stop: Event, progress: Callable[[int], None]) -> tuple[Event, list[Preview]]:
            found = []
            for source, importer in wanted:
                found.append(preview(source, importer, stop.is_set, MOST, settings))
                if stop.is_set():
                    return stop, []
            return stop, found

        self._anew = job = Job(work, self)
        job.done.connect(self._on_anew)
        job.failed.connect(self._on_failed)
        job.start()

    def stop(self) -> None:
        """Look at nothing more, and tell nothing more."""
        self._cancel_anew()
        if self._through is not None:
            self._through.cancel()
            self._through.done.disconnect(self._on_through)
            self._through = None
        self._tell.stop()
        self._seen.clear()

    def _cancel_anew(self) -> None:
        if self._anew is not None:
            self._anew.cancel()
            self._anew = None

    def _on_tell(self) -> None:
        found = []
        while self._seen:
            found.append(self._seen.popleft())
        if found:
            self.looked.emit(found)

    def _on_through(self) -> None:
        self._through = None
        self._tell.stop()
        self._on_tell()
        self.ended.emit()

    def _on_anew(self, outcome: tuple[Event, list[Preview]]) -> None:
        stop, found = outcome
        if not stop.is_set() and found:
            self._anew = None
            self.looked.emit(found)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
