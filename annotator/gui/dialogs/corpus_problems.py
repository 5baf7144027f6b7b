"""The problems of all articles in a window of its own: to narrow, to go to, to put right together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from threading import Event

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import KnownError
from annotator.core.problems import RULES
from annotator.gui.fixing import Fixing
from annotator.gui.jobs import Job
from annotator.gui.models.corpus_problems import ARTICLE, RULE, WHAT, WORDS, CorpusProblemsModel, CorpusRow, corpus_row
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.panels.row_table import RowTable
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.store.problem_fixes import Fixes, rules_off
from annotator.store.problems import MOST, corpus_problems
from annotator.store.reading import Reader

ROW = 26  # pixels
EVERY = 100  # milliseconds between two looks at what was found
AT_ONCE = 2000  # rows that are added at a look
TOLD = 20  # articles between two steps of the bar


class CorpusProblems(QDialog):
    """A window beside the main one. What it puts right is one step, which undo takes back."""

    row_shown = Signal(str, object)  # the id of a document, and the Span of a problem
    entry_shown = Signal(str)  # the id of a registry entry that looks like another
    told = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._found: deque[CorpusRow] = deque()  # by the worker, and not yet in the table
        self._wanted: list[CorpusRow] = []  # to be put right
        self.fixing = Fixing(session)
        self.fixing.done.connect(self._on_fixed)
        self.fixing.failed.connect(self._on_fix_failed)
        self.model = CorpusProblemsModel(self)
        self.model.theme = theme
        self.model.mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._look = QTimer(self, interval=EVERY)
        self._look.timeout.connect(self._take_found)
        self.setWindowTitle(tr("Problems in all articles"))
        self.setModal(False)
        self.resize(980, 600)
        self._make_fields()
        self._make_table()
        self._lay_out()
        self.finished.connect(self._leave)

    # Putting it together

    def _make_fields(self) -> None:
        self.rule = QuietCombo(self)
        self.rule.setAccessibleName(tr("Rule"))
        self.rule.setMinimumContentsLength(24)
        self.rule.addItem(tr("All rules"), "")
        for rule in RULES:
            self.rule.addItem(tr(rule.title), rule.id)
        self.rule.currentIndexChanged.connect(self._narrow)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(tr("Filter by words…"))
        self.words.setAccessibleName(tr("Filter by words"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.count = plain_label("", self)
        self.count.setObjectName("faint")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(160)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = self._button(tr("Stop"), self._stop)
        self.again = self._button(tr("&Check again"), self.check)
        self.fix = self._button(tr("&Fix the chosen ones"), self.fix_chosen)
        self.go = self._button(tr("&Go there"), self._go)
        for widget in (self.bar, self.stop):
            widget.hide()

    def _button(self, text: str, step: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(step)
        return button

    def _make_table(self) -> None:
        self.table = table = RowTable(ROW, tr("Problems"), self)
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setWordWrap(False)
        table.show_columns({ARTICLE: 190, RULE: 210, WHAT: 270}, WORDS)
        table.selectionModel().selectionChanged.connect(self._say_count)
        table.doubleClicked.connect(self._go)

    def _lay_out(self) -> None:
        above, foot = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.words, 1)
        above.addWidget(self.rule)
        foot.addWidget(self.count, 1)
        for widget in (self.bar, self.stop, self.again, self.go, self.fix):
            foot.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(10)
        rows.addLayout(above)
        rows.addWidget(self.table, 1)
        rows.addLayout(foot)

    # Looking

    def check(self) -> None:
        """Look through all articles anew."""
        self._stop()
        self.model.clear()
        self.table.setFocus()
        project = self._session.project
        off = rules_off(project)
        names = {one.id: one.name for one in project.annotators() if one.id != project.annotator}

        def rows(reader: Reader, stop: Callable[[], bool], told: Callable[[int], None]) -> Iterator[CorpusRow]:
            for row in corpus_problems(reader, off, stop, told):
                yield corpus_row(row, names.get(row.problem.annotator, ""))

        if project.path is None:  # in memory: at once
            self.model.add(list(rows(project, lambda: False, lambda _: None)))
            self._say_count()
            return
        path = project.path
        found: deque[CorpusRow] = deque()
        self._found = found

        def work(stop: Event, progress: Callable[[int], None]) -> None:
            def told(read: int) -> None:
                if read % TOLD == 0:
                    progress(read)

            with Reader(path) as reader:
                for row in rows(reader, stop.is_set, told):
                    found.append(row)

        self._begin(work, self._on_checked, project.document_count())
        self._look.start()
        self._say_count()

    def _begin(
        self, work: Callable[[Event, Callable[[int], None]], object], done: Callable[[object], None], total: int
    ) -> None:
        self._job = job = Job(work, self.parent())
        self._show_at_work(total)
        job.progressed.connect(self._on_progress)
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        job.done.connect(job.deleteLater)
        job.failed.connect(job.deleteLater)
        job.start()

    def _show_at_work(self, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(0)
        self.bar.show()
        self.stop.show()
        self.again.hide()

    @property
    def _busy(self) -> bool:
        return self._job is not None or self.fixing.busy

    def _stop(self) -> None:
        if self.fixing.busy:
            self.fixing.stop()
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._end()

    def _leave(self) -> None:
        """Look no further; what is being put right is."""
        self._look.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _end(self) -> None:
        self._look.stop()
        self._take_found()
        self.bar.hide()
        self.stop.hide()
        self.again.show()
        self._say_count()

    def _on_progress(self, read: int) -> None:
        if self.sender() is self._job:
            self.bar.setValue(read)

    def _on_checked(self, _: object) -> None:
        if self.sender() is self._job:
            if self._found:  # more than are added at once: the next looks take them
                QTimer.singleShot(EVERY, self, self._end_slowly)
                return
            self._job = None
            self._end()

    def _end_slowly(self) -> None:
        if self._found:
            QTimer.singleShot(EVERY, self, self._end_slowly)
        elif self._job is not None:
            self._job = None
            self._end()

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self._end()
            self.count.setText(str(error) if isinstance(error, KnownError) else repr(error))

    def _take_found(self) -> None:
        rows = [self._found.popleft() for _ in range(min(len(self._found), AT_ONCE))]
        if rows:
            first = not self.model.rows
            self.model.add(rows)
            if first and self.model.rows:
                self.table.selectRow(0)
            self._say_count()

    def _narrow(self) -> None:
        self.model.narrow(self.rule.currentData(), self.words.text())
        self._say_count()

    # Doing

    def chosen(self) -> list[CorpusRow]:
        """The rows that are selected, in order."""
        selection = self.table.selectionModel().selection()  # not its rows, of which there may be 100,000
        found = (selection.at(place) for place in range(selection.count()))
        blocks = sorted((block.top(), block.bottom()) for block in found)
        return [row for top, bottom in blocks for row in self.model.rows[top : bottom + 1]]

    def fix_chosen(self) -> None:
        """Put the chosen problems right that have a quick fix, as one step."""
        self._wanted = [row for row in self.chosen() if row.found.problem.fixes]
        if not self._wanted or self._busy:
            return
        self._show_at_work(0)
        self.fixing.begin([row.found for row in self._wanted])
        self._say_count()

    def _on_fix_failed(self, sentence: str) -> None:
        self._end()
        self.count.setText(sentence)

    def _on_fixed(self, fixes: Fixes) -> None:
        self._end()
        if not fixes.problems and not fixes.stale:  # it was stopped
            return
        self.model.take_out(self._wanted)
        self._say_count()
        documents = f"{len(fixes.parts):,}"
        said = [tr("{count} problems are put right in {documents} articles. Undo takes it back.",
                   count=f"{fixes.problems:,}", documents=documents)] if fixes.parts else []  # fmt: skip
        if fixes.stale:
            said.append(tr("{count} had changed since they were found, and were left alone.", count=f"{fixes.stale:,}"))
        self.count.setText(" ".join(said))
        self.told.emit(" ".join(said))

    def _say_count(self) -> None:
        chosen = self.chosen()
        fixable = sum(bool(row.found.problem.fixes) for row in chosen)
        self.fix.setEnabled(fixable > 0 and not self._busy and not self._session.project.read_only)
        self.go.setEnabled(bool(chosen))
        rows = len(self.model.rows)
        if len(self.model.every) >= MOST:
            self.count.setText(tr("The first {count} problems", count=f"{len(self.model.every):,}"))
        elif rows:
            shown = {"count": rows, "articles": self.model.articles, "chosen": len(chosen), "fixable": fixable}
            said = {name: f"{number:,}" for name, number in shown.items()}
            self.count.setText(
                tr("{count} problems in {articles} articles. Chosen: {chosen}, with a quick fix: {fixable}", **said)
            )
        elif self._job is None:
            self.count.setText(tr("Nothing fits.") if self.model.every else tr("Nothing looks wrong."))
        else:
            self.count.setText(tr("Looking…"))

    # Moving

    def _go(self, index: QModelIndex | bool = False) -> None:
        chosen = self.chosen()
        if chosen:
            row = chosen[0].found
            if not row.document:
                self.entry_shown.emit(row.problem.annotation)
                return
            self.row_shown.emit(row.document, row.problem.span)
            window = self.parentWidget()
            if window is not None:
                window.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.table.hasFocus():
                self._go()
            else:
                self.table.setFocus()
        else:
            super().keyPressEvent(event)
