"""What all groups of commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow


class Group(QObject):
    """Some actions of a main window. They know its parts, and nothing knows them but the menus."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def go_to_text(self) -> None:
        self._window.reader.view.setFocus()
