"""What each column of a table is: a row of choices over its first rows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.column_mapping import LEFT_OUT, ColumnMapping
from annotator.core.text import prevailing_direction
from annotator.gui.dialogs.import_preview.words import target_words
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label, plain_tip, tr
from annotator.gui.theme import Theme
from annotator.importers.previewing import TableSample

COLUMNS = 60  # that are shown
AT_ONCE = 4  # columns that are made ready before the window has its turn again
ROWS = 4
CELL = 160  # characters of a cell that are shown
WIDTH, HEIGHT, CHOICE = 158, 24, 34  # pixels
PUBLICATION = "publication"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class _Cells(QStyledItemDelegate):
    """Draws each cell in the direction of its own words."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if prevailing_direction(str(index.data() or "")) == "rtl":
            option.direction = Qt.LayoutDirection.RightToLeft
            option.displayAlignment = _RIGHT


class ColumnsEditor(QWidget):
    """Tells the whole mapping whenever a person changes it."""

    changed = Signal(object)  # ColumnMapping

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mapping = ColumnMapping()
        self._targets = QStandardItemModel(self)
        for target, words in target_words().items():
            item = QStandardItem(words)
            item.setData(target, Qt.ItemDataRole.UserRole)
            self._targets.appendRow(item)
        self._places = {target: place for place, target in enumerate(target_words())}
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._more_rows)
        self.choices: dict[str, QuietCombo] = {}
        self.table = QTableWidget(self)
        self._prepare_table()
        self.day_first = QCheckBox(tr("In 3/5/2024, 3 is the day"), self)
        self.day_first.toggled.connect(self._on_day_first)
        self.publication = QLineEdit(self)
        self.publication.setPlaceholderText(tr("from a column"))
        self.publication.setAccessibleName(tr("Publication of all rows"))
        self.publication.editingFinished.connect(self._on_publication)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(self.day_first)
        beside.addStretch()
        about = plain_label(tr("Publication of all rows"), self)
        about.setObjectName("faint")
        beside.addWidget(about)
        beside.addWidget(self.publication)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.table, 1)
        rows.addLayout(beside)

    def _prepare_table(self) -> None:
        table = self.table
        table.setObjectName("boxed")
        table.setAccessibleName(tr("Columns"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setTabKeyNavigation(False)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the choices have it
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setItemDelegate(_Cells(table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = table.horizontalHeader()
        header.setDefaultSectionSize(WIDTH)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setFixedHeight(CHOICE + (ROWS + 1) * HEIGHT + 30)

    def show_table(self, sample: TableSample) -> None:
        """Show a table’s beginning and its mapping. Choices stay where the columns are the same."""
        columns = sample.columns[:COLUMNS]
        self._mapping = sample.mapping
        if self._columns != columns:
            self._begin_rows(sample, columns)
        for column, choice in self.choices.items():
            self._set_choice(column, choice)
        blocked = self.day_first.blockSignals(True)
        self.day_first.setChecked(sample.mapping.day_first)
        self.day_first.blockSignals(blocked)
        if not self.publication.hasFocus():
            self.publication.setText(sample.mapping.fixed.get(PUBLICATION, ""))
        self._dim()

    def _begin_rows(self, sample: TableSample, columns: tuple[str, ...]) -> None:
        """Show the columns’ names, and the first columns; the others follow, a few at a time."""
        self.table.clear()
        self.choices, self._columns = {}, columns
        self._rows = sample.rows[:ROWS]
        self.table.setColumnCount(len(columns))
        self.table.setRowCount(1 + len(self._rows))
        self.table.setRowHeight(0, CHOICE)
        for place, column in enumerate(columns):
            heading = QTableWidgetItem(column)
            heading.setToolTip(plain_tip(column))
            self.table.setHorizontalHeaderItem(place, heading)
        self._more_rows()

    def _more_rows(self) -> None:
        done = len(self.choices)
        for place, column in enumerate(self._columns[done : done + AT_ONCE], done):
            choice = self._choice(column)
            self._set_choice(column, choice)
            self.table.setCellWidget(0, place, choice)
            for number, row in enumerate(self._rows, 1):
                words = " ".join(row[place].split()) if place < len(row) else ""
                cell = QTableWidgetItem(words[:CELL])
                cell.setToolTip(plain_tip(words))
                self.table.setItem(number, place, cell)
        self._dim()
        if len(self.choices) < len(self._columns):
            self._later.start()

    def _set_choice(self, column: str, choice: QuietCombo) -> None:
        choice.setCurrentIndex(self._places[self._mapping.target(column)])

    def _choice(self, column: str) -> QuietCombo:
        choice = QuietCombo(self.table)
        choice.setModel(self._targets)
        choice.setAccessibleName(tr("What the column {name} is", name=column))
        choice.activated.connect(partial(self._on_choice, column))
        self.choices[column] = choice
        return choice

    def _on_choice(self, column: str, place: int) -> None:
        target = self._targets.item(place).data(Qt.ItemDataRole.UserRole)
        if target != self._mapping.target(column):
            self._change(self._mapping.changed(column, target))

    def _on_day_first(self, on: bool) -> None:
        self._change(ColumnMapping(self._mapping.columns, on, self._mapping.fixed))

    def _on_publication(self) -> None:
        words = " ".join(self.publication.text().split())
        if words != self._mapping.fixed.get(PUBLICATION, ""):
            fixed = {name: held for name, held in self._mapping.fixed.items() if name != PUBLICATION}
            fixed |= {PUBLICATION: words} if words else {}
            self._change(ColumnMapping(self._mapping.columns, self._mapping.day_first, fixed))

    def _change(self, mapping: ColumnMapping) -> None:
        self._mapping = mapping
        self._dim()
        self.changed.emit(mapping)

    def _dim(self) -> None:
        """Cells of columns that do not come in are faint; the choice over them says so in words."""
        for place, column in enumerate(self.choices):
            colour = self._theme.faint if self._mapping.target(column) == LEFT_OUT else self._theme.ink
            for number in range(1, self.table.rowCount()):
                if (cell := self.table.item(number, place)) is not None:
                    cell.setForeground(QColor(colour))
