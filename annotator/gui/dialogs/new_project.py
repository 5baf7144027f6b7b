"""A new project: where its file is to be, and the scheme that it begins with."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.gui.dialogs.files import SUFFIX, asked_new_file, asked_scheme
from annotator.gui.jobs import Job
from annotator.gui.panels.scheme_preview import SchemePreview
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.scheme_files.base import ReadScheme
from annotator.templates import Template, templates

ROW = 28  # pixels
_CHOICE = Qt.ItemDataRole.UserRole


class NewProjectDialog(QDialog):
    """The name is typed, the scheme chosen from the shipped ones or taken from a file."""

    wanted = Signal(object, object)  # the Path and the Scheme

    def __init__(self, folder: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New project"))
        self.resize(820, 560)
        self.path = QLineEdit(str(_free(Path(folder) if folder else Path.cwd())), self)
        self.path.setAccessibleName(tr("File of the project"))
        self.path.selectAll()
        self.schemes = QListWidget(self)
        self.schemes.setAccessibleName(tr("Scheme"))
        self.schemes.setFixedWidth(270)
        self.schemes.setUniformItemSizes(True)
        self.schemes.setObjectName("boxed")
        self.preview = SchemePreview(theme, self)
        self._warning = plain_label("", self)
        self._warning.setObjectName("bad")
        self._warning.setWordWrap(True)
        self._create = QPushButton(tr("Create"), self)
        self._job: Job | None = None
        self._lay_out()
        for each in templates():
            self._add(each)
        self.schemes.currentItemChanged.connect(self._show)
        self.schemes.setCurrentRow(0)
        self.path.textChanged.connect(self._warn)
        self.path.setFocus()
        self._warn()

    def _lay_out(self) -> None:
        choose = QPushButton(tr("Choose…"), self)
        choose.clicked.connect(self._choose)
        name = plain_label(tr("File"), self)
        file = QHBoxLayout()
        file.setSpacing(10)
        file.addWidget(name)
        file.addWidget(self.path, 1)
        file.addWidget(choose)
        about = plain_label(tr("Which labels does it begin with? You can change all of them later."), self)
        about.setObjectName("faint")
        other = QPushButton(tr("From a scheme file…"), self)
        other.setObjectName("flat")
        other.clicked.connect(self._ask_for_scheme)
        left = QVBoxLayout()
        left.addWidget(self.schemes, 1)
        left.addWidget(other, 0, Qt.AlignmentFlag.AlignLeading)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(left)
        columns.addWidget(self.preview, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self._create, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (choose, other):
            button.setAutoDefault(False)
        self._create.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        for before, after in pairwise((self.path, choose, self.schemes, other, self._create)):
            self.setTabOrder(before, after)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addLayout(file)
        rows.addWidget(self._warning)
        rows.addWidget(about)
        rows.addLayout(columns, 1)
        rows.addWidget(buttons)

    def _add(self, choice: Template | tuple[str, ReadScheme]) -> QListWidgetItem:
        title = choice.title if isinstance(choice, Template) else choice[0]
        item = QListWidgetItem(title, self.schemes)
        item.setSizeHint(QSize(0, ROW))
        item.setData(_CHOICE, [choice])  # in a list, or Qt would take a tuple for one of its own kinds
        return item

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        (choice,) = item.data(_CHOICE)
        if isinstance(choice, Template):
            self.preview.show_scheme(choice.scheme, choice.title, choice.description, choice.source)
        else:
            self.preview.show_scheme(choice[1].scheme, choice[0], notes=choice[1].notes)

    def scheme(self) -> Scheme:
        """The scheme that is chosen."""
        (choice,) = self.schemes.currentItem().data(_CHOICE)
        chosen: Scheme = choice.scheme if isinstance(choice, Template) else choice[1].scheme
        return chosen

    def _ask_for_scheme(self) -> None:
        path = asked_scheme(self, tr("From a scheme file"), str(self._path().parent))
        if path is not None:
            self.take_scheme(path)

    def take_scheme(self, path: Path) -> None:
        """Read a scheme file, and choose it when it has been read."""
        from annotator.scheme_files.files import read_scheme_file

        self._job = job = Job(lambda stop, progress: read_scheme_file(path), self)
        job.done.connect(lambda found: self.schemes.setCurrentItem(self._add((path.name, found))))
        job.failed.connect(self._refuse)
        job.start()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._warning.setText(sentence)
        self._warning.setVisible(bool(sentence))

    def _choose(self) -> None:
        path = self._path()
        chosen = asked_new_file(self, tr("New project"), str(path.parent), SUFFIX, path.name)
        if chosen is not None:
            self.path.setText(str(chosen))

    def _path(self) -> Path:
        path = Path(self.path.text().strip()).expanduser()
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX) if path.name else path

    def _warn(self) -> None:
        path, why = self._path(), ""
        if path.exists():
            why = tr("There is a file of that name. Choose another name, or open that project.")
        elif not path.parent.is_dir():
            why = tr("There is no folder {folder}.", folder=path.parent)
        self._say(why)
        self._create.setEnabled(not why and bool(path.name))

    def _accept(self) -> None:
        self._warn()
        if self._create.isEnabled():
            self.wanted.emit(self._path(), self.scheme())
            self.accept()


def _free(folder: Path) -> Path:
    """A name that no file of the folder has."""
    number, path = 2, folder / f"{tr('archive')}{SUFFIX}"
    while path.exists():
        number, path = number + 1, folder / f"{tr('archive')} {number}{SUFFIX}"
    return path
