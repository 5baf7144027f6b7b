"""Backups, the check of the whole project, and its repair."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from annotator.gui.commands.base import Group
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.gui.dialogs.backups import BackupsDialog
    from annotator.store.backups import Backup


class SafekeepingCommands(Group):
    """What leads back when something went wrong."""

    _backups: QDialog | None = None
    _check: QDialog | None = None

    def show_backups(self) -> None:
        """The backups of the open project."""
        path = self._window.session.project.path if self._window.session else None
        if path is not None:
            self._show_backups_of(path)

    def _show_backups_of(self, project: Path) -> None:
        from annotator.gui.dialogs.backups import BackupsDialog
        from annotator.store.backups import FOLDER, WHOLE, is_backup

        if is_backup(project):  # of what it is a backup of
            folder = project.resolve().parent
            project = folder.with_name(folder.name.removesuffix(FOLDER) + WHOLE)
        session = self._window.session
        can_make = session is not None and session.project.path == project
        self._close(self._backups)
        dialog = BackupsDialog(project, self._window.appearance.theme, self._window, can_make=can_make)
        dialog.look_wanted.connect(partial(self._look_into, project))
        dialog.made.connect(self._offer_to_open)
        dialog.place_wanted.connect(partial(self._put_in_place, dialog))
        dialog.place_left.connect(self._window.open_path)
        self._backups = self._shown(dialog)

    def _shown(self, dialog: QDialog) -> QDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _close(self, dialog: QDialog | None) -> None:
        if dialog is not None and isValid(dialog):
            dialog.close()

    def _look_into(self, project: Path, backup: Path) -> None:
        if self._window.open_path(backup):
            said = tr("This is a backup: it can be read and exported, and stays as it is.")
            back = tr("Back to the project")
            self._window.reader.banner.say(said, back, lambda: self._window.open_path(project))

    def _offer_to_open(self, path: Path) -> None:
        if self._window.session is None:
            self._window.open_path(path)
            return
        said = tr("{name} was made of the backup.", name=path.name)
        self._window.reader.banner.say(said, tr("Open it"), lambda: self._window.open_path(path))

    def _put_in_place(self, dialog: BackupsDialog, backup: Backup) -> None:
        self._window.close_project(backup=False)
        dialog.put_in_place(backup)

    def check_project(self) -> None:
        """Read all of the open project, and say what is wrong with it."""
        from annotator.gui.dialogs.project_check import ProjectCheckDialog

        path = self._window.session.project.path if self._window.session else None
        if path is None:
            return
        self._close(self._check)
        dialog = ProjectCheckDialog(path, self._window)
        dialog.backups_wanted.connect(self.show_backups)
        dialog.repair_wanted.connect(partial(self.repair_project, path))
        self._check = self._shown(dialog)
        dialog.look()

    def repair_project(self, path: Path, why: str) -> None:
        """What helps where the project at `path` is damaged."""
        from annotator.gui.dialogs.repair import RepairDialog

        dialog = RepairDialog(path, why, self._window)

        def salvage() -> None:
            session = self._window.session
            if session is not None and session.project.path == path:
                self._window.close_project(backup=False)
            dialog.salvage()

        dialog.salvage_wanted.connect(salvage)
        dialog.backups_wanted.connect(self._show_backups_of)
        dialog.open_wanted.connect(self._window.open_path)
        self._shown(dialog)

    def close_safekeeping(self) -> None:
        """Close the windows that read the project, before it is closed."""
        self._close(self._check)
