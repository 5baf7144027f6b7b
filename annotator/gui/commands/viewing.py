"""The View and Help menus."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from annotator.gui.commands.base import Group


class ViewCommands(Group):
    """The View and Help menus."""

    def zoom_in(self) -> None:
        self._window.appearance.resize(1)

    def zoom_out(self) -> None:
        self._window.appearance.resize(-1)

    def zoom_reset(self) -> None:
        self._window.appearance.resize(0)

    def theme_light(self) -> None:
        self._window.appearance.set_theme("light")

    def theme_dark(self) -> None:
        self._window.appearance.set_theme("dark")

    def theme_contrast(self) -> None:
        self._window.appearance.set_theme("contrast")

    def command_palette(self) -> None:
        """All actions in a list that narrows as one types; those used last come first."""
        from annotator.gui.dialogs.pickers import command_palette

        window = self._window
        palette = command_palette(window.actions_, window.settings.commands, window.appearance.theme, window)
        palette.picked.connect(lambda name: window.settings.remember_command(name))
        width = min(560, window.width() - 40)
        corner = window.mapToGlobal(QPoint((window.width() - width) // 2, 72))
        palette.show_at(corner, width)

    def theme_system(self) -> None:
        self._window.appearance.set_theme("system")

    def links_chosen(self) -> None:
        self._window.show_links("chosen")

    def links_all(self) -> None:
        self._window.show_links("all")

    def links_none(self) -> None:
        self._window.show_links("none")

    def toggle_list(self) -> None:
        self._window.columns.show_first(not self._window.columns.first_shown)

    def toggle_side(self) -> None:
        self._window.columns.show_last(not self._window.columns.last_shown)

    def focus_mode(self) -> None:
        alone = self._window.columns.first_shown or self._window.columns.last_shown
        self._window.columns.show_first(not alone)
        self._window.columns.show_last(not alone and not self._window.columns.narrow)

    def show_manual(self) -> None:
        from annotator.gui.dialogs.manual import ManualDialog

        ManualDialog(self._window).open()

    def show_keys(self) -> None:
        from annotator.gui.dialogs.keys import KeysDialog

        KeysDialog(self._window.session.scheme if self._window.session else None, self._window).open()

    def about(self) -> None:
        from annotator.gui.dialogs.about import about_box

        about_box(self._window).open()
