"""Everything the window says goes through `tr`; everything a person or a file wrote is shown as it is written.

Qt takes a text that looks like markup for markup in labels, tooltips and message boxes: it then reads local files
and may hang on a short one. So those three are made here, as plain text.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import Qt as QtGuiNames
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

TIP_LENGTH = 400  # characters

_from_plain: Callable[[str], str] = QtGuiNames.convertFromPlainText


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the window, with `{names}` in it filled from `values`."""
    translated = QCoreApplication.translate("window", text)
    return translated.format(**values) if values else translated


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows `text`, now and later, as it is written."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label


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
