"""The label palette: every label with its key and how often it stands in the document."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.core.matching import fit
from annotator.core.scheme import Label, Layer, Scheme
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import Theme, label_color

MANY = 40  # labels, from which on there is a field to filter them


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


class Eye(QToolButton):
    """An open eye while a layer is shown, one struck through while it is not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flat")
        self.setCheckable(True)
        self.setChecked(True)
        self.setFixedSize(26, 20)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.faint), 1.3))
        middle = QPointF(self.width() / 2, self.height() / 2)
        lids = QPainterPath(middle - QPointF(7, 0))
        lids.quadTo(middle - QPointF(0, 8), middle + QPointF(7, 0))
        lids.quadTo(middle + QPointF(0, 8), middle - QPointF(7, 0))
        painter.drawPath(lids)
        if self.isChecked():
            painter.setBrush(QColor(self._theme.faint))
            painter.drawEllipse(middle, 1.8, 1.8)
        else:
            painter.drawLine(middle + QPointF(-6, 5), middle + QPointF(6, -5))


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
        self.words = f"{label.shown} {label.name} {label.layer}"
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
        self._set("current", current)

    def set_painting(self, painting: bool) -> None:
        """Show whether the brush has the label."""
        self._set("painting", painting)

    def _set(self, name: str, on: bool) -> None:
        if self.property(name) != on:
            self.setProperty(name, on)
            self.style().unpolish(self)
            self.style().polish(self)


class Palette(QWidget):
    """Shows the enabled labels by layer; says which was pressed."""

    pressed = Signal(object)  # Label
    brush_wanted = Signal(object)  # Label: clicked with the right button, or with Ctrl held
    layer_toggled = Signal(str, bool)  # the name of a layer, and whether it is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._columns = 1
        self._shown: tuple[Scheme, Theme] | None = None
        self._layers: list[tuple[QWidget, list[LabelButton]]] = []
        self._buttons: dict[str, LabelButton] = {}
        self._eyes: dict[str, Eye] = {}
        self._hidden: frozenset[str] = frozenset()
        self._brush: str | None = None
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Filter the labels…"))
        self.filter.setAccessibleName(tr("Filter the labels"))
        self.filter.textChanged.connect(self._place)
        self.filter.hide()

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
                self._layers.append((self._heading(layer, theme), buttons))
        self.filter.setVisible(len(self._buttons) > MANY)
        self._place()

    def set_columns(self, columns: int) -> None:
        """Set the labels in one column, or in two where there is little height."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        self._grid.addWidget(self.filter, 0, 0, 1, 2)
        typed, row = self.filter.text(), 1
        for number, (heading, every) in enumerate(self._layers):
            buttons = [button for button in every if fit(typed, button.words) is not None]
            for button in every:
                button.setVisible(button in buttons)
            heading.setContentsMargins(6, 10 if number else 0, 6, 4)
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

    def show_brush(self, label: str | None) -> None:
        """Show which label, by its id, is painted with."""
        self._brush = label
        for key, button in self._buttons.items():
            button.set_painting(key == label)

    def show_hidden(self, layers: frozenset[str]) -> None:
        """Show which layers, by name, are hidden in the text."""
        self._hidden = layers
        for name, eye in self._eyes.items():
            eye.setChecked(name not in layers)

    def _heading(self, layer: Layer, theme: Theme) -> QWidget:
        heading = QWidget(self)
        row = QHBoxLayout(heading)
        row.setContentsMargins(0, 0, 0, 0)
        name = plain_label(layer.shown.upper(), heading)
        name.setObjectName("section")
        row.addWidget(name)
        row.addStretch()
        eye = self._eyes[layer.name] = Eye(theme, heading)
        eye.setChecked(layer.name not in self._hidden)
        eye.setAccessibleName(tr("Show {layer} in the text", layer=layer.shown))
        set_tip(eye, tr("Show {layer} in the text", layer=layer.shown))
        eye.toggled.connect(lambda shown: self.layer_toggled.emit(layer.name, shown))
        row.addWidget(eye)
        return heading

    def _button(self, label: Label, theme: Theme) -> LabelButton:
        button = LabelButton(label, theme, self)
        button.clicked.connect(lambda: self._on_clicked(label))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda _: self.brush_wanted.emit(label))
        button.set_painting(label.id == self._brush)
        self._buttons[label.id] = button
        return button

    def _on_clicked(self, label: Label) -> None:
        held = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        (self.brush_wanted if held else self.pressed).emit(label)

    def _clear(self) -> None:
        for heading, buttons in self._layers:
            for widget in (heading, *buttons):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._layers.clear()
        self._buttons.clear()
        self._eyes.clear()
