"""The registry from and to a file of comma-separated values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.open_files import is_open
from annotator.core.registry_csv import CsvPlan, plan_csv
from annotator.gui.registry import begun
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.importers.decoding import decoded

LARGEST = 200_000_000  # bytes
TOLD = 200  # rows that are left out, and told of


def written_file(path: Path, data: bytes) -> None:
    """Put a file there, whole or not at all. Raises KnownError where it cannot be."""
    part = path.with_name(f".{path.name}.part")
    try:
        if is_open(path):
            raise KnownError(tr("{name} is a project that is open. It was left as it is.", name=path.name))
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise KnownError(tr("{name} was not written: {why}.", name=path.name, why=why)) from error


def read_text(path: Path) -> str:
    """The text of a file. Raises KnownError where it is none."""
    try:
        if is_open(path):  # to close it again would take the project's locks away
            raise KnownError(tr("It is a project that is open."))
        if path.stat().st_size > LARGEST:
            raise KnownError(tr("It is larger than {size} MB.", size=LARGEST // 1_000_000))
        return decoded(path.read_bytes()).text
    except OSError as error:
        raise KnownError(f"{error.strerror or error}.") from error


class CsvDialog(QDialog):
    """Reads a file on a worker, says what it would do, and does it when that is wanted."""

    finished_step = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, entries: Sequence[RegistryEntry], path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._plan: CsvPlan | None = None
        self.setWindowTitle(tr("Import {name}", name=path.name))
        self.setMinimumWidth(520)
        self.said = plain_label(tr("Reading…"), self)
        self.said.setWordWrap(True)
        self.problems = QPlainTextEdit(self)
        self.problems.setReadOnly(True)
        self.problems.setObjectName("note")
        self.problems.setAccessibleName(tr("Rows that are left out"))
        self.problems.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.do = self.buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setDefault(True)
        self.do.setEnabled(False)
        self.buttons.accepted.connect(self._do)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        for widget in (self.said, self.problems, self.buttons):
            rows.addWidget(widget)

        def work(_: Event, __: object) -> CsvPlan:
            return plan_csv(entries, read_text(path))

        begun(session, work, self._on_read, self._on_failed)

    @property
    def ready(self) -> bool:
        """Whether the file has been read."""
        return self._plan is not None

    def _on_read(self, plan: CsvPlan) -> None:
        self._plan = plan
        counts = {"new": f"{len(plan.new):,}", "changed": f"{len(plan.changed):,}", "same": f"{plan.unchanged:,}"}
        said = tr("New: {new}. Changed: {changed}. As they are: {same}.", **counts)
        if plan.problems:
            said += " " + tr("{count} rows are left out:", count=f"{len(plan.problems):,}")
            lines = [tr("Row {row}: {why}", row=problem.row, why=problem.why) for problem in plan.problems[:TOLD]]
            self.problems.setPlainText("\n".join(lines))
            self.problems.show()
        self.said.setText(said)
        self.do.setEnabled(bool(plan.change.bulk) and not self._session.project.read_only)
        self.do.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.said.setText(str(error) if isinstance(error, KnownError) else repr(error))

    def _do(self) -> None:
        if self._plan is not None and self._session.apply(self._plan.change):
            count = len(self._plan.new) + len(self._plan.changed)
            self.finished_step.emit(tr("{count} entries imported. Undo takes it back.", count=f"{count:,}"))
            self.accept()
