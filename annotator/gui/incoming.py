"""What was dropped or named, on its way into the project: plain pages at once, everything else past a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.gui.texts import tr
from annotator.gui.theme import Theme
from annotator.gui.transfers import Transfers
from annotator.store.import_settings import import_settings

if TYPE_CHECKING:
    from annotator.gui.dialogs.import_preview.plan import Plan
    from annotator.gui.dialogs.import_preview.window import ImportWindow
    from annotator.importers.looking_over import LookedOver
    from annotator.store.project import Project


PREVIEW = "annotator.gui.dialogs.import_preview.window"


class Incoming(QObject):
    """Looks files over on a worker, then imports them, or shows what they would bring."""

    began = Signal(str)  # what is going on
    ended = Signal()
    failed = Signal(str)  # a sentence

    def __init__(self, transfers: Transfers, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._transfers = transfers
        self._job: Job | None = None
        self._asked: tuple[Session, list[Path], Theme, bool] | None = None
        self.preview: ImportWindow | None = None  # the one that was shown last

    @property
    def busy(self) -> bool:
        """Whether files are being looked over."""
        return self._job is not None

    def take(self, session: Session, paths: Sequence[Path], theme: Theme, *, ask: bool = False) -> None:
        """Take these files and folders in; `ask`: not without a preview."""
        if self._job is not None or self._transfers.busy:
            self.failed.emit(tr("Something else is being imported or exported. Wait for it, or cancel it."))
            return
        wanted, settings = list(paths), import_settings(session.project)
        self._asked = (session, wanted, theme, ask)

        def work(stop: Event, progress: Callable[[int], None]) -> LookedOver:
            from annotator.importers.looking_over import looked_over

            import_module(PREVIEW)  # slow, and better done while nobody waits for it
            return looked_over(wanted, settings, stop.is_set)

        self._job = job = Job(work, self)
        job.done.connect(self._on_looked_over)
        job.failed.connect(self._on_failed)
        self.began.emit(tr("Looking at the files…"))
        begin_sharing()
        job.start()

    def cancel(self) -> None:
        """Look no further; nothing comes in."""
        if self._job is not None:
            self._job.cancel()
            self._job.done.disconnect(self._on_looked_over)
            self._end()

    def leave(self) -> None:
        """Forget what was on its way, before the project is closed."""
        self.cancel()
        if self.preview is not None and isValid(self.preview):
            self.preview.close()
        self.preview = None

    def _end(self) -> None:
        self._job = None
        end_sharing()
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(
            tr("A fault of the program broke this off: {error}. What was done before stays.", error=repr(error))
        )

    def _on_looked_over(self, looked: LookedOver) -> None:
        self._end()
        if self._asked is None:
            return
        session, paths, theme, ask = self._asked
        if looked.sources and (ask or looked.worth_a_look):
            self._show(session, paths, theme, looked)
        else:
            self._transfers.import_paths(session.project, paths, import_settings(session.project))

    def _show(self, session: Session, paths: list[Path], theme: Theme, looked: LookedOver) -> None:
        from annotator.gui.dialogs.import_preview.plan import Plan
        from annotator.gui.dialogs.import_preview.window import ImportWindow

        if self.preview is not None and isValid(self.preview):
            self.preview.close()
        plan = Plan(paths, looked, import_settings(session.project))
        self.preview = shown = ImportWindow(plan, theme, self._window)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.wanted.connect(partial(self._on_wanted, session.project))
        shown.show()

    def _on_wanted(self, project: Project, plan: Plan) -> None:
        self._transfers.import_paths(project, plan.paths, plan.settings, plan.chosen(), plan.to_remember())
