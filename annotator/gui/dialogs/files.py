"""Asking for files and folders, without opening any of them.

Qt's own file dialog, and GTK's, look into every file they list to tell what it is. Where the project that is open here
is among them, closing it again gives up SQLite's locks on it: see `annotator.core.open_files`. So on systems with such
locks the dialog is Qt's, and tells files by their names alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

from annotator import resources
from annotator.gui.texts import tr

SUFFIX = ".annotator"  # of project files


class NamesOnly(QAbstractFileIconProvider):
    """Says what a file is from its name."""

    def icon(self, of: QAbstractFileIconProvider.IconType | QFileInfo) -> QIcon:
        folder = of.isDir() if isinstance(of, QFileInfo) else of == QAbstractFileIconProvider.IconType.Folder
        kind = QStyle.StandardPixmap.SP_DirIcon if folder else QStyle.StandardPixmap.SP_FileIcon
        return QApplication.style().standardIcon(kind)

    def type(self, of: QFileInfo) -> str:
        return tr("folder") if of.isDir() else of.suffix()


def asked_files(parent: QWidget, title: str, folder: str) -> list[Path]:
    """The files a person names; none when they think better of it."""
    return _asked(_dialog(parent, title, folder, QFileDialog.FileMode.ExistingFiles))


def asked_folder(parent: QWidget, title: str, folder: str) -> Path | None:
    """The folder a person names."""
    return _first(_asked(_dialog(parent, title, folder, QFileDialog.FileMode.Directory)))


def asked_project(parent: QWidget, title: str, folder: str) -> Path | None:
    """The project file a person names."""
    dialog = _dialog(parent, title, folder, QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Projects") + f" (*{SUFFIX})", tr("All files") + " (*)"])
    return _first(_asked(dialog))


def asked_scheme(parent: QWidget, title: str, folder: str) -> Path | None:
    """The scheme file a person names."""
    dialog = _dialog(parent, title, folder, QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Schemes") + " (*.json *.conf *.xml *.zip)", tr("All files") + " (*)"])
    return _first(_asked(dialog))


def asked_new_file(parent: QWidget, title: str, folder: str, suffix: str = "", name: str = "") -> Path | None:
    """The name a person gives to a file that is to be written, with `suffix` where they give none.

    It may be that of a file there is: whoever writes it says what becomes of that.
    """
    dialog = _dialog(parent, title, folder, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(name)
    return _first(_asked(dialog))


def _dialog(parent: QWidget, title: str, folder: str, mode: QFileDialog.FileMode) -> QFileDialog:
    harmless = str(resources.path("schemes"))  # a dialog begins to look around before it can be told how
    dialog = QFileDialog(parent, title, harmless)
    if sys.platform not in ("win32", "darwin"):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setIconProvider(_names_only())
    dialog.setFileMode(mode)
    dialog.setDirectory(folder or str(Path.cwd()))
    return dialog


def _asked(dialog: QFileDialog) -> list[Path]:
    accepted = dialog.exec()
    chosen = [Path(name) for name in dialog.selectedFiles()] if accepted else []
    dialog.deleteLater()
    return chosen


def _first(paths: list[Path]) -> Path | None:
    return paths[0] if paths else None


def _names_only() -> NamesOnly:
    """One for all dialogs: they do not keep it alive themselves."""
    if not _kept:
        _kept.append(NamesOnly())
    return _kept[0]


_kept: list[NamesOnly] = []
