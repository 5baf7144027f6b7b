"""How the file would begin, beside what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from annotator.core.errors import KnownError
from annotator.exporters.base import Exporter
from annotator.exporters.first_lines import Beginning
from annotator.gui.jobs import Latest
from annotator.gui.texts import plain_label, tr

LEAST = 220  # pixels
_SOON = 150  # milliseconds after the last change
UNSEEN = {"spacy-docbin", "pdf"}  # one needs a library that takes seconds to load, the other has no lines


class BeginningView(QWidget):
    """The first lines of an export of one article, made on another thread."""

    def __init__(self, project: Path, document: str | None, parent: QWidget | None = None) -> None:
        """Of the article with that id, or of the first one."""
        super().__init__(parent)
        self._project, self._document = project, document
        self._wanted: tuple[Exporter, Mapping[str, Any]] | None = None
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("note")
        self.text.setReadOnly(True)
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Preview"))
        heading = plain_label(tr("Preview, of one article"), self)
        heading.setObjectName("section")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(heading)
        rows.addWidget(self.text, 1)
        self.setMinimumWidth(LEAST)
        self._latest = Latest(self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._begin)

    def show_soon(self, exporter: Exporter, choices: Mapping[str, Any]) -> None:
        """Show how it begins with `choices`, which are those of `contents_of`."""
        self._wanted = exporter, choices
        self._soon.start()

    def _begin(self) -> None:
        if self._wanted is None:
            return
        exporter, choices = self._wanted
        if exporter.name in UNSEEN:
            self._latest.forget()
            self.text.setPlainText(tr("This file has no lines to show."))
            return
        project, document = self._project, self._document

        def work() -> list[Beginning]:
            return _beginnings(project, document, exporter, choices)

        self._latest.begin(work)

    def _on_done(self, beginnings: list[Beginning]) -> None:
        self.text.setPlainText("\n\n".join(map(_shown, beginnings)))

    def _on_failed(self, error: Exception) -> None:
        known = str(error) if isinstance(error, KnownError) else repr(error)
        self.text.setPlainText(known)


def _beginnings(project: Path, document: str | None, exporter: Exporter, choices: Mapping[str, Any]) -> list[Beginning]:
    from annotator.exporters.contents import contents_of
    from annotator.exporters.first_lines import first_lines
    from annotator.importers.walking import read_file
    from annotator.scheme_files.files import scheme_texts
    from annotator.store.reading import Reader

    with Reader(project) as reader:
        first = document or next((found.id for found in reader.annotated_documents()), None)
        contents = contents_of(reader, first, read_back=read_file, scheme_texts=scheme_texts, **choices)
        return first_lines(exporter, contents)


def _shown(beginning: Beginning) -> str:
    lines = [f"▸ {beginning.name}"] if beginning.name else []
    if beginning.lines is None:
        return "\n".join([*lines, tr("{size} bytes that are no text", size=f"{beginning.size:,}")])
    return "\n".join([*lines, *beginning.lines, *([] if beginning.whole else ["…"])])
