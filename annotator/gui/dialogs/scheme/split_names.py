"""The table in which the labels that a label is split into get their names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.core.scheme import Attribute
from annotator.gui.texts import tr

ROW = 30  # pixels
SEEN = 5  # values at once
_NEAR = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_NAME = Qt.ItemDataRole.UserRole


class SplitNames(QTableWidget):
    """A line for each value: how it is shown, and the name of the label that its marks get; none where they stay."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 2, parent)
        self.setObjectName("boxed")
        self.setAccessibleName(tr("names of the new labels"))
        self.setHorizontalHeaderLabels([tr("marks with"), tr("get the label")])
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setDefaultAlignment(_NEAR)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)

    def show_values(self, attribute: Attribute) -> None:
        """Propose a name for each value of `attribute`."""
        values = [(each.name, each.shown) for each in attribute.values] or [("yes", tr("yes")), ("no", tr("no"))]
        blocked = self.blockSignals(True)
        self.setRowCount(len(values))
        for row, (name, shown) in enumerate(values):
            old = QTableWidgetItem(shown)
            old.setData(_NAME, name)
            old.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.setItem(row, 0, old)
            self.setItem(row, 1, QTableWidgetItem(name.upper().replace(" ", "_")))
        self.setFixedHeight(ROW * (min(SEEN, len(values)) + 1) + 12)
        self.setCurrentCell(0, 1)
        self.blockSignals(blocked)

    def chosen(self) -> dict[str, str]:
        """The names of the new labels, by the value."""
        rows = [[self.item(row, column) for column in (0, 1)] for row in range(self.rowCount())]
        return {
            str(old.data(_NAME)): new.text().strip()
            for old, new in rows
            if old is not None and new is not None and new.text().strip()
        }
