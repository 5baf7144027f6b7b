"""The names of labels as they stand under the text: small capitals, each drawn once and kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from annotator.gui.theme import Theme, interface_font, label_color

WIDEST = 220  # pixels; a longer name is cut, with an ellipsis
KEPT = 1_000  # pictures of names
PAD = 2.0  # pixels of room on each side of a name


class Tags:
    """Pictures of names, for one theme, size of type and scale of the screen. Names are plain text, never markup."""

    def __init__(self, theme: Theme, pixels: int, ratio: float = 1.0) -> None:
        """`pixels` is the height of the article's type, `ratio` the screen's device pixels to a pixel."""
        self._theme, self._ratio = theme, ratio
        self._font = interface_font(max(7, round(pixels * 9.6 / 18)))
        self._font.setWeight(QFont.Weight.DemiBold)
        self._font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 105)
        self._metrics = QFontMetricsF(self._font)
        self.height = round(self._metrics.capHeight()) + 4.0
        self._texts: dict[tuple[str, bool], tuple[str, float]] = {}
        self._pictures: dict[tuple[str, str, bool, bool], QPixmap] = {}

    def width(self, name: str, again: bool) -> float:
        """How wide the picture of `name` is. `again` puts an ellipsis before a name that was shown before."""
        return self._text(name, again)[1]

    def text(self, name: str, again: bool) -> str:
        """What stands in that picture."""
        return self._text(name, again)[0]

    @property
    def font(self) -> QFont:
        """The font of names."""
        return self._font

    def picture(self, name: str, color: str, again: bool, lit: bool) -> QPixmap:
        """The name in its label's colour; `lit`, on a ground of that colour."""
        key = (name, color, again, lit)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) > KEPT:
                self._pictures.clear()
            picture = self._pictures[key] = self._draw(name, color, again, lit)
        return picture

    def _text(self, name: str, again: bool) -> tuple[str, float]:
        key = (name, again)
        if key not in self._texts:
            if len(self._texts) > KEPT:
                self._texts.clear()
            text = ("… " if again else "") + " ".join(name.split()).upper()
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, WIDEST)
            self._texts[key] = (text, round(self._metrics.horizontalAdvance(text) + 2 * PAD))
        return self._texts[key]

    def _draw(self, name: str, color: str, again: bool, lit: bool) -> QPixmap:
        text, width = self._text(name, again)
        picture = QPixmap(max(1, round(width * self._ratio)), max(1, round(self.height * self._ratio)))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        own = label_color(color, self._theme)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(own)
            painter.drawRoundedRect(QRectF(0, 0, width, self.height), 2, 2)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.paper) if lit else own)
        painter.drawText(QPointF(PAD, round((self.height + self._metrics.capHeight()) / 2)), text)
        painter.end()
        return picture
