"""Drawing of marks: bands and underlines, rings around what is chosen, and the names below."""

from __future__ import annotations

from collections.abc import Iterable
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

    tints: tuple[QColor, ...]  # of the band: quiet, plain, under the mouse, chosen
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

    def differing(self, other: Lit) -> set[str]:
        """The marks that look different from what they look in `other`."""
        changed = set(self.related ^ other.related)
        pairs = ((self.chosen, other.chosen), (self.hovered, other.hovered))
        return changed.union(id_ for one, two in pairs if one != two for id_ in (one, two) if id_ is not None)


class Painter:
    """Draws laid out blocks in one theme."""

    def __init__(self, theme: Theme, tags: Tags) -> None:
        self._theme, self._tags = theme, tags
        self._hairline = QColor(theme.hairline)
        self._selection = _faded(QColor(theme.accent), 0.38 if theme.dark else 0.26)
        self._inks: dict[str, Ink] = {}

    def paint(self, painter: QPainter, laid: LaidPiece, lit: Lit) -> None:
        """Draw what belongs behind and below the text of a block, whose origin is the painter's."""
        if laid.bar is not None:
            painter.fillRect(laid.bar, self._hairline)
        plain = 0 if laid.face.faint else 1  # faint letters need a lighter ground
        for line in laid.lines:
            self._paint_strips(painter, line, lit, plain)
            self._paint_names(painter, line, lit)

    def paint_selection(self, painter: QPainter, areas: Iterable[QRectF]) -> None:
        """Draw the ground of selected text."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._selection)
        for area in areas:
            painter.drawRoundedRect(area, ROUND, ROUND)

    def _paint_strips(self, painter: QPainter, line: MarkedLine, lit: Lit, plain: int) -> None:
        for mark, link in line.links:
            painter.fillRect(link, self._ink(mark).thin)
        for strip in line.strips:
            ink = self._ink(strip.mark)
            tint = plain + _raised(strip.mark.id, lit)
            if tint > plain or not strip.mark.suggested:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink.tints[tint])
                painter.drawRoundedRect(strip.band.adjusted(0, 0, 0, STROKE), ROUND, ROUND)
            self._paint_underline(painter, strip, ink)
        if lit.chosen is not None:
            self._paint_rings(painter, line, lit.chosen)

    def _paint_underline(self, painter: QPainter, strip: Strip, ink: Ink) -> None:
        if not strip.mark.suggested:
            painter.fillRect(strip.underline, ink.line)
            return
        y = strip.underline.center().y()
        painter.setPen(ink.dashes)
        painter.drawLine(QPointF(strip.underline.left(), y), QPointF(strip.underline.right(), y))

    def _paint_rings(self, painter: QPainter, line: MarkedLine, chosen: str) -> None:
        for strip in line.strips:
            if strip.mark.id == chosen:
                painter.setPen(self._ink(strip.mark).ring)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(ring_area(strip), 3.0, 3.0)

    def _paint_names(self, painter: QPainter, line: MarkedLine, lit: Lit) -> None:
        for place in line.names:
            mark = place.mark
            picture = self._tags.picture(mark.name, mark.color, place.again, mark.id in lit)
            painter.drawPixmap(place.area.topLeft(), picture)
        if line.unnamed is not None:
            sign = self._tags.picture(line.unnamed.sign, self._theme.faint, False, False)
            painter.drawPixmap(line.unnamed.area.topLeft(), sign)

    def _ink(self, mark: Mark) -> Ink:
        ink = self._inks.get(mark.color)
        if ink is None:
            if len(self._inks) > 1_000:
                self._inks.clear()
            ink = self._inks[mark.color] = _mix(mark.color, self._theme)
        return ink


def _raised(id_: str, lit: Lit) -> int:
    """By how much the band of a mark is deeper than a plain one."""
    if id_ == lit.chosen or id_ in lit.related:
        return 2
    return 1 if id_ == lit.hovered else 0


def ring_area(strip: Strip) -> QRectF:
    """Where the ring around a strip runs."""
    return strip.band.united(strip.underline).adjusted(-2.0, -1.0, 2.0, 0.0)


def _mix(color: str, theme: Theme) -> Ink:
    line = label_color(color, theme)
    dashes = QPen(line, 2.0)
    dashes.setDashPattern([2.5, 1.5])
    dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
    opacities = (0.6 * theme.band, theme.band, (theme.band + theme.band_selected) / 2, theme.band_selected)
    return Ink(
        tints=tuple(_faded(line, opacity) for opacity in opacities),
        line=line,
        thin=_faded(line, 0.7),
        dashes=dashes,
        ring=QPen(line, 1.5),
    )


def _faded(color: QColor, opacity: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(opacity)
    return faded
