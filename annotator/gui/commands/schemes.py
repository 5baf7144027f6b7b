"""The Project menu's part about scheme files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.errors import KnownError
from annotator.gui.commands.base import Group
from annotator.gui.dialogs.files import asked_scheme
from annotator.gui.jobs import Job
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.scheme_files.base import ReadScheme, SchemeFormat


class SchemeFileCommands(Group):
    """Schemes from files and into files."""

    def import_scheme(self) -> None:
        session = self._window.session
        if session is None:
            return
        project = session.project.path
        path = asked_scheme(self._window, tr("Import scheme"), str(project.resolve().parent) if project else "")
        if path is not None:
            self.read_scheme(path)

    def read_scheme(self, path: Path) -> None:
        """Read a scheme file, and say what it adds to the project."""
        from annotator.scheme_files.files import read_scheme_file

        job = Job(lambda stop, progress: read_scheme_file(path), self)
        job.done.connect(lambda found: self._show(path.name, found))
        job.failed.connect(self._fail)
        job.start()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._window.say(str(error))

    def _show(self, name: str, found: ReadScheme) -> None:
        from annotator.core.scheme_joining import joined
        from annotator.gui.dialogs.import_scheme import ImportSchemeDialog

        session = self._window.session
        if session is None:
            return
        try:
            joining = joined(session.scheme, session.project.scheme_tables(), found.scheme, "Import scheme")
        except KnownError as error:
            self._window.say(str(error))
            return
        dialog = ImportSchemeDialog(name, joining, (*found.notes, *joining.notes), self._window)
        dialog.wanted.connect(lambda: session.apply(joining.change))
        dialog.open()

    def export_scheme(self) -> None:
        from annotator.gui.dialogs.export_scheme import ExportSchemeDialog

        session = self._window.session
        if session is None:
            return
        path = session.project.path
        folder = path.resolve().parent if path else Path.cwd()
        dialog = ExportSchemeDialog(session.scheme, folder / f"{session.project.name}-scheme", self._window)
        dialog.wanted.connect(self._write)
        dialog.open()

    def _write(self, chosen: SchemeFormat, path: Path) -> None:
        from annotator.scheme_files.files import write_scheme_file

        session = self._window.session
        if session is None:
            return
        try:
            _, files = write_scheme_file(path, session.scheme, chosen)
        except KnownError as error:
            self._window.say(str(error))
            return
        names = ", ".join(file.name for file in files)
        self._window.refuse(tr("The scheme was written to {files}.", files=names))
