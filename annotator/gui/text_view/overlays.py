"""What may be drawn on an article beside its marks: links, letters to choose by, found words. Each is an overlay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from annotator.gui.text_view.places import Visible


class Overlay(Protocol):
    """Draws on the blocks that can be seen. Points are pixels of the viewport, which is the painter's origin, too.

    `visible` are the blocks on the screen from the top; `area` is what is drawn anew, and the painter is clipped to it.
    """

    def paint_below(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        """Draw what belongs under the letters and above the bands of marks."""

    def paint_above(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        """Draw what belongs over everything."""

    def press(self, point: QPointF) -> bool:
        """A left click at a point, before anything else sees it. Returns whether it was for this overlay."""


class EmptyOverlay:
    """Draws nothing and takes no click: a beginning for those that need only some of it."""

    def paint_below(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        """Draw nothing."""

    def paint_above(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        """Draw nothing."""

    def press(self, point: QPointF) -> bool:
        """Take no click."""
        return False
