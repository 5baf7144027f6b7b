"""The files of the registry: what is asked for, read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry_csv import registry_csv
from annotator.gui.dialogs.files import asked_files, asked_new_file
from annotator.gui.dialogs.registry.csv_import import CsvDialog, written_file
from annotator.gui.registry import Registry, begun
from annotator.gui.session import Session
from annotator.gui.texts import tr
from annotator.store.passages_csv import passages_csv
from annotator.store.registry_passages import Passage


class RegistryFiles(QObject):
    """Imports and exports of the registry and of passages, for a window."""

    began = Signal()  # what is being typed is to be kept first
    told = Signal(str)  # a sentence: what came of it

    def __init__(self, session: Session, registry: Registry, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._registry, self._window = session, registry, window

    def ask_to_import(self) -> None:
        """Ask for a file, and take it in."""
        for path in asked_files(self._window, tr("Registry as CSV"), self._folder())[:1]:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Say what a file would do to the registry, and do it when that is wanted."""
        self.began.emit()
        dialog = CsvDialog(self._session, self._registry.index.listed(), path, self._window)
        dialog.finished_step.connect(self.told)
        dialog.open()

    def ask_to_export(self) -> None:
        """Ask where to, and write all entries there."""
        self.began.emit()
        index = self._registry.index
        self._ask(lambda: registry_csv(index.listed()), f"{self._session.project.name}-registry.csv")

    def ask_to_save(self, found: list[Passage], entry: RegistryEntry | None) -> None:
        """Ask where to, and write the passages of `entry` there."""
        if entry is not None:
            self._ask(lambda: passages_csv(found), f"{entry.name}.csv".replace("/", "-"))

    def _ask(self, data: Callable[[], bytes], name: str) -> None:
        path = asked_new_file(self._window, tr("Save as CSV"), self._folder(), ".csv", name)
        if path is not None:
            self.write_file(path, data)

    def _folder(self) -> str:
        path = self._session.project.path
        return str(path.resolve().parent if path else Path.cwd())

    def write_file(self, path: Path, data: Callable[[], bytes]) -> None:
        """Put what `data` makes into a file, on a worker, and say what came of it."""

        def work(_: Event, __: object) -> str:
            written_file(path, data())
            return path.name

        self.told.emit(tr("Writing {name}…", name=path.name))
        begun(self._session, work, self._on_file, self._on_no_file)

    def _on_file(self, name: str) -> None:
        self.told.emit(tr("{name} is written.", name=name))

    def _on_no_file(self, error: Exception) -> None:
        self.told.emit(str(error) if isinstance(error, KnownError) else repr(error))
