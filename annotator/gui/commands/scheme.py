"""The part of the Project menu that is about its scheme."""

from __future__ import annotations

from annotator.gui.commands.base import Group


class SchemeCommands(Group):
    """The part of the Project menu that is about its scheme."""

    def edit_scheme(self) -> None:
        self._window.scheme_window()
