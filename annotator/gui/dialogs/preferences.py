"""Preferences: who annotates, and how the article is set. Each takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.appearance import LARGEST, SMALLEST
from annotator.gui.panels.attribute_editors import QuietCombo
from annotator.gui.settings import Settings
from annotator.gui.texts import tr
from annotator.store.project import login_name

THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


class PreferencesDialog(QDialog):
    """Edits the settings in place."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Preferences"))
        self.setMinimumWidth(420)
        self.name = QLineEdit(settings.annotator, self)
        self.name.setPlaceholderText(login_name())
        self.family = self._families()
        self.pixels = QSpinBox(self, minimum=SMALLEST, maximum=LARGEST, value=settings.pixels)
        self.leading = QDoubleSpinBox(self, minimum=1.0, maximum=2.5, singleStep=0.05, value=settings.leading)
        self.column = QSpinBox(self, minimum=30, maximum=140, value=settings.column)
        self.theme = QuietCombo(self)
        for key, text in THEMES:
            self.theme.addItem(tr(text), key)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self._lay_out()
        self._connect()

    def _families(self) -> QComboBox:
        box = QuietCombo(self)
        box.addItem(tr("the program’s choice"), "")
        for family in QFontDatabase.families():
            box.addItem(family, family)
        box.setCurrentIndex(max(0, box.findData(self._settings.family)))
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(tr("Your &name"), self.name)
        form.addRow(tr("&Theme"), self.theme)
        form.addRow(tr("&Font of the article"), self.family)
        form.addRow(tr("&Size, in pixels"), self.pixels)
        form.addRow(tr("&Line spacing"), self.leading)
        form.addRow(tr("&Column, in characters"), self.column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(16)
        rows.addLayout(form)
        rows.addWidget(buttons)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._take)
        self.finished.connect(self._take)
        for signal in (self.pixels.valueChanged, self.leading.valueChanged, self.column.valueChanged):
            signal.connect(self._take)
        for box in (self.family, self.theme):
            box.activated.connect(self._take)

    def _take(self) -> None:
        settings = self._settings
        settings.annotator = self.name.text().strip()
        settings.family, settings.theme = self.family.currentData(), self.theme.currentData()
        settings.pixels, settings.leading = self.pixels.value(), round(self.leading.value(), 2)
        settings.column = self.column.value()
        self.changed.emit()
