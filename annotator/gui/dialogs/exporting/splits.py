"""In how many parts an export goes out: in one, or split into train, dev and test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from annotator.core.errors import KnownError
from annotator.exporters.placing import FRACTIONS, PARTS, WAYS, Split
from annotator.exporters.split_file import read_split
from annotator.gui.dialogs.exporting.choice_form import ChoiceForm
from annotator.gui.dialogs.files import asked_files
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label, set_tip, tr

SPLITS = (
    ("", "In one piece"),
    ("document", "Train, dev, test by article"),
    ("source", "Train, dev, test by source"),
    ("date", "Train, dev, test by date"),
    ("earlier", "As an earlier split.json…"),
)  # how it can be split, and how that is called here
_NARROW = 52  # pixels
_SEED = "1"


class SplitFields(QWidget):
    """How an export is split: by what, how much goes where, and whether copies of a story stay on one side."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: Split | None = None
        self.way = QuietCombo(self)
        self.way.setAccessibleName(tr("Parts"))
        for way, title in SPLITS:
            self.way.addItem(tr(title), way)
        self.shares = [self._number(f"{share:g}", part) for part, share in zip(PARTS, FRACTIONS, strict=True)]
        self.seed = self._number(_SEED, tr("Seed"))
        set_tip(self.seed, tr("Another number splits otherwise; the same one splits the same again."))
        self.together = QCheckBox(tr("Copies of a story in one part"), self)
        self.together.setChecked(True)
        self._told = plain_label("", self)
        self._told.setWordWrap(True)
        self._told.setObjectName("faint")
        self._lay_out()
        self.way.activated.connect(self._on_way)
        self.way.currentIndexChanged.connect(self._follow)
        self.together.toggled.connect(self.changed)
        self._follow()

    def _number(self, value: str, name: str) -> QLineEdit:
        field = QLineEdit(value, self)
        field.setValidator(QIntValidator(0, 999_999, field))
        field.setFixedWidth(_NARROW)
        field.setAccessibleName(name)
        field.textChanged.connect(self.changed)
        return field

    def _lay_out(self) -> None:
        self._form = form = ChoiceForm(self)
        form.add(tr("Parts"), self.way)
        shares = QHBoxLayout()
        shares.setSpacing(6)
        for part, field in zip(PARTS, self.shares, strict=True):
            shares.addWidget(plain_label(part, self))
            shares.addWidget(field)
        shares.addStretch()
        form.add("", shares)
        form.add(tr("Seed"), self.seed)
        form.add("", self.together)
        form.add("", self._told)

    def _on_way(self) -> None:
        """An earlier split is asked for once a person chooses that."""
        if self.way.currentData() != "earlier":
            return
        paths = asked_files(self, tr("An earlier split.json"), "")
        try:
            self._earlier = read_split(Path(paths[0])) if paths else None
            self._told.setText(Path(paths[0]).name if paths else "")
        except KnownError as error:
            self._earlier = None
            self._told.setText(str(error))
        if not paths:
            self.way.setCurrentIndex(0)
        self._follow()

    def _follow(self) -> None:
        way = self.way.currentData()
        for row in (1, 2, 3):
            self._form.setRowVisible(row, way in WAYS)
        self._form.setRowVisible(4, way == "earlier" and bool(self._told.text()))
        self.changed.emit()

    def show_kept(self, kept: object) -> None:
        """Show what was chosen the last time; an earlier split is not remembered."""
        held: Mapping[str, Any] = kept if isinstance(kept, dict) else {}
        self.way.setCurrentIndex(max(0, self.way.findData(held.get("by", ""))))
        shares = held.get("fractions")
        if isinstance(shares, list) and len(shares) == len(PARTS):
            for field, share in zip(self.shares, shares, strict=True):
                field.setText(str(share))
        self.seed.setText(str(held.get("seed", _SEED)))
        self.together.setChecked(held.get("together", True) is not False)

    def kept(self) -> dict[str, Any]:
        """What is to be remembered."""
        way = self.way.currentData()
        return {
            "by": way if way in WAYS else "",
            "fractions": [field.text() for field in self.shares],
            "seed": self.seed.text(),
            "together": self.together.isChecked(),
        }

    @property
    def splits(self) -> bool:
        """Whether the export is to be in parts."""
        return bool(self.way.currentData())

    def obstacle(self) -> str:
        """Why it cannot be split as it is chosen; nothing where it can."""
        if self.way.currentData() == "earlier":
            return "" if self._earlier else self._told.text() or tr("Choose a split.json.")
        try:
            self.split()
        except ValueError:
            return tr("Train needs a share, and the three need numbers.")
        return ""

    def split(self) -> Split | None:
        """How it is to be split; None for one piece. Raises ValueError where it cannot be."""
        way = self.way.currentData()
        if way == "earlier":
            return self._earlier
        if way not in WAYS:
            return None
        shares = tuple(float(field.text()) for field in self.shares)
        return Split(way, shares, int(self.seed.text()), self.together.isChecked())
