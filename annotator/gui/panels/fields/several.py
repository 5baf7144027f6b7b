"""Several of many values: each that is chosen a row, more from a list that narrows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute
from annotator.core.values import shown_path
from annotator.gui.panels.elided import ElidedLabel
from annotator.gui.panels.fields.base import Field, Shown, Surroundings
from annotator.gui.panels.fields.choice import HEIGHT, PickButton
from annotator.gui.panels.fields.value_list import shown_value
from annotator.gui.texts import set_tip, tr


class ChipsField(Field):
    """Picking a value again takes it away, as does the button beside it; Backspace takes the last one away."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._chips: list[QWidget] = []
        self._held: list[str] = []
        self._drawn: tuple[list[str], list[str]] = ([], [])  # the names and the unfitting among them that have a row
        self.more = MoreButton(self, around)
        self._rows.addWidget(self.more)
        self.setFocusProxy(self.more)

    def show_answer(self, shown: Shown) -> None:
        self._held = held_names(shown)
        self.more.show_answer(shown)
        wanted = (list(self._held), list(shown.unfitting))
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw_chips(shown)

    def _draw_chips(self, shown: Shown) -> None:
        for chip in self._chips:
            self._rows.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(name, name in shown.unfitting) for name in self._held]
        for place, chip in enumerate(self._chips):
            self._rows.insertWidget(place, chip)
        self._rows.setContentsMargins(0, 3 if self._chips else 0, 0, 0)  # level with the name

    def _chip(self, name: str, unfitting: bool) -> QWidget:
        chip = QWidget(self)
        row = QHBoxLayout(chip)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(2)
        words = ElidedLabel(chip)
        font = QFont(words.font())
        font.setStrikeOut(unfitting)
        words.setFont(font)
        words.setText(self._words(name))
        row.addWidget(words, 1)
        remove = QPushButton("×", chip)
        remove.setObjectName("flat")
        remove.setFixedSize(22, 22)
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        remove.setAccessibleName(tr("Take “{value}” away", value=self._words(name)))
        set_tip(remove, remove.accessibleName())
        remove.clicked.connect(partial(self.toggle, name))
        row.addWidget(remove)
        return chip

    def _words(self, name: str) -> str:
        value = next((each for each in self.attribute.values if each.name == name), None)
        if value is None:
            return name
        return shown_path(value, self.attribute.values) if self.attribute.kind == "tree" else shown_value(value)

    @property
    def chosen(self) -> list[str]:
        """The names of the values that hold."""
        return list(self._held)

    def toggle(self, name: str) -> None:
        """Take a value in, or away where it holds already. Tells why not, where there are as many as may be."""
        answer = toggled(self, self._held, name)
        if answer is not None:
            self.answered.emit(answer or None)


class MoreButton(PickButton):
    """The box at the end, which opens the list."""

    def __init__(self, field: ChipsField, around: Surroundings) -> None:
        super().__init__(field.attribute, around, field)
        self.setProperty("field", None)
        self._field = field
        self._picking = False  # whether what is taken comes from the list, where “not coded” means all of it

    def show_answer(self, shown: Shown) -> None:
        self._shown = shown
        words = ", ".join(map(self._field._words, self.held())) or tr("not coded")
        self.setAccessibleName(f"{self.name}: {words}")
        self.update()

    def held(self) -> list[str]:
        return self._field.chosen

    def take(self, name: str | None) -> None:
        held = self.held()
        if name is not None:
            self._field.toggle(name)
        elif held and not self._picking:
            self._field.toggle(held[-1])
        elif held:
            self._field.answered.emit(None)

    def _on_picked(self, name: str | None, by_key: bool) -> None:
        self._picking = True
        super()._on_picked(name, by_key)
        self._picking = False

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room: QRect = self.paint_box(painter)
        words = tr("another…") if self.held() else tr("not coded")
        self.draw_words(painter, room, words, self.around.theme.faint)


def held_names(shown: Shown) -> list[str]:
    """The values that an answer holds, also one that is kept as a single value."""
    answer = shown.answer
    return [str(each) for each in answer] if isinstance(answer, list) else [] if answer is None else [str(answer)]


def toggled(field: Field, held: list[str], name: str) -> list[str] | None:
    """The values with `name` among them or not any more; None where no more may be, which the field then tells."""
    if name in held:
        field.said.emit("")
        return [each for each in held if each != name]
    most = field.attribute.maximum
    if most is not None and len(held) >= most:
        field.said.emit(tr("At most {count} values may hold here. Take one away first.", count=int(most)))
        return None
    return [*held, name]
