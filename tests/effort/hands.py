"""Hands at the window: real presses, clicks and drags, each counted.

A click is one, a drag is one, a key press is one. Moving the mouse and turning its wheel are not counted, and a key
that is held down is part of what it is held for.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.core.words import snap, word_at
from annotator.gui.main_window import MainWindow

LEFT, NONE, CTRL, ALT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hands:
    """What a person does to the article."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.view = window, window.reader.view
        self.count = 0

    @property
    def text(self) -> str:
        return self.view.document_text()

    def key(self, key: str) -> None:
        """A character typed."""
        QTest.keyClicks(self.view, key)
        self._did()

    def action(self, name: str) -> None:
        """The shortcut of an action, by its keys."""
        combination = self.window.actions_[name].shortcut()[0]
        QTest.keyClick(self.view, combination.key(), combination.keyboardModifiers())
        self._did()

    def escape(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Escape)
        self._did()

    def click(self, position: int) -> None:
        """A click on the character at `position`."""
        self._see(Span(position, position + 1))
        QTest.mouseClick(self.view.viewport(), LEFT, NONE, self._point(position))
        self._did()

    def take(self, span: Span) -> None:
        """The least that takes hold of `span` while a label is painted with: a click on one word, else a drag."""
        middle = span.start + (span.end - span.start) // 2
        if word_at(self.text, middle) == span and not self.view.marks_at(middle):
            self.click(middle)
        else:
            self.drag(span)

    def drag(self, span: Span, *, more: bool = False) -> None:
        """Drag over `span`; with Alt held where it does not consist of whole words, with Ctrl for a further piece."""
        self._see(span)
        held = NONE if snap(self.text, span.start, span.end) == span else ALT
        held = held | CTRL if more else held
        first, last = self._point(span.start), self._point(span.end, before=True)
        port = self.view.viewport()
        QTest.mousePress(port, LEFT, held, first)
        QTest.mouseMove(port, (first + last) / 2)
        for point in (last + QPoint(1, 0), last):
            self._move(point, held)
        QTest.mouseRelease(port, LEFT, held, last)
        self._did()

    def _move(self, point: QPoint, held: Qt.KeyboardModifier) -> None:
        """A move of the mouse with keys held, which QTest cannot make."""
        port = self.view.viewport()
        where = QPointF(point)
        event = QMouseEvent(QEvent.Type.MouseMove, where, port.mapToGlobal(where), LEFT, LEFT, held)
        QApplication.sendEvent(port, event)

    def _did(self) -> None:
        self.count += 1
        for _ in range(3):
            QApplication.processEvents()

    def _see(self, span: Span) -> None:
        self.view.clear_selection() if self.view.selected_span() else None
        self.view.reveal(span)
        QApplication.processEvents()

    def _point(self, position: int, *, before: bool = False) -> QPoint:
        """Where a character is: just behind the edge before it, or, `before`, just before the edge of the one there."""
        sheet = self.view.sheet
        character = position - 1 if before else position
        number, offset = sheet.pieces.to_block(character)
        for visible in self.view.visible():
            if visible.block.blockNumber() == number:
                line = visible.block.layout().lineForTextPosition(offset)
                box = line.glyphRuns(offset, 1)[0].boundingRect()
                leftwards = unicodedata.bidirectional(self.text[character]) in ("R", "AL")
                share = 0.4 if before == leftwards else 0.6  # of the width, from the left
                return QPoint(
                    round(box.left() + share * box.width()), round(visible.top + line.y() + line.height() / 2)
                )
        raise AssertionError(f"{character} is not in view")
