"""The left column: search, filters, and the list of documents."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.gui.models.document_list import DocumentListModel
from annotator.gui.panels.document_delegate import HEIGHT, DocumentDelegate
from annotator.gui.panels.row_table import RowTable
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project

COUNT_DELAY = 150  # milliseconds after which what is finished is counted anew
SEARCH_DELAY = 180  # milliseconds after the last key before the list is searched

FILTERS = (("", "All"), ("new", "New"), ("in_progress", "In progress"), ("finished", "Finished"))


class DocumentList(QWidget):
    """Shows which documents there are; says which one was chosen."""

    chosen = Signal(str)  # a document's id
    searched = Signal(str)  # the words that the list is filtered by

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._project: Project | None = None
        self.model: DocumentListModel | None = None
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY)
        self._delay.timeout.connect(self._filter)
        self.search = self._make_search()
        self._chips = self._make_chips()
        self._open = ""  # the id of the article that is shown, which the list may not hold
        self._more = DocumentFilter()  # what the list is filtered by beside words and status
        self.filter = self._make_filter()
        self._filtered = QPushButton(self)
        self._filtered.setObjectName("flat")
        self._filtered.clicked.connect(lambda: self._take_filter(DocumentFilter()))
        self._filtered.hide()
        self.view = self._make_view(theme)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_DELAY)
        self._counting.timeout.connect(self._say_progress)
        self._progress = ""
        self._indexed = 100  # per cent of the articles that search finds
        self._count = plain_label("", self)
        self._count.setObjectName("faint")
        self._lay_out()

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setAccessibleName(tr("Search the archive"))
        search.textChanged.connect(self._on_typed)
        search.returnPressed.connect(self._search_now)
        return search

    def _make_chips(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, (_, text) in enumerate(FILTERS):
            chip = QPushButton(tr(text), self)
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setChecked(place == 0)
            group.addButton(chip, place)
        group.idClicked.connect(lambda _: self._filter())
        return group

    def _make_filter(self) -> QPushButton:
        button = QPushButton(tr("Filter"), self)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.clicked.connect(self.show_filters)
        return button

    def show_filters(self) -> None:
        """Ask by what else the list should be filtered."""
        from annotator.gui.panels.filters import Filters

        if self._project is None:
            return
        self.filter.setChecked(self._more != DocumentFilter())
        filters = Filters(self._project, self._more, self)
        filters.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filters.changed.connect(self._take_filter)
        filters.show_at(self.filter.mapToGlobal(self.filter.rect().bottomLeft()))

    def _take_filter(self, wanted: DocumentFilter) -> None:
        from annotator.gui.panels.filters import said

        self._more = wanted
        words = said(self._project, wanted) if self._project else ""
        self.filter.setChecked(bool(words))
        self._filtered.setText(f"{words}  ×".replace("&", "&&"))
        self._filtered.setAccessibleName(tr("Filtered by {words}: show all", words=words))
        self._filtered.setVisible(bool(words))
        self._filter()

    def _make_view(self, theme: Theme) -> RowTable:
        view = RowTable(HEIGHT, tr("Articles"), self)
        self._delegate = DocumentDelegate(theme)
        view.setItemDelegate(self._delegate)
        return view

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in self._chips.buttons():
            chips.addWidget(chip)
        chips.addStretch()
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.search, 1)
        first.addWidget(self.filter)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(10)
        head.addLayout(first)
        head.addLayout(chips)
        head.addWidget(self._filtered)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 6, 12, 8)
        foot.setSpacing(5)
        foot.addWidget(self._count)
        foot.addWidget(self._bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)
        whole.addLayout(foot)

    # What it shows

    def show_project(self, project: Project | None) -> None:
        """Show the documents of `project`."""
        if self.model is not None:
            self.model.leave()
        self._project, self._indexed = project, 100
        self.model = DocumentListModel(project, self) if project else None
        self.view.setModel(self.model)
        if self.model is not None:
            self.view.selectionModel().currentRowChanged.connect(self._on_current)
            self.model.filtered.connect(self._on_filtered)
            self.model.counted.connect(self._on_counted)
            self.model.failed.connect(self._count.setText)
            if project is not None:
                project.on_change(self.model.on_change)
                project.on_change(self._on_change)
            self._more, self._open = DocumentFilter(), ""
            self._filtered.hide()
            self._filter()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.view.viewport().update()

    def refresh(self) -> None:
        """Read the list anew."""
        if self.model is not None:
            self.model.refresh()
            self._say_count()

    def show_indexed(self, per_cent: int) -> None:
        """How many of the articles search finds by now. Once it finds all, what was searched for is looked up again."""
        self._indexed = per_cent
        self._say_where_to_search()
        if per_cent == 100 and self.search.text().strip():
            self._filter()

    def _say_where_to_search(self) -> None:
        said = tr("Search the articles…")
        if self._indexed < 100:
            said = tr("Search ({number} % ready)…", number=self._indexed)
        self.search.setPlaceholderText(said)

    @property
    def status(self) -> str:
        """The status that the list is filtered by."""
        return FILTERS[self._chips.checkedId()][0]

    def select(self, document: str) -> None:
        """Show a document as the current one, without opening it again."""
        self._open = document
        place = self.model.place_of(document) if self.model else None
        if place is None or self.model is None:
            self.view.selectionModel().clear()
            return
        self._go(place, quiet=True)

    def step(self, by: int) -> bool:
        """Open the document `by` rows further down. Returns whether there was one."""
        if self.model is None:
            return False
        here = self.view.currentIndex().row()
        place = here + by if here >= 0 else 0
        if not 0 <= place < self.model.rowCount():
            return False
        self._go(place, quiet=False)
        return True

    def step_to_unfinished(self) -> bool:
        """Open the next document that is not finished. Returns whether there was one."""
        place = self.model.next_unfinished(self.view.currentIndex().row()) if self.model else None
        if place is not None:
            self._go(place, quiet=False)
        return place is not None

    def place(self) -> tuple[int, int]:
        """Which row is current, from 1, and how many there are."""
        return self.view.currentIndex().row() + 1, self.model.rowCount() if self.model else 0

    def _go(self, place: int, *, quiet: bool) -> None:
        if self.model is None:
            return
        index = self.model.index(place, 0)
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        blocked = self.blockSignals(quiet)
        self.view.selectionModel().setCurrentIndex(index, choose)
        self.blockSignals(blocked)
        self.view.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if self.model and index.isValid() else None
        if row is not None:
            self._open = row.id
            self.chosen.emit(row.id)

    def _on_typed(self, text: str) -> None:
        self.search.setClearButtonEnabled(bool(text))  # its icon takes longer to find than the rest of the list
        self._delay.start()

    def _search_now(self) -> None:
        self._filter()
        self.view.setFocus()

    def _filter(self) -> None:
        self._delay.stop()
        if self.model is None or self._project is None:
            return
        own = DocumentFilter(self.search.text(), self.status, self._project.annotator)
        wanted = replace(self._more, text=own.text, status=own.status, annotator=own.annotator)
        try:
            self.model.set_filter(wanted)
        except KnownError:  # nothing but punctuation so far: a person is still typing
            return

    def _on_filtered(self) -> None:
        if self._open:
            self.select(self._open)
        self._say_count()
        self.searched.emit(self.search.text())

    def _on_counted(self) -> None:
        """More is known of a list whose first rows are shown: the open article may be among them now."""
        if self._open and not self.view.currentIndex().isValid():
            self.select(self._open)
        self._say_count()
        self.searched.emit(self.search.text())

    def _on_change(self, changes: ChangeSet) -> None:
        if changes.touches("statuses") or changes.touches("documents"):
            self._counting.start()

    def _say_count(self) -> None:
        self._say_where_to_search()
        self._counting.start()
        self._say()

    def _say(self) -> None:
        narrowed = self.search.text().strip() or self.status or self._filtered.isVisibleTo(self)
        count = self.model.rowCount() if self.model else 0
        number = f"{count:,}"
        if self.model is not None and self.model.waiting and narrowed:
            self._count.setText(self._said_so_far(self.model.about, number))
            return
        said = tr("{count} articles found", count=number) if narrowed else tr("{count} articles", count=number)
        self._count.setText(f"{said} · {self._progress}" if self._progress else said)

    def _said_so_far(self, about: int, number: str) -> str:
        """What is known while they are being counted; an estimate is said with two digits, as good as it is."""
        if about:
            return tr("about {count} articles found", count=f"{round(about, 2 - len(str(about))):,}")
        return tr("more than {count} articles found", count=number)

    def _say_progress(self) -> None:
        """How many articles are finished, of all there are: counted when nobody waits for it."""
        if self._project is None or self.model is None:
            return
        finished = self._project.finished_count(self._project.annotator)
        total = max(1, self._project.document_count())
        self._progress = tr("{count} finished", count=f"{finished:,}") if finished else ""
        self._bar.setRange(0, total)
        self._bar.setValue(finished)
        self._bar.setAccessibleName(tr("{count} of {total} articles finished", count=finished, total=total))
        self._say()
