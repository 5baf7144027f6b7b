"""What an import or an export did, in a sentence and in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.core.imports import ImportReport
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.texts import plain_label, tr


def import_sentence(report: ImportReport) -> str:
    """What came in, in one sentence."""
    parts = [tr("{count} articles came in", count=f"{report.documents:,}")]
    if report.annotations:
        parts.append(tr("with {count} marks", count=f"{report.annotations:,}"))
    if report.duplicates:
        parts.append(tr("{count} were there already", count=f"{report.duplicates:,}"))
    if report.failed:
        parts.append(tr("{count} could not be read", count=f"{len(report.failed):,}"))
    if report.cancelled:
        parts.append(tr("the rest was cancelled"))
    sentence = f"{tr(', ').join(parts)}."
    return sentence if report.documents or not report.warnings else f"{sentence} {report.warnings[0]}"


def export_sentence(report: Any) -> str:
    """What was written, in one sentence."""
    held = report.to_json()
    files = ", ".join(Path(file).name for file in held["files"])
    counts = (
        tr("{count} articles", count=f"{held['documents']:,}"),
        tr("{count} marks", count=f"{held['annotations']:,}"),
        tr("{count} links", count=f"{held['relations']:,}"),
    )
    words = tr("Written to {files}: {counts}", files=files, counts=tr(", ").join(counts))
    checked = tr("read back and found the same") if held["verified"] else tr("but reading it back gave something else")
    lost = (
        tr("; {count} things were left out", count=sum(item["count"] for item in held["lost"])) if held["lost"] else ""
    )
    return f"{words}; {checked}{lost}."


class ReportDialog(QDialog):
    """A report, line by line, that can be saved."""

    def __init__(self, title: str, lines: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        """`name`: what the file is called that it is saved in."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 420)
        self._lines, self._name = lines, name
        text = QPlainTextEdit("\n".join(self._lines), self)
        text.setObjectName("note")
        text.setReadOnly(True)
        text.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        save = QPushButton(tr("Save…"), self)
        save.clicked.connect(self._save)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._told = plain_label("", self)
        rows = QVBoxLayout(self)
        rows.addWidget(text)
        rows.addWidget(self._told)
        rows.addWidget(buttons)

    def _save(self) -> None:
        path = asked_new_file(self, tr("Save the report"), "", ".txt", self._name)
        if path is None:
            return
        try:
            path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        except OSError as error:
            self._told.setText(tr("{name} could not be written: {why}.", name=path, why=error.strerror))
        else:
            self._told.setText(tr("Saved."))


class ImportReportDialog(ReportDialog):
    """Every file that did not come in, with why, and everything else worth knowing."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        lines = [import_sentence(report), ""]
        lines += [f"{failure.path}: {failure.reason}" for failure in report.failed]
        lines += [""] if report.failed and report.warnings else []
        lines += report.warnings
        super().__init__(tr("What the import did"), lines, "import-report.txt", parent)


class ExportReportDialog(ReportDialog):
    """Everything that was left out, and the ids of its marks."""

    def __init__(self, report: Any, parent: QWidget | None = None) -> None:
        lines = [export_sentence(report)]
        for loss in report.lost:
            lines += ["", f"{loss.count:,} {loss.what}", *(f"  {key}" for key in loss.annotations)]
        super().__init__(tr("What the export left out"), lines, "export-report.txt", parent)
