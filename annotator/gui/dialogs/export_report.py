"""What an export left out, in full: the ids of the marks, so that they can be found; can be saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.dialogs.report import export_sentence
from annotator.gui.texts import plain_label, tr


class ExportReportDialog(QDialog):
    """Everything that was left out, line by line."""

    def __init__(self, report: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the export left out"))
        self.resize(640, 420)
        lines = [export_sentence(report)]
        for loss in report.lost:
            lines += ["", f"{loss.count:,} {loss.what}", *(f"  {key}" for key in loss.annotations)]
        self._words = "\n".join(lines)
        self.text = QPlainTextEdit(self._words, self)
        self.text.setObjectName("note")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        save = QPushButton(tr("Save…"), self)
        save.clicked.connect(self._save)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._told = plain_label("", self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(self.text)
        rows.addWidget(self._told)
        rows.addWidget(buttons)

    def _save(self) -> None:
        path = asked_new_file(self, tr("Save the report"), "", ".txt", "export-report.txt")
        if path is None:
            return
        try:
            path.write_text(self._words + "\n", encoding="utf-8")
        except OSError as error:
            self._told.setText(tr("{name} could not be written: {why}.", name=path, why=error.strerror))
        else:
            self._told.setText(tr("Saved."))
