"""The main window: puts the columns together, and does what the menus say."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget
from shiboken6 import isValid

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.core.imports import ImportReport
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.gui.actions import ACTIONS, add_actions
from annotator.gui.appearance import Appearance
from annotator.gui.checking import Checking
from annotator.gui.columns import Columns
from annotator.gui.commands import Commands
from annotator.gui.dialogs.files import SUFFIX
from annotator.gui.incoming import Incoming
from annotator.gui.indexing import Indexing
from annotator.gui.open_document import MarkChanges
from annotator.gui.panels.document_list import DocumentList
from annotator.gui.panels.side import Side
from annotator.gui.panels.status_line import StatusLine
from annotator.gui.panels.welcome import Welcome
from annotator.gui.reader import Reader
from annotator.gui.safekeeping import Safekeeping
from annotator.gui.session import Session
from annotator.gui.settings import Settings, settings_path
from annotator.gui.texts import tr
from annotator.gui.transfers import Transfers
from annotator.gui.visits import Visit, Visits
from annotator.store.backups import is_backup
from annotator.store.database import DamagedError
from annotator.store.project import Project, login_name

if TYPE_CHECKING:
    from annotator.core.keywords import KeywordList
    from annotator.core.missing import Missing
    from annotator.gui.dialogs.concordance import Concordance
    from annotator.gui.dialogs.scheme.window import SchemeWindow
    from annotator.gui.panels.find_bar import FindBar

FRAME = 14  # pixels that a window manager's frame may take on a side
IDLE = 2500  # milliseconds without an edit until the log is brought into the project file


class MainWindow(QMainWindow):
    """One window, one project."""

    def __init__(self, settings: Settings, appearance: Appearance) -> None:
        super().__init__()
        self.settings = settings
        self.session: Session | None = None
        self.appearance = appearance
        appearance.setParent(self)
        self.transfers = Transfers(self)
        self.incoming = Incoming(self.transfers, self)
        self.indexing = Indexing(self)
        self.commands = commands = Commands(self)
        self.actions_ = add_actions(self, commands)
        self.documents = DocumentList(self.appearance.theme, self)
        self.reader = Reader(self.appearance.reading, self)
        self.side = Side(self)
        self.visits = Visits()
        self._going = False  # to a place that is among the visits already
        self._welcome: Welcome | None = None
        self._concordance: Concordance | None = None
        self._scheme_window: SchemeWindow | None = None
        self._find_bar_connected = False
        self._place_to_show = 0
        self.left_mark: str | None = None  # the id of the mark one left for the article's form
        self.line = StatusLine(self)
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._lay_out()
        self.checking = Checking(self)
        self.safekeeping = Safekeeping(self)
        self._connect()
        self.setAcceptDrops(True)
        self.resize(self._fitting(1440, 900))
        self._restore_geometry()
        self._follow_appearance()
        self.show_columns()

    # Putting it together

    def _lay_out(self) -> None:
        self.columns = Columns(self.documents, self.reader, self.side, self)
        self.documents.setMinimumWidth(210)
        self.side.setMinimumWidth(230)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.columns)
        self.setCentralWidget(self.stack)
        self.setStatusBar(self.line)

    def _connect(self) -> None:
        self.appearance.changed.connect(self._follow_appearance)
        self.columns.changed.connect(self.show_columns)
        self.documents.chosen.connect(self.show_document)
        self.documents.searched.connect(lambda _: self._say_place())
        self.side.palette_.pressed.connect(self.reader.gestures.give)
        self.side.palette_.brush_wanted.connect(self.reader.gestures.brush.dip)
        self.side.palette_.layer_toggled.connect(self.reader.show_layer)
        self.side.inspector.link_wanted.connect(self.reader.gestures.begin_link)
        self.side.inspector.go_to.connect(self.reader.go_to_mark)
        self.side.inspector.left.connect(self.commands.go_to_text)
        self.side.inspector.reveal.connect(self.reader.reveal)
        self.side.marks.chosen.connect(self.reader.go_to_mark)
        self.reader.gestures.hint_changed.connect(self.line.show_hint)
        self.reader.gestures.edit_wanted.connect(self.commands.edit_mark)
        self.reader.gestures.brush.changed.connect(self._on_brush)
        self.reader.gestures.pick_wanted.connect(self.commands.pick_label)
        self.reader.view.back_wanted.connect(self.commands.go_back)
        self.reader.view.forward_wanted.connect(self.commands.go_forward)
        self.reader.moved.connect(self._on_moved)
        self.reader.view.zoom_requested.connect(self.appearance.resize)
        self.line.cancel.clicked.connect(self.transfers.cancel)
        self.line.cancel.clicked.connect(self.incoming.cancel)
        self._idle.timeout.connect(self._on_idle)
        self._connect_transfers()

    @property
    def welcome(self) -> Welcome:
        """The page without a project, made when it is first shown."""
        if self._welcome is None:
            self._welcome = welcome = Welcome(self)
            welcome.new_wanted.connect(self.commands.new_project)
            welcome.open_wanted.connect(self.commands.open_project)
            welcome.sample_wanted.connect(self.commands.open_sample)
            welcome.recent_wanted.connect(lambda path: self.open_path(Path(path)))
            self.stack.addWidget(welcome)
        return self._welcome

    def find_bar(self) -> FindBar:
        """The bar that looks for words in the article."""
        bar = self.reader.find_bar
        if not self._find_bar_connected:
            self._find_bar_connected = True
            bar.mark_all_wanted.connect(lambda words: self.concordance().look_for(words, here=True))
        return bar

    def concordance(self) -> Concordance:
        """The table of places, in a window of its own: the one that is open, or a new one."""
        from annotator.gui.dialogs.concordance import Concordance

        if self._concordance is None or not isValid(self._concordance):
            assert self.session is not None, "its actions need a project"
            made = self._concordance = Concordance(self.session, self.appearance.theme, self)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.told.connect(lambda sentence: self.reader.banner.say(sentence, passing=True))
            made.row_shown.connect(self.show_span)
        self._concordance.show()
        self._concordance.raise_()
        self._concordance.activateWindow()
        return self._concordance

    def scheme_window(self) -> SchemeWindow:
        """The editor of the scheme, in a window of its own: the one that is open, or a new one."""
        from annotator.gui.dialogs.scheme.window import SchemeWindow

        if self._scheme_window is None or not isValid(self._scheme_window):
            assert self.session is not None, "its action needs a project"
            made = self._scheme_window = SchemeWindow(self.session, self.appearance, self)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.place_wanted.connect(self.show_span)
            made.undo_wanted.connect(self.commands.undo)
            made.redo_wanted.connect(self.commands.redo)
        self._scheme_window.show()
        self._scheme_window.raise_()
        self._scheme_window.activateWindow()
        return self._scheme_window

    def show_span(self, document: str, span: Span) -> None:
        """Bring a place of any document into view, and select it."""
        self.show_document(document)
        self.documents.select(document)
        if self.session is not None and self.session.open is not None and self.session.open.id == document:
            self.reader.view.select_span(span)
            self.reader.view.reveal(span)

    def _connect_transfers(self) -> None:
        transfers = self.transfers
        transfers.began.connect(lambda what: self.line.show_progress(0, 0, what))
        transfers.progressed.connect(
            lambda n: self.line.show_progress(0, 0, tr("{count} articles so far", count=f"{n:,}"))
        )
        transfers.arrived.connect(self._on_arrived)
        transfers.imported.connect(self._on_imported)
        transfers.exported.connect(self._on_exported)
        transfers.failed.connect(self.say)
        transfers.ended.connect(self.line.end_progress)
        transfers.ended.connect(self.indexing.begin)
        self.indexing.progressed.connect(self.documents.show_indexed)
        self.incoming.began.connect(lambda what: self.line.show_progress(0, 0, what))
        self.incoming.ended.connect(self.line.end_progress)
        self.incoming.failed.connect(self.say)

    def _follow_appearance(self) -> None:
        theme = self.appearance.theme
        self.reader.view.set_style(self.appearance.reading)
        self.documents.set_theme(theme)
        self.side.show_session(self.session, theme)
        self._on_chosen()
        self.line.show_zoom(self.appearance.zoom)
        for name in ("light", "dark", "contrast", "system"):
            self.actions_[f"theme_{name}"].setChecked(self.settings.theme == name)
        self.show_links(self.settings.links)
        self.reader.view.set_proclitics(self.settings.proclitics)

    def take_keywords(self, lists: list[KeywordList]) -> None:
        """Highlight the words of these lists from now on."""
        from annotator.gui.keywords import keep_keyword_lists

        keep_keyword_lists(self.settings, lists)
        self.reader.use_keywords(lists)

    def show_links(self, which: str) -> None:
        """Draw the links of the "chosen" mark, "all" links or "none"."""
        self.settings.links = which
        self.reader.links.set_shown(which)
        for name in ("chosen", "all", "none"):
            self.actions_[f"links_{name}"].setChecked(which == name)

    # The project

    def open_path(self, path: Path, document: str = "") -> bool:
        """Open the project file at `path`, at `document` or where the reader was. Says why, where it cannot."""
        project = self.safekeeping.opened(path)
        if project is None:
            return False
        self._take_project(project, document)
        return True

    def make_project(self, path: Path, scheme: Scheme) -> bool:
        """Make a new project file at `path`, with `scheme`, and open it."""
        try:
            Project.create(path, scheme).close()
        except KnownError as error:
            self.say(str(error))
            return False
        return self.open_path(path)

    def _take_project(self, project: Project, document: str = "") -> None:
        self._leave_project()
        self.visits = Visits()
        project.work_as(self.settings.annotator or login_name())
        if project.path is not None and not is_backup(project.path):
            self.settings.remember_project(project.path)
        self.session = session = Session(project, self)
        session.opened.connect(self._on_opened)
        session.marks_changed.connect(self._on_marks_changed)
        session.chosen_changed.connect(self._on_chosen)
        session.links_changed.connect(self.side.inspector.refresh)
        session.status_changed.connect(self._on_status)
        session.answers_changed.connect(self.side.inspector.refresh)
        session.lacking.connect(self._on_lacking)
        session.document_changed.connect(self.side.inspector.refresh)
        session.scheme_changed.connect(self._follow_appearance)
        session.history_changed.connect(self._on_history)
        session.refused.connect(self.refuse)
        session.unsaved.connect(self._on_unsaved)
        steps = session.long_steps
        steps.began.connect(lambda what: self.line.show_progress(0, 0, what, stoppable=False))
        steps.ended.connect(self.line.end_progress)
        steps.repeated.connect(self.commands.go_where)
        self.reader.show_session(session)
        self.checking.show_session(session)
        self.documents.show_project(project)
        self.safekeeping.show_session(session)
        self.indexing.show_project(project)
        self._show_project()
        self._show_place(document)
        QTimer.singleShot(300, session, self._speak)
        if self.settings.keywords:
            QTimer.singleShot(0, self._use_kept_keywords)

    def _speak(self) -> None:
        """Tell a screen reader, whenever there is one, of the marks; after the first paint, as few have one."""
        from annotator.gui.speaking import Speaker

        if self.session is not None:
            Speaker(self.reader.view, self.session)

    def _use_kept_keywords(self) -> None:
        from annotator.gui.keywords import keyword_lists

        self.reader.use_keywords(keyword_lists(self.settings))

    def close_project(self, *, backup: bool = True) -> None:
        """Leave the project, for the welcome page; `backup`: with a backup of it, where anything has changed."""
        self._leave_project(backup=backup)
        self._show_project()

    def _leave_project(self, *, backup: bool = True) -> None:
        session, self.session = self.session, None
        if session is None:
            return
        self.side.inspector.commit()
        self.transfers.cancel()
        self.incoming.leave()
        self.indexing.show_project(None)
        session.long_steps.finish()
        for beside in (self._concordance, self._scheme_window):
            if beside is not None and isValid(beside):
                beside.close()
        self.commands.close_registry()
        self.commands.close_rereading()
        self.commands.close_safekeeping()
        self._remember_place(session)
        self.checking.show_session(None)
        self.documents.show_project(None)
        self.reader.show_session(None)
        backup = self.safekeeping.leave() and backup
        session.project.close()
        self.safekeeping.left(session.project.path, backup=backup)
        session.deleteLater()

    def _show_project(self) -> None:
        session = self.session
        self.stack.setCurrentWidget(self.columns if session else self.welcome)
        self.side.show_session(session, self.appearance.theme)
        self.setWindowTitle(f"{session.project.name} — Annotator" if session else "Annotator")
        self.line.show_who(self.settings.annotator or login_name() if session else "")
        if session is None:
            self.line.show_nothing()
            self.welcome.show_recent(self.settings.recent)
        elif session.project.read_only:
            self.line.show_read_only(session.project.read_only)
        else:
            self.line.show_saved()
        self._enable()

    def _show_place(self, document: str) -> None:
        """Open the document that was asked for, else that of the last time, else the first."""
        session = self.session
        if session is None:
            return
        last, position = self.settings.places.get(str(session.project.path and session.project.path.resolve()), ["", 0])
        for wanted, place in ((document, 0), (str(last), int(position))):
            if wanted and session.project.number_of(wanted) is not None:
                self.show_document(wanted)
                self.documents.select(wanted)
                self._go_back_to(place)
                break
        else:
            self.documents.step(1)
        self.reader.view.setFocus()

    def _go_back_to(self, position: int) -> None:
        """Scroll to where the reader was, once the window has its size: before that no line is where it will be."""
        if self.isVisible():
            self.reader.view.scroll_to_position(position)
        else:
            self._place_to_show = position
        self._say_place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._place_to_show:
            QTimer.singleShot(0, self._show_kept_place)

    def _show_kept_place(self) -> None:
        position, self._place_to_show = self._place_to_show, 0
        self.reader.view.scroll_to_position(position)

    def _remember_place(self, session: Session) -> None:
        if session.open is not None and session.project.path is not None:
            position = self.reader.view.first_visible_position()
            self.settings.remember_place(session.project.path, session.open.id, position)

    def here(self) -> Visit:
        """Where the reader is."""
        opened = self.session.open if self.session else None
        return Visit(opened.id if opened else "", self.reader.view.first_visible_position())

    def go_to(self, place: Visit) -> None:
        """Show a place of any document at the top of the text."""
        self._going = True
        self.show_document(place.document)
        self.documents.select(place.document)
        self._going = False
        self.reader.view.scroll_to_position(place.position)
        self.reader.view.setFocus()

    def _on_moved(self, position: int) -> None:
        """The text jumps: where it was is a place to come back to."""
        here = self.here()
        self.visits.visit(here)
        self.visits.visit(Visit(here.document, position))

    def show_document(self, key: str) -> None:
        """Open the document with that id."""
        if self.session is None or (self.session.open is not None and self.session.open.id == key):
            return
        if self.session.open is not None:
            self.visits.leave(self.here())
        if not self._going:
            self.visits.visit(Visit(key, 0))
        self.side.inspector.commit()
        try:
            self.session.show(key)
        except DamagedError as error:
            self.safekeeping.met_damage(error)
        except KnownError as error:
            self.say(str(error))

    def say(self, text: str) -> None:
        """Tell something below the article, or on the welcome page in a box, since there is no article."""
        if self.session is not None:
            self.reader.banner.say(text)
            return
        from PySide6.QtWidgets import QMessageBox

        from annotator.gui.texts import message_box

        box = message_box(self, tr("Annotator"), text, icon=QMessageBox.Icon.Information)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def refuse(self, text: str) -> None:
        """Say why something was not done, until something is."""
        self.reader.banner.say(text, passing=True)

    # What the session tells

    def _on_opened(self) -> None:
        session = self.session
        if session is None:
            return
        self.side.show_session(session, self.appearance.theme)
        self._say_place()
        self._on_status()
        self._enable()

    def _on_marks_changed(self, changes: MarkChanges) -> None:
        if self.session is None:
            return
        self.side.marks.follow(changes, self.session.chosen)
        self.side.palette_.show_counts(self.session.counts())
        self._say_place()

    def _on_chosen(self) -> None:
        mark = self.session.chosen_mark if self.session else None
        self.side.inspector.refresh()
        self.side.palette_.show_current(mark.label.id if mark else None)
        self.side.marks.select(mark.id if mark else None)
        self._enable()

    def _on_lacking(self, missing: Missing) -> None:
        """To the field without whose answer the article is not finished."""
        if missing.mark is not None:
            self.reader.go_to_mark(missing.mark.id, caret=False)
        elif self.session is not None:
            self.session.choose(None)
        self.columns.show_last(True)
        self.side.inspector.focus_missing(missing)

    def _on_brush(self) -> None:
        brush = self.reader.gestures.brush
        self.actions_["brush"].setChecked(brush.active)
        self.side.palette_.show_brush(brush.label.id if brush.label else None)

    def _on_status(self) -> None:
        finished = bool(self.session and self.session.open and self.session.open.status == "finished")
        self.actions_["finish_document"].setChecked(finished)
        self.side.inspector.refresh()

    def _on_history(self) -> None:
        self.line.show_saved()
        self.reader.banner.let_pass()
        self._idle.start()
        self._enable()

    def _on_unsaved(self, why: str, changes: ChangeSet | None) -> None:
        self.line.show_unsaved(tr("the last step was not saved"))
        session = self.session
        if session is not None and changes is not None:
            self.reader.banner.say(why, tr("Try again"), lambda: self._try_again(session, changes))

    def _try_again(self, session: Session, changes: ChangeSet) -> None:
        if session is self.session:
            session.apply(changes)

    def _on_idle(self) -> None:
        if self.session is not None and not self.transfers.busy and not self.safekeeping.busy:
            self.session.project.checkpoint()

    def _say_place(self) -> None:
        session = self.session
        if session is not None and session.open is not None:
            self.line.show_marks(sum(session.counts().values()))
            self.line.show_place(*self.documents.place())

    def _enable(self) -> None:
        session = self.session
        there = {
            "nothing": True,
            "project": session is not None,
            "document": bool(session and session.open),
            "mark": bool(session and session.chosen),
        }
        for spec in ACTIONS:
            self.actions_[spec.id].setEnabled(there[spec.needs])
        undo, redo = (session.project.undo_name, session.project.redo_name) if session else (None, None)
        for name, step in (("undo", undo), ("redo", redo)):
            word = tr("&Undo") if name == "undo" else tr("&Redo")
            self.actions_[name].setText(f"{word} {step}".replace("&&", "&") if step else word)
            self.actions_[name].setEnabled(step is not None)

    # Importing and exporting

    def _on_arrived(self) -> None:
        self.documents.refresh()
        if self.session is not None and self.session.open is None:
            self.documents.step(1)

    def _on_imported(self, report: ImportReport) -> None:
        from annotator.gui.dialogs.import_report import ImportReportDialog
        from annotator.gui.dialogs.report import import_sentence

        if self.session is not None:
            self.session.take_in_import()
        self.documents.refresh()
        self._on_history()
        more = bool(report.failed or report.warnings)
        self.reader.banner.say(
            import_sentence(report),
            tr("Details…") if more else "",
            lambda: ImportReportDialog(report, self).open(),
            passing=not more,
        )

    def _on_exported(self, report: Any) -> None:
        from annotator.gui.dialogs.export_report import ExportReportDialog
        from annotator.gui.dialogs.report import export_sentence

        self.reader.banner.say(
            export_sentence(report),
            tr("Details…") if report.lost else "",
            lambda: ExportReportDialog(report, self).open(),
            passing=not report.lost,
        )

    def import_paths(self, paths: list[Path], *, ask: bool = False) -> None:
        """Take files and folders into the open project; past a preview where there is something to see, or to `ask`."""
        if self.session is not None and paths:
            self.incoming.take(self.session, paths, self.appearance.theme, ask=ask)

    # What is to be seen

    def show_columns(self) -> None:
        """Let the View menu say which columns are to be seen."""
        listed, sided = self.columns.first_shown, self.columns.last_shown
        self.actions_["toggle_list"].setChecked(listed)
        self.actions_["toggle_side"].setChecked(sided)
        for name in ("marks", "problems", "guideline"):
            self.actions_[f"toggle_{name}"].setChecked(self.side.pages.shown == name)
        self.actions_["focus_mode"].setChecked(not listed and not sided)

    def take_preferences(self) -> None:
        """Put changed settings to work."""
        self.appearance.apply()
        if self.session is not None:
            self.session.project.work_as(self.settings.annotator or login_name())
            self.line.show_who(self.settings.annotator or login_name())
        self.settings.save(settings_path())

    # The window itself

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == SUFFIX]
        if projects:
            self.open_path(projects[0])
        elif self.session is not None:
            self.import_paths(paths)
        elif paths:
            self.say(tr("Open or make a project first, then drop articles on it."))
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = b64encode(self.saveGeometry().data()).decode()
        self.settings.split = self.columns.sizes() or self.settings.split
        self._leave_project()
        self.settings.save(settings_path())
        super().closeEvent(event)

    def _fitting(self, width: int, height: int) -> QSize:
        """The size that is wanted, or what the screen has room for with a frame around it."""
        room = self.screen().availableGeometry()
        return QSize(min(width, room.width() - 2 * FRAME), min(height, room.height() - 3 * FRAME))

    def _restore_geometry(self) -> None:
        if self.settings.geometry:
            self.restoreGeometry(QByteArray(b64decode(self.settings.geometry)))
        self.columns.set_sizes(self.settings.split)
