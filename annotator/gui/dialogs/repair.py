"""What helps where a project is damaged: a backup, or a new file of all that can be read. The damaged one stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import KnownError
from annotator.gui.dialogs.files import SUFFIX, asked_new_file
from annotator.gui.jobs import OneJob
from annotator.gui.models.backup_list import moment_of
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import tr
from annotator.store.backups import Backup, backups, base_of

WIDTH, MARGIN = 620, 22  # pixels


class RepairDialog(QDialog):
    """Says what is wrong, offers the newest good backup and the salvage, and counts what was saved and lost."""

    backups_wanted = Signal(Path)  # of that project
    salvage_wanted = Signal()  # the project is to be closed, then `salvage` called
    open_wanted = Signal(Path)  # a project that was made

    def __init__(self, project: Path, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self._made: Path | None = None
        self._to: Path | None = None
        self._work = OneJob(self)
        self._work.changed.connect(self._show_state)
        self.setWindowTitle(tr("Repair {name}", name=project.stem))
        self.setModal(False)
        self.resize(WIDTH, 220)
        self.told, self.help = WrappedLabel(self), WrappedLabel(self)
        for label, text in ((self.told, why), (self.help, self._what_helps())):
            label.resize(WIDTH - 2 * MARGIN, 20)  # the width it will have, by which it knows its height
            label.setText(text)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.restore = self._button(tr("&Backups…"), lambda: self.backups_wanted.emit(project))
        self.save = self._button(tr("&Save what can be read…"), self._ask)
        self.go = self._button(tr("&Open the new project"), self._open)
        self.leave = self._button(tr("Close"), self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.restore, self.save, self.go, self.leave):
            foot.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, 20, MARGIN, 16)
        rows.setSpacing(12)
        for widget in (self.told, self.help, self.bar):
            rows.addWidget(widget)
        rows.addStretch()
        rows.addLayout(foot)
        self._show_state()

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(step)
        return button

    def _what_helps(self) -> str:
        stays = tr("The damaged file stays as it is, whatever you choose.")
        newest = self._newest()
        if newest is None or newest.facts is None:
            return tr("There is no backup of it. What can be read of it can be saved as a new project.") + " " + stays
        found = tr(
            "The newest good backup is of {moment}, with {count} marks. What can be read of the file is joined with it"
            " when you save that: this loses least.",
            moment=moment_of(newest.facts.made),
            count=f"{newest.facts.marks:,}",
        )
        return f"{found} {stays}"

    def _newest(self) -> Backup | None:
        try:
            return next((each for each in backups(self.project) if each.facts and base_of(each)), None)
        except KnownError:
            return None

    def _show_state(self) -> None:
        idle = not self._work.busy
        self.bar.setVisible(not idle)
        self.restore.setEnabled(idle and self._newest() is not None)
        self.save.setEnabled(idle)
        self.save.setVisible(self._made is None)
        self.go.setVisible(self._made is not None)

    # Saving what can be read

    def _ask(self) -> None:
        folder, name = str(self.project.resolve().parent), f"{self.project.stem} {tr('repaired')}{SUFFIX}"
        to = asked_new_file(self, tr("Save what can be read"), folder, SUFFIX, name)
        if to is not None:
            self.save_as(to)

    def save_as(self, to: Path) -> None:
        """Make a new project at `to`, once the damaged one is closed."""
        self._to = to
        self.salvage_wanted.emit()

    def salvage(self) -> None:
        """Begin, on a worker: nobody has the damaged project open."""
        project, to = self.project, self._to
        if to is None:
            return

        def work(stop: Callable[[], bool], progress: Callable[[int, int], None]) -> Any:
            from annotator.store.salvaging import salvage

            return salvage(project, to)

        self.told.setText(tr("Reading what can be read…"))
        self._work.begin(work, self._on_saved, self.told.setText)

    def _on_saved(self, report: Any) -> None:
        self._made = report.path
        self.told.setText(saved_sentence(report))
        self.help.setText(tr("The damaged file is where it was. Keep it until you have looked at the new one."))
        self._show_state()
        self.go.setFocus()

    def _open(self) -> None:
        if self._made is not None:
            self.open_wanted.emit(self._made)
            self.close()


def saved_sentence(report: Any) -> str:
    """What was saved and what was lost, in words."""
    parts = [tr("Saved as a new project: {counts}.", counts=_counted(report.saved))]
    if any(report.lost.values()):
        parts.append(tr("Lost: {counts}.", counts=_counted(report.lost)))
    else:
        parts.append(tr("Nothing that is known of was lost."))
    if report.altered:
        parts.append(tr("{count} texts are not quite as they were imported.", count=f"{report.altered:,}"))
    if report.stand_ins:
        parts.append(tr("{count} names of labels or people were lost: they begin with LOST.", count=report.stand_ins))
    if not report.history_is_whole:
        parts.append(tr("The history has gaps: not every old step can be undone."))
    return " ".join(parts)


def _counted(counts: Mapping[str, int]) -> str:
    told = (
        tr("{count} articles", count=f"{counts['articles']:,}"),
        tr("{count} marks", count=f"{counts['marks']:,}"),
        tr("{count} links", count=f"{counts['links']:,}"),
    )
    return tr(", ").join(told)
