"""The Go menu: from mark to mark, from article to article."""

from __future__ import annotations

from annotator.gui.commands.base import Group
from annotator.gui.texts import tr


class GoCommands(Group):
    """The Go menu: from mark to mark, from article to article."""

    def next_mark(self) -> None:
        self._go_to_mark(1)

    def previous_mark(self) -> None:
        self._go_to_mark(-1)

    def _go_to_mark(self, by: int) -> None:
        mark = self._window.session.chosen_mark if self._window.session else None
        position = mark.start if mark else self._window.reader.view.caret()
        beside = (
            self._window.side.marks.marks.next_to(mark.id, by)
            if mark
            else self._window.side.marks.marks.beside(position, by)
        )
        if beside is not None:
            self._window.reader.go_to_mark(beside.id)

    def choose_by_letter(self) -> None:
        self._window.reader.gestures.choose_by_letter()

    def go_back(self) -> None:
        self._go_in_visits(-1)

    def go_forward(self) -> None:
        self._go_in_visits(1)

    def _go_in_visits(self, by: int) -> None:
        """To the place one was at before, or came back from; an article that is gone is passed over."""
        window = self._window
        if window.session is None:
            return
        window.visits.leave(window.here())
        while (place := window.visits.go(by)) is not None:
            if window.session.project.number_of(place.document) is not None:
                window.go_to(place)
                return
            window.visits.forget(place.document)
        window.refuse(tr("There is no earlier place.") if by < 0 else tr("There is no later place."))

    def next_document(self) -> None:
        self._window.documents.step(1)
        self.go_to_text()

    def previous_document(self) -> None:
        self._window.documents.step(-1)
        self.go_to_text()

    def next_unfinished(self) -> None:
        if not self._window.documents.step_to_unfinished():
            self._window.refuse(tr("Every article in the list is finished."))
        self.go_to_text()

    def finish_document(self) -> None:
        session = self._window.session
        if session is not None and session.open is not None:
            self._window.side.inspector.commit()
            session.set_status("in_progress" if session.open.status == "finished" else "finished")

    def go_to_list(self) -> None:
        self._window.columns.show_first(True)
        self._window.documents.view.setFocus()
