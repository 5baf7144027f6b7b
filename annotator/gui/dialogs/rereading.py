"""What it would do to read the kept pages again, worked out on a worker; and then doing it, as one step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.models.reread_list import ARTICLE, LABEL, WHY, WORDS, RereadModel, reread_rows
from annotator.gui.panels.row_table import RowTable
from annotator.gui.session import Session
from annotator.gui.sharing import begin_sharing, end_sharing
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.store.reading import Reader
from annotator.store.rereading import RereadPlan, apply_rereading, documents_with_pages, plan_rereading

ROW = 26  # pixels
SMALL, LARGE = QSize(580, 190), QSize(820, 480)  # without and with a list


class RereadingDialog(QDialog):
    """A window beside the main one: numbers, what cannot be moved, and a button that does it."""

    row_shown = Signal(str, object)  # the id of a document, and a Span in it
    article_shown = Signal(str)  # the id of a document
    told = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._plan: RereadPlan | None = None
        self._open = ""  # the document that was open when the step began
        self._done = False
        self.setWindowTitle(tr("Read kept pages again"))
        self.setModal(False)
        self.resize(SMALL)
        about = plain_label(
            tr(
                "The pages that articles came from are kept. Read with this version, some may give a better text;"
                " marks move to where their words are then."
            ),
            self,
        )
        about.setObjectName("faint")
        about.setWordWrap(True)
        self.numbers = plain_label("", self)
        self.numbers.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self._make_table(theme)
        self.go = self._button(tr("&Go there"), self._go)
        self.do = self._button(tr("&Read them again"), self.do_it)
        self.leave = self._button(tr("Cancel"), self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.do)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        for widget in (about, self.numbers, self.bar):
            rows.addWidget(widget)
        rows.addWidget(self.table, 1)
        rows.addStretch()
        rows.addLayout(foot)
        session.long_steps.done.connect(self._on_written)
        session.long_steps.refused.connect(self._on_refused)
        self.finished.connect(lambda _: self._stop())
        self._show_state()

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(step)
        return button

    def _make_table(self, theme: Theme) -> None:
        self.model = RereadModel(theme, self)
        self.table = table = RowTable(ROW, tr("What cannot be moved, or moves to other words"), self)
        table.setModel(self.model)
        table.setWordWrap(False)
        table.show_columns({ARTICLE: 190, LABEL: 100, WORDS: 200}, WHY)
        table.doubleClicked.connect(self._go)

    # Looking

    @property
    def busy(self) -> bool:
        """Whether pages are being read, or the step is being written."""
        return self._job is not None or bool(self._open)

    def look(self) -> None:
        """Read the pages, on a worker, and say what would come of it."""
        from annotator.importers.rereading import read_again

        path = self._session.project.path
        assert path is not None, "its action is for projects in a file"
        self.bar.setRange(0, len(documents_with_pages(self._session.project)))

        def work(stop: Event, progress: Callable[[int], None]) -> RereadPlan:
            with Reader(path) as reader:
                return plan_rereading(reader, read_again, progress=progress, stop=stop.is_set)

        begin_sharing()
        self._job = job = Job(work)  # without a parent: it may outlive us
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_planned)
        job.failed.connect(self._on_failed)
        job.start()
        self._show_state()

    def _stop(self) -> None:
        """Read no further; what is being written is."""
        if self._job is not None:
            self._job.cancel()
            self._end_reading()

    def _end_reading(self) -> None:
        end_sharing()
        self._job = None

    def _on_progress(self, read: int) -> None:
        if self.sender() is self._job:
            self.bar.setValue(read)

    def _on_planned(self, plan: RereadPlan) -> None:
        if self.sender() is self._job:
            self._end_reading()
            self._plan = plan
            self.model.show(list(reread_rows(plan)))
            self.table.selectRow(0)
            self._show_state()
            if self.model.rows:
                self.resize(self.size().expandedTo(LARGE))
            (self.leave if plan.changes_nothing else self.do).setFocus()

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._end_reading()
            self._show_state()
            self.numbers.setText(str(error) if isinstance(error, KnownError) else repr(error))

    # Doing

    def do_it(self) -> None:
        """Write the step, on a worker. Undo takes it back."""
        session, plan = self._session, self._plan
        if plan is None or plan.changes_nothing or self._done or self.busy or session.busy():
            return
        project = session.project
        self._open = session.open.id if session.open else "none"

        def write() -> ChangeSet:
            written = apply_rereading(project, plan, quiet=True)
            with suppress(KnownError):  # what waits for the index is taken up by the next import
                project.index_documents()
            return written

        session.long_steps.write(write)
        self._show_state()

    def _on_written(self, _: ChangeSet) -> None:
        plan, was, self._open = self._plan, self._open, ""
        if not was or plan is None:  # another step
            return
        self._done = True
        self._show_state()
        self.leave.setFocus()
        self.told.emit(tr("The pages were read again. Undo takes it back."))
        if was in plan.replaced and self._session.open is None:
            self.article_shown.emit(plan.replaced[was])

    def _on_refused(self, why: str) -> None:
        if self._open:
            self._open, self._plan = "", None
            self._show_state()
            self.numbers.setText(why)

    # Showing

    def _show_state(self) -> None:
        plan = self._plan
        at_work = self.busy
        self.bar.setVisible(at_work)
        if self._open:
            self.bar.setRange(0, 0)
        self.table.setVisible(bool(self.model.rows))
        self.go.setVisible(bool(self.model.rows))
        over = self._done or (plan is not None and plan.changes_nothing)
        self.do.setVisible(not over)
        self.do.setEnabled(plan is not None and not at_work)
        self.leave.setText(tr("Close") if over else tr("Cancel"))
        if plan is None:
            self.numbers.setText(tr("Reading the pages…") if at_work else "")
        else:
            self.numbers.setText(done_sentence(plan) if self._done else plan_sentence(plan))

    def _go(self, index: QModelIndex | bool = False) -> None:
        row = self.table.currentIndex().row()
        if self._plan is None or not 0 <= row < len(self.model.rows):
            return
        wanted = self.model.rows[row]
        document, span = wanted.document, wanted.span
        if wanted.target and self._done:
            document, span = wanted.target, wanted.moved
        if self._session.project.number_of(document) is None:
            document, span = self._plan.replaced.get(document, document), None
        if span is None:
            self.article_shown.emit(document)
        else:
            self.row_shown.emit(document, span)
        window = self.parentWidget()
        if window is not None:
            window.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.table.hasFocus():
                self._go()
            elif self.do.hasFocus():
                self.do_it()
            elif self.leave.hasFocus():
                self.close()
        else:
            super().keyPressEvent(event)


def plan_sentence(plan: RereadPlan) -> str:
    """What would be done, in a few sentences."""
    if not plan.pages:
        return tr("No article has a page that was kept. Pages are kept of saved web pages and web archives.")
    if plan.changes_nothing and not plan.failed:
        return tr("All {count} pages give what they gave before. There is nothing to do.", count=f"{plan.pages:,}")
    return " ".join(_parts(plan))


def _parts(plan: RereadPlan) -> list[str]:
    said = [tr("{count} pages were read.", count=f"{plan.pages:,}")]
    if plan.renewed:
        said.append(tr("{count} articles get another text.", count=f"{plan.renewed:,}"))
    if plan.described:
        said.append(tr("{count} articles get other zones or data.", count=f"{plan.described:,}"))
    if plan.moved:
        said.append(tr("{count} marks move along.", count=f"{plan.moved:,}"))
    if plan.kept:
        said.append(tr("{count} articles stay beside the new one, for what cannot be moved.", count=f"{plan.kept:,}"))
    if plan.failed:
        said.append(tr("{count} pages cannot be read; their articles stay as they are.", count=f"{len(plan.failed):,}"))
    return said


def done_sentence(plan: RereadPlan) -> str:
    """The same, when it was done."""
    return " ".join([tr("Done; undo takes it back."), *_parts(plan)])
