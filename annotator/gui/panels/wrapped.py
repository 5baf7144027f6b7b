"""A text of several lines that is as high as they are."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.gui.texts import make_plain

HIGHEST = 4000  # pixels


class WrappedLabel(QLabel):
    """Plain text that is as high as its lines are at the width it has.

    A form's layout asks a label what height it needs for a width, and gives its row less all the same.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        make_plain(self)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # without a height for a width

    def sizeHint(self) -> QSize:
        room = QRect(0, 0, max(self.width(), 1), HIGHEST)
        lines = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return QSize(1, lines.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
