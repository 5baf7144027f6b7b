"""What this is, and which versions of what it stands on: the first thing to copy into a report of a fault."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator import __version__
from annotator.gui.texts import message_box, tr
from annotator.store.database import SQLITE_VERSION


def about_box(parent: QWidget) -> QMessageBox:
    """A box with the versions."""
    lines = [
        tr("Annotator {version}", version=__version__),
        "",
        tr("Reads, marks and exports on this machine only: no account, no server, nothing is sent anywhere."),
        "",
        f"Python {platform.python_version()} · Qt {qVersion()} · SQLite {SQLITE_VERSION}",
        platform.platform(),
    ]
    return message_box(parent, tr("About Annotator"), "\n".join(lines), icon=QMessageBox.Icon.NoIcon)
