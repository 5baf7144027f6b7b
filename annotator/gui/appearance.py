"""Which theme, which type, how large: from the settings to what is on screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.gui.settings import Settings
from annotator.gui.style import palette, style_sheet
from annotator.gui.text_view.zones import ReadingStyle
from annotator.gui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, TEXT_FAMILIES, Theme, interface_font

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
        wanted = self._settings.theme
        if wanted in ("light", "dark"):
            return DARK if wanted == "dark" else LIGHT
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if wanted == "contrast" or _asks_for_contrast():
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        return DARK if dark else LIGHT

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
        """Choose light, dark, contrast (light or dark as the system is) or system."""
        self._settings.theme = name
        self.apply()

    def resize(self, by: int) -> None:
        """Make the type `by` pixels larger; 0: the usual size."""
        wanted = self._settings.pixels + by if by else USUAL
        self._settings.pixels = max(SMALLEST, min(LARGEST, wanted))
        self.changed.emit()

    def _on_system(self) -> None:
        if self._settings.theme in ("system", "contrast"):
            self.apply()


def _asks_for_contrast() -> bool:
    """Whether the system is set to high contrast, where Qt can tell (6.10 and newer)."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)
