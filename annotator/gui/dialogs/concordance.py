"""The concordance: every place of some words, or every mark of a label, to read, to mark, to relabel, to delete."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.concordance import Line
from annotator.core.errors import KnownError
from annotator.core.occurrences import Wanted
from annotator.core.scheme import Label
from annotator.gui.jobs import Job
from annotator.gui.long_steps import LONG
from annotator.gui.models.occurrences import BEFORE, BEHIND, HIT, LABEL, TITLE, OccurrencesModel
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.panels.row_table import RowTable
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme, text_font
from annotator.store.everywhere import Done, delete_lines, mark_lines, relabel_lines
from annotator.store.occurrences import MOST, find_annotations, find_occurrences
from annotator.store.reading import Reader

ROW = 28  # pixels
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class _Sides(QStyledItemDelegate):
    """Cuts the words before a hit at their far end, and keeps the near ones."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, OccurrencesModel) and model.holds_before(index.row(), index.column()):
            option.textElideMode = Qt.TextElideMode.ElideLeft


class _Lines(RowTable):
    """Leaves the keys that tick and mark to the window around it, and tells it what is typed."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        everything = event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if everything or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif event.text().isprintable() and event.text() and event.modifiers() in (_NONE, _SHIFT):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class Concordance(QDialog):
    """A window beside the main one. What it does is one step each, which undo takes back."""

    row_shown = Signal(str, object)  # the id of a document, and the Span of the line one is on
    told = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._tick = False
        self.model = OccurrencesModel(self)
        self.model.theme, self.model.font = theme, text_font(15)
        self.model.mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.model.ticked.connect(self._say_chosen)
        self.setWindowTitle(tr("Concordance"))
        self.setModal(False)
        self.resize(1080, 620)
        self._make_fields()
        self._make_table()
        self._make_foot()
        self._lay_out()
        self._tell(tr("Enter lists every place where it stands."))
        self.finished.connect(self._forget_search)

    # Putting it together

    def _make_fields(self) -> None:
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(tr("A word or a name"))
        self.words.setAccessibleName(tr("What is looked for"))
        self.words.returnPressed.connect(self.search)
        self.scope = _combo(tr("Where"), self)
        self.scope.addItems([tr("In this article"), tr("In the whole archive")])
        self.scope.setCurrentIndex(1)
        self.whole = _box(tr("Whole words"), True, self)
        self.case = _box(tr("Match case"), False, self)
        self.alike = _box(tr("Letters alike (é = e)"), True, self)
        self.of_label = _combo(tr("Marks of a label"), self)
        self.of_label.addItem(tr("…or all marks of a label"), None)
        self.to_label = _combo(tr("The label to give"), self)
        for label in self._session.scheme.labels:
            self.of_label.addItem(f"{label.layer}: {label.shown}", label)
            if label.enabled:
                self.to_label.addItem(label.shown, label)
        self.of_label.activated.connect(self._list_marks)

    def _make_table(self) -> None:
        self.table = table = _Lines(ROW, tr("Places"), self)
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setItemDelegate(_Sides(self))
        table.setSortingEnabled(True)
        head = table.horizontalHeader()
        head.setVisible(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for column, mode in (
            (BEFORE, QHeaderView.ResizeMode.Stretch),
            (HIT, QHeaderView.ResizeMode.ResizeToContents),
            (BEHIND, QHeaderView.ResizeMode.Stretch),
            (LABEL, QHeaderView.ResizeMode.Interactive),
            (TITLE, QHeaderView.ResizeMode.Interactive),
        ):
            head.setSectionResizeMode(column, mode)
        head.setResizeContentsPrecision(200)
        head.resizeSection(LABEL, 90)
        head.resizeSection(TITLE, 190)
        head.setHighlightSections(False)
        table.setWordWrap(False)
        table.selectionModel().currentRowChanged.connect(self._on_current)
        table.doubleClicked.connect(lambda _: self._leave_for_text())
        table.typed.connect(self._begin_anew)

    def _make_foot(self) -> None:
        self.count = plain_label("", self)
        self.count.setObjectName("faint")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(160)
        self.bar.hide()
        self.stop = QPushButton(tr("Stop"), self)
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self.mark = self._button(tr("&Mark"), lambda label, lines: mark_lines(self._session.project, lines, label))
        self.mark.setDefault(True)
        self.relabel = self._button(
            tr("&Relabel"), lambda label, lines: relabel_lines(self._session.project, lines, label)
        )
        self.delete = self._button(tr("&Delete marks"), lambda _, lines: delete_lines(self._session.project, lines))

    def _button(self, text: str, step: Callable[[Label, list[Line]], Done]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._do(step))
        return button

    def _lay_out(self) -> None:
        first, second, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.words, 1)
        first.addWidget(self.scope)
        first.addWidget(self.of_label)
        for box in (self.whole, self.case, self.alike):
            second.addWidget(box)
        second.addStretch()
        second.addWidget(self.count)
        second.addWidget(self.bar)
        second.addWidget(self.stop)
        foot.addWidget(self.to_label)
        foot.addWidget(self.mark)
        foot.addWidget(self.relabel)
        foot.addStretch()
        foot.addWidget(self.delete)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(10)
        rows.addLayout(first)
        rows.addLayout(second)
        rows.addWidget(self.table, 1)
        rows.addLayout(foot)

    # Searching

    def _begin_anew(self, typed: str) -> None:
        """Who types over the lines wants other words, not to do something with these."""
        self.words.setFocus()
        self.words.setText(typed)

    def look_for(self, words: str, label: Label | None = None, *, here: bool = False) -> None:
        """Look for `words` at once: in this article or everywhere, ready to be marked with `label`."""
        self.words.setText(words)
        self.scope.setCurrentIndex(0 if here else 1)
        if label is not None:
            self.to_label.setCurrentIndex(max(0, self.to_label.findText(label.shown)))
            self.case.setChecked(True)
        self._tick = label is not None
        self.search()

    def search(self) -> None:
        """Look for what stands in the field."""
        opened = self._session.open
        only = [opened.id] if self.scope.currentIndex() == 0 and opened else None
        words = self.words.text()
        wanted = Wanted(words, self.whole.isChecked(), self.case.isChecked(), self.alike.isChecked())
        if not words.strip():
            self._tell(tr("Type a word or a name to look for."))
            return
        self.of_label.setCurrentIndex(0)
        total = 1 if only else None
        self._begin(lambda reader, stop, told: [
            *find_occurrences(reader, wanted, documents=only, progress=told, stop=stop)
        ], total)  # fmt: skip

    def _list_marks(self) -> None:
        label = self.of_label.currentData()
        if label is None:
            return
        self._tick = False
        self._begin(lambda reader, stop, told: [*find_annotations(reader, [label.id], stop)], None)

    def _begin(
        self, find: Callable[[Reader, Callable[[], bool], Callable[[int], None]], list[Line]], total: int | None
    ) -> None:
        self._stop()
        path = self._session.project.path
        if path is None or total == 1:  # one article, or a project in memory: at once
            self._take(find(self._session.project, lambda: False, lambda _: None))
            return

        def work(stop: Event, progress: Callable[[int], None]) -> list[Line]:
            with Reader(path) as reader:
                return find(reader, stop.is_set, progress)

        self._job = job = Job(work, self.parent())
        self.bar.setRange(0, self._session.project.document_count())
        self.bar.setValue(0)
        self.bar.show()
        self.stop.show()
        job.progressed.connect(self.bar.setValue)
        job.done.connect(self._on_found)
        job.failed.connect(self._on_failed)
        job.done.connect(job.deleteLater)
        job.failed.connect(job.deleteLater)
        job.start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_found(self, lines: list[Line]) -> None:
        if self.sender() is self._job:
            self._end_search()
            self._take(lines)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._end_search()
            self._tell(str(error) if isinstance(error, KnownError) else repr(error))

    def _end_search(self) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()

    def _take(self, lines: list[Line]) -> None:
        self.model.show(lines, self._session.scheme.labels, ticked=self._tick)
        self.table.scrollToTop()
        if lines:
            self.table.setFocus()
            self.table.selectionModel().setCurrentIndex(
                self.model.index(0, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    # Doing

    def _do(self, step: Callable[[Label, list[Line]], Done]) -> None:
        lines, label = self.model.chosen(), self.to_label.currentData()
        if self._session.busy():
            return
        if not lines:
            self._tell(tr("Tick some lines first: Space ticks the one you are on, Ctrl+A all."))
            return
        if len(lines) > LONG:
            self._session.before_large()
        try:
            outcome = step(label, lines)
        except KnownError as error:
            self._tell(str(error))
            self._look_again()
            return
        self.told.emit(done_sentence(outcome))
        self._look_again()

    def _look_again(self) -> None:
        self._tick = False
        if self.of_label.currentData() is not None:
            self._list_marks()
        else:
            self.search()

    def _tell(self, text: str) -> None:
        self.count.setText(text)

    def _say_chosen(self) -> None:
        rows = self.model.rowCount()
        chosen = len(self.model.chosen())
        for button in (self.mark, self.relabel, self.delete):
            button.setEnabled(not self._session.project.read_only)
        if rows >= MOST:
            self._tell(tr("The first {count} places, {chosen} ticked", count=f"{rows:,}", chosen=f"{chosen:,}"))
        elif rows:
            self._tell(tr("{count} places, {chosen} ticked", count=f"{rows:,}", chosen=f"{chosen:,}"))
        else:
            self._tell(tr("Nothing was found."))

    # Moving

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self.model.line(index.row())
            self.row_shown.emit(line.document, line.span)

    def _leave_for_text(self) -> None:
        window = self.parentWidget()
        if window is not None:
            window.activateWindow()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        if event.key() == Qt.Key.Key_Space and self.table.hasFocus() and rows:
            self.model.tick(rows, not self.model.is_ticked(rows[0]))
        elif event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            every = list(range(self.model.rowCount()))
            self.model.tick(every, len(self.model.chosen()) < len(every))
        elif enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._leave_for_text()
        elif enter and not self.words.hasFocus():
            self.mark.click()
        elif not enter:
            super().keyPressEvent(event)

    def _forget_search(self) -> None:
        self._stop()
        self._job = None


def _combo(name: str, parent: QWidget) -> QuietCombo:
    combo = QuietCombo(parent)
    combo.setAccessibleName(name)
    combo.setMinimumContentsLength(20)
    return combo


def _box(text: str, on: bool, parent: QWidget) -> QCheckBox:
    box = QCheckBox(text, parent)
    box.setChecked(on)
    return box


def done_sentence(outcome: Done) -> str:
    """What was done, for the banner."""
    if not outcome.marks:
        return tr("There was nothing to do: all of these are so already.")
    said = tr("Done at {count} places in {documents} articles. Undo takes it back.",
              count=f"{outcome.marks:,}", documents=f"{outcome.documents:,}")  # fmt: skip
    return said + " " + tr("{count} were so already.", count=f"{outcome.left:,}") if outcome.left else said
