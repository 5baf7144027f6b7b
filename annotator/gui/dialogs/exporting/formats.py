"""The list of all formats, by what they are for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from annotator.exporters import GROUPS, exporter_named
from annotator.exporters.base import Exporter
from annotator.gui.texts import tr
from annotator.gui.theme import interface_font

WIDTH, ROW, HEADING = 236, 22, 30  # pixels
_NAME = Qt.ItemDataRole.UserRole
HEADINGS = (
    ("own", "The program’s own"),
    ("tables", "Tables"),
    ("networks", "Networks"),
    ("training", "Training data"),
    ("tools", "Annotation tools"),
    ("standards", "Standards"),
    ("engines", "Engines"),
    ("pages", "To look at"),
)  # what the groups are for, as they are called here


class FormatList(QListWidget):
    """A heading for each group, and its formats below; headings cannot be chosen."""

    changed = Signal()

    def __init__(self, chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Format"))
        self.setFixedWidth(WIDTH)
        self.setSpacing(0)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for (_, title), (_, exporters) in zip(HEADINGS, GROUPS, strict=True):
            self._add_heading(tr(title))
            for exporter in exporters:
                item = QListWidgetItem(exporter.title, self)
                item.setData(_NAME, exporter.name)
                item.setSizeHint(QSize(0, ROW))
        rows = [row for row in range(self.count()) if self.item(row).data(_NAME)]
        named = [row for row in rows if self.item(row).data(_NAME) == chosen]
        self.setCurrentRow((named or rows)[0])
        self.currentRowChanged.connect(lambda row: self.changed.emit() if row >= 0 else None)

    def _add_heading(self, title: str) -> None:
        heading = QListWidgetItem(title, self)
        font = interface_font(11)
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        heading.setSizeHint(QSize(0, HEADING if self.count() > 1 else ROW))
        heading.setTextAlignment(Qt.AlignmentFlag.AlignBottom)
        heading.setForeground(self.palette().placeholderText())
        heading.setFlags(Qt.ItemFlag.NoItemFlags)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads. Home goes to the first format: Qt stays where it is, as a heading stands first."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self.model().index(1, 0)
        return super().moveCursor(action, modifiers)

    @property
    def chosen(self) -> Exporter:
        """The format that is chosen."""
        return exporter_named(self.currentItem().data(_NAME))
