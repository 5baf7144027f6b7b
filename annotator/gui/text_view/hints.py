"""Letters on the marks that can be seen, to choose one by typing, as browsers do with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.text_view.overlays import EmptyOverlay
from annotator.gui.text_view.places import Visible
from annotator.gui.text_view.view import TextView
from annotator.gui.theme import interface_font, label_color

LETTERS = "asdfjklghqweruiopzxcvnmtyb"  # the resting places of the fingers first
PAD = 4.0  # pixels beside a letter
GAP = 2.0  # pixels between two hints at one place


class HintOverlay(QObject, EmptyOverlay):
    """Shows one or two letters at the start of each mark in question that is in view, and narrows them as one types."""

    changed = Signal()

    def __init__(self, view: TextView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._asked: frozenset[str] = frozenset()
        self._letters: dict[str, str] = {}  # of the marks, by id
        self._typed = ""

    @property
    def active(self) -> bool:
        """Whether letters are shown."""
        return bool(self._letters)

    def show(self, ids: Iterable[str]) -> None:
        """Put letters on those of the marks `ids` that are in view, and keep them while the text is scrolled."""
        self._asked, self._typed = frozenset(ids), ""
        seen = [mark for mark, _ in self._places(self._view.visible())]
        self._letters = dict(zip(seen, codes(len(seen)), strict=True))
        self._tell()

    def hide(self) -> None:
        """Take the letters away."""
        if self._letters:
            self._letters, self._typed = {}, ""
            self._tell()

    def type(self, letter: str) -> str | None:
        """Narrow the letters down by one that was typed. Returns the mark that is left, if it is one.

        A letter that leads to no mark is passed over.
        """
        typed = self._typed + letter.lower()
        left = [mark for mark, code in self._letters.items() if code.startswith(typed)]
        if not left:
            return None
        self._typed = typed
        self._tell()
        return left[0] if self._letters[left[0]] == typed else None

    def _tell(self) -> None:
        self._view.viewport().update()
        self.changed.emit()

    def _places(self, visible: Sequence[Visible]) -> Iterator[tuple[str, QRectF]]:
        """The marks in question whose beginning is on the screen, from the top, and the band that they begin with."""
        seen: set[str] = set()
        bottom = self._view.viewport().height()
        for block in visible:
            strips = [strip for line in block.laid.lines for strip in line.strips]
            for strip in sorted(strips, key=lambda strip: (strip.band.top(), strip.band.left(), -strip.band.width())):
                band = strip.band.translated(0.0, block.top)
                if strip.mark.id in self._asked and strip.mark.id not in seen and -4 < band.top() < bottom - 8:
                    seen.add(strip.mark.id)
                    yield strip.mark.id, band

    def paint_above(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        if not self._letters:
            return
        font = interface_font(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        taken: list[QRectF] = []
        for mark, band in self._places(visible):
            if mark in self._letters:
                cap = _free(_cap(band, self._letters[mark].upper(), metrics), taken)
                taken.append(cap)
                self._paint_cap(painter, cap, mark)

    def _paint_cap(self, painter: QPainter, cap: QRectF, mark: str) -> None:
        theme, held = self._view.theme, self._view.sheet.marks.get(mark)
        code = self._letters[mark]
        fits = code.startswith(self._typed)
        painter.setOpacity(1.0 if fits else 0.25)
        painter.setBrush(QColor(theme.ink))
        painter.setPen(QPen(QColor(theme.paper), 1.0))
        painter.drawRoundedRect(cap, 3.0, 3.0)
        color = label_color(held.color, theme) if held is not None else QColor(theme.paper)
        painter.fillRect(QRectF(cap.left() + 2, cap.bottom() - 3, cap.width() - 4, 2), color)
        painter.setPen(QColor(theme.paper))
        text = code[len(self._typed) :] if fits else code
        painter.drawText(cap.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text.upper())
        painter.setOpacity(1.0)

    def press(self, point: QPointF) -> bool:
        return False  # a click goes to the mark itself


def codes(count: int) -> list[str]:
    """`count` codes, none the beginning of another: single letters while they last, else pairs."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    doubled = -(-(count - len(LETTERS)) // (len(LETTERS) - 1))  # letters that have to begin a pair
    if doubled >= len(LETTERS):
        pairs = [one + other for one, other in product(LETTERS, repeat=2)]
        return (pairs if count <= len(pairs) else ["".join(code) for code in product(LETTERS, repeat=3)])[:count]
    single, leading = LETTERS[: len(LETTERS) - doubled], LETTERS[len(LETTERS) - doubled :]
    return [*single, *(one + other for one, other in product(leading, LETTERS))][:count]


def _cap(band: QRectF, text: str, metrics: QFontMetricsF) -> QRectF:
    """The key cap at the upper left of a band."""
    width, height = round(metrics.horizontalAdvance(text) + 2 * PAD), round(metrics.height() + 3)
    return QRectF(band.left() - 2, band.top() - height / 2, max(width, 16), height)


def _free(cap: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """`cap`, moved to the right until it stands on no other."""
    moved = QRectF(cap)
    for other in sorted(taken, key=lambda one: one.left()):
        if moved.intersects(other):
            moved.moveLeft(other.right() + GAP)
    return moved
