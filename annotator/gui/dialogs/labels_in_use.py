"""Which of the scheme's labels the palette offers, and which attributes the inspector asks for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute, Scheme
from annotator.gui.texts import plain_label, plain_tip, tr

_KEY = Qt.ItemDataRole.UserRole


class LabelsInUseDialog(QDialog):
    """Two lists to tick. What is not ticked is not offered; what is marked with it stays."""

    wanted = Signal(object, object)  # the ids of the labels and of the attributes to be used

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Labels in use"))
        self.resize(560, 520)
        self.labels = self._list(tr("Labels"))
        for label in scheme.labels:
            self._add(self.labels, label.id, f"{label.layer}: {label.shown}", label.guideline, label.enabled)
        self.attributes = self._list(tr("Attributes"))
        for attribute in scheme.attributes():
            if attribute not in scheme.form:
                name = f"{_owner(scheme, attribute)}: {attribute.shown}"
                self._add(self.attributes, attribute.id, name, "", not attribute.optional)
        self._lay_out()

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        return made

    def _add(self, to: QListWidget, key: str, name: str, tip: str, ticked: bool) -> None:
        item = QListWidgetItem(name, to)
        item.setData(_KEY, key)
        item.setToolTip(plain_tip(tip))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(self)
        buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.labels)
        lists.addWidget(self.attributes)
        about = plain_label(
            tr("What is not ticked is not offered. Marks that have it keep it, and are exported with it."), self
        )
        about.setObjectName("faint")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        rows.addWidget(about)
        rows.addLayout(lists)
        rows.addWidget(buttons)

    def _accept(self) -> None:
        self.wanted.emit(_ticked(self.labels), _ticked(self.attributes))
        self.accept()


def _ticked(items: QListWidget) -> set[str]:
    every = [items.item(row) for row in range(items.count())]
    return {item.data(_KEY) for item in every if item.checkState() == Qt.CheckState.Checked}


def _owner(scheme: Scheme, attribute: Attribute) -> str:
    """The label that has the attribute, or its layer where several have."""
    owners = [label for label in scheme.labels if attribute in label.attributes]
    return owners[0].shown if len(owners) == 1 else owners[0].layer if owners else ""
