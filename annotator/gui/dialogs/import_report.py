"""What an import did, in full: every record that did not come in, with the place where it stands; can be saved."""

from __future__ import annotations

import json
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportReport
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.dialogs.report import import_sentence
from annotator.gui.jobs import Latest
from annotator.gui.panels.elided import ElidedLabel
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import plain_label, plain_tip, tr

LISTED = 1000  # failures in the list; the saved report has all
ROW = 28  # pixels


def report_text(report: ImportReport) -> str:
    """The whole report as sentences."""
    lines = [import_sentence(report), ""]
    lines += [f"{failure.path}: {failure.reason}" for failure in report.failed]
    lines += [""] if report.failed and report.warnings else []
    return "\n".join([*lines, *report.warnings]) + "\n"


class ImportReportDialog(QDialog):
    """A list of what did not come in, beside what stands there in the file; below it, what else is worth knowing."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(tr("What the import did"))
        self.resize(860, 560 if report.failed else 420)
        self._raw = Latest(self)
        self._raw.done.connect(self._on_raw)
        self._raw.failed.connect(self._on_no_raw)
        self._told = plain_label("", self)
        sentence = WrappedLabel(self)
        sentence.setText(import_sentence(report))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(sentence)
        if report.failed:
            rows.addWidget(self._section(tr("What did not come in")))
            rows.addLayout(self._failures(), 3)
        if report.warnings:
            rows.addWidget(self._section(tr("Remarks")))
            rows.addWidget(self._box("\n".join(report.warnings), tr("Remarks")), 1)
        if not report.failed and not report.warnings:
            rows.addStretch()
        rows.addLayout(self._buttons())

    def _section(self, words: str) -> QWidget:
        made = plain_label(words, self)
        made.setObjectName("section")
        return made

    def _box(self, words: str, name: str) -> QPlainTextEdit:
        box = QPlainTextEdit(words, self)
        box.setObjectName("note")
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setAccessibleName(name)
        return box

    def _failures(self) -> QHBoxLayout:
        self.failures = QListWidget(self)
        self.failures.setObjectName("boxed")
        self.failures.setAccessibleName(tr("What did not come in"))
        for failure in self._report.failed[:LISTED]:
            item = QListWidgetItem(PurePath(failure.path).name or failure.path, self.failures)
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(plain_tip(f"{failure.path}: {failure.reason}"))
        if (more := len(self._report.failed) - LISTED) > 0:
            rest = QListWidgetItem(tr("and {count} more", count=f"{more:,}"), self.failures)
            rest.setFlags(rest.flags() & ~rest.flags())
        self.place = ElidedLabel(self, faint=True)
        self.reason = WrappedLabel(self)
        self.raw = self._box("", tr("What stands there"))
        self.raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.folder = QPushButton(tr("Open its folder"), self)
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(self._open_folder)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.place)
        beside.addWidget(self.reason)
        beside.addWidget(self.raw, 1)
        under = QHBoxLayout()
        under.addStretch()
        under.addWidget(self.folder)
        beside.addLayout(under)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.failures, 2)
        row.addLayout(beside, 3)
        self.failures.currentRowChanged.connect(self._on_failure)
        self.failures.setCurrentRow(0)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        for words, suffix in ((tr("Save as text…"), ".txt"), (tr("Save as JSON…"), ".json")):
            save = QPushButton(words, self)
            save.setAutoDefault(False)
            save.clicked.connect(partial(self._save, suffix))
            row.addWidget(save)
        row.addWidget(buttons)
        return row

    # A failure

    @property
    def _failure(self) -> Failure | None:
        row = self.failures.currentRow()
        return self._report.failed[row] if 0 <= row < min(len(self._report.failed), LISTED) else None

    def _on_failure(self) -> None:
        failure = self._failure
        if failure is None:
            return
        self.place.setText(failure.path)
        self.reason.setText(failure.reason)
        self.raw.setPlainText(tr("Reading…"))

        def work() -> str:
            from annotator.importers.raw_record import raw_record

            return raw_record(failure).text

        self._raw.begin(work)

    def _on_raw(self, text: str) -> None:
        self.raw.setPlainText(text)

    def _on_no_raw(self, error: Exception) -> None:
        self.raw.setPlainText(str(error) if isinstance(error, KnownError) else repr(error))

    def _open_folder(self) -> None:
        from annotator.importers.raw_record import file_of

        failure = self._failure
        file = file_of(failure) if failure is not None else None
        if file is None:
            self._told.setText(tr("It is not there any more."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.resolve().parent)))

    # The whole

    def _save(self, suffix: str) -> None:
        path = asked_new_file(self, tr("Save the report"), "", suffix, f"import-report{suffix}")
        if path is None:
            return
        as_json = json.dumps(self._report.to_json(), ensure_ascii=False, indent=1) + "\n"
        try:
            path.write_text(as_json if suffix == ".json" else report_text(self._report), encoding="utf-8")
        except OSError as error:
            self._told.setText(tr("{name} could not be written: {why}.", name=path, why=error.strerror))
        else:
            self._told.setText(tr("Saved."))
