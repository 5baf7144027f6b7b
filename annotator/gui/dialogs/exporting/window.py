"""Exports for other programs: the format, what it cannot hold, what goes out, how it begins, and where to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.exporters import NETWORKS
from annotator.exporters.base import Exporter
from annotator.gui.dialogs.exporting.beginning import BeginningView
from annotator.gui.dialogs.exporting.formats import FormatList
from annotator.gui.dialogs.exporting.option_fields import OptionFields
from annotator.gui.dialogs.exporting.scope import Scope
from annotator.gui.dialogs.exporting.splits import SplitFields
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr

FACTS = (
    ("nested", "marks within marks"),
    ("crossing", "crossing marks"),
    ("discontinuous", "marks of several pieces"),
    ("links", "links"),
    ("attributes", "answers about marks"),
    ("link_attributes", "answers about links"),
    ("notes", "notes"),
    ("answers", "answers about the article"),
    ("people", "names of annotators"),
    ("zones", "zones"),
    ("statuses", "how far each annotator is"),
    ("facts", "date, source and the like"),
)  # the fields of what a format carries, and how they are called here
KINDS = (
    ("code points", "code points"),
    ("UTF-16 units", "UTF-16 units"),
    ("tokens", "tokens"),
    ("code points and tokens", "code points and tokens"),
    ("code points and bytes of UTF-8", "code points and bytes of UTF-8"),
    ("code points, UTF-16 units and bytes of UTF-8", "code points, UTF-16 units and bytes of UTF-8"),
    ("elements and anchors in the text", "elements and anchors in the text"),
)  # what positions count, as formats say it
WIDE, HIGH, CHOICES = 1110, 640, 366  # pixels, where the screen has them

Kept = dict[str, Any]  # what was chosen about a format the last time


class ExportFormatsDialog(QDialog):
    """All formats there are. What the chosen one cannot hold is said before anything is written."""

    wanted = Signal(object, object, object, object)  # the exporter, the Path, a document's id or None, other choices

    def __init__(
        self, session: Session, chosen: str = "", kept: Mapping[str, Kept] | None = None, folder: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`chosen`: the format at first; `kept`: the choices of the last time, by format; `folder`: where it went."""
        super().__init__(parent)
        self._session, self._kept = session, kept or {}
        project = session.project.path
        beside = project.resolve().parent if project else Path.cwd()
        self._folder = Path(folder) if folder and Path(folder).is_dir() else beside
        self.setWindowTitle(tr("Export for other programs"))
        room = self.screen().availableGeometry()
        self.resize(min(WIDE, room.width() - 60), min(HIGH, room.height() - 60))
        self.formats = FormatList(chosen, self)
        self._title, self._held, self._lost, self._unit, self._warning = (plain_label("", self) for _ in range(5))
        self.scope, self.options, self.splits = Scope(session, self), OptionFields(self), SplitFields(self)
        opened = session.open.id if session.open else None
        self.beginning = BeginningView(project or Path(), opened, self)
        self.path = QLineEdit(self)
        self.path.setAccessibleName(tr("File or folder"))
        self._lay_out()
        self.formats.changed.connect(self._show)
        self.scope.changed.connect(self._follow)
        self.scope.articles.currentIndexChanged.connect(self._suggest)
        self.options.changed.connect(self._follow)
        self.splits.way.currentIndexChanged.connect(self._suggest)
        self.splits.changed.connect(self._warn)
        self.path.textChanged.connect(self._warn)
        self._show()
        QTimer.singleShot(0, self.formats.setFocus)

    def _lay_out(self) -> None:
        for label, name in ((self._lost, "bad"), (self._warning, "bad"), (self._unit, "faint")):
            label.setObjectName(name)
        self._title.setObjectName("hint")
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.formats)
        columns.addWidget(self._choices())
        columns.addWidget(self.beginning, 1)
        self._warning.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addLayout(columns, 1)
        rows.addLayout(self._file_row())
        rows.addWidget(self._warning)
        rows.addWidget(self._buttons())

    def _choices(self) -> QScrollArea:
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 10, 0)
        rows.setSpacing(10)
        for label in (self._title, self._held, self._lost, self._unit):
            label.setWordWrap(True)
            rows.addWidget(label)
        rows.addSpacing(6)
        for part in (self.scope, self.options, self.splits):
            rows.addWidget(part)
        rows.addStretch()
        area = QScrollArea(self)
        inner.setMinimumWidth(1)  # what is too wide gives way
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Choices"))
        area.setFixedWidth(CHOICES)
        return area

    def _file_row(self) -> QHBoxLayout:
        choose = QPushButton(tr("Choose…"), self)
        choose.clicked.connect(self._choose)
        choose.setAutoDefault(False)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(choose)
        return file

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._export = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        return buttons

    @property
    def chosen(self) -> Exporter:
        """The format that is chosen."""
        return self.formats.chosen

    def said(self) -> str:
        """What the format cannot hold, as it is shown."""
        return self._lost.text()

    def kept(self) -> Kept:
        """What is chosen about the format, to be remembered."""
        choices = self.scope.choices(self.chosen)
        return {name: choices[name] for name in ("layers", "byte_order_mark", "with_text", "pseudonyms")} | {
            "options": self.options.values(),
            "split": self.splits.kept(),
        }

    def _show(self) -> None:
        """Show what the chosen format holds, and what can be chosen about it."""
        exporter = self.chosen
        carries = exporter.carries
        held = [tr(title) for name, title in FACTS if getattr(carries, name)]
        lost = [tr(title) for name, title in FACTS if not getattr(carries, name)]
        everything = tr("This format carries everything that the project holds.")
        self._title.setText(exporter.title)
        texts = [tr("texts and marks"), *held]
        self._held.setText(tr("Holds {things}.", things=tr(", ").join(texts)) if lost else everything)
        self._lost.setText(tr("Left out: {things}.", things=tr(", ").join(lost)) if lost else "")
        if exporter in NETWORKS:
            self._held.setText(tr("Made of marks: who says what, and which names stand together."))
            self._lost.setText(tr("The marks themselves cannot be read from it again."))
        self._lost.setVisible(bool(lost))
        self._unit.setText(tr("Positions count {unit}.", unit=tr(exporter.unit)) if exporter.unit else "")
        self._unit.setVisible(bool(exporter.unit))
        kept = self._kept.get(exporter.name, {})
        self.scope.blockSignals(True)
        self.scope.show_format(exporter, kept)
        self.scope.blockSignals(False)
        options = kept.get("options")
        self.options.show_options(exporter.options, options if isinstance(options, dict) else {})
        self.splits.show_kept(kept.get("split"))
        self._suggest()
        self._follow()

    def _follow(self) -> None:
        """Show how the file begins with what is chosen, and what stands against it."""
        self._warn()
        if not self._obstacle():
            self.beginning.show_soon(self.chosen, self._all_choices() | {"status": "", "annotator": ""})

    def _all_choices(self) -> dict[str, Any]:
        return self.scope.choices(self.chosen) | {"options": self.options.values()}

    @property
    def _suffix(self) -> str:
        """What the name ends in; nothing for a folder, as parts stand in one."""
        return "" if self.splits.splits else self.chosen.suffix

    def _suggest(self) -> None:
        chosen = self.chosen
        name = self._session.project.name or "project"
        if self.scope.document is not None:
            name = f"{name}-{self.scope.document[:8]}"
        name = f"{name}{chosen.suffix}" if self._suffix == ".csv" else f"{name}-{chosen.name}{self._suffix}"
        self.path.setText(str(self._folder / name))

    def _choose(self) -> None:
        suggested, suffix = Path(self.path.text()), self._suffix
        path = asked_new_file(self, self.windowTitle(), str(suggested.parent), suffix, suggested.name)
        if path is not None:
            self._folder = path.parent
            self.path.setText(str(path))

    def _warn(self) -> None:
        self._warning.setText(self._obstacle() or self._replaced())
        self._warning.setVisible(bool(self._warning.text()))
        self._export.setEnabled(not self._obstacle())

    def _obstacle(self) -> str:
        """Why it cannot be done as it is chosen."""
        path = Path(self.path.text())
        if self.scope.layers and not self.scope.chosen_layers:
            return tr("Choose at least one layer.")
        if why := self.splits.obstacle():
            return why
        if not self._suffix and path.is_dir() and any(path.iterdir()):
            return tr("There is a folder of that name, and it is not empty. Name a new one.")
        return ""

    def _replaced(self) -> str:
        there = self._suffix and Path(self.path.text()).is_file()
        return tr("There is a file of that name: it will be replaced.") if there else ""

    def _accept(self) -> None:
        if self._obstacle():
            return
        choices = self._all_choices() | {"split": self.splits.split()}
        self.wanted.emit(self.chosen, Path(self.path.text()), self.scope.document, choices)
        self.accept()
