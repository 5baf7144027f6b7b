"""The pages that articles were found in, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from shiboken6 import isValid

from annotator.gui.commands.base import Group
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.gui.dialogs.rereading import RereadingDialog


class RereadingCommands(Group):
    """The part of the Project menu that reads kept pages again."""

    _rereading: RereadingDialog | None = None

    def reread_pages(self) -> None:
        """The window that says what it would do: the one that is open, or a new one."""
        from annotator.gui.dialogs.rereading import RereadingDialog

        window, session = self._window, self._window.session
        if session is None:
            return
        if session.project.path is None or session.project.read_only:
            window.refuse(tr("This project cannot be written: its pages are not read again."))
            return
        held = self._rereading
        if held is None or not isValid(held) or not held.isVisible():  # one that was closed is about to be deleted
            made = self._rereading = RereadingDialog(session, window.appearance.theme, window)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.row_shown.connect(window.show_span)
            made.article_shown.connect(self._show_article)
            made.told.connect(lambda text: window.reader.banner.say(text, passing=True))
            made.look()
            held = made
        held.show()
        held.raise_()
        held.activateWindow()

    def _show_article(self, document: str) -> None:
        self._window.show_document(document)
        self._window.documents.select(document)

    def close_rereading(self) -> None:
        """Close its window, before the project is."""
        if self._rereading is not None and isValid(self._rereading):
            self._rereading.close()
        self._rereading = None
