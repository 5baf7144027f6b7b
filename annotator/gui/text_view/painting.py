"""Drawing of marks: bands and underlines, rings around what is chosen, and the names below."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.gui.text_view.geometry import STROKE, MarkedLine, Strip
from annotator.gui.text_view.layout import LaidPiece
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.tags import Tags
from annotator.gui.theme import Theme, label_color

ROUND = 2.5  # pixels, the radius of a band's corners


@dataclass(slots=True)
class Ink:
    """One label's colour, ready to paint with."""

    band: QColor
    hovered: QColor
    chosen: QColor
    line: QColor
    thin: QColor
    dashes: QPen
    ring: QPen


@dataclass(slots=True)
class Lit:
    """The marks that stand out at the moment."""

    chosen: str | None = None
    related: frozenset[str] = field(default_factory=frozenset)
    hovered: str | None = None

    def __contains__(self, id_: str) -> bool:
        return id_ == self.chosen or id_ == self.hovered or id_ in self.related


class Painter:
    """Draws laid out blocks in one theme."""

    def __init__(self, theme: Theme, tags: Tags) -> None:
        self._theme, self._tags = theme, tags
        self._hairline = QColor(theme.hairline)
        self._inks: dict[str, Ink] = {}

    def paint(self, painter: QPainter, laid: LaidPiece, lit: Lit) -> None:
        """Draw what belongs behind and below the text of a block, whose origin is the painter's."""
        if laid.bar is not None:
            painter.fillRect(laid.bar, self._hairline)
        for line in laid.lines:
            self._paint_line(painter, line, lit)

    def _paint_line(self, painter: QPainter, line: MarkedLine, lit: Lit) -> None:
        fill = painter.fillRect
        painter.setPen(Qt.PenStyle.NoPen)
        for mark, link in line.links:
            fill(link, self._ink(mark).thin)
        rings = []
        for strip in line.strips:
            mark = strip.mark
            ink = self._ink(mark)
            if mark.id in lit:
                self._paint_lit_band(painter, strip, ink, lit)
                if mark.id != lit.hovered or mark.id == lit.chosen:
                    rings.append(strip)
            elif not mark.suggested:
                painter.setBrush(ink.band)
                painter.drawRoundedRect(strip.band.adjusted(0, 0, 0, STROKE), ROUND, ROUND)
            if mark.suggested:
                painter.setPen(ink.dashes)
                y = strip.underline.center().y()
                painter.drawLine(QPointF(strip.underline.left(), y), QPointF(strip.underline.right(), y))
                painter.setPen(Qt.PenStyle.NoPen)
            else:
                fill(strip.underline, ink.line)
        for place in line.names:
            mark = place.mark
            picture = self._tags.picture(mark.name, mark.color, place.again, mark.id in lit)
            painter.drawPixmap(place.area.topLeft(), picture)
        for strip in rings:
            self._paint_ring(painter, strip, lit)

    def _paint_lit_band(self, painter: QPainter, strip: Strip, ink: Ink, lit: Lit) -> None:
        painter.setBrush(ink.chosen if strip.mark.id != lit.hovered else ink.hovered)
        painter.drawRoundedRect(strip.band.adjusted(0, 0, 0, STROKE), ROUND, ROUND)

    def _paint_ring(self, painter: QPainter, strip: Strip, lit: Lit) -> None:
        if strip.mark.id != lit.chosen:
            return
        painter.setPen(self._ink(strip.mark).ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring_area(strip), 3.0, 3.0)
        painter.setPen(Qt.PenStyle.NoPen)

    def _ink(self, mark: Mark) -> Ink:
        ink = self._inks.get(mark.color)
        if ink is None:
            if len(self._inks) > 1_000:
                self._inks.clear()
            ink = self._inks[mark.color] = _mix(mark.color, self._theme)
        return ink


def ring_area(strip: Strip) -> QRectF:
    """Where the ring around a strip runs."""
    return strip.band.united(strip.underline).adjusted(-2.0, -1.0, 2.0, 0.0)


def _mix(color: str, theme: Theme) -> Ink:
    line = label_color(color, theme)
    dashes = QPen(line, 2.0)
    dashes.setDashPattern([2.5, 1.5])
    dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
    return Ink(
        band=_faded(line, theme.band),
        hovered=_faded(line, (theme.band + theme.band_selected) / 2),
        chosen=_faded(line, theme.band_selected),
        line=line,
        thin=_faded(line, 0.7),
        dashes=dashes,
        ring=QPen(line, 1.5),
    )


def _faded(color: QColor, opacity: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(opacity)
    return faded


def lit_ids(lit: Lit) -> set[str]:
    """Every mark that stands out."""
    return {id_ for id_ in (lit.chosen, lit.hovered, *lit.related) if id_ is not None}
