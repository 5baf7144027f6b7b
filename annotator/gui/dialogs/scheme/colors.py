"""A colour for a label: well chosen ones to pick from, one's own, how it looks, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.label_colors import COLOR, looks_like
from annotator.gui.dialogs.keywords import ColorButton
from annotator.gui.dialogs.scheme.fields import TextField, faint
from annotator.gui.texts import tr
from annotator.gui.theme import DARK, LIGHT, READABLE, Theme, contrast, interface_font, label_color, text_font

COLOR_NAMES = (
    ("#2e6fb7", "blue"),
    ("#b85c00", "orange"),
    ("#1e8070", "teal"),
    ("#b2356b", "pink"),
    ("#7b4fb0", "violet"),
    ("#4d7a2c", "green"),
    ("#85651d", "ochre"),
    ("#b8261f", "red"),
    ("#0e7591", "cyan"),
    ("#5b6470", "grey"),
    ("#a8501e", "rust"),
    ("#a1467f", "plum"),
    ("#3f51a3", "indigo"),
    ("#667600", "olive"),
    ("#8a3a3a", "maroon"),
    ("#00695c", "pine"),
    ("#7a5230", "brown"),
    ("#6a3fb5", "purple"),
    ("#c2185b", "crimson"),
    ("#37474f", "slate"),
    ("#007b86", "petrol"),
    ("#9c27b0", "magenta"),
    ("#7a6d14", "mustard"),
    ("#c43c10", "vermilion"),
)
ACROSS = 12  # discs in a row
NAMED = 3  # labels of one colour that are named


class Preview(QWidget):
    """A mark of the colour, as the text shows it: in the light and in the dark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._color = "", "#5b6470"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 50)

    def show_mark(self, name: str, color: str) -> None:
        """Show a mark of that label and colour."""
        self._name, self._color = name, color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        half = self.width() // 2
        for theme, area in (
            (LIGHT, QRect(0, 0, half - 4, 50)),
            (DARK, QRect(half + 4, 0, self.width() - half - 4, 50)),
        ):
            self._paint(painter, theme, area)

    def _paint(self, painter: QPainter, theme: Theme, area: QRect) -> None:
        painter.setPen(QColor(theme.hairline))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        colour, font, words = label_color(self._color, theme), text_font(16), tr("the harbour")
        width = QFontMetrics(font).horizontalAdvance(words)
        band = QRect(area.left() + 14, area.top() + 7, width + 8, 22)
        tint = QColor(colour)
        tint.setAlphaF(theme.band)
        painter.fillRect(band, tint)
        painter.fillRect(band.adjusted(0, 21, 0, 1), colour)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, words)
        small = interface_font(10)
        small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(colour)
        room = area.width() - 24
        name = QFontMetrics(small).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(band.left(), band.bottom() + 3, room, 14), Qt.AlignmentFlag.AlignLeft, name)


class ColorField(QWidget):
    """Gives the colour that a person takes."""

    def __init__(self, give: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._give = give
        self.own = TextField(tr("Colour as #rrggbb"), self._take, self, longest=7)
        self.own.setFixedWidth(110)
        self.preview = Preview(self)
        self.likeness = faint("", self)
        self._group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(2)
        for place, (color, name) in enumerate(COLOR_NAMES):
            disc = ColorButton(tr(name), color, self)
            disc.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(disc)
            grid.addWidget(disc, place // ACROSS, place % ACROSS)
        self._group.buttonClicked.connect(lambda disc: self._give(disc.color))
        above = QHBoxLayout()
        above.setSpacing(14)
        above.addLayout(grid)
        above.addWidget(self.own, 0, Qt.AlignmentFlag.AlignTop)
        above.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(above)
        rows.addWidget(self.own.fault)  # which needs more room than its field
        rows.addWidget(self.preview)
        rows.addWidget(self.likeness)

    def show_color(self, name: str, color: str, others: Mapping[str, str], *, anew: bool) -> None:
        """Show the colour of the label called `name`, and which of the `others` look like it."""
        self.own.hold(color, anew=anew)
        self._group.setExclusive(False)  # or one that is checked stays so
        for disc in self._group.buttons():
            disc.setChecked(isinstance(disc, ColorButton) and disc.color == color.lower())
        self._group.setExclusive(True)
        self.preview.show_mark(name, color)
        self.likeness.setText(" ".join(_sentences(color, others)))
        self.likeness.setVisible(bool(self.likeness.text()))

    def _take(self, text: str) -> str:
        color = text.strip().lower()
        color = color if color.startswith("#") else f"#{color}"
        if not COLOR.fullmatch(color):
            return tr("A colour is written #rrggbb, such as #2e6fb7.")
        return self._give(color)


def _sentences(color: str, others: Mapping[str, str]) -> list[str]:
    """What is to be said of a colour."""
    to_all, to_some = looks_like(color, others)
    said = [tr("It looks like {names}.", names=_names(to_all))] if to_all else []
    said += [tr("To colour-blind eyes it looks like {names}.", names=_names(to_some))] if to_some else []
    if COLOR.fullmatch(color) and contrast(QColor(color), QColor(LIGHT.paper)) < READABLE:
        said.append(tr("It is pale on paper, and is drawn darker there."))
    return said


def _names(names: list[str]) -> str:
    shown = tr(", ").join(names[:NAMED])
    return f"{shown} +{len(names) - NAMED}" if len(names) > NAMED else shown
