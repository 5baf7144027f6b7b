"""The View and Help menus."""

from __future__ import annotations

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

    def toggle_marks(self) -> None:
        self._window.side.show_marks(not self._window.side.marks_shown)
        self._window.show_columns()

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
