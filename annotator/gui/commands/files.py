"""The File menu: projects, imports, exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.core.errors import KnownError
from annotator.gui.commands.base import Group
from annotator.gui.dialogs.files import asked_files, asked_folder, asked_project
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Exporter


class FileCommands(Group):
    """The File menu: projects, imports, exports."""

    def new_project(self) -> None:
        from annotator.gui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self._folder(), self._window.appearance.theme, self._window)
        dialog.wanted.connect(self._window.make_project)
        dialog.open()

    def open_project(self) -> None:
        path = asked_project(self._window, tr("Open project"), self._folder())
        if path is not None:
            self._window.open_path(path)

    def open_sample(self) -> None:
        from annotator.sample import make_sample, sample_path

        try:
            path = make_sample(sample_path())
        except KnownError as error:
            self._window.say(str(error))
            return
        self._window.open_path(path)

    def close_project(self) -> None:
        self._window.close_project()

    def import_files(self) -> None:
        self._window.import_paths(asked_files(self._window, tr("Import files"), self._folder()))

    def _folder(self) -> str:
        """Where a person's files probably are: where the project is."""
        path = self._window.session.project.path if self._window.session else None
        return str(path.resolve().parent) if path else ""

    def import_folder(self) -> None:
        folder = asked_folder(self._window, tr("Import a folder"), self._folder())
        if folder is not None:
            self._window.import_paths([folder])

    def import_with_preview(self) -> None:
        paths = asked_files(self._window, tr("Import with a preview"), self._folder())
        self._window.import_paths(paths, ask=True)

    def export_json(self) -> None:
        self._export("json")

    def export_jsonl(self) -> None:
        self._export("jsonl")

    def export_formats(self) -> None:
        from annotator.gui.dialogs.exporting.window import ExportFormatsDialog

        session, settings = self._window.session, self._window.settings
        if session is None or session.project.path is None:
            return
        self._window.side.inspector.commit()
        project = session.project.path
        dialog = ExportFormatsDialog(
            session, settings.export_format, settings.exports, settings.export_folder, self._window
        )

        def export(exporter: Exporter, out: Path, key: str | None, choices: dict[str, Any]) -> None:
            settings.export_format, settings.export_folder = exporter.name, str(out.parent)
            settings.exports[exporter.name] = dialog.kept()
            self._window.transfers.export(project, exporter, out, key, choices)

        dialog.wanted.connect(export)
        dialog.open()

    def _export(self, name: str) -> None:
        from annotator.gui.dialogs.export import ExportDialog

        session = self._window.session
        if session is None or session.project.path is None:
            return
        self._window.side.inspector.commit()
        dialog = ExportDialog(name, session, self._window)
        dialog.wanted.connect(
            lambda exporter, out, key: self._window.transfers.export(session.project.path, exporter, out, key)
        )
        dialog.open()

    def preferences(self) -> None:
        from annotator.gui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._window.settings, self._window)
        dialog.changed.connect(self._window.take_preferences)
        dialog.open()

    def quit(self) -> None:
        self._window.close()
