"""The label palette: every label with its key and how often it stands in the document."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.matching import fit
from annotator.core.scheme import Label, Layer, Scheme
from annotator.gui.panels.label_button import HEIGHT, Eye, LabelButton
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme

MANY = 40  # labels, from which on there is a field to filter them, and they scroll by themselves
SEEN = 14 * (HEIGHT + 1)  # pixels of many labels that are seen at once


class Filter(QLineEdit):
    """A field that Esc empties. Enter takes the first label, Down goes to it."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Filter the labels…"))
        self.setAccessibleName(tr("Filter the labels"))
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride and self.text()
        if wanted and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # or the window takes it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Window(QScrollArea):
    """As high as what is in it, up to `most` pixels."""

    most = 1 << 20

    def __init__(self, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner = inner
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        inner = self._inner.sizeHint()
        return QSize(inner.width(), min(inner.height(), self.most))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())


class Palette(QWidget):
    """Shows the enabled labels by layer; says which was pressed."""

    pressed = Signal(object)  # Label
    brush_wanted = Signal(object)  # Label: clicked with the right button, or with Ctrl held
    pointed = Signal(object)  # Label: the mouse is over it
    layer_toggled = Signal(str, bool)  # the name of a layer, and whether it is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = Filter(self)
        self.filter.hide()
        self._box = QWidget(self)
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._window = _Window(self._box, self)
        self._none = plain_label(tr("No label is called so."), self)
        self._none.setObjectName("faint")
        self._none.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for widget in (self.filter, self._none, self._window):
            rows.addWidget(widget)
        self._columns = 1
        self._shown: tuple[Scheme, Theme] | None = None
        self._layers: list[tuple[QWidget, list[LabelButton]]] = []
        self._fitting: list[LabelButton] = []  # in the order they are seen in
        self._buttons: dict[str, LabelButton] = {}
        self._eyes: dict[str, Eye] = {}
        self._hidden: frozenset[str] = frozenset()
        self._current: str | None = None
        self._brush: str | None = None
        self.filter.textChanged.connect(self._place)
        self.filter.taken.connect(self._take_first)
        self.filter.left.connect(lambda: self._focus(0))

    # What is shown

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
        self._show_many(len(self._buttons) > MANY)
        self._place()

    def _show_many(self, many: bool) -> None:
        self.filter.setVisible(many)
        if not many:
            self.filter.clear()
        self._window.most = SEEN if many else _Window.most
        policy = Qt.ScrollBarPolicy
        self._window.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff)

    def set_columns(self, columns: int) -> None:
        """Set the labels in one column, or in two where there is little height."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        typed, row = self.filter.text(), 0
        self._fitting = []
        for heading, every in self._layers:
            buttons = [button for button in every if fit(typed, button.words) is not None] if typed else every
            heading.setVisible(bool(buttons))
            for button in every:
                button.setVisible(not typed or button in buttons)
            heading.setContentsMargins(6, 10 if row else 0, 6, 4)
            self._grid.addWidget(heading, row, 0, 1, 2)
            for place, button in enumerate(buttons):
                below, column = divmod(place, self._columns)
                self._grid.addWidget(button, row + 1 + below, column, 1, 2 if self._columns == 1 else 1)
            row += 1 + -(-len(buttons) // self._columns)
            self._fitting += buttons
        self._none.setVisible(bool(self._layers) and not self._fitting)
        self._window.setVisible(bool(self._fitting))
        self._stop_tabs()
        self._grid.invalidate()
        self._window.updateGeometry()

    def _stop_tabs(self) -> None:
        """Of many labels Tab stops at the first alone; Up and Down go on from there."""
        many = len(self._buttons) > MANY
        for place, button in enumerate(self._fitting):
            stops = not many or place == 0
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how often each label, by its id, stands in the document."""
        for key, button in self._buttons.items():
            button.set_count(counts.get(key, 0))

    def show_current(self, label: str | None) -> None:
        """Show which label, by its id, the chosen mark carries."""
        self._current = label
        for key, button in self._buttons.items():
            button.set_current(key == label)
        if label in self._buttons and self._window.verticalScrollBar().maximum():
            self._window.ensureWidgetVisible(self._buttons[label], 0, HEIGHT)

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
        for button in self._buttons.values():
            button.set_hidden(button.label.layer in layers)

    # What is done

    def _on_eye(self, layer: str, shown: bool) -> None:
        self.show_hidden(self._hidden - {layer} if shown else self._hidden | {layer})
        self.layer_toggled.emit(layer, shown)

    def _take_first(self) -> None:
        if self._fitting:
            self.pressed.emit(self._fitting[0].label)

    def _focus(self, place: int) -> None:
        """Give the keyboard to a label; before the first it is the filter's."""
        if place < 0 and not self.filter.isHidden():
            self.filter.setFocus()
        elif 0 <= place < len(self._fitting):
            self._fitting[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._window.ensureWidgetVisible(self._fitting[place], 0, HEIGHT)

    def _on_left(self, button: LabelButton, by: int) -> None:
        if button in self._fitting:
            self._focus(self._fitting.index(button) + by)

    # Making and unmaking

    def _heading(self, layer: Layer, theme: Theme) -> QWidget:
        heading = QWidget(self._box)
        row = QHBoxLayout(heading)
        row.setContentsMargins(0, 0, 0, 0)
        name = plain_label(layer.shown.upper(), heading)
        name.setObjectName("section")
        row.addWidget(name)
        row.addStretch()
        eye = self._eyes[layer.name] = Eye(layer.shown, theme, heading)
        eye.setChecked(layer.name not in self._hidden)
        eye.clicked.connect(lambda shown: self._on_eye(layer.name, shown))
        row.addWidget(eye)
        return heading

    def _button(self, label: Label, theme: Theme) -> LabelButton:
        button = LabelButton(label, theme, self._box)
        button.clicked.connect(lambda: self.pressed.emit(label))
        button.brushed.connect(lambda: self.brush_wanted.emit(label))
        button.pointed.connect(lambda: self.pointed.emit(label))
        button.left.connect(lambda by: self._on_left(button, by))
        button.set_hidden(label.layer in self._hidden)
        button.set_current(label.id == self._current)
        button.set_painting(label.id == self._brush)
        self._buttons[label.id] = button
        return button

    def _clear(self) -> None:
        for heading, buttons in self._layers:
            for widget in (heading, *buttons):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._layers.clear()
        self._fitting = []
        self._buttons.clear()
        self._eyes.clear()
