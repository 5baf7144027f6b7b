"""The list of everything in a scheme, as it is drawn, and the keys that change something in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.models.scheme_outline import COUNT, ROW, Row
from annotator.gui.panels.label_button import paint_swatch
from annotator.gui.panels.row_table import RowTable, paint_ground
from annotator.gui.texts import tr
from annotator.gui.theme import Theme, interface_font, label_color

HEIGHT = 25  # pixels of a line
_NEAR = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_MOVING = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)


class _Delegate(QStyledItemDelegate):
    """Draws a heading in small capitals, and under it colour, name, count and key."""

    theme: Theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        area: QRect = option.rect
        painter.save()
        paint_ground(painter, area, option.state, self.theme)
        inner = area.adjusted(8, 0, -6, 0)
        if not row.heads:
            inner = inner.adjusted(8, 0, 0, 0)

        def placed(rectangle: QRect) -> QRect:
            return QStyle.visualRect(option.direction, area, rectangle)

        if row.color:
            box = placed(QRect(inner.left(), inner.center().y() - 5, 11, 11))
            paint_swatch(painter, box.toRectF(), label_color(row.color, self.theme), hollow=not row.used)
            inner.adjust(18, 0, 0, 0)
        if row.kind == "label":
            self._paint_key(painter, placed(QRect(inner.right() - 19, inner.top() + 4, 20, 17)), row)
            inner.adjust(0, 0, -26, 0)
            inner = self._paint_count(painter, inner, placed, int(index.data(COUNT)))
        font = interface_font(11 if row.heads else 13)
        font.setWeight(QFont.Weight.DemiBold if row.heads else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.faint if row.heads or not row.used else self.theme.ink))
        name = row.name.upper() if row.heads else row.name
        cut = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(placed(inner), _NEAR, cut)  # which a mirrored painter turns round itself
        painter.restore()

    def _paint_key(self, painter: QPainter, area: QRect, row: Row) -> None:
        if row.shortcut:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self.theme.hairline))
            painter.setBrush(QColor(self.theme.paper))
            painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(QColor(self.theme.faint))
            painter.setFont(interface_font(11))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.shortcut)

    def _paint_count(self, painter: QPainter, inner: QRect, placed: object, count: int) -> QRect:
        assert callable(placed)
        font = interface_font(12)
        words = f"{count:,}" if count else ""
        width = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.faint))
        area = QRect(inner.right() - width, inner.top(), width + 1, inner.height())
        painter.drawText(placed(area), Qt.AlignmentFlag.AlignCenter, words)
        return inner.adjusted(0, 0, -width - 8, 0)


class OutlineTable(RowTable):
    """Leaves the keys that change something to the outline around it."""

    pressed_key = Signal(object)  # QKeyEvent

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(HEIGHT, tr("The scheme"), parent)
        self._delegate = _Delegate(self)
        self._delegate.theme = theme
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_ours(event):
            self.pressed_key.emit(event)
        else:
            super().keyPressEvent(event)


def _is_ours(event: QKeyEvent) -> bool:
    moving = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() in _MOVING
    keys = (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return moving or event.key() in keys
