"""A list as a table of one column: with rows of one height it holds a million of them without reading them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QTableView, QWidget

from annotator.gui.theme import Theme


class RowTable(QTableView):
    """Rows of `height` pixels, one of which may be chosen; its delegate draws them."""

    def __init__(self, height: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.horizontalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_columns(self, widths: Mapping[int, int], rest: int) -> None:
        """Show the names of the columns, which can be drawn wider; `rest` takes what the others, in pixels, leave."""
        head = self.horizontalHeader()
        head.setVisible(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in widths.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width)
        head.setSectionResizeMode(rest, QHeaderView.ResizeMode.Stretch)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard. Qt makes the first row current then, where none is: that is no choice of a person's."""
        chooser = self.selectionModel()
        if chooser is None or self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        blocked = chooser.blockSignals(True)
        super().focusInEvent(event)
        chooser.clearCurrentIndex()
        chooser.blockSignals(blocked)

    def selectRow(self, row: int) -> None:
        """Choose a row alone. Qt looks for a column at the edge first, and finds none in some mirrored tables."""
        flags = QItemSelectionModel.SelectionFlag
        if self.model() is not None and 0 <= row < self.model().rowCount():
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags.ClearAndSelect | flags.Rows)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads. Home and End go to the first and last row: in one column there is no other end."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)


def paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
    """What lies under a row: whether it is chosen, under the mouse, and has the keyboard."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(theme.chosen))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(theme.hover))
    if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(theme.accent))
