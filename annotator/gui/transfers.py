"""Imports and exports from the window: on another thread, with progress and a cancel, and a sentence at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import KnownError
from annotator.core.import_settings import ImportSettings
from annotator.core.imports import ImportReport
from annotator.gui.jobs import Job
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.gui.texts import tr
from annotator.store.import_settings import keep_import_settings
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.importers.base import Importer

BATCH = 200  # documents of an import that a mark made meanwhile may have to wait for
_ALL: Mapping[str, Any] = MappingProxyType({})  # everything is exported
REFRESH = 1000  # milliseconds between two looks at what an import has brought so far


class Transfers(QObject):
    """One import or export at a time. The project is written by the import's thread; the window goes on."""

    began = Signal(str)  # what is going on
    progressed = Signal(int)
    arrived = Signal()  # documents that were not there before
    imported = Signal(object)  # ImportReport
    exported = Signal(object)  # ExportReport
    failed = Signal(str)  # a sentence
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.before_import: Callable[[str], object] = lambda why: None  # called on the worker, before anything comes in
        self._refresh = QTimer(self, interval=REFRESH)
        self._refresh.timeout.connect(self.arrived)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def cancel(self) -> None:
        """Break off what is under way; what an import has taken in stays."""
        if self._job is not None:
            self._job.cancel()

    def import_paths(
        self,
        project: Project,
        paths: Sequence[Path],
        settings: ImportSettings,
        chosen: Mapping[str, Importer] | None = None,
        remember: ImportSettings | None = None,
    ) -> None:
        """Take the files and folders at `paths` into `project`, as `settings` say and, by name, `chosen`.

        What is to be remembered for the next time is written before the first article.
        """

        before = self.before_import

        def work(stop: Event, progress: Callable[[int], None]) -> ImportReport:
            from annotator.importers.walking import items

            before("import")
            if remember is not None:
                keep_import_settings(project, remember)
            found = items(list(paths), chosen=chosen, settings=settings)
            return project.import_documents(found, progress=progress, stop=stop.is_set, batch=BATCH)

        if self._begin(work, tr("Importing…"), self.imported):
            self._refresh.start()

    def export(
        self, project_path: Path, exporter: Any, out: Path, document: str | None, choices: Mapping[str, Any] = _ALL
    ) -> None:
        """Write a project, or one of its documents, with `exporter`.

        `choices` are those of `contents_of`, and `split`: a Split, or None for one piece.
        """
        split = choices.get("split")
        chosen = {name: value for name, value in choices.items() if name != "split"}

        def work(stop: Event, progress: Callable[[int], None]) -> Any:
            from annotator.exporters.contents import contents_of
            from annotator.exporters.splitting import export_split
            from annotator.gui.printing.pages import print_pages
            from annotator.importers.walking import read_file
            from annotator.scheme_files.files import scheme_texts
            from annotator.store.reading import Reader

            def told(count: int) -> None:
                if stop.is_set():
                    raise KnownError(tr("The export was cancelled; no file was changed."))
                progress(count)

            with Reader(project_path) as reader:
                contents = contents_of(
                    reader, document, read_back=read_file, scheme_texts=scheme_texts, print_pages=print_pages, **chosen
                )
                if split is None:
                    return exporter.export(contents, out, told)
                return export_split(exporter, contents, out, split, told)

        self._begin(work, tr("Exporting…"), self.exported)

    def _begin(self, work: Callable[[Event, Callable[[int], None]], Any], what: str, done: Any) -> bool:
        if self._job is not None:
            self.failed.emit(tr("Something else is being imported or exported. Wait for it, or cancel it."))
            return False
        begin_sharing()
        self._job = job = Job(work, self)
        self._done = done
        job.progressed.connect(self.progressed)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self.began.emit(what)
        job.start()
        return True

    def _on_done(self, result: object) -> None:
        self._end()
        self._done.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, KnownError):
            self.failed.emit(str(error))
            return
        self.failed.emit(
            tr("A fault of the program broke this off: {error}. What was done before stays.", error=repr(error))
        )

    def _end(self) -> None:
        end_sharing()
        self._refresh.stop()
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self.arrived.emit()
        self.ended.emit()
