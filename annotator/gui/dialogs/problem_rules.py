"""By which rules problems are looked for in a project."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.core.problems import RULES
from annotator.gui.texts import plain_label, tr

_KEY = Qt.ItemDataRole.UserRole


class ProblemRulesDialog(QDialog):
    """A list to tick. It is the project's, so that all who work in it look for the same."""

    wanted = Signal(object)  # the ids of the rules that are switched off

    def __init__(self, off: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Rules for problems"))
        self.resize(460, 480)
        self.rules = QListWidget(self)
        self.rules.setAccessibleName(tr("Rules for problems"))
        self.rules.setSpacing(2)
        for rule in RULES:
            item = QListWidgetItem(tr(rule.title), self.rules)
            item.setData(_KEY, rule.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if rule.id in off else Qt.CheckState.Checked)
        self.rules.setCurrentRow(0)
        about = plain_label(tr("What is ticked is looked for, by everybody who works in this project file."), self)
        about.setObjectName("faint")
        about.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(about)
        rows.addWidget(self.rules)
        rows.addWidget(buttons)

    def _accept(self) -> None:
        every = [self.rules.item(row) for row in range(self.rules.count())]
        off = frozenset(item.data(_KEY) for item in every if item.checkState() != Qt.CheckState.Checked)
        self.wanted.emit(off)
        self.accept()
