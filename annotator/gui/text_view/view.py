"""The article with its marks: to read, to select in, to click on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.core.proclitics import without_proclitics
from annotator.core.span import Span
from annotator.gui.text_view.caret import Caret
from annotator.gui.text_view.keys import Keys, nudged_by, typed
from annotator.gui.text_view.layout import ReadingLayout, Sheet
from annotator.gui.text_view.loading import Loading
from annotator.gui.text_view.marks import Mark, MarkIndex, PieceRange
from annotator.gui.text_view.mouse import Click, Mouse, whole_words
from annotator.gui.text_view.overlays import Overlay
from annotator.gui.text_view.painting import Lit, Painter, ring_area
from annotator.gui.text_view.pieces import Pieces
from annotator.gui.text_view.places import Places, Visible
from annotator.gui.text_view.selection import selected_areas
from annotator.gui.text_view.tags import Tags
from annotator.gui.text_view.zones import Faces, ReadingStyle, Zones, ZoneSpan
from annotator.gui.texts import tr
from annotator.gui.theme import Theme

TOP = 40  # pixels above the article at a type of 18
BELOW = 96  # pixels below it, where the window is high enough
HIGHEST = 32_000  # pixels; QPainter draws no further
NOTCH = 120  # of the wheel, as Qt counts
SETTLED = 100  # milliseconds after which a window of a long text is taken to have its size
MANY = 1_000  # blocks, of a long text
_CTRL = Qt.KeyboardModifier.ControlModifier


class TextView(QPlainTextEdit):
    """Shows one text with its zones and marks. It never changes the text, and is never asked for it.

    All positions are code points of the text given to `show_document`.
    """

    mark_clicked = Signal(str)  # its id
    text_clicked = Signal()  # where no mark is
    mark_activated = Signal(str)  # its id
    span_selected = Signal(object)  # Span | None
    word_clicked = Signal(int)  # a plain click: the code point, told before what it means otherwise
    selection_made = Signal(object)  # Span: the mouse has selected it
    fragment_selected = Signal(object)  # Span: the same with Ctrl held, as a further piece of the chosen mark
    key_typed = Signal(str)
    nudge_wanted = Signal(str, str, str)  # which edge, "out" or "in", by a "word" or a "character"
    back_wanted = Signal()
    forward_wanted = Signal()
    loaded = Signal()
    zoom_requested = Signal(int)  # steps, negative for smaller

    def __init__(self, style: ReadingStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._lit = Lit()
        self._told: Span | None = None
        self._wheel = 0
        self._overlays: list[Overlay] = []
        self._label_keys: frozenset[str] = frozenset()
        self.takes_tab: Callable[[], bool] = bool  # asked before Tab goes on to the next widget; False: it does
        self._build()
        self._set_up_widget()
        self._dress()

    def _build(self) -> None:
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        style, pieces = self._style, Pieces("")
        self._sheet = Sheet(pieces, Zones(), MarkIndex(pieces), Faces(style), Tags(style.theme, style.pixels))
        self._layout = ReadingLayout(self._document, self._sheet)
        self._document.setDocumentLayout(self._layout)
        self.setDocument(self._document)
        self._loading = Loading(self._layout, self)
        self._places = Places(self, self._layout, self._loading)
        self._caret = Caret(self, self._sheet, self._loading)
        self._mouse = Mouse(self, self._sheet, self._caret, self._places)
        self._keys = Keys(self, self._sheet, self._caret, self._loading)
        self._estimating = _single_shot(self, self._loading.estimate)
        self._telling = _single_shot(self, self._tell_selection)
        self._loading.marked.connect(self._relay)
        self._loading.finished.connect(self.loaded)
        self.selectionChanged.connect(self._tell_selection_soon)

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
        self.setAccessibleName(tr("Article"))

    # What is shown

    def set_style(self, style: ReadingStyle) -> None:
        """Set the article anew, and stay at the same place in it."""
        if style != self._style:
            self._style = style
            self._restyle()

    def show_document(self, text: str, zones: Sequence[ZoneSpan], marks: Sequence[Mark]) -> None:
        """Show another text from its beginning. A long one is all there when `loaded` is emitted."""
        sheet, areas = self._sheet, Zones(zones)
        sheet.pieces = Pieces(text, areas.edges())
        sheet.zones, sheet.marks = areas, MarkIndex(sheet.pieces)
        sheet.spaced = "\n\n" in text
        self._begin(marks)

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

    def set_label_keys(self, keys: frozenset[str]) -> None:
        """Which characters give a label, and so do nothing else here."""
        self._label_keys = keys

    def set_brush(self, active: bool) -> None:
        """Let a click be told as `word_clicked` alone, and show that clicks and drags make marks."""
        self._mouse.brush = active
        shape = Qt.CursorShape.CrossCursor if active else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def set_proclitics(self, left_out: bool) -> None:
        """Whether the mouse leaves out what is written together with an Arabic word, as و and ال are."""
        self._mouse.leave_out = without_proclitics if left_out else whole_words

    def document_text(self) -> str:
        """The text as it was given."""
        return self._sheet.pieces.text

    # Selection and caret

    def selected_span(self) -> Span | None:
        """What is selected."""
        return self._caret.span

    def select_span(self, span: Span) -> None:
        """Select exactly `span`; the caret goes to its end."""
        self._caret.select(span.start, span.end)
        self._tell_selection()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.set_caret(self._caret.position)

    def selectAll(self) -> None:
        self._loading.load_all()
        super().selectAll()

    def caret(self) -> int:
        """Where the caret stands."""
        return self._caret.position

    def set_caret(self, position: int) -> None:
        """Put the caret at `position` and select nothing."""
        self._caret.select(position, position)
        self._tell_selection()

    # Places

    def reveal(self, span: Span) -> None:
        """Scroll so that `span` can be read, unless it can already."""
        if not self._places.comfortable(span):
            self._places.scroll_to(span.start, self.viewport().height() / 3)

    def first_visible_position(self) -> int:
        """The code point that the topmost visible line begins with."""
        return self._places.first_position()

    def scroll_to_position(self, position: int) -> None:
        """Scroll so that the line of `position` is the topmost, or as near to it as the end of the text allows."""
        self._places.scroll_to(position)

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
            for visible in self._places.visible()
            for line in visible.laid.lines
            for strip in line.strips
            if strip.mark.id == id
        )
        return [band.intersected(bounds) for band in bands if band.intersects(bounds)]

    def corner_for_popup(self) -> QPoint:
        """Where on the screen a list about the selection should begin: just below the caret."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 6))

    def visible(self) -> list[Visible]:
        """The blocks that can be seen, from the top."""
        return list(self._places.visible())

    # What else is drawn

    def add_overlay(self, overlay: Overlay) -> None:
        """Let `overlay` draw on the article, above those that came before it."""
        self._overlays.append(overlay)
        self.viewport().update()

    def remove_overlay(self, overlay: Overlay) -> None:
        """Draw without `overlay` from now on."""
        self._overlays.remove(overlay)
        self.viewport().update()

    @property
    def theme(self) -> Theme:
        """The colours that the article is drawn in."""
        return self._style.theme

    @property
    def sheet(self) -> Sheet:
        """What is known of the article: its pieces, zones, marks and faces. Overlays read it."""
        return self._sheet

    def picture(self, width: int, height: int | None = None) -> QImage:
        """The article as a window of that width would draw it, in pixels; all of it where no height is given.

        What lies below 32,000 pixels is left out. On a scaled screen the image is as much larger.
        """
        twin = TextView(self._style)
        twin.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        twin.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        twin.resize(width, height or 600)
        twin._show_sheet(self._sheet)
        twin._lit = Lit(self._lit.chosen, self._lit.related)
        twin.show()
        twin.resize(width, height or min(HIGHEST, twin._layout.height()))
        image = twin.grab().toImage()
        twin.close()
        twin.deleteLater()
        return image

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_marks(event)
        super().paintEvent(event)
        self._paint_overlays(event)
        self._loading.painted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        wider = event.size().width() != event.oldSize().width()
        place = self.first_visible_position() if wider else 0
        if wider:
            self._sheet.place_column(self.viewport().width())
            self._layout.forget_all()
        self._sheet.bottom = min(BELOW, self.viewport().height() // 3)
        super().resizeEvent(event)
        if wider:
            self._estimating.start(SETTLED if self._document.blockCount() > MANY else 0)
        if place:
            self.scroll_to_position(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_layout"):
            self._set_fonts()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._overlay_takes(event):
            return
        self._mouse.press(event)

    def _overlay_takes(self, event: QMouseEvent) -> bool:
        return any(overlay.press(event.position()) for overlay in reversed(self._overlays))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)
        if not event.buttons():
            ids = self._places.marks_at(event.position())
            self._light(Lit(self._lit.chosen, self._lit.related, ids[0] if ids else None))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back_wanted.emit()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward_wanted.emit()
        meant = self._mouse.release(event)
        self._tell_selection()
        if isinstance(meant, Click):
            self._tell_click(meant)
        elif meant is not None:
            (self.fragment_selected if meant.more else self.selection_made).emit(meant.span)

    def _tell_click(self, click: Click) -> None:
        painting = self._mouse.brush  # what is done with the click may put the brush down
        self.word_clicked.emit(click.position)
        if painting:
            return
        if click.mark:
            self.mark_clicked.emit(click.mark)
        else:
            self.text_clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return (forward and self.takes_tab()) or super().focusNextPrevChild(forward)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._light(Lit(self._lit.chosen, self._lit.related))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & _CTRL:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / NOTCH)
        self._wheel -= NOTCH * steps
        if steps:
            self.zoom_requested.emit(steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = typed(event)
        if nudge := nudged_by(event, self._label_keys):
            self.nudge_wanted.emit(*nudge)
        elif text and self._keys.takes(text, self._label_keys):
            self._show_caret()
            self._tell_selection()
        elif text:
            self.key_typed.emit(text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(event)
        else:
            self._keys.press(event)
            self._show_caret()
            self._tell_selection()

    def _show_caret(self) -> None:
        """Keep two lines in view below the caret, to read on and for the names of marks.

        Qt would leave it at the edge, and below it where there are marks: it reckons with lines of one height.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        room = min(2.0 * self._sheet.faces.body.pitch, height / 4)
        while self.cursorRect().bottom() + room > height and bar.value() < bar.maximum():
            bar.setValue(bar.value() + 1)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        if (span := self._caret.span) is not None:
            data.setText(span.covered(self.document_text()))
        return data

    def _activate(self, event: QKeyEvent) -> None:
        caret = self._caret.position
        ids = self.marks_at(caret) or self.marks_at(caret - 1)
        if ids:
            self.mark_activated.emit(ids[0])
        else:
            event.ignore()  # Return may mean something to the window

    # Text and style

    def _begin(self, marks: Sequence[Mark]) -> None:
        """Fill the document with the sheet's pieces, from the first."""
        self._lit = Lit()
        self._mouse.forget()
        self._layout.forget_all()
        self.setPlainText(self._loading.begin(marks))
        self._loading.shown()
        self._tell_selection()

    def _show_sheet(self, sheet: Sheet) -> None:
        """Show what another view shows, all of it."""
        own = self._sheet
        own.pieces, own.zones, own.marks, own.spaced = sheet.pieces, sheet.zones, sheet.marks, sheet.spaced
        self._begin(())
        self._loading.load_all()

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
        style = self._style
        self._sheet.top = round(TOP * style.pixels / 18)
        self._sheet.tags = Tags(style.theme, style.pixels, self.devicePixelRatioF())
        self._painter = Painter(style.theme, self._sheet.tags)
        self.setFont(self._sheet.faces.body.font)
        self._set_fonts()
        palette = _palette(self.palette(), style.theme)
        self.setPalette(palette)
        self.viewport().setPalette(palette)  # does not inherit it where the program has a style sheet

    def _set_fonts(self) -> None:
        """Give the document the article's font, whatever font the widget was given."""
        font = self._sheet.faces.body.font
        if self._document.defaultFont() != font:
            self._layout.forget_all()
            self._document.setDefaultFont(font)

    # Drawing

    def _paint_marks(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        painter.setClipRect(area)
        at = 0.0
        for visible in self._places.visible():
            if visible.top > area.bottom():
                break
            if visible.top + visible.laid.rect.height() >= area.top():
                painter.translate(0.0, visible.top - at)
                at = visible.top
                self._painter.paint(painter, visible.laid, self._lit)
                self._painter.paint_selection(painter, self._selected_areas(visible))
        painter.translate(0.0, -at)
        for overlay in self._overlays:
            overlay.paint_below(painter, self.visible(), area)
        painter.end()

    def _paint_overlays(self, event: QPaintEvent) -> None:
        if not self._overlays:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        visible = self.visible()
        for overlay in self._overlays:
            overlay.paint_above(painter, visible, event.rect())
        painter.end()

    def _selected_areas(self, visible: Visible) -> Iterator[QRectF]:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return iter(())
        mixed = self._sheet.pieces.bidirectional(visible.block.blockNumber())
        return selected_areas(visible.block, cursor, mixed)

    def _light(self, lit: Lit) -> None:
        """Let other marks stand out, and draw anew only what that changes."""
        if lit == self._lit:
            return
        changed = lit.differing(self._lit)
        self._lit = lit
        for visible in self._places.visible():
            for line in visible.laid.lines:
                areas = [ring_area(strip) for strip in line.strips if strip.mark.id in changed]
                areas += [place.area for place in line.names if place.mark.id in changed]
                for area in areas:
                    self.viewport().update(area.translated(0.0, visible.top).adjusted(-2, -2, 2, 2).toAlignedRect())

    def _relay(self, touched: Sequence[PieceRange]) -> None:
        """Place the marks of these blocks anew, where they can be seen."""
        before = list(self._places.visible())
        self._layout.forget_marks(touched)
        stale = [visible.top for visible in before if visible.laid.stale]
        if stale:
            area = self.viewport().rect()
            area.setTop(int(stale[0]))
            self.viewport().update(area)
            self._layout.tell_size_soon()

    # Telling others

    def _tell_selection_soon(self) -> None:
        if not self._mouse.dragging:
            self._telling.start(0)

    def _tell_selection(self) -> None:
        self._telling.stop()
        if self._caret.span != self._told:
            self._told = self._caret.span
            self.span_selected.emit(self._told)


def _palette(palette: QPalette, theme: Theme) -> QPalette:
    dressed = QPalette(palette)
    for role, color in (
        (QPalette.ColorRole.Base, QColor(theme.paper)),
        (QPalette.ColorRole.Text, QColor(theme.ink)),
        (QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.transparent)),  # the view draws its own
        (QPalette.ColorRole.HighlightedText, QColor(theme.ink)),
    ):
        dressed.setColor(role, color)
    return dressed


def _single_shot(parent: QObject, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer
