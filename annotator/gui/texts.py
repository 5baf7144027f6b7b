"""Everything the window says goes through `tr`; everything a person or a file wrote is shown as it is written.

Qt takes a text that looks like markup for markup in labels, tooltips and message boxes: it then reads local files
and may hang on a short one. So those three are made here, as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtGuiNames
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

TIP_LENGTH = 400  # characters

_from_plain: Callable[[str], str] = QtGuiNames.convertFromPlainText


Catalogue = Mapping[str, str | Mapping[str, str]]  # a text, or its forms by the number it tells of


class _Language:
    """What `tr` speaks. English needs no catalogue but for words that change with their number."""

    catalogue: Catalogue = MappingProxyType({})
    category: Callable[[int], str] = staticmethod(lambda count: "one" if count == 1 else "other")
    mirrored = False


def speak(catalogue: Catalogue, category: Callable[[int], str], *, mirrored: bool) -> None:
    """Let `tr` say things as `catalogue` has them; `category` names the form for a number, as CLDR does."""
    _Language.catalogue, _Language.category, _Language.mirrored = catalogue, staticmethod(category), mirrored


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the window, with `{names}` in it filled from `values`.

    Of a text that has several forms, the one for the number `count`. In a language that runs right to left, what is
    filled in is kept apart from the words around it, so that a Latin name turns nothing around.
    """
    found = _Language.catalogue.get(text, text)
    if not isinstance(found, str):
        found = found.get(_Language.category(_number(values.get("count"))), found["other"])
    if not values:
        return found
    if _Language.mirrored:
        values = {name: f"\u2068{value}\u2069" for name, value in values.items()}
    return found.format(**values)


def _number(count: object) -> int:
    """The number that a text was given to tell of, which may have been written with commas."""
    digits = re.sub(r"\D", "", str(count))
    return int(digits) if digits else 0


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows `text`, now and later, as it is written."""
    label = QLabel(parent)
    make_plain(label)
    label.setText(text)
    return label


def make_plain(label: QLabel) -> None:
    """Let `label` show its text as it is written, from the side that the window begins at."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    if _Language.mirrored:  # or a Latin name would stand at the far end of its line
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def set_tip(widget: QWidget, text: str) -> None:
    """Let `widget` have the tooltip `text`, as it is written."""
    widget.setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """`text` as a tooltip takes it: markup that shows as it is written."""
    return _from_plain(text[:TIP_LENGTH]) if text else ""


def message_box(parent: QWidget, title: str, text: str, *, icon: QMessageBox.Icon) -> QMessageBox:
    """A message box that shows `text` as it is written."""
    box = QMessageBox(icon, title, "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box
