"""What the mouse does to the article: selecting in whole words, clicking through marks."""

from __future__ import annotations

from collections.abc import Callable
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
BEAT = 60  # milliseconds between two steps of scrolling while a drag is held beyond the edge
REACH = 40  # pixels beyond the edge that make a step a line longer
_LEFT = Qt.MouseButton.LeftButton
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass(frozen=True, slots=True)
class Click:
    """A click at a code point. `mark` is the id of the mark it means, empty where there is none."""

    position: int
    mark: str


@dataclass(frozen=True, slots=True)
class Grasp:
    """Words that the mouse took hold of. `more`: as a further piece, with Ctrl held."""

    span: Span
    more: bool


@dataclass(slots=True)
class _Drag:
    """A press of the left button that is not over yet. From `start` to `end` is what it took hold of."""

    point: QPointF
    start: int
    end: int
    click: bool = True  # a click, if the mouse stays where it is
    moved: bool = False
    more: bool = False  # Ctrl was held


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
        self.brush = False  # every click is one of its own: of two at once, the second does nothing
        self.leave_out: Callable[[str, Span], Span] = whole_words  # what of the words taken hold of is not wanted
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._forget_double)
        self._beyond: tuple[QPointF, bool] | None = None  # where a drag is held beyond the edge, and whether with Alt
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._scroll_on)

    @property
    def dragging(self) -> bool:
        """Whether a button is down, and the selection not what it will be."""
        return self._drag is not None

    def forget(self) -> None:
        """Another text is shown: what was begun is over."""
        self._drag = self._turn = self._double = None
        self._beat.stop()

    def press(self, event: QMouseEvent) -> None:
        """A button goes down. Only the left one does anything: a menu is about what is selected."""
        if event.button() != _LEFT:
            event.accept()
            return
        point, anchor = event.position(), self._caret.anchor
        if self._double is not None and _near(point, self._double) and not self.brush:
            self._take(point, paragraph_at(self._text, self._places.position_at(point)))
            return
        here = self._places.position_at(point)
        if self.brush:
            self._caret.select(here, here)  # or a click on what is selected would begin to carry it away
        QPlainTextEdit.mousePressEvent(self._view, self._places.on_line(event))
        if event.modifiers() & _SHIFT:
            self._drag = _Drag(point, anchor, anchor, click=False)
        elif self._view.textCursor().hasSelection():
            self._drag = None  # the selection itself may be dragged away
        else:
            self._drag = _Drag(point, here, here, more=bool(event.modifiers() & _CTRL))

    def move(self, event: QMouseEvent) -> None:
        """The mouse moves."""
        drag = self._drag
        if drag is not None and event.buttons() & _LEFT:
            drag.moved = drag.moved or not _near(event.position(), drag.point)
            if not drag.moved:
                return
        QPlainTextEdit.mouseMoveEvent(self._view, self._places.on_line(event))
        if drag is not None and event.buttons() & _LEFT:
            self._extend(drag, event.position(), exact=bool(event.modifiers() & _ALT))
            self._scroll_if_beyond(event)

    def _scroll_if_beyond(self, event: QMouseEvent) -> None:
        """Held above or below the page, a drag goes on into what comes into view."""
        if 0 <= event.position().y() < self._view.viewport().height():
            self._beat.stop()
            return
        self._beyond = (event.position(), bool(event.modifiers() & _ALT))
        if not self._beat.isActive():
            self._beat.start()

    def _scroll_on(self) -> None:
        if self._drag is None or self._beyond is None:
            self._beat.stop()
            return
        point, exact = self._beyond
        height = self._view.viewport().height()
        over = point.y() if point.y() < 0 else point.y() - height
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + round(over / REACH) + (1 if over >= 0 else -1))
        self._extend(self._drag, QPointF(point.x(), min(max(point.y(), 0.0), height - 1.0)), exact=exact)

    def release(self, event: QMouseEvent) -> Click | Grasp | None:
        """A button goes up. Returns what that made of the press, if it meant anything."""
        QPlainTextEdit.mouseReleaseEvent(self._view, self._places.on_line(event))
        if event.button() != _LEFT:
            return None
        self._beat.stop()
        drag, self._drag = self._drag, None
        if drag is None:
            return None
        if drag.click and not drag.moved:
            return self._more_word(event) if drag.more else self._click(event)
        if not drag.moved and event.modifiers() & _SHIFT:
            self._extend(drag, event.position(), exact=bool(event.modifiers() & _ALT))
        span = self._caret.span
        return Grasp(span, drag.more) if span is not None else None

    def double_click(self, event: QMouseEvent) -> None:
        """A second press at once: takes a word."""
        if event.button() != _LEFT or self.brush:
            return
        point = event.position()
        self._take(point, self._word_at(point))
        self._double = point
        self._patience.start(QApplication.doubleClickInterval())

    def _word_at(self, point: QPointF) -> Span | None:
        word = word_at(self._text, self._places.position_at(point))
        return self.leave_out(self._text, word) if word is not None else None

    def _more_word(self, event: QMouseEvent) -> Grasp | None:
        """Ctrl and a click: the word there, for the chosen mark."""
        word = self._word_at(event.position())
        return Grasp(word, more=True) if word is not None else None

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

    def _extend(self, drag: _Drag, point: QPointF, *, exact: bool) -> None:
        """Select from what the drag took hold of to the mouse, in whole words unless `exact` (Alt is held)."""
        position = self._places.position_at(point)
        start, end = min(drag.start, position), max(drag.end, position)
        if not exact:
            span = snap(self._text, start, end)
            span = self.leave_out(self._text, span) if span is not None else None
            start, end = (span.start, span.end) if span is not None else (position, position)
        anchor, caret = (start, end) if position >= drag.start else (end, start)
        self._caret.select(anchor, caret)

    def _click(self, event: QMouseEvent) -> Click | None:
        """What a click means: of several marks at one place, every time the next one."""
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return None
        point, turn = event.position(), self._turn
        position = self._places.position_at(point)
        ids = self._places.marks_at(point)
        again = turn is not None and turn.ids == ids and _near(point, turn.point)
        number = turn.number + 1 if turn is not None and again else 0
        self._turn = _Turn(point, ids, number)
        return Click(position, ids[number % len(ids)] if ids else "")

    def _forget_double(self) -> None:
        self._double = None


def whole_words(_: str, span: Span) -> Span:
    """Leaves nothing out."""
    return span


def _near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() <= STILL
