"""The middle of the window: the article with what is drawn on it, and what is known of it above."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.annotation import Annotation
from annotator.core.dates import date_of
from annotator.core.span import Span
from annotator.gui.gestures import Gestures
from annotator.gui.open_document import MarkChanges, OpenDocument
from annotator.gui.panels.banner import Banner
from annotator.gui.panels.elided import ElidedLabel
from annotator.gui.session import Session
from annotator.gui.text_view.links import LinkLine, LinkOverlay
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.view import TextView
from annotator.gui.text_view.zones import ReadingStyle, ZoneSpan
from annotator.gui.texts import plain_label, tr

if TYPE_CHECKING:
    from annotator.core.keywords import KeywordList
    from annotator.gui.keywords import Keywords
    from annotator.gui.panels.find_bar import FindBar
    from annotator.gui.text_view.highlights import HighlightOverlay

LEFT_TO_RIGHT, ISOLATE, END_ISOLATE = "\u200e", "\u2068", "\u2069"  # so that an Arabic name turns nothing around


class Reader(QWidget):
    """Shows the open document of a session. What is done in its text is for `gestures`."""

    moved = Signal(int)  # the text jumps to another code point, which was not in view

    def __init__(self, style: ReadingStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(self)
        self._about = ElidedLabel(self, faint=True)
        self._title = ElidedLabel(self)
        self._state = plain_label("", self)
        self._state.setObjectName("faint")
        self.view = TextView(style, self)
        self.view.setObjectName("article")
        self._more = QTimer(self, interval=0)  # once all of the text is in, the rest of its marks, a slice at a time
        self._more.timeout.connect(self._show_more)
        self._session: Session | None = None
        self._hidden: frozenset[str] = frozenset()
        self._find_bar: FindBar | None = None
        self._highlights: HighlightOverlay | None = None
        self._keywords: Keywords | None = None
        self.links = LinkOverlay(self.view, self)
        self.view.add_overlay(self.links)
        self.gestures = Gestures(self.view, self)
        self._lay_out()
        self.view.loaded.connect(self._more.start)
        self.links.followed.connect(self.go_to_mark)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(20, 7, 20, 7)
        above.setSpacing(12)
        above.addWidget(self._about)
        above.addWidget(self._title, 1)
        above.addWidget(self._state)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(above)
        rows.addWidget(self.view, 1)
        self._rows = rows
        rows.addWidget(self.banner)  # below the text: when it comes and goes, no line of it moves

    def show_session(self, session: Session | None) -> None:
        """Follow `session`."""
        self._session = session
        self.gestures.show_session(session)
        if session is None:
            return
        session.opened.connect(self._on_opened)
        session.marks_changed.connect(self._on_marks_changed)
        session.chosen_changed.connect(self._on_chosen)
        session.links_changed.connect(self._on_links)
        session.scheme_changed.connect(self._on_document_changed)
        session.status_changed.connect(self._say_about)
        session.document_changed.connect(self._on_document_changed)

    # What the session tells

    def _on_opened(self) -> None:
        session = self._session
        if session is None:
            return
        opened = session.open
        if opened is None:
            self.view.show_document("", [], [])
        else:
            zones = [ZoneSpan(zone.label, zone.span) for zone in opened.document.zones]
            self.view.show_document(opened.text, zones, self._marks(opened.annotations))
        self._on_links()
        self._say_about()
        if self._find_bar is not None:
            self._find_bar.show_text()
        if self._keywords is not None:
            self._keywords.show_text(self.view.document_text())

    def _on_document_changed(self) -> None:
        """The zones or the labels are others: set the article anew, and stay where one was."""
        place, caret = self.view.first_visible_position(), self.view.caret()
        self._on_opened()
        self.view.set_caret(caret)
        self.view.scroll_to_position(place)

    @property
    def find_bar(self) -> FindBar:
        """The bar that looks for words in the article, made when it is first wanted."""
        if self._find_bar is None:
            from annotator.gui.panels.find_bar import FindBar

            self._find_bar = FindBar(self.view, self.highlights, self)
            self._rows.insertWidget(self._rows.indexOf(self.banner), self._find_bar)
        return self._find_bar

    def use_keywords(self, lists: list[KeywordList]) -> None:
        """Highlight the words of these lists."""
        from annotator.gui.keywords import Keywords

        if self._keywords is None:
            self._keywords = Keywords(lambda: self.highlights, self)
        self._keywords.use(lists, self.view.document_text())

    def leave_find_bar(self) -> bool:
        """Close the bar that looks for words, if it is open. Returns whether it was."""
        if self._find_bar is None or self._find_bar.isHidden():
            return False
        self._find_bar.leave()
        return True

    @property
    def highlights(self) -> HighlightOverlay:
        """What stands out in the article beside its marks."""
        if self._highlights is None:
            from annotator.gui.text_view.highlights import HighlightOverlay

            self._highlights = HighlightOverlay(self.view)
            self.view.add_overlay(self._highlights)
        return self._highlights

    def _show_more(self) -> None:
        if self._session is None or not self._session.show_more():
            self._more.stop()

    def _say_about(self) -> None:
        opened = self._session.open if self._session else None
        if opened is None:
            for label in (self._about, self._title, self._state):
                label.setText("")
            return
        document = opened.document
        held = document.metadata
        date = held.get("published", "")
        outlet = held.get("publication", "") or held.get("archive", "")  # one of them, or the title finds no room
        named = [outlet, date_of(date) or date, held.get("author", "")]
        state = {"in_progress": tr("in progress"), "finished": tr("finished")}.get(opened.status or "new", tr("new"))
        self._about.setText(_joined(list(dict.fromkeys(name for name in named if name))))
        self._about.setVisible(bool(self._about.text()))
        self._title.setText(document.title)
        self._state.setText(_joined([tr("{count} characters", count=f"{len(document.text):,}"), state]))

    def _on_marks_changed(self, changes: MarkChanges) -> None:
        if changes.removed:
            self.view.remove_marks(changes.removed)
        if changes.replaced:
            if self._hidden:  # a mark may have got a label of a hidden layer
                self.view.remove_marks(changes.replaced)
            self.view.replace_marks(self._marks(changes.replaced))
        if changes.added:
            self.view.add_marks(self._marks(changes.added))

    def _on_chosen(self) -> None:
        session = self._session
        if session is not None:
            self.view.set_chosen(session.chosen, session.related(session.chosen) if session.chosen else ())
            self.links.set_chosen(session.chosen)

    def _on_links(self) -> None:
        opened = self._session.open if self._session else None
        self.links.set_links(_lines(opened) if opened else [])
        self._on_chosen()

    def _marks(self, keys: Iterable[str]) -> list[Mark]:
        """The marks of these ids that are to be seen."""
        opened = self._session.open if self._session else None
        if opened is None:
            return []
        found = (opened.annotations[key] for key in keys)
        return marks_of(mark for mark in found if mark.label.layer not in self._hidden)

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the layers that are not shown."""
        return self._hidden

    def show_layer(self, name: str, shown: bool) -> None:
        """Show or hide the marks of the layer of that name."""
        self._hidden = self._hidden - {name} if shown else self._hidden | {name}
        opened = self._session.open if self._session else None
        if opened is None:
            return
        keys = [key for key, mark in opened.annotations.items() if mark.label.layer == name]
        if shown:
            self.view.add_marks(self._marks(keys))
        else:
            self.view.remove_marks(keys)

    # What the window asks for

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() not in ("\r", "\n") or not self.gestures.press_enter():
            super().keyPressEvent(event)

    def reveal(self, span: Span) -> None:
        """Bring a place of the article into view, and put the caret there."""
        self.moved.emit(span.start)
        self.view.clear_selection()
        self.view.set_caret(span.start)
        self.view.reveal(span)

    def go_to_mark(self, key: str, *, caret: bool = True) -> None:
        """Choose a mark and bring it into view."""
        session = self._session
        mark = session.open.annotations.get(key) if session and session.open else None
        if session is None or mark is None:
            return
        self.moved.emit(mark.start)
        if caret:
            self.view.clear_selection()
            self.view.set_caret(mark.start)
        self.view.reveal(Span(mark.start, mark.end))
        if self.gestures.linking is None or not self.gestures.linking.active:
            session.choose(key)


def _joined(parts: Iterable[str]) -> str:
    """Parts of a line, each kept apart from those beside it."""
    joined = " · ".join(f"{ISOLATE}{part}{END_ISOLATE}" for part in parts)
    return LEFT_TO_RIGHT + joined if joined else ""


def marks_of(annotations: Iterable[Annotation]) -> list[Mark]:
    """`annotations` as the text view draws them."""
    return [_mark(annotation) for annotation in annotations]


def _mark(annotation: Annotation) -> Mark:
    suggested = annotation.confidence is not None and annotation.origin not in ("manual", "import")
    return Mark(annotation.id, annotation.fragments, annotation.label.name, annotation.label.color, suggested)


def _lines(opened: OpenDocument) -> list[LinkLine]:
    """The links of a document as the text view draws them, in the colour of where they start."""
    return [
        LinkLine(link.id, link.source, link.target, link.type.shown, opened.annotations[link.source].label.color)
        for link in opened.relations.values()
        if link.source in opened.annotations
    ]
