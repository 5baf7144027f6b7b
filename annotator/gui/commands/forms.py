"""What the menus do with forms: the article's own, and the chosen mark's."""

from __future__ import annotations

from annotator.gui.commands.base import Group


class FormCommands(Group):
    """Forms: to the article's and back, as the last one, and from one to the next on the same words."""

    def article_form(self) -> None:
        """To the article's form; from there, back to the text and the mark one was at."""
        window, session = self._window, self._window.session
        if session is None or session.open is None:
            return
        if window.side.inspector.card.holds_keyboard():
            session.choose(window.left_mark)
            self.go_to_text()
            return
        window.left_mark = session.chosen
        session.choose(None)
        window.columns.show_last(True)
        window.side.inspector.focus_form()

    def copy_last_form(self) -> None:
        if self._window.session is not None:
            self._window.side.inspector.commit()
            self._window.session.copy_last_form()

    def next_alike(self) -> None:
        self._go_to_alike(1)

    def previous_alike(self) -> None:
        self._go_to_alike(-1)

    def _go_to_alike(self, by: int) -> None:
        """From mark to mark on the same words; who is in a form comes into the other one's."""
        session, inspector = self._window.session, self._window.side.inspector
        if session is not None:
            within = inspector.holds_keyboard()
            session.choose_alike(by)
            if within:
                inspector.focus_first()
