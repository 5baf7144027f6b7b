"""What to export, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.exporters import EXPORTERS
from annotator.exporters.base import Exporter
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr


class ExportDialog(QDialog):
    """All articles or the open one, and the file; says first what the format cannot carry."""

    wanted = Signal(object, object, object)  # the exporter, the Path, and the document's id or None for all

    def __init__(self, name: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._exporter: Exporter = next(exporter for exporter in EXPORTERS if exporter.name == name)
        self.setWindowTitle(tr("Export {format}", format=self._exporter.title))
        self.setMinimumWidth(520)
        self.everything = QRadioButton(tr("All articles of the project"), self)
        self.this_one = QRadioButton(tr("This article"), self)
        self.everything.setChecked(True)
        self.this_one.setEnabled(session.open is not None)
        self.this_one.toggled.connect(self._suggest)
        self.path = QLineEdit(self)
        self.path.setAccessibleName(tr("File"))
        self._warning = plain_label("", self)
        self._warning.setObjectName("bad")
        self._warning.setWordWrap(True)
        self._lay_out()
        self._suggest()

    def _lay_out(self) -> None:
        choose = QPushButton(tr("Choose…"), self)
        choose.clicked.connect(self._choose)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(choose)
        loses = plain_label(self._exporter.loses or tr("This format carries everything that the project holds."), self)
        loses.setObjectName("faint")
        loses.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        export = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(10)
        for widget in (self.everything, self.this_one):
            rows.addWidget(widget)
        rows.addLayout(file)
        rows.addWidget(loses)
        rows.addWidget(self._warning)
        rows.addSpacing(6)
        rows.addWidget(buttons)
        self.path.textChanged.connect(self._warn)

    def _suggest(self) -> None:
        project = self._session.project
        folder = project.path.resolve().parent if project.path else Path.cwd()
        name = project.name or "project"
        if self.this_one.isChecked() and self._session.open is not None:
            name = f"{name}-{self._session.open.id[:8]}"
        self.path.setText(str(folder / f"{name}{self._exporter.suffix}"))

    def _choose(self) -> None:
        suggested = Path(self.path.text())
        suffix = self._exporter.suffix
        path = asked_new_file(self, self.windowTitle(), str(suggested.parent), suffix, suggested.name)
        if path is not None:
            self.path.setText(str(path))

    def _warn(self) -> None:
        there = Path(self.path.text()).exists()
        self._warning.setText(tr("There is a file of that name: it will be replaced.") if there else "")

    def _accept(self) -> None:
        document = self._session.open.id if self.this_one.isChecked() and self._session.open else None
        self.wanted.emit(self._exporter, Path(self.path.text()), document)
        self.accept()
