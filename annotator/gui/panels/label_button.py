"""One label at the side as a button, and the eye that shows and hides its layer."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from annotator.core.scheme import Label
from annotator.gui.texts import set_tip, tr
from annotator.gui.theme import Theme, interface_font, label_color

HEIGHT = 25  # pixels of a label
_CTRL = Qt.KeyboardModifier.ControlModifier
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint_swatch(painter: QPainter, area: QRectF, colour: QColor, *, hollow: bool = False) -> None:
    """Draw a small square of a label's colour, or only its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
    painter.setPen(QPen(colour, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1) if hollow else area, 3, 3)


class Swatch(QWidget):
    """A small square of a label's colour."""

    def __init__(self, color: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = label_color(color, theme)
        self.setFixedSize(11, 11)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_swatch(QPainter(self), self.rect().toRectF(), self._colour)


class Eye(QToolButton):
    """An open eye while a layer is shown, a closed one struck through while it is not."""

    def __init__(self, layer: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flat")
        self.setCheckable(True)
        self.setFixedSize(26, 20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = theme
        name = tr("Show {layer} in the text", layer=layer)
        self.setAccessibleName(name)
        set_tip(self, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        shown = self.isChecked()
        colour = QColor(self._theme.faint if shown else self._theme.ink)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.3))
        middle = self.rect().toRectF().center()
        lids = QPainterPath(middle - QPointF(7, 0))
        lids.quadTo(middle - QPointF(0, 8), middle + QPointF(7, 0))
        lids.quadTo(middle + QPointF(0, 8), middle - QPointF(7, 0))
        painter.drawPath(lids)
        if shown:
            painter.setBrush(colour)
            painter.drawEllipse(middle, 1.8, 1.8)
        else:
            painter.setPen(QPen(colour, 1.6))
            painter.drawLine(QLineF(middle + QPointF(-6, 5), middle + QPointF(6, -5)))


class LabelButton(QPushButton):
    """One label: colour, name, count, key. Draws them itself: a scheme may have hundreds."""

    pointed = Signal()  # the mouse comes over it
    brushed = Signal()  # clicked with the right button or with Ctrl held, or its menu key pressed
    left = Signal(int)  # Up or Down was pressed: by how many buttons to go on

    def __init__(self, label: Label, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the selection in the text alone
        self.label, self.theme = label, theme
        self.words = f"{label.shown} {label.name} {label.layer}"  # that find it
        self._count = 0
        self._hidden = self._current = self._painting = False
        self._name = label.shown
        set_tip(self, label.guideline)
        self._say()

    def set_count(self, count: int) -> None:
        """Show how many marks carry the label."""
        if count != self._count:
            self._count = count
            self._say()

    def set_current(self, current: bool) -> None:
        """Show whether the chosen mark carries the label."""
        if current != self._current:
            self._current = current
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_painting(self, painting: bool) -> None:
        """Show whether the brush has the label."""
        if painting != self._painting:
            self._painting = painting
            self.setProperty("painting", painting)
            self._say()

    def set_hidden(self, hidden: bool) -> None:
        """Show whether its marks are hidden in the text."""
        if hidden != self._hidden:
            self._hidden = hidden
            self._say()

    def _say(self) -> None:
        parts = [tr("{label}, {count} marks", label=self._name, count=self._count)]
        parts += [tr("hidden in the text")] if self._hidden else []
        parts += [tr("painted with")] if self._painting else []
        self.setAccessibleName(tr(", ").join(parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = label_color(self.label.color, self.theme)
        if self._painting:
            self._paint_ring(painter, colour)
        paint_swatch(painter, self._placed(QRect(6, 7, 11, 11)).toRectF(), colour, hollow=self._hidden)
        right = self.width() - 4
        self._paint_key(painter, self._placed(QRect(right - 20, 3, 20, 18)))
        right -= 26
        if self._painting:
            self._paint_brush(painter, self._placed(QRect(right - 14, 5, 14, 14)), colour)
            right -= 20
        self._paint_words(painter, right)

    def _paint_words(self, painter: QPainter, right: int) -> None:
        """The name, cut for the room there is, and the count at its end."""
        font = interface_font(13)
        metrics = QFontMetrics(font)
        count = f"{self._count:,}" if self._count else ""
        width = metrics.horizontalAdvance(count)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.faint))
        painter.drawText(self._placed(QRect(right - width, 0, width, HEIGHT)), _MIDDLE, count)
        room = QRect(23, 0, right - width - 6 - 23, HEIGHT)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(self.theme.faint if self._hidden else self.theme.ink))
        painter.drawText(self._placed(room), self._near | _MIDDLE, name)

    def _paint_key(self, painter: QPainter, area: QRect) -> None:
        if not self.label.shortcut:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.theme.hairline))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(self.theme.faint))
        painter.setFont(interface_font(11))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.label.shortcut)

    def _paint_ring(self, painter: QPainter, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2.0))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)

    def _paint_brush(self, painter: QPainter, area: QRect, colour: QColor) -> None:
        """A brush: its handle up to the right, its tip in the colour it paints."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = area.toRectF()
        painter.setPen(QPen(QColor(self.theme.ink), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(box.left() + 7.5, box.bottom() - 7.5, box.right() - 1, box.top() + 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        tip = QPainterPath(QPointF(box.left() + 0.5, box.bottom()))
        tip.quadTo(QPointF(box.left() + 0.5, box.bottom() - 7), QPointF(box.left() + 5, box.bottom() - 8))
        tip.lineTo(QPointF(box.left() + 8, box.bottom() - 5))
        tip.quadTo(QPointF(box.left() + 7, box.bottom()), QPointF(box.left() + 0.5, box.bottom()))
        painter.drawPath(tip)

    def _placed(self, area: QRect) -> QRect:
        """`area` in a button that runs left to right, as it is in this one."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    @property
    def _near(self) -> Qt.AlignmentFlag:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        right = event.button() == Qt.MouseButton.RightButton
        if right or (event.button() == Qt.MouseButton.LeftButton and event.modifiers() & _CTRL):
            self.brushed.emit()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.brushed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & _CTRL:
            self.brushed.emit()
        else:
            super().keyPressEvent(event)
