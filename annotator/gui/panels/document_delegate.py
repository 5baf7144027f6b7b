"""How the list draws a document: status, title on two lines at most, publication, count of marks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.models.document_list import ROW
from annotator.gui.panels.row_table import paint_ground
from annotator.gui.theme import Theme, interface_font
from annotator.store.reading import DocumentRow

HEIGHT = 70
_LEFT, _RIGHT = 31, 14


class DocumentDelegate(QStyledItemDelegate):
    """Draws rows of one height, which is what lets the list hold a million of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._title = interface_font(13)
        self._title.setWeight(QFont.Weight.DemiBold)
        self._small = interface_font(11)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, DocumentRow):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, area, state, self._theme)
        painter.setPen(QColor(self._theme.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        lines = self._title_lines(row.title or "…", area.width() - _LEFT - _RIGHT)
        above = (HEIGHT - self._height(lines)) // 2
        self._status(painter, area, row, above, option.direction)
        self._words(painter, area, row, lines, above, option.direction)
        painter.restore()

    def _status(
        self, painter: QPainter, area: QRect, row: DocumentRow, above: int, direction: Qt.LayoutDirection
    ) -> None:
        """A ring for new, a half-filled one for in progress, a full one for finished: shape, not colour alone."""
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        left = area.right() - 19.5 if mirrored else area.left() + 12.5
        circle = QRectF(left, area.top() + above + 4.5, 8, 8)
        colour = {"finished": self._theme.good, "in_progress": self._theme.warning}.get(row.status, self._theme.faint)
        painter.setPen(QPen(QColor(colour), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        if row.status == "finished":
            painter.drawEllipse(circle)
        elif row.status == "in_progress":
            painter.drawPie(circle, -90 * 16, 180 * 16)

    def _height(self, lines: list[str]) -> int:
        return len(lines) * QFontMetrics(self._title).lineSpacing() + 2 + QFontMetrics(self._small).lineSpacing()

    def _words(
        self, painter: QPainter, area: QRect, row: DocumentRow, lines: list[str], above: int,
        direction: Qt.LayoutDirection,
    ) -> None:  # fmt: skip
        inner = QStyle.visualRect(direction, area, area.adjusted(_LEFT, above, -_RIGHT, 0))
        line = QFontMetrics(self._title).lineSpacing()
        rtl = row.direction == "rtl"
        painter.setFont(self._title)
        painter.setPen(QColor(self._theme.ink))
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        for number, words in enumerate(lines):
            painter.drawText(QRect(inner.left(), inner.top() + number * line, inner.width(), line), flags, words)
        small = QFontMetrics(self._small)
        below = QRect(inner.left(), inner.top() + len(lines) * line + 2, inner.width(), small.lineSpacing())
        self._below(painter, below, row, small, rtl)

    def _below(self, painter: QPainter, below: QRect, row: DocumentRow, small: QFontMetrics, rtl: bool) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.faint))
        count = str(row.marks) if row.marks else ""
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        space = below.width() - (small.horizontalAdvance(count) + 10 if count else 0)
        words = small.elidedText(row.publication, Qt.TextElideMode.ElideRight, space)
        absolute = Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(below, (right if rtl else left) | absolute, words)
        painter.drawText(below, (left if rtl else right) | absolute, count)

    def _title_lines(self, title: str, width: int) -> list[str]:
        """The title broken into two lines at most, the second one cut with an ellipsis."""
        layout = QTextLayout(title, self._title)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(width)
        first.setPosition(QPointF(0, 0))
        end = first.textLength()
        layout.endLayout()
        units = title.encode("utf-16-le")
        head, rest = (part.decode("utf-16-le", "ignore") for part in (units[: 2 * end], units[2 * end :]))
        if not rest.strip():
            return [head]
        return [head, QFontMetrics(self._title).elidedText(rest, Qt.TextElideMode.ElideRight, width)]
