"""Rows of names and fields, whose names are as wide in all the forms that stand below one another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLayout, QWidget

from annotator.gui.texts import plain_label

NAMES = 84  # pixels


class ChoiceForm(QFormLayout):
    """A form of a narrow column: fields take the width there is, long names a second line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(8)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)

    def add(self, name: str, field: QWidget | QLayout) -> None:
        """Add a row; one without a name stands below the field above it."""
        label = plain_label(name, self.parentWidget())
        label.setFixedWidth(NAMES)
        label.setWordWrap(True)
        if isinstance(field, QWidget):
            self.addRow(label, field)
        else:
            self.addRow(label, field)
