"""Preferences: who annotates, and how the article is set. Each takes effect at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
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
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.settings import Settings
from annotator.gui.texts import plain_label, tr
from annotator.gui.translation import LANGUAGES
from annotator.store.project import login_name

THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast"))
LINKS = (("chosen", "Those of the chosen mark"), ("all", "All"), ("none", "None"))


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
        self.theme = self._choice([(key, tr(text)) for key, text in THEMES], settings.theme)
        self.links = self._choice([(key, tr(text)) for key, text in LINKS], settings.links)
        languages = [("", tr("As the system")), *LANGUAGES.items()]
        self.language = self._choice(languages, settings.language)
        self.proclitics = QCheckBox(tr("Leave out و ف ب ل ك before an Arabic &word"), self)
        self.proclitics.setChecked(settings.proclitics)
        self.backups = QCheckBox(tr("Make &backups without being asked"), self)
        self.backups.setChecked(settings.backups)
        self.kept = QSpinBox(self, minimum=2, maximum=99, value=settings.backups_kept)
        self._lay_out()
        self._connect()

    def _families(self) -> QComboBox:
        box = QuietCombo(self)
        box.addItem(tr("the program’s choice"), "")
        for family in QFontDatabase.families():
            box.addItem(family, family)
        box.setCurrentIndex(max(0, box.findData(self._settings.family)))
        return box

    def _choice(self, choices: Iterable[tuple[str, str]], held: str) -> QComboBox:
        box = QuietCombo(self)
        for key, text in choices:
            box.addItem(text, key)
        box.setCurrentIndex(max(0, box.findData(held)))
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
        form.addRow(tr("L&inks that are drawn"), self.links)
        form.addRow(tr("When se&lecting"), self.proclitics)
        form.addRow(tr("Safety"), self.backups)
        form.addRow(tr("Last bac&kups that are kept"), self.kept)
        form.addRow(tr("L&anguage of the window"), self.language)
        later = plain_label(tr("Another language is spoken from the next start on."), self)
        later.setObjectName("faint")
        form.addRow("", later)
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
        for box in (self.family, self.theme, self.links, self.language):
            box.activated.connect(self._take)
        self.proclitics.toggled.connect(self._take)
        self.backups.toggled.connect(self._take)
        self.kept.valueChanged.connect(self._take)

    def _take(self) -> None:
        settings = self._settings
        settings.annotator = self.name.text().strip()
        settings.family, settings.theme = self.family.currentData(), self.theme.currentData()
        settings.pixels, settings.leading = self.pixels.value(), round(self.leading.value(), 2)
        settings.column = self.column.value()
        settings.links, settings.language = self.links.currentData(), self.language.currentData()
        settings.proclitics = self.proclitics.isChecked()
        settings.backups, settings.backups_kept = self.backups.isChecked(), self.kept.value()
        self.changed.emit()
