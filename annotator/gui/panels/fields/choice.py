"""One of many values, or of a tree: picked from a list that narrows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.scheme import Attribute, Value
from annotator.core.values import STEP, path_of, shown_path
from annotator.gui.panels.fields.base import CLEARING, Field, Shown, Surroundings, typed_text
from annotator.gui.panels.fields.value_list import ValueList, shown_value
from annotator.gui.texts import set_tip, tr
from annotator.gui.theme import interface_font

ABSOLUTE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute  # left is left in a mirrored window, too
HEIGHT, PATH_HEIGHT, EDGE, ROUND = 28, 15, 9, 6  # pixels


class PickButton(Field):
    """A box that opens a list of values: with a click, with Space, or by typing what is looked for."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self._shown = Shown(values=attribute.values)
        self.setFont(interface_font(13))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def held(self) -> list[str]:
        """The names of the values that are chosen."""
        raise NotImplementedError

    def take(self, name: str | None) -> None:
        """A value was picked from the list, or “not coded”."""
        raise NotImplementedError

    def open_list(self, typed: str = "") -> None:
        """Show the values that apply, narrowed to what was typed."""
        chosen = ValueList(self.attribute, self._shown.values, self.held(), self.around, self)
        chosen.picked.connect(lambda name: self._on_picked(name, chosen.by_key))
        chosen.passed.connect(self.go_on)
        chosen.open_below(self, typed)

    def go_on(self, by: int) -> None:
        """Go on to the next field, or to the one before."""
        self.focusNextPrevChild(by > 0)

    def _on_picked(self, name: str | None, by_key: bool) -> None:
        self.take(name)
        if by_key and not self.attribute.several:
            self.done.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = typed_text(event)
        opens = event.key() == Qt.Key.Key_Space or (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if event.key() in CLEARING:
            self.take(None)
        elif opens or letter:
            self.open_list(letter)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paint_box(self, painter: QPainter) -> QRect:
        """Draw the box with its arrow. Returns the room for words in it."""
        theme, focused = self.around.theme, self.hasFocus()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if focused else theme.hairline), 1.5 if focused else 1))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.75, 0.75, -0.75, -0.75), ROUND, ROUND)
        painter.setPen(QColor(theme.faint))
        inner = self.rect().adjusted(EDGE, 0, -EDGE, 0)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, far | ABSOLUTE, "▾")
        return inner.adjusted(16 if mirrored else 0, 0, 0 if mirrored else -16, 0)

    def draw_words(self, painter: QPainter, room: QRect, text: str, color: str, *, struck: bool = False) -> None:
        """Write words into a part of the box, cut to its width."""
        font = self.font()
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(QColor(color))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text in its own direction
        painter.drawText(room, near | ABSOLUTE, cut)


class ChoiceField(PickButton):
    """Shows the chosen value with its code; of a tree, also the way to it."""

    def show_answer(self, shown: Shown) -> None:
        self._shown = shown
        value, answer = self._value(), shown.answer
        text = shown_value(value) if value else str(answer) if answer is not None else tr("not coded")
        path = shown_path(value, self.attribute.values) if value else text
        self.setAccessibleName(f"{self.name}: {path if self.attribute.kind == 'tree' and value else text}")
        set_tip(self, path if value is not None and self._path() else "")
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    @property
    def chosen(self) -> str | None:
        """The name of the chosen value; None where it is not coded."""
        return None if self._shown.answer is None else str(self._shown.answer)

    def held(self) -> list[str]:
        return [self.chosen] if self.chosen is not None else []

    def take(self, name: str | None) -> None:
        if name != self.chosen:
            self.answered.emit(name)

    def _value(self) -> Value | None:
        return next((value for value in self.attribute.values if value.name == self._shown.answer), None)

    def _path(self) -> str:
        """The values above the chosen one in a tree."""
        value = self._value()
        above = path_of(value, self.attribute.values)[:-1] if value is not None else []
        return STEP.join(each.shown for each in above)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT + (PATH_HEIGHT if self._path() else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.paint_box(painter)
        theme, answer, value = self.around.theme, self._shown.answer, self._value()
        if answer is None:
            self.draw_words(painter, room, tr("not coded"), theme.faint)
            return
        if path := self._path():
            above, room = room.adjusted(0, 4, 0, -HEIGHT + 2), room.adjusted(0, PATH_HEIGHT, 0, -1)
            self.setFont(interface_font(11))
            self.draw_words(painter, above, path, theme.faint)
            self.setFont(interface_font(13))
        struck = bool(self._shown.unfitting)
        text = shown_value(value) if value is not None else str(answer)
        self.draw_words(painter, room, text, theme.faint if struck else theme.ink, struck=struck)
