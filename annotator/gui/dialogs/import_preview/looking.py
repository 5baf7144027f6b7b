"""Looks at the sources of an import on workers, and tells what it sees as it goes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.import_settings import ImportSettings
from annotator.gui.jobs import Job
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.importers.base import Importer, Source
from annotator.importers.looking_over import looks, looks_into
from annotator.importers.previewing import Preview

EVERY = 100  # milliseconds between two looks at what was seen


class Looking(QObject):
    """One job goes through all sources; another looks at single ones anew, as the newest wish is."""

    looked = Signal(object)  # the Previews that are new
    looked_again = Signal(object)  # the same, of sources that were looked at anew
    ended = Signal()  # one of the two jobs
    failed = Signal(object)  # an Exception that nobody expected

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: deque[Preview] = deque()  # by the worker, and not yet told
        self._seen_again: deque[Preview] = deque()
        self._through: Job | None = None
        self._anew: Job | None = None
        self._tell = QTimer(self, interval=EVERY)
        self._tell.timeout.connect(self._on_tell)

    @property
    def busy(self) -> bool:
        """Whether anything is being looked at."""
        return self._through is not None or self._anew is not None

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
        begin_sharing()
        job.start()
        self._tell.start()

    def look_again(self, wanted: Sequence[tuple[Source, Importer | None]], settings: ImportSettings) -> None:
        """Look at these sources as they are to be read now; what was looked at anew before is not waited for."""
        self._cancel_anew()
        seen: deque[Preview] = deque()
        self._seen_again = seen

        def work(stop: Event, progress: Callable[[int], None]) -> Event:
            for source, importer in wanted:
                for found in looks_into(source, importer, settings, stop.is_set):
                    if not stop.is_set():
                        seen.append(found)
            return stop

        self._anew = job = Job(work, self)
        job.done.connect(self._on_anew)
        job.failed.connect(self._on_failed)
        begin_sharing()
        job.start()
        self._tell.start()

    def stop(self) -> None:
        """Look at nothing more, and tell nothing more."""
        self._cancel_anew()
        if self._through is not None:
            self._through.cancel()
            self._through.done.disconnect(self._on_through)
            self._through = None
            end_sharing()
        self._tell.stop()
        self._seen.clear()

    def _cancel_anew(self) -> None:
        if self._anew is not None:
            self._anew.cancel()
            self._anew = None
            end_sharing()

    def _on_tell(self) -> None:
        if found := _taken(self._seen):
            self.looked.emit(found)
        if found := _taken(self._seen_again):
            self.looked_again.emit(found)

    def _on_through(self) -> None:
        self._through = None
        self._end()

    def _on_anew(self, stop: Event) -> None:
        if not stop.is_set():
            self._anew = None
            self._end()

    def _end(self) -> None:
        end_sharing()
        if not self.busy:
            self._tell.stop()
        self._on_tell()
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _taken(seen: deque[Preview]) -> list[Preview]:
    """What a worker put there, of which it may be putting more."""
    return [seen.popleft() for _ in range(len(seen))]
