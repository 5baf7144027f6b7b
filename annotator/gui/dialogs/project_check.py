"""Whether the project is whole: every text against its checksum, every mark against its text, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.gui.jobs import OneJob
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import tr

SMALL, LARGE = QSize(560, 170), QSize(720, 420)  # without and with a list


class ProjectCheckDialog(QDialog):
    """Begins at once. It only reads; what is wrong is listed, and leads to what helps."""

    backups_wanted = Signal()
    repair_wanted = Signal(str)  # what was found, in a sentence

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.problems: list[str] | None = None  # None until it is known
        self._work = OneJob(self)
        self._work.changed.connect(self._show_state)
        self._work.progressed.connect(self._on_progress)
        self.setWindowTitle(tr("Check the project"))
        self.setModal(False)
        self.resize(SMALL)
        self.told = WrappedLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.list = QPlainTextEdit(self)
        self.list.setObjectName("note")
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(tr("What is wrong"))
        self.backups = self._button(tr("&Backups…"), self.backups_wanted.emit)
        self.repair = self._button(tr("&Repair…"), lambda: self.repair_wanted.emit(self.told.text()))
        self.leave = self._button(tr("Cancel"), self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.backups)
        foot.addWidget(self.repair)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(self.told)
        rows.addWidget(self.bar)
        rows.addWidget(self.list, 1)
        rows.addStretch()
        rows.addLayout(foot)
        self.finished.connect(lambda _: self._work.cancel())
        self._show_state()

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(step)
        return button

    def look(self) -> None:
        """Begin to read."""
        project = self._project
        self.told.setText(tr("Every text, mark and page is looked at. You can go on working."))

        def work(stop: Callable[[], bool], progress: Callable[[int, int], None]) -> list[str]:
            from annotator.store.checking import check
            from annotator.store.reading import Reader

            with Reader(project) as reader:
                return check(reader, progress, stop)

        self.bar.setRange(0, 0)
        self._work.begin(work, self._on_done, self._on_failed)

    def _on_progress(self, thousandths: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(thousandths)

    def _on_done(self, problems: list[str]) -> None:
        self.problems = problems
        if problems:
            self.told.setText(tr("{count} things are wrong. Nothing was changed.", count=f"{len(problems):,}"))
            self.list.setPlainText("\n".join(problems))
            self.resize(self.size().expandedTo(LARGE))
        else:
            self.told.setText(tr("✓ The project is whole: the file, every text, every mark and every page."))
        self._show_state()
        self.leave.setFocus()

    def _on_failed(self, sentence: str) -> None:
        self._on_done([sentence])

    def _show_state(self) -> None:
        self.bar.setVisible(self._work.busy)
        wrong = bool(self.problems)
        self.list.setVisible(wrong)
        for button in (self.backups, self.repair):
            button.setVisible(wrong)
        self.leave.setText(tr("Cancel") if self._work.busy else tr("Close"))
