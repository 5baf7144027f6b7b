"""What can be chosen about a format, a row each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from annotator.exporters.options import NO, YES, Option
from annotator.gui.dialogs.exporting.choice_form import ChoiceForm
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import set_tip, tr

Field = QuietCombo | QCheckBox | QLineEdit


class OptionFields(QWidget):
    """A row an option; their words come from the format, and are in English where there is no translation."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._form = ChoiceForm(self)

    def show_options(self, options: tuple[Option, ...], values: Mapping[str, str]) -> None:
        """Show these, as they were chosen before or by default."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        for option in options:
            value = values.get(option.name, option.default)
            self.fields[option.name] = field = self._field(option, value)
            title = tr(option.title)
            field.setAccessibleName(title)
            if option.explanation:
                set_tip(field, tr(option.explanation))
                field.setAccessibleDescription(tr(option.explanation))
            self._form.add("" if isinstance(field, QCheckBox) else title, field)
        self.setVisible(bool(options))

    def _field(self, option: Option, value: str) -> Field:
        if option.kind == "yes_no":
            box = QCheckBox(tr(option.title), self)
            box.setChecked(value == YES)
            box.toggled.connect(self.changed)
            return box
        if option.choices:
            combo = QuietCombo(self)
            for each, title in option.choices:
                combo.addItem(tr(title), each)
            combo.setCurrentIndex(max(0, combo.findData(value)))
            combo.currentIndexChanged.connect(self.changed)
            return combo
        line = QLineEdit(value, self)
        if option.kind == "number":
            line.setValidator(QIntValidator(0, 2**31 - 1, line))
        line.textChanged.connect(self.changed)
        return line

    def values(self) -> dict[str, str]:
        """What is chosen, by name."""
        return {name: _value(field) for name, field in self.fields.items()}


def _value(field: Field) -> str:
    if isinstance(field, QCheckBox):
        return YES if field.isChecked() else NO
    return str(field.currentData()) if isinstance(field, QuietCombo) else field.text().strip()
