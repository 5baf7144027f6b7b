"""Which theme, which type, how large: from the settings to what is on screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.gui.settings import Settings
from annotator.gui.style import palette, style_sheet
from annotator.gui.text_view.zones import ReadingStyle
from annotator.gui.theme import DARK, LIGHT, TEXT_FAMILIES, Theme, interface_font

SMALLEST, USUAL, LARGEST = 10, 18, 48  # pixels of the article's type


class Appearance(QObject):
    """The look of the program, kept in the settings."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)

    @property
    def theme(self) -> Theme:
        """The theme that is wanted, or the system's."""
        if self._settings.theme == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._settings.theme == "dark" else LIGHT

    @property
    def reading(self) -> ReadingStyle:
        """How the article is set."""
        chosen = (self._settings.family,) if self._settings.family else ()
        kept = self._settings
        return ReadingStyle(self.theme, kept.pixels, kept.leading, kept.column, (*chosen, *TEXT_FAMILIES))

    @property
    def zoom(self) -> int:
        """The size of the type in per cent of the usual."""
        return round(100 * self._settings.pixels / USUAL)

    def apply(self) -> None:
        """Put the theme on the program."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(interface_font())
            app.setPalette(palette(self.theme))
            app.setStyleSheet(style_sheet(self.theme))
        self.changed.emit()

    def set_theme(self, name: str) -> None:
        """Choose light, dark or system."""
        self._settings.theme = name
        self.apply()

    def resize(self, by: int) -> None:
        """Make the type `by` pixels larger; 0: the usual size."""
        wanted = self._settings.pixels + by if by else USUAL
        self._settings.pixels = max(SMALLEST, min(LARGEST, wanted))
        self.changed.emit()

    def _on_system(self) -> None:
        if self._settings.theme == "system":
            self.apply()
