"""What the menus do: each row of ACTIONS calls the method of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.gui.dialogs.files import SUFFIX, asked_files, asked_folder, asked_new_file, asked_project
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow


class Commands(QObject):
    """The actions of a main window. They know its parts, and nothing knows them but the menus."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def new_project(self) -> None:
        path = asked_new_file(self._window, tr("New project"), self._folder(), SUFFIX)
        if path is not None:
            self._window.make_project(path)

    def open_project(self) -> None:
        path = asked_project(self._window, tr("Open project"), self._folder())
        if path is not None:
            self._window.open_path(path)

    def open_sample(self) -> None:
        from annotator.sample import make_sample, sample_path

        try:
            path = make_sample(sample_path())
        except KnownError as error:
            self._window.say(str(error))
            return
        self._window.open_path(path)

    def close_project(self) -> None:
        self._window.close_project()

    def import_files(self) -> None:
        self._window.import_paths(asked_files(self._window, tr("Import files"), self._folder()))

    def _folder(self) -> str:
        """Where a person's files probably are: where the project is."""
        path = self._window.session.project.path if self._window.session else None
        return str(path.resolve().parent) if path else ""

    def import_folder(self) -> None:
        folder = asked_folder(self._window, tr("Import a folder"), self._folder())
        if folder is not None:
            self._window.import_paths([folder])

    def export_json(self) -> None:
        self._export("json")

    def export_jsonl(self) -> None:
        self._export("jsonl")

    def _export(self, name: str) -> None:
        from annotator.gui.dialogs.export import ExportDialog

        session = self._window.session
        if session is None or session.project.path is None:
            return
        self._window.side.inspector.commit()
        dialog = ExportDialog(name, session, self._window)
        dialog.wanted.connect(
            lambda exporter, out, key: self._window.transfers.export(session.project.path, exporter, out, key)
        )
        dialog.open()

    def preferences(self) -> None:
        from annotator.gui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._window.settings, self._window)
        dialog.changed.connect(self._window.take_preferences)
        dialog.open()

    def quit(self) -> None:
        self._window.close()

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
            self._go_where(changes)

    def _go_where(self, changes: ChangeSet) -> None:
        """Undo reaches across articles: show the one it was in, so that nothing changes out of sight."""
        session = self._window.session
        if session is None:
            return
        if changes.touches("documents"):
            self._window.documents.refresh()
            if session.open is not None and session.project.number_of(session.open.id) is None:
                session.close_document()
                self._window.documents.step(0)
        elif changes.document and (session.open is None or session.open.id != changes.document):
            self._window.show_document(changes.document)
            self._window.documents.select(changes.document)
        places = [row.after or row.before for row in changes.rows if row.table == "annotations"]
        if places and places[0] and session.open is not None and places[0]["id"] in session.open.annotations:
            self._window.reader.go_to_mark(places[0]["id"], caret=False)

    def copy(self) -> None:
        self._text_at_hand().copy()

    def select_all(self) -> None:
        self._text_at_hand().selectAll()

    def _text_at_hand(self) -> QLineEdit | QPlainTextEdit:
        """The field that has the keyboard, else the article."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, QLineEdit | QPlainTextEdit) else self._window.reader.view

    def find_in_archive(self) -> None:
        self._window.columns.show_first(True)
        self._window.documents.search.setFocus()
        self._window.documents.search.selectAll()

    def find_next(self) -> None:
        from annotator.core.query import places

        query, session = self._window.documents.search.text(), self._window.session
        if session is None or session.open is None:
            return
        if not query.strip():
            self.find_in_archive()
            return
        found = list(places(session.open.text, query))
        here = self._window.reader.view.selected_span()
        start = here.end if here else self._window.reader.view.caret()
        following = next((span for span in found if span.start >= start), found[0] if found else None)
        if following is None:
            self._window.refuse(tr("“{query}” does not stand in this article.", query=query))
            return
        self._window.reader.view.select_span(following)
        self._window.reader.view.reveal(following)

    def link_mark(self) -> None:
        self._window.reader.begin_link(None)

    def add_fragment(self) -> None:
        span = self._window.reader.view.selected_span()
        if self._window.session is None:
            return
        if span is None:
            self._window.refuse(tr("Select the words that belong to the mark too, then add them."))
            return
        self._window.session.add_fragment(span)
        self._window.reader.view.clear_selection()

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
        self._window.reader.let_go()
        self.go_to_text()

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
            session.set_status("in_progress" if session.open.status == "finished" else "finished")

    def go_to_list(self) -> None:
        self._window.columns.show_first(True)
        self._window.documents.view.setFocus()

    def go_to_text(self) -> None:
        self._window.reader.view.setFocus()

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
