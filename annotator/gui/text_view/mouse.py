"""What the mouse does to the article: selecting in whole words, clicking through marks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.core.span import Span
from annotator.core.words import paragraph_at, snap, word_at
from annotator.gui.text_view.caret import Caret
from annotator.gui.text_view.layout import Sheet
from annotator.gui.text_view.places import Places

STILL = 4  # pixels that the mouse may move in a click
_LEFT = Qt.MouseButton.LeftButton
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass(slots=True)
class _Drag:
    """A press of the left button that is not over yet. From `start` to `end` is what it took hold of."""

    point: QPointF
    start: int
    end: int
    click: bool = True  # a click, if the mouse stays where it is
    moved: bool = False


@dataclass(slots=True)
class _Turn:
    """The last click: where it was, which marks are there, which of them it meant."""

    point: QPointF
    ids: list[str]
    number: int


class Mouse(QObject):
    """The mouse over one view. The view passes its events on, and Qt's own handling is called from here."""

    def __init__(self, view: QPlainTextEdit, sheet: Sheet, caret: Caret, places: Places) -> None:
        super().__init__(view)
        self._view, self._sheet, self._caret, self._places = view, sheet, caret, places
        self._drag: _Drag | None = None
        self._turn: _Turn | None = None
        self._double: QPointF | None = None  # where a third click would mean the paragraph
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._forget_double)

    @property
    def dragging(self) -> bool:
        """Whether a button is down, and the selection not what it will be."""
        return self._drag is not None

    def forget(self) -> None:
        """Another text is shown: what was begun is over."""
        self._drag = self._turn = self._double = None

    def press(self, event: QMouseEvent) -> None:
        """A button goes down. Only the left one does anything: a menu is about what is selected."""
        if event.button() != _LEFT:
            event.accept()
            return
        point, anchor = event.position(), self._caret.anchor
        if self._double is not None and _near(point, self._double):
            self._take(point, paragraph_at(self._text, self._places.position_at(point)))
            return
        QPlainTextEdit.mousePressEvent(self._view, self._places.on_line(event))
        here = self._places.position_at(point)
        if event.modifiers() & _SHIFT:
            self._drag = _Drag(point, anchor, anchor, click=False)
        elif self._view.textCursor().hasSelection():
            self._drag = None  # the selection itself may be dragged away
        else:
            self._drag = _Drag(point, here, here)

    def move(self, event: QMouseEvent) -> None:
        """The mouse moves."""
        drag = self._drag
        if drag is not None and event.buttons() & _LEFT:
            drag.moved = drag.moved or not _near(event.position(), drag.point)
            if not drag.moved:
                return
        QPlainTextEdit.mouseMoveEvent(self._view, self._places.on_line(event))
        if drag is not None and event.buttons() & _LEFT:
            self._extend(drag, event)

    def release(self, event: QMouseEvent) -> str | None:
        """A button goes up; the mark that was clicked, empty for a click where none is, None when it was no click."""
        QPlainTextEdit.mouseReleaseEvent(self._view, self._places.on_line(event))
        if event.button() != _LEFT:
            return None
        drag, self._drag = self._drag, None
        if drag is None or drag.moved:
            return None
        if drag.click:
            return self._click(event)
        if event.modifiers() & _SHIFT:
            self._extend(drag, event)
        return None

    def double_click(self, event: QMouseEvent) -> str | None:
        """A second press at once: takes a word, or, with Ctrl, the mark that is returned."""
        if event.button() != _LEFT:
            return None
        point = event.position()
        if event.modifiers() & _CTRL:
            ids = self._places.marks_at(point)
            return ids[0] if ids else None
        self._take(point, word_at(self._text, self._places.position_at(point)))
        self._double = point
        self._patience.start(QApplication.doubleClickInterval())
        return None

    @property
    def _text(self) -> str:
        return self._sheet.pieces.text

    def _take(self, point: QPointF, span: Span | None) -> None:
        """Select what a double or triple click took hold of; dragging on extends it."""
        if span is None:
            here = self._places.position_at(point)
            self._drag = _Drag(point, here, here, click=False)
            return
        self._drag = _Drag(point, span.start, span.end, click=False)
        self._caret.select(span.start, span.end)

    def _extend(self, drag: _Drag, event: QMouseEvent) -> None:
        """Select from what the drag took hold of to the mouse, in whole words unless Alt is held."""
        position = self._places.position_at(event.position())
        start, end = min(drag.start, position), max(drag.end, position)
        if not event.modifiers() & _ALT:
            span = snap(self._text, start, end)
            start, end = (span.start, span.end) if span is not None else (position, position)
        anchor, caret = (start, end) if position >= drag.start else (end, start)
        self._caret.select(anchor, caret)

    def _click(self, event: QMouseEvent) -> str | None:
        """The mark that a click means, empty where there is none: at the same place, every time the next one."""
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return None
        point, turn = event.position(), self._turn
        ids = self._places.marks_at(point)
        again = turn is not None and turn.ids == ids and _near(point, turn.point)
        number = turn.number + 1 if turn is not None and again else 0
        self._turn = _Turn(point, ids, number)
        return ids[number % len(ids)] if ids else ""

    def _forget_double(self) -> None:
        self._double = None


def _near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() <= STILL
