"""A scheme's labels as a person will see them: colour, name and key, line after line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.scheme import Label
from annotator.gui.theme import Theme, interface_font, label_color

HEIGHT, GAP, PADDING, DOT = 22, 6, 9, 8  # pixels
MOST = 60  # labels that are shown; what more there are is a number


class LabelSwatches(QWidget):
    """Shows labels; nothing can be done with them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: Sequence[Label] = ()
        self.setFont(interface_font(12))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Show these; those that are not in use, faintly."""
        self._labels = labels
        self.setAccessibleName(", ".join(label.shown for label in labels))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((int(place.bottom()) + 1 for _, _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def _places(self, width: int) -> Iterator[tuple[Label | None, str, QRectF]]:
        """Each label with its words and where they stand; None for the number of those that are left."""
        metrics, x, y = QFontMetrics(self.font()), 0.0, 0.0
        left = len(self._labels) - MOST
        shown: list[Label | None] = [*self._labels[:MOST], *([None] if left > 0 else [])]
        for label in shown:
            text = f"+ {left}" if label is None else label.shown
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width - 60, 40))
            key = metrics.horizontalAdvance(_key(label)) + 8 if _key(label) else 0
            wide = PADDING * 2 + DOT + 6 + metrics.horizontalAdvance(text) + key
            if x and x + wide > width:
                x, y = 0.0, y + HEIGHT + GAP
            yield label, text, QRectF(x, y, wide, HEIGHT)
            x += wide + GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
        for label, text, place in self._places(self.width()):
            self._paint(painter, label, text, self._mirrored(place))

    def _mirrored(self, place: QRectF) -> QRectF:
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return place
        return QRectF(-place.right(), place.top(), place.width(), place.height())

    def _paint(self, painter: QPainter, label: Label | None, text: str, place: QRectF) -> None:
        theme = self._theme
        color = label_color(label.color, theme) if label else QColor(theme.faint)
        ground = QColor(color)
        ground.setAlphaF(theme.band if label and label.enabled else 0.0)
        painter.setPen(QColor(theme.hairline))
        painter.setBrush(ground)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = place.right() - PADDING - DOT / 2 if right else place.left() + PADDING + DOT / 2
        painter.drawEllipse(QPointF(middle, place.center().y()), DOT / 2, DOT / 2)
        near = PADDING + DOT + 6
        inner = place.adjusted(PADDING, 0, -near, 0) if right else place.adjusted(near, 0, -PADDING, 0)
        start, end = (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(theme.ink if label and label.enabled else theme.faint))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | (start if right else end)), text)
        painter.setPen(QColor(theme.faint))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | (end if right else start)), _key(label))


def _key(label: Label | None) -> str:
    return label.shortcut if label is not None and label.enabled else ""
