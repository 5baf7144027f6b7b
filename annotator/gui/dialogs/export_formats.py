"""Exports for other programs: the format, what it cannot hold, which marks, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.exporters import EXPORTERS
from annotator.exporters.base import Exporter
from annotator.gui.dialogs.files import asked_new_file
from annotator.gui.panels.quiet_combo import QuietCombo
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
FILTERS = (("", "All articles"), ("finished", "Finished"), ("in_progress", "In progress"), ("new", "New"))
KINDS = (
    ("", "nothing: there are none in it"),
    ("code points", "code points"),
    ("UTF-16 units", "UTF-16 units"),
    ("tokens", "tokens"),
    ("code points and tokens", "code points and tokens"),
    ("code points, UTF-16 units and bytes of UTF-8", "code points, UTF-16 units and bytes of UTF-8"),
    ("elements and anchors in the text", "elements and anchors in the text"),
)  # what positions count, as formats say it
_LIST_WIDTH = 250  # pixels


class ExportFormatsDialog(QDialog):
    """All formats there are. What the chosen one cannot hold is said before anything is written."""

    wanted = Signal(object, object, object, object)  # the exporter, the Path, a document's id or None, other choices

    def __init__(self, session: Session, chosen: str = "", parent: QWidget | None = None) -> None:
        """`chosen`: the name of the format that is chosen at first."""
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Export for other programs"))
        self.setMinimumSize(820, 540)
        self.formats = QListWidget(self)
        self.formats.setAccessibleName(tr("Format"))
        self.formats.setFixedWidth(_LIST_WIDTH)
        self.formats.setSpacing(3)
        self.formats.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for exporter in EXPORTERS:
            self.formats.addItem(QListWidgetItem(exporter.title))
        self._held, self._lost, self._unit = (plain_label("", self) for _ in range(3))
        self._warning = plain_label("", self)
        self._make_choices()
        self.path = QLineEdit(self)
        self.path.setAccessibleName(tr("File or folder"))
        self._lay_out()
        names = [exporter.name for exporter in EXPORTERS]
        self.formats.currentRowChanged.connect(self._show)
        self.path.textChanged.connect(self._warn)
        self.formats.setCurrentRow(names.index(chosen) if chosen in names else 0)

    def _make_choices(self) -> None:
        project = self._session.project
        self.articles = QuietCombo(self)
        for status, title in FILTERS:
            self.articles.addItem(tr(title), status)
        if self._session.open is not None:
            self.articles.addItem(tr("This article"), None)
        self.articles.currentIndexChanged.connect(self._suggest)
        self.people = QuietCombo(self)
        self.people.addItem(tr("Everyone"), "")
        for person in project.annotators():
            self.people.addItem(person.name, person.id)
        self.layers = [self._layer(layer.name, layer.shown) for layer in self._session.scheme.layers]
        self.marked = QCheckBox(tr("For spreadsheets (with a byte-order mark)"), self)
        self.marked.setChecked(True)

    def _layer(self, name: str, title: str) -> QCheckBox:
        box = QCheckBox(title.replace("&", "&&"), self)
        box.setObjectName(name)
        box.setChecked(True)
        box.toggled.connect(self._warn)
        return box

    def _lay_out(self) -> None:
        self._lost.setObjectName("bad")
        self._warning.setObjectName("bad")
        self._unit.setObjectName("faint")
        right = QVBoxLayout()
        right.setSpacing(10)
        for label in (self._held, self._lost, self._unit):
            label.setWordWrap(True)
            right.addWidget(label)
        right.addSpacing(8)
        right.addLayout(self._form())
        right.addStretch()
        above = QHBoxLayout()
        above.setSpacing(18)
        above.addWidget(self.formats)
        above.addLayout(right, 1)
        self._choose_button = QPushButton(tr("Choose…"), self)
        self._choose_button.clicked.connect(self._choose)
        self._choose_button.setAutoDefault(False)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self._choose_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._export = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self._warning.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addLayout(above, 1)
        rows.addLayout(file)
        rows.addWidget(self._warning)
        rows.addWidget(buttons)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        for title, field in ((tr("Articles"), self.articles), (tr("Marks of"), self.people)):
            field.setAccessibleName(title)
            form.addRow(title, field)
        boxes = QVBoxLayout()
        boxes.setSpacing(4)
        for box in self.layers:
            boxes.addWidget(box)
        form.addRow(tr("Layers"), boxes)
        form.addRow("", self.marked)
        return form

    @property
    def chosen(self) -> Exporter:
        """The format that is chosen."""
        return EXPORTERS[max(0, self.formats.currentRow())]

    def said(self) -> str:
        """What the format cannot hold, as it is shown."""
        return self._lost.text()

    def _show(self) -> None:
        carries = self.chosen.carries
        held = [tr(title) for name, title in FACTS if getattr(carries, name)]
        lost = [tr(title) for name, title in FACTS if not getattr(carries, name)]
        everything = tr("This format carries everything that the project holds.")
        texts = [tr("texts and marks"), *held]
        self._held.setText(tr("Holds {things}.", things=tr(", ").join(texts)) if lost else everything)
        self._lost.setText(tr("Left out: {things}.", things=tr(", ").join(lost)) if lost else "")
        self._lost.setVisible(bool(lost))
        self._unit.setText(tr("Positions count {unit}.", unit=tr(dict(KINDS)[self.chosen.unit])))
        self.marked.setVisible(self.chosen.name in ("csv", "statements"))
        for number, box in enumerate(self.layers):
            box.setChecked(carries.nested or number == 0)  # one label a word: one layer at a time
        self._suggest()

    def _suggest(self) -> None:
        project, chosen = self._session.project, self.chosen
        folder = project.path.resolve().parent if project.path else Path.cwd()
        name = project.name or "project"
        if self.articles.currentData() is None and self._session.open is not None:
            name = f"{name}-{self._session.open.id[:8]}"
        name = f"{name}{chosen.suffix}" if chosen.suffix == ".csv" else f"{name}-{chosen.name}{chosen.suffix}"
        self.path.setText(str(folder / name))
        self._warn()

    def _choose(self) -> None:
        suggested, suffix = Path(self.path.text()), self.chosen.suffix
        path = asked_new_file(self, self.windowTitle(), str(suggested.parent), suffix, suggested.name)
        if path is not None:
            self.path.setText(str(path))

    def _warn(self) -> None:
        self._warning.setText(self._obstacle() or self._replaced())
        self._export.setEnabled(not self._obstacle())

    def _obstacle(self) -> str:
        """Why it cannot be done as it is chosen."""
        path = Path(self.path.text())
        if self.layers and not any(box.isChecked() for box in self.layers):
            return tr("Choose at least one layer.")
        if not self.chosen.suffix and path.is_dir() and any(path.iterdir()):
            return tr("There is a folder of that name, and it is not empty. Name a new one.")
        return ""

    def _replaced(self) -> str:
        there = self.chosen.suffix and Path(self.path.text()).is_file()
        return tr("There is a file of that name: it will be replaced.") if there else ""

    def _accept(self) -> None:
        if self._obstacle():
            return
        status = self.articles.currentData()
        document = self._session.open.id if status is None and self._session.open else None
        layers = [box.objectName() for box in self.layers if box.isChecked()]
        choices: dict[str, Any] = {
            "annotator": self.people.currentData(),
            "status": status or "",
            "layers": layers if len(layers) < len(self.layers) else [],
            "byte_order_mark": self.marked.isChecked(),
        }
        self.wanted.emit(self.chosen, Path(self.path.text()), document, choices)
        self.accept()
