"""The Mark menu."""

from __future__ import annotations

from annotator.gui.commands.base import Group
from annotator.gui.texts import tr


class MarkCommands(Group):
    """The Mark menu."""

    def link_mark(self) -> None:
        self._window.reader.gestures.begin_link(None)

    def add_fragment(self) -> None:
        self._window.reader.gestures.add_selection()

    def remove_fragment(self) -> None:
        if self._window.session is not None:
            self._window.session.remove_fragment(self._window.reader.view.caret())

    def move_mark(self) -> None:
        span = self._window.reader.view.selected_span()
        if self._window.session is None:
            return
        if span is None:
            self._window.refuse(tr("Select the words that the mark should move to."))
            return
        self._window.session.set_fragments([span], "Move mark")
        self._window.reader.view.clear_selection()

    def brush(self) -> None:
        self._window.reader.gestures.brush.toggle()

    def same_again(self) -> None:
        self._window.reader.gestures.same_again()

    def edit_mark(self) -> None:
        self._window.columns.show_last(True)
        self._window.side.inspector.focus_first()

    def edit_note(self) -> None:
        self._window.columns.show_last(True)
        self._window.side.inspector.focus_note()

    def delete_mark(self) -> None:
        if self._window.session is not None:
            self._window.session.delete_chosen()

    def labels_in_use(self) -> None:
        from annotator.gui.dialogs.labels_in_use import LabelsInUseDialog

        session = self._window.session
        if session is not None:
            dialog = LabelsInUseDialog(session.scheme, self._window)
            dialog.wanted.connect(session.use)
            dialog.open()

    def unchoose(self) -> None:
        self._window.reader.gestures.let_go()
        self.go_to_text()
