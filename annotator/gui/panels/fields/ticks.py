"""Several of a few values: a tick each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute, Value
from annotator.gui.panels.fields.base import CLEARING, Field, Shown, Surroundings, Typing, typed_text
from annotator.gui.panels.fields.several import held_names, toggled
from annotator.gui.panels.fields.value_list import shown_value

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TicksField(Field):
    """One stop for Tab. Up and Down lead through the ticks; a code or first letters tick, too."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 4, 0, 0)  # level with the name
        self._rows.setSpacing(0)
        self._held: list[str] = []
        self._typing = Typing(self)
        self.ticks: dict[str, Tick] = {}
        for value in attribute.values:
            self._add(value, foreign=False)
        first = next(iter(self.ticks.values()))
        first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(first)

    def _add(self, value: Value, *, foreign: bool) -> None:
        tick = self.ticks[value.name] = Tick(value, self)
        if foreign:  # from an import, or an older scheme: shown, never dropped
            font = QFont(tick.font())
            font.setStrikeOut(True)
            tick.setFont(font)
        tick.setAccessibleName(f"{self.name}: {shown_value(value)}")
        self._rows.addWidget(tick)

    def show_answer(self, shown: Shown) -> None:
        self._held = held_names(shown)
        for name in self._held:
            if name not in self.ticks:
                self._add(Value(name), foreign=True)
        own = {value.name for value in self.attribute.values}
        for name, tick in self.ticks.items():
            tick.setChecked(name in self._held)
            tick.setVisible(name in own or name in self._held)

    def toggle(self, name: str) -> None:
        """Tick a value, or take its tick away. Tells why not, where there are as many as may be."""
        answer = toggled(self, self._held, name)
        if answer is not None:
            self.answered.emit(answer or None)
        else:
            self.ticks[name].setChecked(name in self._held)

    def press(self, tick: Tick, event: QKeyEvent) -> bool:
        """What a key does at a tick. Returns whether it did anything."""
        by = _STEPS.get(Qt.Key(event.key()))
        letter = typed_text(event)
        if by is not None:
            return self._step(tick, by)
        if event.key() in CLEARING:
            self.answered.emit(None)
            return True
        if letter:
            value, fresh = self._typing.find(letter, self.attribute.values)
            if value is not None:
                self.ticks[value.name].setFocus()
            if value is not None and (fresh or value.name not in self._held):
                self.toggle(value.name)
        return bool(letter)

    def _step(self, tick: Tick, by: int) -> bool:
        there = [each for each in self.ticks.values() if not each.isHidden()]
        place = there.index(tick) + by
        if not 0 <= place < len(there):
            return False
        there[place].setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class Tick(QCheckBox):
    """A tick that asks its field what keys mean."""

    def __init__(self, value: Value, field: TicksField) -> None:
        super().__init__(shown_value(value).replace("&", "&&"), field)
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(lambda: field.toggle(value.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not self._field.press(self, event):
            event.ignore()
