"""The list of an attribute's values, which narrows as one types: codes and beginnings first, then inner words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.core.scheme import Attribute, Value
from annotator.core.values import in_tree_order, path_of, shown_path
from annotator.gui.panels.fields.base import Surroundings
from annotator.gui.panels.filtered_list import Choice, FilteredList
from annotator.gui.texts import tr

WIDTH = 330  # pixels, at least
TICK = "✓"


class ValueList(FilteredList):
    """Its `picked` gives a value's name, None for “not coded”. Tab leaves it and takes nothing."""

    passed = Signal(int)  # the person went on without a choice: 1 to the next field, -1 to the one before

    def __init__(
        self,
        attribute: Attribute,
        values: Sequence[Value],
        held: Collection[str],
        around: Surroundings,
        parent: QWidget,
    ) -> None:
        choices = _choices(attribute, values, held)
        super().__init__(attribute.shown, choices, around.theme, parent)
        self.by_key = False  # whether the choice was made with Enter
        self._rows_of = {choice.value: row for row, choice in enumerate(choices)}
        self._held = next(iter(held), None)

    def open_below(self, field: QWidget, typed: str) -> None:
        """Show it below a field, with what was typed there already; without that, at what is chosen."""
        self.show_at(field.mapToGlobal(QPoint(0, field.height() + 2)), max(WIDTH, field.width()))
        if typed:
            self.field.setText(typed)
        elif self._held is not None and self._held in self._rows_of:
            self.list.selectRow(self._rows_of[self._held])

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.close()
                self.passed.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
                return True
            self.by_key = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return super().eventFilter(watched, event)


def _choices(attribute: Attribute, values: Sequence[Value], held: Collection[str]) -> list[Choice]:
    clear = [Choice(tr("not coded"), None)] if held else []
    tree = in_tree_order(values) if attribute.kind == "tree" else [(value, 0) for value in values]
    return clear + [_choice(value, depth, values, value.name in held) for value, depth in tree]


def _choice(value: Value, depth: int, values: Sequence[Value], held: bool) -> Choice:
    return Choice(
        shown_value(value),
        value.name,
        beside=TICK if held else "",
        also=value.name,
        exactly=(value.code, value.name, value.shown),
        depth=depth,
        narrowed=shown_path(value, values) if len(path_of(value, values)) > 1 else "",
    )


def shown_value(value: Value) -> str:
    """A value with the number that the code book gives it: “98 not applicable”."""
    return f"{value.code} {value.shown}".strip()
