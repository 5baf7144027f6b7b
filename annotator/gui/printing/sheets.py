"""The pages of a PDF: where they begin and end, and what stands on each beside the article."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator import __version__
from annotator.core.errors import KnownError
from annotator.gui.theme import LIGHT, interface_font

POINTS = 0.62  # of a pixel: the article’s type of 18 pixels is set in some 11 points
_DPI = 1200
_MARGIN, _ABOVE, _BELOW = 29.0, 26.0, 24.0  # millimetres: at the sides, above and below
_MM = 72 / 25.4 / POINTS  # pixels
_PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
FURNITURE = 11  # pixels of the running head


class Sheets:
    """The pages as they are filled, from top to bottom. All measures are pixels of the window’s article."""

    def __init__(self, path: Path, title: str, paper: str) -> None:
        """Begin the file at `path`. Raises KnownError where it cannot be written."""
        self._writer = QPdfWriter(str(path))
        self._writer.setResolution(_DPI)
        size = QPageSize(_PAPERS[paper])
        self._writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        self._writer.setTitle(title)
        self._writer.setCreator(f"Annotator {__version__}")
        points = size.size(QPageSize.Unit.Point)
        self.left = _MARGIN * _MM
        self.width = round(points.width() / POINTS - 2 * self.left)
        self._page_width, self._height = points.width() / POINTS, points.height() / POINTS
        self.top, self.bottom = _ABOVE * _MM, self._height - _BELOW * _MM
        self.painter = QPainter()
        if not self.painter.begin(self._writer):
            raise KnownError(f"The pages could not be written to {path}. See whether there is room on the disk.")
        self.painter.scale(_DPI / 72 * POINTS, _DPI / 72 * POINTS)
        self.page, self.y = 1, self.top
        self.head = ""  # what stands above the pages that are begun from now on
        self._draw_number()

    def room(self) -> float:
        """How much of the page is left."""
        return self.bottom - self.y

    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= self.top

    def turn(self) -> None:
        """Begin a new page."""
        self._writer.newPage()
        self.page, self.y = self.page + 1, self.top
        self._draw_number()
        self._draw_head()

    def need(self, height: float) -> None:
        """Begin a new page where so much room is not left on this one."""
        if self.room() < height and not self.is_fresh():
            self.turn()

    def end(self) -> None:
        """Close the file."""
        self.painter.end()

    def _draw_number(self) -> None:
        area = QRectF(self.left, self._height - (_BELOW - 8) * _MM, self.width, 2 * FURNITURE)
        self._write(area, str(self.page), Qt.AlignmentFlag.AlignHCenter)

    def _draw_head(self) -> None:
        if not self.head:
            return
        font = _furniture()
        words = QFontMetricsF(font).elidedText(self.head, Qt.TextElideMode.ElideRight, self.width)
        self._write(
            QRectF(self.left, (_ABOVE - 12) * _MM, self.width, 2 * FURNITURE), words, Qt.AlignmentFlag.AlignLeft
        )
        y = (_ABOVE - 12) * _MM + 2 * FURNITURE
        self.painter.fillRect(QRectF(self.left, y, self.width, 0.8), QColor(LIGHT.hairline))

    def _write(self, area: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
        self.painter.setFont(_furniture())
        self.painter.setPen(QColor(LIGHT.faint))
        metrics = QFontMetricsF(_furniture())
        width = metrics.horizontalAdvance(words)
        x = area.left() + ((area.width() - width) / 2 if side == Qt.AlignmentFlag.AlignHCenter else 0.0)
        self.painter.drawText(QPointF(x, area.top() + metrics.ascent()), words)


def _furniture() -> QFont:
    return interface_font(FURNITURE)
