"""The table of what a change leaves for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from annotator.gui.dialogs.scheme.planning import Place
from annotator.gui.panels.row_table import RowTable
from annotator.gui.texts import plain_tip, tr

Index = QModelIndex | QPersistentModelIndex
ROW = 26  # pixels


class ConflictModel(QAbstractTableModel):
    """Article, words and why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: Sequence[Place] = ()

    def show(self, places: Sequence[Place]) -> None:
        """Show these."""
        self.beginResetModel()
        self.places = places
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (tr("article"), tr("words"), tr("why"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        place = self.places[index.row()]
        text = (place.title, place.words or tr("Form of the article"), _why(place.why))[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class Conflicts(RowTable):
    """Enter goes to the place in the text."""

    place_wanted = Signal(str, object)  # the id of a document, and a Span

    def __init__(self, parent: QWidget) -> None:
        super().__init__(ROW, tr("Conflicts"), parent)
        self.model_ = ConflictModel(self)
        self.setModel(self.model_)
        head = self.horizontalHeader()
        head.setVisible(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setObjectName("boxed")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setWordWrap(False)
        self.doubleClicked.connect(lambda index: self._go(index.row()))

    def _go(self, row: int) -> None:
        if 0 <= row < len(self.model_.places):
            place = self.model_.places[row]
            self.place_wanted.emit(place.document, place.span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _why(why: str) -> str:
    return {
        "two codings": tr("two codings there say otherwise"),
        "link not allowed": tr("it has a link that the scheme does not allow then"),
        "several values": tr("it has several of the values"),
    }.get(why, why)
