"""The Mark menu."""

from __future__ import annotations

from annotator.core.errors import KnownError
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

    def mark_everywhere(self) -> None:
        """Mark what the chosen mark says wherever it stands in this article, as one step."""
        from annotator.core.occurrences import Wanted
        from annotator.gui.dialogs.concordance import done_sentence
        from annotator.store.everywhere import mark_lines
        from annotator.store.occurrences import find_occurrences

        session = self._window.session
        mark = session.chosen_mark if session else None
        if session is None or session.open is None or mark is None or session.busy():
            return
        wanted = Wanted(mark.covered(session.open.text))
        try:
            lines = list(find_occurrences(session.project, wanted, documents=[session.open.id]))
            outcome = mark_lines(session.project, lines, mark.label)
        except KnownError as error:
            self._window.refuse(str(error))
            return
        self._window.reader.banner.say(done_sentence(outcome), passing=True)

    def mark_occurrences(self) -> None:
        session = self._window.session
        if session is None or session.open is None:
            return
        mark, span = session.chosen_mark, self._window.reader.view.selected_span()
        words = span.covered(session.open.text) if span else mark.covered(session.open.text) if mark else ""
        if not words:
            self._window.refuse(tr("Choose a mark, or select the words to look for."))
            return
        self._window.concordance().look_for(words, mark.label if mark else None, here=True)

    def pick_label(self) -> None:
        """A list of labels at the words they are for."""
        from annotator.gui.dialogs.pickers import label_picker

        window, session = self._window, self._window.session
        if session is None:
            return
        picker = label_picker(session.scheme, session.given, window.appearance.theme, window)
        picker.picked.connect(window.reader.gestures.give)
        picker.show_at(window.reader.view.corner_for_popup())

    def set_zone(self) -> None:
        """Say what the selected part of the page is; where nothing is selected, the paragraph of the caret."""
        from annotator.core.words import paragraph_at
        from annotator.gui.dialogs.pickers import zone_picker

        window, session = self._window, self._window.session
        if session is None or session.open is None:
            return
        span = window.reader.view.selected_span() or paragraph_at(session.open.text, window.reader.view.caret())
        if span is None:
            window.refuse(tr("Select the part of the page whose zone you want to set."))
            return
        picker = zone_picker({zone.label for zone in session.open.document.zones}, window.appearance.theme, window)
        picker.picked.connect(lambda name: session.set_zone(name, span))
        picker.show_at(window.reader.view.corner_for_popup())

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

    def unchoose(self) -> None:
        if self._window.reader.leave_find_bar():
            return
        self._window.reader.gestures.let_go()
        self.go_to_text()
