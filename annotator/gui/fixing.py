"""Putting many problems right on a worker, so that the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import QObject, Signal

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.store.problem_fixes import Fixes, fixes_of
from annotator.store.problems import Row
from annotator.store.reading import Reader


class Fixing(QObject):
    """One step at a time. It belongs to the session: what is written is told, whatever window asked for it."""

    done = Signal(object)  # Fixes: written and told
    failed = Signal(str)  # a sentence: why nothing was changed

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._project = session, session.project
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._job is not None

    def begin(self, rows: Sequence[Row]) -> None:
        """Put the problems of `rows` right with the first fix of each; a project in memory at once."""
        project, path, me = self._project, self._project.path, self._project.annotator
        before = self._session.long_steps.before

        def work(stop: Event, _: Callable[[int], None]) -> tuple[Fixes, ChangeSet | None]:
            if path is None:
                fixes = fixes_of(project, me, rows)
            else:
                with Reader(path) as reader:
                    fixes = fixes_of(reader, me, rows, stop.is_set)
            if fixes.parts:
                before()
            written = project.apply_all(fixes.name, fixes.parts, quiet=True) if fixes.parts else None
            return fixes, written

        self._job = job = Job(work)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.start()

    def stop(self) -> None:
        """Do nothing after all, unless it is being written already."""
        if self._job is not None:
            self._job.cancel()

    def _on_done(self, result: tuple[Fixes, ChangeSet | None]) -> None:
        fixes, written = result
        self._job = None
        if written is not None:
            self._project.tell(written)
        self.done.emit(fixes)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(str(error) if isinstance(error, KnownError) else repr(error))
