"""The program with a window: from the command line to the first paint."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator import __version__, resources
from annotator.gui.appearance import Appearance
from annotator.gui.main_window import MainWindow
from annotator.gui.settings import Settings, settings_path
from annotator.gui.translation import use_language
from annotator.store.database import DamagedError


def run(path: Path | None = None, document: str = "") -> int:
    """Open the window, on the project at `path` if given, else on the last one, and stay until it is closed."""
    gc.disable()  # everything made at start stays: looking for garbage in it only delays the first paint
    app = make_application()
    settings = Settings.load(settings_path())
    window = open_window(settings, path, document)
    if window.safekeeping.given_away:
        print("The project is open already: its window comes to the front.")
        return 0
    sys.excepthook = partial(_on_error, window)
    window.show()
    QTimer.singleShot(0, _after_first_paint)
    return app.exec()


def _on_error(window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Qt called and what ended in an error. Damage to the project is told, and the rest stays open."""
    if isinstance(error, DamagedError):
        window.safekeeping.met_damage(error)
    else:
        sys.__excepthook__(kind, error, trace)


def _after_first_paint() -> None:
    gc.freeze()
    gc.enable()


def make_application() -> QApplication:
    """The one application object, with the fonts that were shipped."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("annotator")
    QCoreApplication.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    _add_fonts()
    return app


def open_window(settings: Settings, path: Path | None, document: str = "") -> MainWindow:
    """A main window, not yet shown, on the project at `path`, else on the last one, else on the welcome page."""
    use_language(make_application(), settings.language)
    appearance = Appearance(settings)
    appearance.apply()  # before there is anything to restyle
    window = MainWindow(settings, appearance)
    last = Path(settings.recent[0]) if settings.recent else None
    wanted = path if path is not None else last if last is not None and last.exists() else None
    if wanted is None or not window.open_path(wanted, document):
        window.close_project()
    return window


def draw_article(project: Path, document: str, picture: Path, width: int = 900) -> None:
    """Write a picture of a document with its marks, as the window would draw it, to `picture` (PNG). Needs no display.

    Raises KnownError when there is no such document, or the picture cannot be written.
    """
    from annotator.core.errors import KnownError
    from annotator.gui.reader import marks_of
    from annotator.gui.text_view.view import TextView
    from annotator.gui.text_view.zones import ReadingStyle, ZoneSpan
    from annotator.gui.theme import LIGHT
    from annotator.store.reading import Reader

    make_application()
    with Reader(project) as reader:
        held = reader.annotated(document)
    view = TextView(ReadingStyle(LIGHT))
    view.show_document(held.text, [ZoneSpan(zone.label, zone.span) for zone in held.zones], marks_of(held.annotations))
    if not view.picture(width).save(str(picture)):
        raise KnownError(
            f"The picture {picture} could not be written. See whether the folder exists and may be written."
        )


def _add_fonts() -> None:
    """The bundle brings its fonts; a checkout uses the system's."""
    try:
        folder = resources.path("fonts")
    except FileNotFoundError:
        return
    for file in sorted(folder.iterdir()):
        if file.suffix in (".ttf", ".otf"):
            QFontDatabase.addApplicationFont(str(file))
