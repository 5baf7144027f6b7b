"""The label palette: every label with its key and how often it stands in the document."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from annotator.core.scheme import Label, Scheme
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import Theme, label_color


class Swatch(QWidget):
    """A small square of a label's colour."""

    def __init__(self, color: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = label_color(color, theme)
        self.setFixedSize(11, 11)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect(), 3, 3)


class LabelButton(QPushButton):
    """One label: colour, name, count, key."""

    def __init__(self, label: Label, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label")
        self.setFixedHeight(25)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the selection in the text alone
        self._count = plain_label("", self)
        self._count.setObjectName("count")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(Swatch(label.color, theme, self))
        name = plain_label(label.shown, self)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(name, 1)
        row.addWidget(self._count)
        row.addWidget(self._key(label.shortcut))
        set_tip(self, label.guideline)
        self._name = label.shown
        self.set_count(0)

    def _key(self, shortcut: str) -> QLabel:
        key = plain_label(shortcut, self)
        key.setObjectName("key" if shortcut else "faint")
        key.setFixedSize(20, 18)
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return key

    def set_count(self, count: int) -> None:
        """Show how many marks carry the label."""
        self._count.setText(str(count) if count else "")
        self.setAccessibleName(tr("{label}, {count} marks", label=self._name, count=count))

    def set_current(self, current: bool) -> None:
        """Show whether the chosen mark carries the label."""
        if self.property("current") != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)


class Palette(QWidget):
    """Shows the enabled labels by layer; says which was pressed."""

    pressed = Signal(object)  # Label

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._columns = 1
        self._shown: tuple[Scheme, Theme] | None = None
        self._layers: list[tuple[QLabel, list[LabelButton]]] = []
        self._buttons: dict[str, LabelButton] = {}

    def show_scheme(self, scheme: Scheme, theme: Theme) -> None:
        """Show the labels of `scheme`."""
        if self._shown == (scheme, theme):
            return
        self._shown = (scheme, theme)
        self._clear()
        for layer in scheme.layers:
            labels = [label for label in scheme.labels_of(layer.name) if label.enabled]
            if labels:
                buttons = [self._button(label, theme) for label in labels]
                self._layers.append((self._heading(layer.shown), buttons))
        self._place()

    def set_columns(self, columns: int) -> None:
        """Set the labels in one column, or in two where there is little height."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        row = 0
        for number, (heading, buttons) in enumerate(self._layers):
            heading.setContentsMargins(6, 10 if number else 0, 0, 4)
            self._grid.addWidget(heading, row, 0, 1, 2)
            for place, button in enumerate(buttons):
                below, column = divmod(place, self._columns)
                self._grid.addWidget(button, row + 1 + below, column, 1, 2 if self._columns == 1 else 1)
            row += 1 + -(-len(buttons) // self._columns)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how often each label, by its id, stands in the document."""
        for key, button in self._buttons.items():
            button.set_count(counts.get(key, 0))

    def show_current(self, label: str | None) -> None:
        """Show which label, by its id, the chosen mark carries."""
        for key, button in self._buttons.items():
            button.set_current(key == label)

    def _heading(self, text: str) -> QLabel:
        heading = plain_label(text.upper(), self)
        heading.setObjectName("section")
        return heading

    def _button(self, label: Label, theme: Theme) -> LabelButton:
        button = LabelButton(label, theme, self)
        button.clicked.connect(lambda: self.pressed.emit(label))
        self._buttons[label.id] = button
        return button

    def _clear(self) -> None:
        for heading, buttons in self._layers:
            for widget in (heading, *buttons):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._layers.clear()
        self._buttons.clear()
