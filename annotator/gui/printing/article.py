"""The text of an article with its marks on pages, line by line, as the window sets it."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextDocument, QTextLayout, QTextOption

from annotator.exporters.page.told import ToldArticle, ToldMark
from annotator.gui.printing.sheets import Sheets
from annotator.gui.text_view.geometry import STROKE, MarkedLine
from annotator.gui.text_view.layout import LaidPiece, ReadingLayout, Sheet
from annotator.gui.text_view.marks import Mark, MarkIndex
from annotator.gui.text_view.pieces import Pieces
from annotator.gui.text_view.tags import Tags
from annotator.gui.text_view.zones import Faces, ReadingStyle, Zones, ZoneSpan
from annotator.gui.theme import LIGHT, label_color

_ROUND = 2.0  # pixels, the radius of a band’s corners


class PrintLayout(ReadingLayout):
    """Letters stand as their font has them, not as whole pixels of a screen would."""

    def _option(self, number: int) -> QTextOption:
        option = super()._option(number)
        option.setUseDesignMetrics(True)
        return option


class ArticlePrinter:
    """Draws articles on pages, one behind the other, in one style."""

    def __init__(self, sheets: Sheets, *, names: bool) -> None:
        self._sheets, self._names = sheets, names
        style = ReadingStyle(LIGHT)
        self._faces, self._tags = Faces(style), Tags(LIGHT, style.pixels)

    def draw(self, told: ToldArticle) -> None:
        """The whole text, from where the page is filled to."""
        document = told.document
        zones = Zones([ZoneSpan(zone.label, zone.span) for zone in document.zones])
        pieces = Pieces(document.text, zones.edges())
        marks = MarkIndex(pieces)
        marks.add(self._mark(mark) for mark in told.marks)
        sheet = Sheet(pieces, zones, marks, self._faces, self._tags, self._sheets.left, self._sheets.width)
        page = QTextDocument()
        page.setUndoRedoEnabled(False)
        page.setDefaultFont(self._faces.body.font)
        layout = PrintLayout(page, sheet)
        page.setDocumentLayout(layout)
        page.setPlainText(pieces.shown(0, len(pieces)))
        block = page.firstBlock()
        while block.isValid():
            laid = layout.laid(block)
            if pieces.blank(block.blockNumber()):
                self._sheets.y += 0.0 if self._sheets.is_fresh() else laid.rect.height()
            else:
                self._draw_block(block.layout(), laid)
            block = block.next()

    def _mark(self, mark: ToldMark) -> Mark:
        name = f"{mark.label.shown} {mark.number}" if self._names else str(mark.number)
        return Mark(str(mark.number), mark.fragments, name, mark.label.color, mark.suggested)

    def _draw_block(self, layout: QTextLayout, laid: LaidPiece) -> None:
        tops = [layout.lineAt(n).y() for n in range(layout.lineCount())]
        marked = {max(0, bisect_right(tops, _top(line)) - 1): line for line in laid.lines}
        bounds = [0.0, *tops[1:], laid.rect.height()]
        for number, top in enumerate(tops):
            line = marked.get(number)
            height = bounds[number + 1] - bounds[number]
            self._sheets.need(max(layout.lineAt(number).height(), line.bottom - bounds[number] if line else 0.0))
            begun = bounds[number] if not (self._sheets.is_fresh() and number == 0) else min(top, bounds[1])
            painter = self._sheets.painter
            painter.save()
            painter.translate(0, self._sheets.y - begun)
            if laid.bar is not None:
                bar = laid.bar.intersected(QRectF(0, begun, laid.rect.width(), height))
                painter.fillRect(bar, QColor(LIGHT.hairline))
            if line is not None:
                self._draw_marks(painter, line)
            painter.setPen(QColor(LIGHT.ink))
            layout.lineAt(number).draw(painter, QPointF(0, 0))
            painter.restore()
            self._sheets.y += bounds[number + 1] - begun

    def _draw_marks(self, painter: QPainter, line: MarkedLine) -> None:
        for mark, link in line.links:
            painter.fillRect(link, label_color(mark.color, LIGHT))
        painter.setPen(Qt.PenStyle.NoPen)
        for strip in line.strips:
            ink = label_color(strip.mark.color, LIGHT)
            if not strip.mark.suggested:
                ink.setAlphaF(LIGHT.band * 0.75)
                painter.setBrush(ink)
                painter.drawRoundedRect(strip.band.adjusted(0, 0, 0, STROKE), _ROUND, _ROUND)
        for strip in line.strips:
            painter.fillRect(strip.underline, label_color(strip.mark.color, LIGHT))
        painter.setFont(self._tags.font)
        for place in line.names:
            painter.setPen(label_color(place.mark.color, LIGHT))
            self._write(painter, place.area, self._tags.text(place.mark.name, place.again))
        if line.unnamed is not None:
            painter.setPen(QColor(LIGHT.faint))
            self._write(painter, line.unnamed.area, line.unnamed.sign)

    def _write(self, painter: QPainter, area: QRectF, words: str) -> None:
        painter.drawText(QPointF(area.left() + 2.0, area.bottom() - 2.0), words)


def _top(line: MarkedLine) -> float:
    """Somewhere in the line that the marks are of."""
    return line.strips[0].band.top() if line.strips else line.bottom - 1.0
