"""The article with its marks: to read, to select in, to click on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget

from annotator.core.span import Span
from annotator.core.words import next_word_end, paragraph_at, previous_word_start, snap, word_at
from annotator.gui.text_view.layout import LaidPiece, ReadingLayout, Sheet
from annotator.gui.text_view.loading import Loading
from annotator.gui.text_view.marks import Mark, MarkIndex, PieceRange
from annotator.gui.text_view.painting import Lit, Painter, lit_ids, ring_area
from annotator.gui.text_view.pieces import Pieces
from annotator.gui.text_view.tags import Tags
from annotator.gui.text_view.zones import Faces, ReadingStyle, Zones, ZoneSpan

TOP = 40.0  # pixels above the article
STILL = 4  # pixels that the mouse may move in a click
HIGHEST = 32_000  # pixels; QPainter draws no further
_Key = QKeySequence.StandardKey
_WORD_KEYS = (
    (_Key.MoveToNextWord, 1, False),
    (_Key.SelectNextWord, 1, True),
    (_Key.MoveToPreviousWord, -1, False),
    (_Key.SelectPreviousWord, -1, True),
)
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(slots=True)
class _Drag:
    """A press of the left button that is not over yet. `start` to `end` is what it took hold of."""

    point: QPointF
    start: int
    end: int
    moved: bool = False
    click: bool = True


@dataclass(frozen=True, slots=True)
class _Visible:
    """A block of which something can be seen, and where its top is in the viewport."""

    block: QTextBlock
    laid: LaidPiece
    top: float


class TextView(QPlainTextEdit):
    """Shows one text with its zones and marks. It never changes the text, and is never asked for it.

    All positions are code points of the text given to `show_document`.
    """

    mark_clicked = Signal(str)
    mark_activated = Signal(str)
    span_selected = Signal(object)  # Span | None
    key_typed = Signal(str)
    loaded = Signal()
    zoom_requested = Signal(int)

    def __init__(self, style: ReadingStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._style = style
        pieces = Pieces("")
        self._sheet = Sheet(pieces, Zones(), MarkIndex(pieces), Faces(style), Tags(style.theme, style.pixels))
        self._layout = ReadingLayout(self._document, self._sheet)
        self._document.setDocumentLayout(self._layout)
        self._painter = Painter(style.theme, self._sheet.tags)
        self._lit = Lit()
        self._drag: _Drag | None = None
        self._double: QPointF | None = None
        self._cycle: tuple[QPointF, list[str], int] | None = None
        self._announced: Span | None = None
        self._wheel = 0
        self._loading = Loading(self._layout, self)
        self._estimating = _single_shot(self, self._loading.estimate)
        self._announcing = _single_shot(self, self._announce)
        self._triple = _single_shot(self, self._forget_double)
        self.setDocument(self._document)
        self._set_up_widget()
        self._loading.marked.connect(self._relay)
        self._loading.finished.connect(self.loaded)
        self.selectionChanged.connect(self._announce_soon)
        self._dress()

    def _set_up_widget(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the column moves when it appears
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Article"))

    # What is shown

    def set_style(self, style: ReadingStyle) -> None:
        """Set the article anew, and stay at the same place in it."""
        if style != self._style:
            self._style = style
            self._restyle()

    def show_document(self, text: str, zones: Sequence[ZoneSpan], marks: Sequence[Mark]) -> None:
        """Show another text from its beginning. A long one is all there when `loaded` is emitted."""
        sheet, areas = self._sheet, Zones(zones)
        self._lit = Lit()
        self._drag = self._cycle = None
        sheet.pieces = Pieces(text, areas.edges())
        sheet.zones, sheet.marks = areas, MarkIndex(sheet.pieces)
        sheet.spaced = "\n\n" in text
        self._layout.forget_all()
        self.setPlainText(self._loading.begin(marks))
        self._loading.shown()
        self._announce()

    def add_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks too."""
        self._loading.load_marks()
        self._relay(self._sheet.marks.add(marks))

    def replace_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks in place of those that have their ids."""
        self.add_marks(marks)

    def remove_marks(self, ids: Collection[str]) -> None:
        """Show the marks of these ids no longer."""
        self._loading.load_marks()
        self._relay(self._sheet.marks.remove(ids))

    def set_chosen(self, id: str | None, related: Collection[str] = ()) -> None:  # noqa: A002
        """Put a ring around one mark, and light up others that belong to it."""
        self._light(Lit(id, frozenset(related), self._lit.hovered))

    def document_text(self) -> str:
        """The text as it was given."""
        return self._sheet.pieces.text

    # Selection and caret

    def selected_span(self) -> Span | None:
        """What is selected."""
        cursor = self.textCursor()
        start, end = self._position(cursor.selectionStart()), self._position(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def select_span(self, span: Span) -> None:
        """Select exactly `span`; the caret goes to its end."""
        self._select(span.start, span.end)
        self._announce()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self._announce()

    def caret(self) -> int:
        """Where the caret stands."""
        return self._position(self.textCursor().position())

    def set_caret(self, position: int) -> None:
        """Put the caret at `position` and select nothing."""
        self._select(position, position)
        self._announce()

    # Places

    def reveal(self, span: Span) -> None:
        """Scroll so that `span` can be read, unless it can already."""
        height = self.viewport().height()
        top, bottom = self._line_top(span.start), self._line_top(span.end - 1)
        room = self._sheet.faces.body.pitch
        if top is not None and bottom is not None and top >= 0 and bottom + 1.5 * room <= height:
            return
        self._scroll_to(span.start, height / 3)

    def first_visible_position(self) -> int:
        """The code point that the topmost visible line begins with."""
        block = self.firstVisibleBlock()
        self._layout.laid(block)
        line = self.verticalScrollBar().value() - block.firstLineNumber()
        layout = block.layout()
        start = layout.lineAt(line).textStart() if 0 < line < layout.lineCount() else 0
        return self._sheet.pieces.to_position(block.blockNumber(), start)

    def scroll_to_position(self, position: int) -> None:
        """Scroll so that the line of `position` is the topmost, or as near to it as the end of the text allows."""
        self._scroll_to(position, 0.0)

    def marks_at(self, position: int) -> list[str]:
        """The ids of the marks over the character at `position`, the innermost first."""
        self._loading.load_marks()
        return [mark.id for mark in self._sheet.marks.at(position)]

    def mark_rectangles(self, id: str) -> list[QRectF]:  # noqa: A002
        """The bands of a mark that can be seen now, in coordinates of the viewport."""
        self._loading.load_marks()
        bounds = QRectF(self.viewport().rect())
        bands = (
            strip.band.translated(0.0, visible.top)
            for visible in self._visible()
            for line in visible.laid.lines
            for strip in line.strips
            if strip.mark.id == id
        )
        return [band.intersected(bounds) for band in bands if band.intersects(bounds)]

    def picture(self, width: int, height: int | None = None) -> QImage:
        """The article as a window of that width would draw it, in pixels; all of it where no height is given.

        What lies below 32,000 pixels is left out.
        """
        twin = TextView(self._style)
        twin.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        twin.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        twin._lit = Lit(self._lit.chosen, self._lit.related)
        twin.resize(width, height or 600)
        twin._show_sheet(self._sheet)
        twin.show()
        twin.resize(width, height or min(HIGHEST, twin._article_height()))
        image = twin.grab().toImage()
        twin.close()
        twin.deleteLater()
        return image

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_marks(event)
        super().paintEvent(event)
        self._loading.painted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        wider = event.size().width() != event.oldSize().width()
        place = self.first_visible_position() if wider else 0
        if wider:
            self._sheet.place_column(self.viewport().width())
            self._layout.forget_all()
        self._sheet.bottom = min(96.0, self.viewport().height() // 3)
        super().resizeEvent(event)
        if wider:
            self._estimating.start(0)
            if place:
                self.scroll_to_position(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_layout"):
            self._document.setDefaultFont(self._sheet.faces.body.font)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()  # a right click keeps the selection that its menu is about
            return
        point, anchor = event.position(), self._position(self.textCursor().anchor())
        if self._double is not None and (point - self._double).manhattanLength() <= STILL:
            self._take(point, paragraph_at(self.document_text(), self._position_at(point)))
            return
        self._pass_on(event, super().mousePressEvent)
        here = self._position_at(point)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag = _Drag(point, anchor, anchor, click=False)
        elif self.textCursor().hasSelection():
            self._drag = None  # the selection itself may be dragged away
        else:
            self._drag = _Drag(point, here, here)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(event.position())
            self._pass_on(event, super().mouseMoveEvent)
            return
        drag.moved = drag.moved or (event.position() - drag.point).manhattanLength() > STILL
        if drag.moved:
            self._pass_on(event, super().mouseMoveEvent)
            self._extend(drag, self._position_at(event.position()), _exact(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pass_on(event, super().mouseReleaseEvent)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        drag, self._drag = self._drag, None
        if drag is not None and not drag.click and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend(drag, self._position_at(event.position()), _exact(event))
        self._announce()
        if drag is not None and drag.click and not drag.moved:
            self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            for id_ in self._marks_under(point)[:1]:
                self.mark_activated.emit(id_)
            return
        self._take(point, word_at(self.document_text(), self._position_at(point)))
        self._double = point
        self._triple.start(QApplication.doubleClickInterval())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._light(Lit(self._lit.chosen, self._lit.related))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / 120)
        self._wheel -= 120 * steps
        if steps:
            self.zoom_requested.emit(steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_typed(event):
            self.key_typed.emit(event.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(event)
        elif not self._move_by_word(event):
            self._press_key(event)
        self._announce()

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        span = self.selected_span()
        if span is not None:
            data.setText(span.covered(self.document_text()))
        return data

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Style

    def _restyle(self) -> None:
        place = self.first_visible_position()
        self._sheet.faces = Faces(self._style)
        self._dress()
        self._sheet.place_column(self.viewport().width())
        self._layout.forget_all()
        self._document.setDefaultFont(self._sheet.faces.body.font)  # clears every block's lines
        self._loading.estimate()
        self.scroll_to_position(place)
        self.viewport().update()

    def _dress(self) -> None:
        """Put on the fonts and colours of the style."""
        theme = self._style.theme
        self._sheet.top = round(TOP * self._style.pixels / 18)
        self._sheet.tags = Tags(theme, self._style.pixels, self.devicePixelRatioF())
        self._painter = Painter(theme, self._sheet.tags)
        self.setFont(self._sheet.faces.body.font)
        self._document.setDefaultFont(self._sheet.faces.body.font)
        palette = QPalette(self.palette())
        selection = QColor(theme.accent)
        selection.setAlphaF(0.38 if theme.dark else 0.26)
        for role, color in (
            (QPalette.ColorRole.Base, QColor(theme.paper)),
            (QPalette.ColorRole.Text, QColor(theme.ink)),
            (QPalette.ColorRole.Highlight, selection),
            (QPalette.ColorRole.HighlightedText, QColor(theme.ink)),
        ):
            palette.setColor(role, color)
        self.setPalette(palette)

    def _show_sheet(self, sheet: Sheet) -> None:
        """Show what another view shows."""
        own = self._sheet
        own.pieces, own.zones, own.marks, own.spaced = sheet.pieces, sheet.zones, sheet.marks, sheet.spaced
        self._layout.forget_all()
        self.setPlainText(self._loading.begin(()))
        self._loading.shown()
        self._loading.load_all()

    def _article_height(self) -> int:
        """The height of all blocks, in pixels."""
        height, block = 0.0, self._document.firstBlock()
        while block.isValid() and height < HIGHEST:
            height += self._layout.blockBoundingRect(block).height()
            block = block.next()
        return int(height)

    # Drawing

    def _visible(self) -> Iterator[_Visible]:
        block, top = self.firstVisibleBlock(), self.contentOffset().y()
        bottom = self.viewport().height()
        while block.isValid() and top < bottom:
            if block.isVisible():
                laid = self._layout.laid(block)
                yield _Visible(block, laid, top)
                top += laid.rect.height()
            block = block.next()

    def _paint_marks(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = 0.0
        for visible in self._visible():
            if visible.top > area.bottom():
                break
            if visible.top + visible.laid.rect.height() >= area.top():
                painter.translate(0.0, visible.top - at)
                at = visible.top
                self._painter.paint(painter, visible.laid, self._lit)
        painter.end()

    def _light(self, lit: Lit) -> None:
        """Let other marks stand out, and draw anew only what that changes."""
        changed = lit_ids(self._lit) ^ lit_ids(lit)
        changed |= {id_ for id_ in (self._lit.chosen, lit.chosen, self._lit.hovered, lit.hovered) if id_}
        if lit == self._lit:
            return
        self._lit = lit
        for visible in self._visible():
            for line in visible.laid.lines:
                areas = [ring_area(strip) for strip in line.strips if strip.mark.id in changed]
                areas += [place.area for place in line.names if place.mark.id in changed]
                for area in areas:
                    self.viewport().update(area.translated(0.0, visible.top).adjusted(-2, -2, 2, 2).toAlignedRect())

    def _relay(self, touched: Sequence[PieceRange]) -> None:
        """Place the marks of these blocks anew, where they can be seen."""
        if not touched:
            return
        before = [(visible.laid, visible.top) for visible in self._visible()]
        self._layout.forget_marks(touched)
        stale = [top for laid, top in before if laid.stale]
        if stale:
            area = self.viewport().rect()
            area.setTop(int(stale[0]))
            self.viewport().update(area)
            self._layout.tell_size_soon()

    # Positions

    def _position(self, qt_position: int) -> int:
        block = self._document.findBlock(qt_position)
        return self._sheet.pieces.to_position(block.blockNumber(), qt_position - block.position())

    def _qt_position(self, position: int) -> int:
        number, offset = self._sheet.pieces.to_block(position)
        self._loading.load_block(number)
        return self._document.findBlockByNumber(number).position() + offset

    def _select(self, anchor: int, position: int) -> None:
        cursor = QTextCursor(self._document)
        cursor.setPosition(self._qt_position(anchor))
        cursor.setPosition(self._qt_position(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _line_of(self, position: int) -> tuple[QTextBlock, int]:
        """The block of a code point, and the number of its line in it."""
        number, offset = self._sheet.pieces.to_block(position)
        self._loading.load_block(number)
        block = self._document.findBlockByNumber(number)
        while not block.isVisible():
            block, offset = block.previous(), 0
        self._layout.laid(block)
        line = block.layout().lineForTextPosition(offset)
        return block, max(0, line.lineNumber()) if line.isValid() else 0

    def _line_top(self, position: int) -> float | None:
        """Where the line of `position` is in the viewport; None if its block is not to be seen."""
        block, line = self._line_of(position)
        for visible in self._visible():
            if visible.block == block:
                return visible.top + block.layout().lineAt(line).y()
        return None

    def _scroll_to(self, position: int, above: float) -> None:
        """Scroll the line of `position` to the top, but for lines of about `above` pixels over it."""
        block, line = self._line_of(position)
        y = block.layout().lineAt(line).y() - above
        while y < 0 and block.blockNumber() > 0:
            block = block.previous()
            y += self._layout.blockBoundingRect(block).height()
        layout = block.layout()
        line = next((n for n in range(layout.lineCount()) if layout.lineAt(n).y() >= y), layout.lineCount() - 1)
        self._layout.tell_size()  # the bar may not know yet how many lines there are
        self.verticalScrollBar().setValue(block.firstLineNumber() + line)

    def _line_at(self, point: QPointF) -> tuple[_Visible, QTextLine] | None:
        """The line of text nearest to a point of the viewport, by height; None below the article."""
        for visible in self._visible():
            if point.y() < visible.top + visible.laid.rect.height():
                layout = visible.block.layout()
                line = layout.lineAt(0)
                for number in range(1, layout.lineCount()):
                    if layout.lineAt(number).y() > point.y() - visible.top:
                        break
                    line = layout.lineAt(number)
                return visible, line
        return None

    def _position_at(self, point: QPointF) -> int:
        """The code point nearest to a point of the viewport."""
        found = self._line_at(point)
        if found is None:
            return len(self.document_text())
        visible, line = found
        return self._sheet.pieces.to_position(visible.block.blockNumber(), line.xToCursor(point.x()))

    def _pass_on(self, event: QMouseEvent, handler: Callable[[QMouseEvent], None]) -> None:
        """Give Qt the event as if it were on the nearest line of text, not in the space between lines."""
        found = self._line_at(event.position())
        if found is None:
            handler(event)
            return
        visible, line = found
        height = min(line.height() / 2, max(0.0, visible.laid.rect.height() - line.y() - 1))
        moved = QPointF(event.position().x(), visible.top + line.y() + height)
        shift = moved - event.position()
        twin = QMouseEvent(
            event.type(), moved, event.scenePosition() + shift, event.globalPosition() + shift,
            event.button(), event.buttons(), event.modifiers(), event.pointingDevice(),
        )  # fmt: skip
        handler(twin)
        event.setAccepted(twin.isAccepted())

    # Mouse

    def _take(self, point: QPointF, span: Span | None) -> None:
        """Select what a double or triple click took hold of; dragging on extends it."""
        if span is None:
            here = self._position_at(point)
            self._drag = _Drag(point, here, here, click=False)
            return
        self._drag = _Drag(point, span.start, span.end, click=False)
        self._select(span.start, span.end)

    def _extend(self, drag: _Drag, position: int, exact: bool) -> None:
        """Select from what the drag took hold of to `position`, in whole words unless `exact`."""
        start, end = min(drag.start, position), max(drag.end, position)
        if not exact:
            span = snap(self.document_text(), start, end)
            start, end = (span.start, span.end) if span is not None else (position, position)
        anchor, caret = (start, end) if position >= drag.start else (end, start)
        self._select(anchor, caret)

    def _click(self, event: QMouseEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return
        point = event.position()
        ids = self._marks_under(point)
        turn = 0
        if self._cycle is not None and self._cycle[1] == ids and (point - self._cycle[0]).manhattanLength() <= STILL:
            turn = self._cycle[2] + 1
        self._cycle = (point, ids, turn)
        if ids:
            self.mark_clicked.emit(ids[turn % len(ids)])

    def _hover(self, point: QPointF) -> None:
        ids = self._marks_under(point)
        self._light(Lit(self._lit.chosen, self._lit.related, ids[0] if ids else None))

    def _marks_under(self, point: QPointF) -> list[str]:
        """The marks at a point of the viewport: the one whose name or underline it is, else those of the text."""
        for visible in self._visible():
            local = QPointF(point.x(), point.y() - visible.top)
            if 0 <= local.y() < visible.laid.rect.height():
                return _hits(visible.laid, local)
        return []

    def _forget_double(self) -> None:
        self._double = None

    # Keys

    def _activate(self, event: QKeyEvent) -> None:
        caret = self.caret()
        ids = self.marks_at(caret) or self.marks_at(caret - 1)
        if ids:
            self.mark_activated.emit(ids[0])
        else:
            event.ignore()

    def _move_by_word(self, event: QKeyEvent) -> bool:
        """Move the caret over a word; whether the key meant that."""
        for key, direction, keep in _WORD_KEYS:
            if event.matches(key):
                caret, number = self.caret(), self.textCursor().block().blockNumber()
                if self._sheet.pieces.right_to_left(number):
                    direction = -direction
                goal = (next_word_end if direction > 0 else previous_word_start)(self.document_text(), caret)
                self._select(self._position(self.textCursor().anchor()) if keep else goal, goal)
                return True
        return False

    def _press_key(self, event: QKeyEvent) -> None:
        """Let Qt do it, again where the caret came to stand where nothing is to be seen."""
        before, caret = self.textCursor().position(), self.caret()
        super().keyPressEvent(event)
        for _ in range(len(self._sheet.pieces)):
            after = self.textCursor()
            if after.position() == before or (after.block().isVisible() and self.caret() != caret):
                return
            before = after.position()
            super().keyPressEvent(event)

    # Telling others

    def _announce_soon(self) -> None:
        if self._drag is None:
            self._announcing.start(0)

    def _announce(self) -> None:
        self._announcing.stop()
        span = self.selected_span()
        if span != self._announced:
            self._announced = span
            self.span_selected.emit(span)


def _hits(laid: LaidPiece, point: QPointF) -> list[str]:
    for line in laid.lines:
        named = [place.mark.id for place in line.names if place.area.contains(point)]
        lined = [s.mark.id for s in line.strips if s.underline.adjusted(0, -1, 0, 1).contains(point)]
        if named or lined:
            return (named or lined)[:1]
    found = {s.mark.id: s.mark for line in laid.lines for s in line.strips if s.band.contains(point)}
    return [mark.id for mark in sorted(found.values(), key=lambda mark: (mark.length(), mark.fragments, mark.id))]


def _is_typed(event: QKeyEvent) -> bool:
    """Whether the key means a character, other than the space, which turns the page."""
    text = event.text()
    return bool(text) and text != " " and text.isprintable() and not event.modifiers() & _MODIFIERS


def _exact(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _single_shot(parent: QObject, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer
