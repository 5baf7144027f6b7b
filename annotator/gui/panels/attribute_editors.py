"""Editors of one attribute, a kind each. None has a default: what is not coded shows as such and can be so again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute, Value
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_tip, tr

Changed = Callable[[AttributeValue | None], None]

SEGMENTS = 3  # so many values stand side by side; more go into a list
SEGMENT_LETTERS = 20


def editor(attribute: Attribute, value: AttributeValue | None, changed: Changed, parent: QWidget) -> QWidget:
    """A widget that shows `value` and calls `changed` with what a person makes of it; None is “not coded”."""
    values = attribute.values
    if attribute.kind == "yes_no":
        values = (Value("yes", tr("yes")), Value("no", tr("no")))
        as_text = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
        return _segments(values, as_text, lambda name: changed(None if name is None else name == "yes"), parent)
    if attribute.several and values:
        return _several(values, value, changed, parent)
    if values and len(values) <= SEGMENTS and sum(len(item.shown) for item in values) <= SEGMENT_LETTERS:
        return _segments(values, value, changed, parent)
    if values:
        return _list(values, value, changed, parent)
    return _line(attribute, value, changed, parent)


def _segments(values: tuple[Value, ...], chosen: AttributeValue | None, changed: Changed, parent: QWidget) -> QWidget:
    """Values side by side; pressing the chosen one again makes it “not coded”."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for value in values:
        button = QPushButton(_escaped(value.shown), row)
        button.setObjectName("segment")
        button.setCheckable(True)
        button.setChecked(value.name == chosen)
        button.clicked.connect(lambda on, name=value.name: changed(name if on else None))
        layout.addWidget(button)
    layout.addStretch()
    return row


def _list(values: tuple[Value, ...], chosen: AttributeValue | None, changed: Changed, parent: QWidget) -> QWidget:
    box = QuietCombo(parent)
    box.addItem(tr("not coded"), None)
    for value in values:
        box.addItem(f"{value.code} {value.shown}".strip(), value.name)
    if isinstance(chosen, str) and box.findData(chosen) < 0:
        box.addItem(chosen, chosen)  # from an import, or an older scheme: shown, never dropped
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
    box.activated.connect(lambda place: changed(box.itemData(place)))
    return box


def _several(values: tuple[Value, ...], chosen: AttributeValue | None, changed: Changed, parent: QWidget) -> QWidget:
    held = list(chosen) if isinstance(chosen, list) else []
    box = QWidget(parent)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(1)
    for value in values:
        tick = QCheckBox(_escaped(value.shown), box)
        tick.setChecked(value.name in held)
        tick.clicked.connect(lambda on, name=value.name: changed(_toggled(held, name, on)))
        layout.addWidget(tick)
    return box


def _toggled(held: list[str], name: str, on: bool) -> list[str] | None:
    return ([*held, name] if on else [other for other in held if other != name]) or None


def _line(attribute: Attribute, value: AttributeValue | None, changed: Changed, parent: QWidget) -> QWidget:
    line = QLineEdit("" if value is None else str(value), parent)
    line.setPlaceholderText(tr("not coded"))
    line.editingFinished.connect(lambda: _finish(attribute, line, value, changed))
    return line


def _finish(attribute: Attribute, line: QLineEdit, before: AttributeValue | None, changed: Changed) -> None:
    text = line.text().strip()
    if text == ("" if before is None else str(before)):
        return
    if attribute.kind == "number" and text:
        number = _number(text)
        if number is None or not _within(attribute, number):
            line.setText("" if before is None else str(before))
            line.setToolTip(plain_tip(_range(attribute)))
            return
        changed(number)
        return
    changed(text or None)


def _number(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _within(attribute: Attribute, number: float) -> bool:
    low, high = attribute.minimum, attribute.maximum
    return (low is None or low <= number) and (high is None or number <= high)


def _range(attribute: Attribute) -> str:
    low, high = attribute.minimum, attribute.maximum
    if low is None and high is None:
        return tr("A number is wanted here.")
    return tr("A number from {low} to {high} is wanted here.", low=low, high=high)


def _escaped(text: str) -> str:
    return text.replace("&", "&&")  # buttons take one for the mark of a key
