"""The Edit menu: undo, copying, finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from annotator.core.changes import ChangeSet
from annotator.gui.commands.base import Group
from annotator.gui.texts import tr


class EditCommands(Group):
    """The Edit menu: undo, copying, finding."""

    def undo(self) -> None:
        self._step_in_history("undo")

    def redo(self) -> None:
        self._step_in_history("redo")

    def _step_in_history(self, name: str) -> None:
        session = self._window.session
        if session is None:
            return
        self._window.side.inspector.commit()
        changes = session.undo() if name == "undo" else session.redo()
        if changes is not None:
            self.go_where(changes)

    def go_where(self, changes: ChangeSet) -> None:
        """Undo reaches across articles: show the one it was in, so that nothing changes out of sight."""
        session = self._window.session
        if session is None:
            return
        if changes.touches("documents"):
            self._window.documents.refresh()
            if session.open is None:
                self._window.documents.step(0)
        else:
            self._show_one_of(changes.documents())
        if session.open is not None and (key := _foremost(changes, session.open.annotations)):
            self._window.reader.go_to_mark(key, caret=False)

    def _show_one_of(self, documents: Sequence[str]) -> None:
        """Stay where one is if that is one of `documents`, else show the first."""
        session = self._window.session
        if documents and session is not None and (session.open is None or session.open.id not in documents):
            self._window.show_document(documents[0])
            self._window.documents.select(documents[0])

    def copy(self) -> None:
        self._text_at_hand().copy()

    def copy_reference(self) -> None:
        from annotator.core.citing import citation
        from annotator.core.frames import part_relations

        session = self._window.session
        mark = session.chosen_mark if session else None
        if session is None or session.open is None or mark is None:
            return
        marks = session.open.annotations
        links = part_relations(session.scheme, mark, session.open.relations.values())
        parts = [(link.type.shown, marks[link.target]) for link in links if link.target in marks]
        QApplication.clipboard().setText(citation(session.open.document, mark, parts))
        self._window.reader.banner.say(tr("The mark’s words are copied, with where they stand."), passing=True)

    def select_all(self) -> None:
        self._text_at_hand().selectAll()

    def _text_at_hand(self) -> QLineEdit | QPlainTextEdit:
        """The field that has the keyboard, else the article."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, QLineEdit | QPlainTextEdit) else self._window.reader.view

    def find(self) -> None:
        self._window.find_bar().open(self._selected_words())

    def _selected_words(self) -> str:
        span = self._window.reader.view.selected_span()
        words = span.covered(self._window.reader.view.document_text()) if span else ""
        return "" if "\n" in words else words

    def find_next(self) -> None:
        self._step_in_findings(1)

    def find_previous(self) -> None:
        self._step_in_findings(-1)

    def _step_in_findings(self, by: int) -> None:
        """The next place of what is looked for in the article, else of what is searched in the archive."""
        bar = self._window.find_bar()
        if not bar.text():
            bar.open(self._window.documents.search.text())
        if bar.text():
            bar.step(by)

    def find_in_archive(self) -> None:
        self._window.columns.show_first(True)
        self._window.documents.search.setFocus()
        self._window.documents.search.selectAll()

    def concordance(self) -> None:
        words = self._selected_words()
        concordance = self._window.concordance()
        if words:
            concordance.look_for(words)

    def keywords(self) -> None:
        from annotator.gui.dialogs.keywords import KeywordsDialog
        from annotator.gui.keywords import keyword_lists

        dialog = KeywordsDialog(keyword_lists(self._window.settings), self._window)
        dialog.changed.connect(self._window.take_keywords)
        dialog.open()


def _foremost(changes: ChangeSet, there: Collection[str]) -> str | None:
    """The id of the mark among `there` that a step was about: one that it links to others, else its first."""
    rows = [row.after or row.before or {} for row in changes.rows]
    marks = [row["id"] for row, change in zip(rows, changes.rows, strict=True) if change.table == "annotations"]
    heads = {row["source"] for row, change in zip(rows, changes.rows, strict=True) if change.table == "relations"}
    here = [key for key in marks if key in there]
    return next((key for key in here if key in heads), next(iter(here), None))
