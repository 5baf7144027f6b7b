"""Rows of names and fields, as all of the inspector has them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from annotator.gui.texts import plain_label

NAMES = 88  # pixels for the names of fields


def name_and_field_rows() -> QFormLayout:
    """A layout of names and fields, as all of the inspector has them."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    return form


def field_name(text: str, parent: QWidget) -> QLabel:
    """The name before a field."""
    label = plain_label(text, parent)
    label.setObjectName("faint")
    label.setWordWrap(True)
    label.setFixedWidth(NAMES)
    label.setContentsMargins(0, 5, 0, 0)
    return label
