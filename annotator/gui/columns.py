"""The three columns: what to read, the reading, what to say about it. In a narrow window the third lies over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

LIST_WIDTH, SIDE_WIDTH = 292, 300  # pixels
NARROW = 1100  # a window narrower than this has room for two columns


class Columns(QWidget):
    """Puts the columns side by side and remembers which are wanted."""

    changed = Signal()  # which columns are to be seen

    def __init__(self, first: QWidget, middle: QWidget, last: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        for column in (first, middle, last):
            self._split.addWidget(column)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self._split.setStretchFactor(2, 0)
        self._split.setCollapsible(1, False)
        self._over = False
        self._last_wanted = True  # in a window wide enough for it
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)

    @property
    def narrow(self) -> bool:
        """Whether the last column lies over the text, when it is to be seen at all."""
        return self._over

    def sizes(self) -> list[int]:
        """How wide the columns are, to be put back with `set_sizes`; empty when the last one is not among them."""
        return [] if self._over else self._split.sizes()

    def set_sizes(self, sizes: Sequence[int]) -> None:
        """Make the columns as wide as they were; where that is unknown, as wide as usual."""
        known = len(sizes) == 3 and all(sizes)
        self._split.setSizes(list(sizes) if known else [LIST_WIDTH, self.width() - LIST_WIDTH - SIDE_WIDTH, SIDE_WIDTH])

    def show_first(self, wanted: bool) -> None:
        """Show or fold away the list."""
        self._first.setVisible(wanted)
        self.changed.emit()

    def show_last(self, wanted: bool) -> None:
        """Show or fold away the labels and the mark."""
        self._last.setVisible(wanted)
        if wanted and self._over:
            self._place()
        self.changed.emit()

    @property
    def first_shown(self) -> bool:
        """Whether the list is to be seen."""
        return not self._first.isHidden()

    @property
    def last_shown(self) -> bool:
        """Whether the labels and the mark are to be seen."""
        return not self._last.isHidden()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._adapt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():  # before that it has no size that means anything
            self._adapt()

    def _adapt(self) -> None:
        if (self.width() < NARROW) != self._over:
            self._lift() if not self._over else self._put_back()
        if self._over:
            self._place()

    def _lift(self) -> None:
        self._over = True
        self._last_wanted = self.last_shown
        self._last.setParent(self)
        self._last.hide()
        self.changed.emit()

    def _put_back(self) -> None:
        self._over = False
        self._split.addWidget(self._last)
        self._last.setVisible(self._last_wanted)
        self.set_sizes([])
        self.changed.emit()

    def _place(self) -> None:
        self._last.setGeometry(self.width() - SIDE_WIDTH, 0, SIDE_WIDTH, self.height())
        self._last.raise_()
