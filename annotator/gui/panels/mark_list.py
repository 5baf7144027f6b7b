"""The list of the document's marks: what a screen reader hears of them, and a quick way to one."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.annotation import Annotation
from annotator.gui.models.mark_list import MARK, MarkListModel
from annotator.gui.open_document import MarkChanges
from annotator.gui.panels.row_table import RowTable, paint_ground
from annotator.gui.session import Session
from annotator.gui.texts import tr
from annotator.gui.theme import LIGHT, Theme, interface_font, label_color

ROW_HEIGHT = 24


class MarkDelegate(QStyledItemDelegate):
    """A mark on one line: its label in the label's colour, then its words."""

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self._text = interface_font(12)
        self._name = interface_font(10)
        self._name.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        mark = index.data(MARK)
        if not isinstance(mark, Annotation):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        paint_ground(painter, area, state, self.theme)
        inner = area.adjusted(8, 0, -8, 0)
        painter.setFont(self._name)
        painter.setPen(label_color(mark.label.color, self.theme))
        names = QFontMetrics(self._name)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        name = QStyle.visualRect(option.direction, inner, QRect(inner.left(), inner.top(), 64, inner.height()))
        painter.drawText(name, middle, names.elidedText(mark.label.shown, Qt.TextElideMode.ElideRight, 64))
        painter.setFont(self._text)
        painter.setPen(QColor(self.theme.ink))
        words = QStyle.visualRect(option.direction, inner, inner.adjusted(70, 0, 0, 0))
        text = QFontMetrics(self._text).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle, text)
        painter.restore()


class MarkList(RowTable):
    """Shows the marks of the open document; says which was chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, tr("Marks of this article"), parent)
        self._delegate = MarkDelegate()
        self.marks = MarkListModel(self)
        self.setModel(self.marks)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_session(self, session: Session | None, theme: Theme) -> None:
        """Show the open document of `session`."""
        self._delegate.theme = theme
        self.marks.show(session.open if session else None)

    def follow(self, changes: MarkChanges, chosen: str | None) -> None:
        """Take over what became of some marks. The view moves on by itself when its row goes: that chooses nothing."""
        blocked = self.blockSignals(True)
        self.marks.follow(changes)
        self.blockSignals(blocked)
        self.select(chosen)

    def select(self, key: str | None) -> None:
        """Show which mark is the chosen one."""
        row = self.marks.row_of(key)
        blocked = self.blockSignals(True)
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            index = self.marks.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        self.blockSignals(blocked)

    def _on_current(self, index: QModelIndex) -> None:
        mark = self.marks.mark(index.row()) if index.isValid() else None
        if mark is not None:
            self.chosen.emit(mark.id)
