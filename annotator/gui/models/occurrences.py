"""The lines of a concordance as a table, with those that are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from annotator.core.concordance import Line, ordered
from annotator.core.scheme import Label
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import LIGHT, Theme, label_color

Index = QModelIndex | QPersistentModelIndex

BEFORE, HIT, BEHIND, LABEL, TITLE = range(5)
LEFT_TO_RIGHT, RIGHT_TO_LEFT, END = "\u2066", "\u2067", "\u2069"
ORDERS = ("before", "hit", "behind", "label", "title")  # how each column sorts


class OccurrencesModel(QAbstractTableModel):
    """Lines in an order; each can be ticked."""

    ticked = Signal()  # other lines are ticked than before

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._off: set[tuple[str, int, int]] = set()  # the lines that are not ticked
        self._labels: dict[str, Label] = {}
        self._order = ("place", False)
        self.theme: Theme = LIGHT
        self.mirrored = False  # the first column is the rightmost
        self.font = QFont()

    def show(self, lines: Sequence[Line], labels: Sequence[Label], *, ticked: bool) -> None:
        """Show `lines`, all ticked or none."""
        self.beginResetModel()
        self._labels = {label.id: label for label in labels}
        order, backwards = self._order
        self._lines = ordered(lines, order, backwards=backwards)
        self._off = set() if ticked else {_key(line) for line in lines}
        self.endResetModel()
        self.ticked.emit()

    def line(self, row: int) -> Line:
        """The line in `row`."""
        return self._lines[row]

    def chosen(self) -> list[Line]:
        """The lines that are ticked, in the order of the table."""
        return [line for line in self._lines if _key(line) not in self._off]

    def is_ticked(self, row: int) -> bool:
        """Whether the line in `row` is ticked."""
        return _key(self._lines[row]) not in self._off

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Tick the lines in `rows`, or take the ticks away."""
        keys = {_key(self._lines[row]) for row in rows}
        self._off = self._off - keys if on else self._off | keys
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), TITLE))
        self.ticked.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by place in the archive where `column` is negative."""
        self._order = (ORDERS[column] if column >= 0 else "place", order == Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._lines = ordered(self._lines, self._order[0], backwards=self._order[1])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else TITLE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Before"), tr("Found"), tr("Behind"), tr("Label"), tr("Article"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == BEFORE:
            return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.before} {line.hit} {line.behind}" if column == BEFORE else self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == TITLE:
            return plain_tip(line.title)
        return self._look(line, column, role)

    def _text(self, line: Line, column: int) -> str:
        sides = (line.behind, line.before) if self._swapped(line) else (line.before, line.behind)
        label = self._labels.get(line.label)
        if column == TITLE:
            return line.title
        # a line keeps its own direction in a window of the other
        isolate = RIGHT_TO_LEFT if line.right_to_left else LEFT_TO_RIGHT
        cells = (*(f"{isolate}{text}{END}" for text in (sides[0], line.hit, sides[1])), label.shown if label else "")
        return cells[column]

    def _swapped(self, line: Line) -> bool:
        """Whether the words behind a hit stand in the first column: where its line goes on, not where it begins."""
        return line.right_to_left != self.mirrored

    def holds_before(self, row: int, column: int) -> bool:
        """Whether a cell holds the words before a hit."""
        return column == (BEHIND if self._swapped(self._lines[row]) else BEFORE)

    def _look(self, line: Line, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {BEFORE: Qt.AlignmentFlag.AlignRight, HIT: Qt.AlignmentFlag.AlignHCenter}
            return (side.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter).value
        if role == Qt.ItemDataRole.FontRole and column in (BEFORE, HIT, BEHIND):
            font = QFont(self.font)
            font.setBold(column == HIT)
            return font
        label = self._labels.get(line.label)
        if role == Qt.ItemDataRole.ForegroundRole:
            if column in (HIT, LABEL) and label is not None:
                return label_color(label.color, self.theme)
            return QColor(self.theme.ink if column == HIT else self.theme.faint)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == BEFORE else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def _key(line: Line) -> tuple[str, int, int]:
    return line.document, line.span.start, line.span.end
