"""The middle of the window: the article, and what keys and clicks in it mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.annotation import Annotation
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.core.words import word_at
from annotator.gui.linking import Linking
from annotator.gui.panels.banner import Banner
from annotator.gui.session import MarkChanges, Session
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.view import TextView
from annotator.gui.text_view.zones import ReadingStyle, ZoneSpan
from annotator.gui.texts import plain_label, tr

LEFT_TO_RIGHT, ISOLATE, END_ISOLATE = "\u200e", "\u2068", "\u2069"  # so that an Arabic name turns nothing around


class Reader(QWidget):
    """Shows the open document of a session and turns keys and clicks in the text into its edits."""

    hint_changed = Signal(str)
    edit_wanted = Signal()  # the keyboard should go to the chosen mark's fields

    def __init__(self, style: ReadingStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(self)
        self._about = plain_label("", self)
        self._about.setObjectName("faint")
        self.view = TextView(style, self)
        self.view.setObjectName("article")
        self._more = QTimer(self, interval=0)  # once all of the text is in, the rest of its marks, a slice at a time
        self._more.timeout.connect(self._show_more)
        self._session: Session | None = None
        self.linking: Linking | None = None
        self._lay_out()
        self.view.mark_clicked.connect(self._on_mark_clicked)
        self.view.loaded.connect(self._more.start)
        self.view.text_clicked.connect(self._on_text_clicked)
        self.view.mark_activated.connect(self._on_mark_activated)
        self.view.key_typed.connect(self._on_key)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(20, 7, 20, 7)
        above.addWidget(self._about, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(above)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.banner)  # below the text: when it comes and goes, no line of it moves

    def show_session(self, session: Session | None) -> None:
        """Follow `session`."""
        self._session = session
        self.linking = Linking(session, self) if session else None
        if session is None or self.linking is None:
            return
        session.opened.connect(self._on_opened)
        session.marks_changed.connect(self._on_marks_changed)
        session.chosen_changed.connect(self._on_chosen)
        session.links_changed.connect(self._on_chosen)
        session.scheme_changed.connect(self._on_opened)
        session.status_changed.connect(self._say_about)
        self.linking.changed.connect(self._on_linking)

    # What the session tells

    def _on_opened(self) -> None:
        session = self._session
        if session is None:
            return
        if self.linking is not None:
            self.linking.end()
        opened = session.open
        if opened is None:
            self.view.show_document("", [], [])
        else:
            zones = [ZoneSpan(zone.label, zone.span) for zone in opened.document.zones]
            self.view.show_document(opened.text, zones, self._marks(opened.annotations))
        self._say_about()

    def _show_more(self) -> None:
        if self._session is None or not self._session.show_more():
            self._more.stop()

    def _say_about(self) -> None:
        opened = self._session.open if self._session else None
        if opened is None:
            self._about.clear()
            return
        document = opened.document
        held = document.metadata
        named = [held.get(name, "") for name in ("publication", "archive", "published", "author")]
        once = list(dict.fromkeys(name for name in named if name))
        state = {"in_progress": tr("in progress"), "finished": tr("finished")}.get(opened.status or "new", tr("new"))
        parts = [*once, tr("{count} characters", count=f"{len(document.text):,}"), state]
        self._about.setText(LEFT_TO_RIGHT + " · ".join(f"{ISOLATE}{part}{END_ISOLATE}" for part in parts))

    def _on_marks_changed(self, changes: MarkChanges) -> None:
        if changes.removed:
            self.view.remove_marks(changes.removed)
        if changes.replaced:
            self.view.replace_marks(self._marks(changes.replaced))
        if changes.added:
            self.view.add_marks(self._marks(changes.added))

    def _on_chosen(self) -> None:
        session = self._session
        if session is not None:
            self.view.set_chosen(session.chosen, session.related(session.chosen) if session.chosen else ())

    def _on_linking(self) -> None:
        self.hint_changed.emit(self.linking.hint if self.linking else "")

    def _marks(self, keys: Iterable[str]) -> list[Mark]:
        opened = self._session.open if self._session else None
        return marks_of(opened.annotations[key] for key in keys) if opened else []

    # What the person does in the text

    def _on_mark_clicked(self, key: str) -> None:
        if self.linking is not None and self.linking.active:
            self.linking.take_mark(key)
        elif self._session is not None:
            self._session.choose(key)

    def _on_text_clicked(self) -> None:
        """A click beside all marks lets go of the chosen one, unless its next part is being looked for."""
        linking = self.linking is not None and self.linking.active
        if self._session is not None and not linking and not self._session.awaits_parts:
            self._session.choose(None)

    def _on_mark_activated(self, key: str) -> None:
        if self._session is None or self.linking is None:
            return
        span = self.view.selected_span()
        if self.linking.active and span is not None:
            self.take_link_span(span)
        elif self.linking.active:
            self.linking.take_mark(key)
        else:
            self._session.choose(key)
            self.edit_wanted.emit()

    def take_link_span(self, span: Span, label: Label | None = None) -> None:
        """Let words become the target of the link that is being made."""
        if self.linking is not None:
            self.linking.take_span(span, label)
            self.view.clear_selection()

    def _on_key(self, key: str) -> None:
        label = self._label_of(key)
        if label is not None:
            self.give(label, another=key != key.lower())

    def _label_of(self, key: str) -> Label | None:
        labels = self._session.scheme.labels if self._session else ()
        wanted = key.lower()
        return next((label for label in labels if label.enabled and label.shortcut.lower() == wanted), None)

    def give(self, label: Label, *, another: bool = False) -> None:
        """Give `label` to what is selected; else to the chosen mark that the caret touches; else to the caret's word.

        `another` adds a second mark on the chosen one's words instead of relabelling it.
        """
        session, span = self._session, self.view.selected_span()
        if session is None or session.open is None:
            return
        if span is not None and self.linking is not None and self.linking.active:
            self.take_link_span(span, label)
        elif span is not None:
            self._mark(session, label, [span])
        elif (chosen := session.chosen_mark) is not None and self._caret_touches(chosen):
            if another:
                session.mark(label, chosen.fragments)
            else:
                session.relabel(label)
        elif (word := word_at(session.open.text, self.view.caret())) is not None:
            self._mark(session, label, [word])
        else:
            session.refused.emit(tr("Nothing is selected, and the caret stands in no word."))

    def _mark(self, session: Session, label: Label, spans: Collection[Span]) -> None:
        if session.mark(label, spans) is not None:
            self.view.clear_selection()

    def _caret_touches(self, mark: Annotation) -> bool:
        caret = self.view.caret()
        return any(fragment.start <= caret <= fragment.end for fragment in mark.fragments)

    def press_enter(self) -> bool:
        """Enter, where no mark is under the caret: it ends the choice of a link's words. Returns whether it did."""
        span = self.view.selected_span()
        if self.linking is not None and self.linking.active and span is not None:
            self.take_link_span(span)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() not in ("\r", "\n") or not self.press_enter():
            super().keyPressEvent(event)

    # What the window asks for

    def begin_link(self, kind: RelationType | None) -> None:
        """Wait for the target of a link from the chosen mark: of `kind`, or of the first that is missing."""
        if self.linking is None:
            return
        if kind is None:
            self.linking.begin_next()
        else:
            self.linking.begin(kind)
        self.view.setFocus()

    def let_go(self) -> None:
        """Leave what is under way: the choice of a link, the selection, the chosen mark; one a call."""
        if self.linking is not None and self.linking.active:
            self.linking.end()
        elif self.view.selected_span() is not None:
            self.view.clear_selection()
        elif self._session is not None:
            self._session.choose(None)

    def go_to_mark(self, key: str, *, caret: bool = True) -> None:
        """Choose a mark and bring it into view."""
        session = self._session
        mark = session.open.annotations.get(key) if session and session.open else None
        if session is None or mark is None:
            return
        if caret:
            self.view.clear_selection()
            self.view.set_caret(mark.start)
        self.view.reveal(Span(mark.start, mark.end))
        if self.linking is None or not self.linking.active:
            session.choose(key)


def marks_of(annotations: Iterable[Annotation]) -> list[Mark]:
    """`annotations` as the text view draws them."""
    return [_mark(annotation) for annotation in annotations]


def _mark(annotation: Annotation) -> Mark:
    suggested = annotation.confidence is not None and annotation.origin not in ("manual", "import")
    return Mark(annotation.id, annotation.fragments, annotation.label.name, annotation.label.color, suggested)
