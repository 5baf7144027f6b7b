"""Values side by side, one of which may be chosen: yes and no, a short choice, a scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute, Value
from annotator.core.values import points
from annotator.gui.panels.fields.base import CLEARING, Field, Shown, Surroundings, Typing, typed_text
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import interface_font

HEIGHT = 28  # pixels
EDGE, LEAST = 9, 26  # pixels beside the words of a segment, and of the narrowest with them
LEAST_EDGE = 3
ROUND = 6
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Segments(Field):
    """Pressing the chosen one again, or Del, makes it “not coded”. Arrows, codes and first letters choose."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self._values: tuple[Value, ...] = _values(attribute)
        self._chosen: int | None = None
        self._extra = ""  # an answer that is none of the values
        self._typing = Typing(self)
        self._under_mouse: int | None = None
        self.setFont(interface_font(13))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._describe()

    def show_answer(self, shown: Shown) -> None:
        held = _as_name(shown.answer)
        names = [value.name for value in self._values]
        self._chosen = names.index(held) if held in names else None
        self._extra = held if held and self._chosen is None else ""
        self._describe()
        self.update()

    @property
    def chosen(self) -> str | None:
        """The name of the chosen value; None where it is not coded."""
        return None if self._chosen is None else self._values[self._chosen].name

    def choose(self, place: int) -> None:
        """Choose the value in that place; the chosen one is not chosen any more."""
        if place == self._chosen:
            self.answered.emit(None)
        else:
            self.answered.emit(self._value(self._values[place]))

    def _value(self, value: Value) -> AttributeValue:
        if self.attribute.kind == "yes_no":
            return value.name == "yes"
        return value.name if self.attribute.values else int(value.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _MOVES.get(Qt.Key(event.key()))
        letter = typed_text(event)
        if event.key() in CLEARING:
            self._typing.forget()
            self.answered.emit(None)
        elif by is not None:
            self._step(-by if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else by)
        elif event.key() == Qt.Key.Key_Space:
            self.choose(self._chosen or 0)
        elif letter:
            self._type(letter)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        last = len(self._values) - 1
        here = self._chosen if self._chosen is not None else (-1 if by > 0 else last + 1)
        if 0 <= here + by <= last:
            self.answered.emit(self._value(self._values[here + by]))

    def _type(self, letter: str) -> None:
        value, fresh = self._typing.find(letter, self._values)
        if value is None:
            self.said.emit(tr("No value begins with “{typed}”.", typed=letter))
            return
        place = self._values.index(value)
        if fresh or place != self._chosen:
            self.choose(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, place: int | None) -> None:
        if place != self._under_mouse:
            self._under_mouse = place
            self.setToolTip("" if place is None else plain_tip(_full(self._values[place])))
            self.update()

    def _describe(self) -> None:
        said = self._extra or tr("not coded")
        if self._chosen is not None:
            said = _full(self._values[self._chosen])
        described = f"{self.name}: {said}"
        if described != self.accessibleName():
            self.setAccessibleName(described)
            self.setAccessibleDescription(", ".join(map(_full, self._values)))
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # How it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Smaller letters where the words would touch."""
        super().resizeEvent(event)
        self.setFont(interface_font(13))
        if sum(self._words()) + 2 * LEAST_EDGE * len(self._values) > self.width():
            self.setFont(interface_font(11))

    def sizeHint(self) -> QSize:
        return QSize(int(sum(self._wanted())), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def _wanted(self) -> list[float]:
        return [max(LEAST, width + 2 * EDGE) for width in self._words()]

    def _words(self) -> list[float]:
        metrics = QFontMetrics(self.font())
        return [float(metrics.horizontalAdvance(_short(value))) for value in self._values]

    def _widths(self) -> list[float]:
        """As wide as wanted; where there is less room, what is left beside the words is shared out."""
        wanted, words, room = self._wanted(), self._words(), self.width() - 1.0
        if sum(wanted) <= room:
            return wanted
        spare = (room - sum(words)) / len(words)
        return [width + spare for width in words] if spare >= 0 else [width * room / sum(words) for width in words]

    def segment(self, place: int) -> QRectF:
        """Where a value is drawn."""
        return self._boxes()[place]

    def _boxes(self) -> list[QRectF]:
        boxes, left = [], 0.5
        for width in self._widths():
            boxes.append(QRectF(left, 0.5, width, HEIGHT - 1))
            left += width
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            boxes = [QRectF(self.width() - box.right(), box.top(), box.width(), box.height()) for box in boxes]
        return boxes

    def _at(self, point: QPointF) -> int | None:
        return next((place for place, box in enumerate(self._boxes()) if box.contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, boxes = self.around.theme, self._boxes()
        whole = boxes[0].united(boxes[-1])
        outline = QPainterPath()
        outline.addRoundedRect(whole, ROUND, ROUND)
        painter.setClipPath(outline)
        painter.fillRect(whole, QColor(theme.paper))
        for place, box in enumerate(boxes):
            self._paint_segment(painter, place, box)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.hairline), 1.5 if self.hasFocus() else 1))
        painter.drawPath(outline)
        self._paint_beside(painter, whole)

    def _paint_segment(self, painter: QPainter, place: int, box: QRectF) -> None:
        theme, chosen = self.around.theme, place == self._chosen
        if chosen or place == self._under_mouse:
            painter.fillRect(box, QColor(theme.accent if chosen else theme.hover))
        if place:
            painter.setPen(QColor(theme.hairline))
            edge = box.right() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else box.left()
            painter.drawLine(QPointF(edge, box.top()), QPointF(edge, box.bottom()))
        painter.setPen(QColor(theme.paper if chosen else theme.faint if self._chosen is None else theme.ink))
        metrics, text = QFontMetrics(self.font()), _short(self._values[place])
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()) + 1)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # or −5 would be 5−
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_beside(self, painter: QPainter, whole: QRectF) -> None:
        """What is said beside the segments: that it is not coded, or an answer that is none of them."""
        if self._chosen is not None:
            return
        text = self._extra or tr("not coded")
        font = painter.font()
        font.setStrikeOut(bool(self._extra))
        painter.setFont(font)
        painter.setPen(QColor(self.around.theme.faint))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = QRectF(0, 0, whole.left() - 8, HEIGHT) if mirrored else QRectF(
            whole.right() + 8, 0, self.width() - whole.right() - 8, HEIGHT
        )  # fmt: skip
        if QFontMetrics(font).horizontalAdvance(text) <= room.width() or self._extra:
            near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, near | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text)


def _values(attribute: Attribute) -> tuple[Value, ...]:
    if attribute.kind == "yes_no":
        return (Value("yes", tr("yes")), Value("no", tr("no")))
    return points(attribute) or attribute.values


def _as_name(answer: AttributeValue | None) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, float) and answer == int(answer):
        return str(int(answer))
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return "" if answer is None else str(answer)


def _short(value: Value) -> str:
    """A value as a segment has it; a number below zero with its true sign."""
    text = f"{value.code} {value.shown}".strip()
    return f"−{text[1:]}" if text.startswith("-") and text[1:2].isdecimal() else text


def _full(value: Value) -> str:
    """A value as it is said: with the number that a scale keeps beside a title."""
    text = _short(value)
    return text if value.name in text or not value.name.lstrip("-").isdecimal() else f"{value.name} {text}"
