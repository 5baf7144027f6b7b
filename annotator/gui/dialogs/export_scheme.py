"""The project's scheme as a file: in which format, where, and what that leaves out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label, tr
from annotator.scheme_files import SCHEME_FORMATS
from annotator.scheme_files.base import SchemeFormat, WrittenScheme


class ExportSchemeDialog(QDialog):
    """Says what of this scheme the chosen format cannot carry, before the file is written."""

    wanted = Signal(object, object)  # the SchemeFormat and the Path

    def __init__(self, scheme: Scheme, stem: Path, parent: QWidget | None = None) -> None:
        """`stem`: the folder and the name, without suffix, that are suggested."""
        super().__init__(parent)
        self._scheme, self._stem = scheme, stem
        self._written: WrittenScheme | None = None
        self.setWindowTitle(tr("Export scheme"))
        self.setMinimumWidth(560)
        self.format = QuietCombo(self)
        self.format.setAccessibleName(tr("Format"))
        for each in SCHEME_FORMATS:
            self.format.addItem(each.title, each.name)
        self.path = QLineEdit(self)
        self.path.setAccessibleName(tr("File"))
        self._lost, self._warning = plain_label("", self), plain_label("", self)
        self._lost.setObjectName("faint")
        self._warning.setObjectName("bad")
        self._lay_out()
        self.format.currentIndexChanged.connect(self._suggest)
        self.path.textChanged.connect(self._warn)
        self._suggest()

    def _lay_out(self) -> None:
        choose = QPushButton(tr("Choose…"), self)
        choose.clicked.connect(self._choose)
        choose.setAutoDefault(False)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(choose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        export = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(self.format)
        rows.addLayout(file)
        for label in (self._lost, self._warning):
            label.setWordWrap(True)
            rows.addWidget(label)
        rows.addStretch()
        rows.addWidget(buttons)

    @property
    def chosen(self) -> SchemeFormat:
        """The format that is chosen."""
        return SCHEME_FORMATS[self.format.currentIndex()]

    def said(self) -> str:
        """What the format leaves out, as it is shown."""
        return self._lost.text()

    def _suggest(self) -> None:
        self._written = self.chosen.write(self._scheme)
        lost = self._written.lost or (tr("This format carries everything that the scheme holds."),)
        self._lost.setText("\n".join(lost))
        name = "annotation" if self.chosen.name == "brat" else self._stem.name
        self.path.setText(str(self._stem.with_name(f"{name}{self.chosen.suffixes[0]}")))
        self._warn()
        self.setMinimumHeight(self._rows.totalHeightForWidth(max(self.width(), self.minimumWidth())))

    def _choose(self) -> None:
        suggested, suffix = Path(self.path.text()), self.chosen.suffixes[0]
        path = asked_new_file(self, self.windowTitle(), str(suggested.parent), suffix, suggested.name)
        if path is not None:
            self.path.setText(str(path))

    def _warn(self) -> None:
        path = Path(self.path.text())
        beside = [path.with_name(name) for name in (self._written.beside if self._written and path.name else ())]
        there = [each.name for each in (path, *beside) if each.is_file()]
        told = tr("There already, and will be replaced: {names}.", names=", ".join(there))
        self._warning.setText(told if there else "")

    def _accept(self) -> None:
        self.wanted.emit(self.chosen, Path(self.path.text()))
        self.accept()
