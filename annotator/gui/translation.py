"""Which language the window speaks: its texts from resources/translations, Qt's own from what Qt ships.

A catalogue is JSON, read as it is: {text: translation}, or {text: {"one": …, "few": …, "other": …}} where words change
with a number. There is nothing to compile, and a test holds each catalogue to the texts of the program.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator

from annotator import resources
from annotator.gui.texts import Catalogue, speak

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LANGUAGES = {"en": "English", "ar": "العربية"}  # as their speakers call them
_RIGHT_TO_LEFT = frozenset({"ar"})


def language_of(wanted: str) -> str:
    """The language that is wanted, else the first of the system's that there is a catalogue for, else English."""
    asked = [wanted] if wanted else [name[:2] for name in QLocale.system().uiLanguages()]
    return next((name for name in asked if name in LANGUAGES), "en")


def use_language(app: QApplication, wanted: str) -> None:
    """Let every window that is made from now on speak a language: "en", "ar", or "" for the system's."""
    language = language_of(wanted)
    mirrored = language in _RIGHT_TO_LEFT
    speak(_catalogue(language), _arabic if language == "ar" else _english, mirrored=mirrored)
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    if app.layoutDirection() != direction:
        app.setLayoutDirection(direction)
    held = app.property("translator")
    if isinstance(held, QTranslator):
        app.removeTranslator(held)
        app.setProperty("translator", None)
    if language != "en":
        translator = QTranslator(app)
        if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
            app.setProperty("translator", translator)


def _catalogue(language: str) -> Catalogue:
    held: Catalogue = json.loads(resources.path(f"translations/{language}.json").read_text(encoding="utf-8"))
    return held


def _english(count: int) -> str:
    return "one" if count == 1 else "other"


def _arabic(count: int) -> str:
    """The plural category of a number in Arabic, after CLDR."""
    if count < 3:
        return ("zero", "one", "two")[count]
    rest = count % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"
