"""The backups of a project: make one, look into one, and make a project of one again without overwriting anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import KnownError
from annotator.gui.dialogs.files import SUFFIX, asked_new_file
from annotator.gui.jobs import OneJob
from annotator.gui.models.backup_list import ARTICLES, MADE, MARKS, NUMBER, SIZE, STATE, WHY, BackupModel, moment_of
from annotator.gui.panels.row_table import RowTable
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import message_box, plain_label, tr
from annotator.gui.theme import Theme
from annotator.store.backups import Backup, backup_folder, backups

ROW = 28  # pixels


class BackupsDialog(QDialog):
    """A table of backups, and what can be done with the chosen one. A project that is damaged need not be open."""

    look_wanted = Signal(Path)  # at a backup, read-only
    made = Signal(Path)  # a new project file
    place_wanted = Signal(object)  # the Backup that is to take the project's place, for `put_in_place`
    place_left = Signal(Path)  # the project can be opened again, whatever came of it

    def __init__(self, project: Path, theme: Theme, parent: QWidget | None = None, *, can_make: bool = True) -> None:
        super().__init__(parent)
        self._project = project
        self._can_make = can_make
        self._placing = False
        self._work = OneJob(self)
        self._work.changed.connect(self._show_state)
        self._work.progressed.connect(self._on_progress)
        self.setWindowTitle(tr("Backups of {name}", name=project.stem))
        self.setModal(False)
        self.resize(880, 430)
        self._make_table(theme)
        self.told = WrappedLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self._lay_out()
        self.finished.connect(lambda _: self._work.cancel())
        self.refresh()

    def _make_table(self, theme: Theme) -> None:
        self.model = BackupModel(theme, self)
        self.table = table = RowTable(ROW, tr("Backups"), self)
        table.setObjectName("boxed")
        table.setModel(self.model)
        table.setWordWrap(False)
        table.show_columns({NUMBER: 44, MADE: 150, WHY: 190, ARTICLES: 72, MARKS: 72, SIZE: 90}, STATE)
        table.selectionModel().currentChanged.connect(lambda *_: self._show_state())

    def _lay_out(self) -> None:
        about = WrappedLabel(self)
        about.setObjectName("faint")
        about.setText(
            tr(
                "Backups are made by themselves, during pauses and before large changes, and each is looked through."
                " They lie in {folder}.",
                folder=backup_folder(self._project),
            )
        )
        self.make = self._button(tr("&Make one now"), self.make_one)
        self.look = self._button(tr("&Look into it"), self._look)
        self.new = self._button(tr("Restore as a &new file…"), self._restore_as_new)
        self.place = self._button(tr("Put it in the &project’s place…"), self._ask_for_place)
        self.leave = self._button(tr("Close"), self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.make)
        foot.addStretch(1)
        for button in (self.look, self.new, self.place, self.leave):
            foot.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(about)
        rows.addWidget(self.table, 1)
        self.none = plain_label(tr("There is no backup yet."), self)
        self.none.setObjectName("faint")
        for widget in (self.none, self.told, self.bar):
            rows.addWidget(widget)
        rows.addLayout(foot)

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(step)
        return button

    # What there is

    def refresh(self) -> None:
        """Read the folder anew."""
        row = max(0, self.table.currentIndex().row())
        try:
            found = backups(self._project)
        except KnownError as error:
            found = []
            self._tell(str(error))
        self.model.show(found)
        self.none.setVisible(not found)
        self.table.selectRow(min(row, len(found) - 1))
        self._show_state()

    @property
    def chosen(self) -> Backup | None:
        """The backup that the row of the keyboard is about."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _show_state(self) -> None:
        backup, idle = self.chosen, not self._work.busy
        good = idle and backup is not None and backup.facts is not None
        self.make.setEnabled(idle and self._can_make)
        self.look.setEnabled(good and backup is not None and backup.is_whole)
        self.new.setEnabled(good)
        self.place.setEnabled(good)
        self.bar.setVisible(not idle)
        self.told.setVisible(bool(self.told.text()))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self._show_state()

    # Work

    def _begin(self, work: Callable[[Callable[[], bool], Callable[[int, int], None]], Any], done: Any) -> None:
        self.told.setText("")
        self.bar.setRange(0, 0)
        self._work.begin(work, done, self._on_failed)

    def _on_progress(self, thousandths: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(thousandths)

    def _on_failed(self, sentence: str) -> None:
        self._tell(sentence)
        if self._placing:
            self._placing = False
            self.place_left.emit(self._project)

    def make_one(self) -> None:
        """Make a backup, on a worker."""
        project = self._project

        def work(stop: Callable[[], bool], progress: Callable[[int, int], None]) -> Any:
            from annotator.store.backup_making import make_backup

            return make_backup(project, "asked", stop=stop, progress=progress)

        def done(_: object) -> None:
            self.refresh()
            self.table.selectRow(0)
            self._tell(tr("A backup was made and looked through."))

        self._begin(work, done)

    def _look(self) -> None:
        if (backup := self.chosen) is not None and self.look.isEnabled():
            self.look_wanted.emit(backup.path)

    def _restore_as_new(self) -> None:
        backup = self.chosen
        if backup is None or backup.facts is None:
            return
        folder, day = self._project.resolve().parent, backup.facts.made[:10]
        name = f"{self._project.stem} {day}{SUFFIX}"
        to = asked_new_file(self, tr("Restore as a new file"), str(folder), SUFFIX, name)
        if to is not None:
            self.restore_as(backup, to)

    def restore_as(self, backup: Backup, to: Path) -> None:
        """Make a new project file at `to` of `backup`, on a worker."""

        def work(stop: Callable[[], bool], progress: Callable[[int, int], None]) -> Path:
            from annotator.store.restoring import restore

            restore(backup, to, progress=progress, stop=stop)
            return to

        self._begin(work, self._on_restored)

    def _on_restored(self, to: Path) -> None:
        self._tell(tr("{name} was made of the backup.", name=to))
        self.made.emit(to)

    def _ask_for_place(self) -> None:
        backup = self.chosen
        if backup is None or backup.facts is None:
            return
        text = tr(
            "The project will be what it was at {moment}, with {count} marks. What it is now is not overwritten: it is"
            " set aside beside it, under a name with “before-restore”.",
            moment=moment_of(backup.facts.made),
            count=f"{backup.facts.marks:,}",
        )
        box = message_box(self, tr("Put it in the project’s place"), text, icon=QMessageBox.Icon.Question)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Ok).setText(tr("Put it in its place"))
        box.accepted.connect(lambda: self.place_wanted.emit(backup))
        box.open()

    def put_in_place(self, backup: Backup) -> None:
        """Let `backup` take the project's place, which nobody has open any more, on a worker."""
        project = self._project

        def work(stop: Callable[[], bool], progress: Callable[[int, int], None]) -> Path:
            from annotator.store.restoring import restore_over

            restore_over(backup, project, progress=progress, stop=stop)
            return project

        self._placing = True
        self._begin(work, self._on_placed)

    def _on_placed(self, project: Path) -> None:
        self._placing = False
        self.refresh()
        self.place_left.emit(project)
