"""What keys and clicks in the article mean: which edit of the session they are."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from annotator.core.annotation import Annotation
from annotator.core.frames import part_kinds, part_label
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.core.words import word_at, word_behind
from annotator.gui.brush import Brush
from annotator.gui.frames import Frames
from annotator.gui.linking import Linking
from annotator.gui.session import Session
from annotator.gui.text_view.hints import HintOverlay
from annotator.gui.text_view.view import TextView
from annotator.gui.texts import tr


class Gestures(QObject):
    """Turns what a person does in the text into edits. One mode at a time: linking, asking for parts, painting."""

    hint_changed = Signal(str)
    edit_wanted = Signal()  # the keyboard should go to the chosen mark's fields
    pick_wanted = Signal()  # a label should be picked for what is selected

    def __init__(self, view: TextView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._session: Session | None = None
        self.linking: Linking | None = None
        self.frames: Frames | None = None
        self.brush = Brush(self)
        self.letters = HintOverlay(view, self)
        self._after_letters: str = ""  # what is done with the mark whose letters are typed: "choose" or "link"
        view.add_overlay(self.letters)
        self.brush.changed.connect(self._on_mode)
        self._connect_view()

    def _connect_view(self) -> None:
        view = self._view
        view.mark_clicked.connect(self._on_mark_clicked)
        view.text_clicked.connect(self._on_text_clicked)
        view.mark_activated.connect(self._on_mark_activated)
        view.word_clicked.connect(self._on_word_clicked)
        view.selection_made.connect(self._on_selection_made)
        view.fragment_selected.connect(self.add_fragment)
        view.nudge_wanted.connect(self._on_nudge)
        view.key_typed.connect(self._on_key)
        view.takes_tab = self.press_tab

    def show_session(self, session: Session | None) -> None:
        """Follow `session`."""
        self._session = session
        self.brush.end()
        self.linking = Linking(session, self) if session else None
        self.frames = Frames(session, self) if session else None
        if session is None or self.linking is None or self.frames is None:
            return
        session.opened.connect(self.end_modes)
        session.scheme_changed.connect(self._show_keys)
        self.linking.changed.connect(self._on_linking)
        self.frames.changed.connect(self._on_mode)
        self._show_keys()

    def end_modes(self) -> None:
        """Leave whatever was under way, but for the brush: a person paints through many articles."""
        self.letters.hide()
        if self.linking is not None:
            self.linking.end()
        if self.frames is not None:
            self.frames.end()

    def _show_keys(self) -> None:
        labels = self._session.scheme.labels if self._session else ()
        keys = {label.shortcut.lower() for label in labels if label.enabled and label.shortcut}
        self._view.set_label_keys(frozenset(keys))

    # Modes

    @property
    def _linking(self) -> bool:
        return self.linking is not None and self.linking.active

    @property
    def _asking(self) -> bool:
        return self.frames is not None and self.frames.active

    def _on_linking(self) -> None:
        if not self._linking and self._after_letters == "link":
            self.letters.hide()
        self._on_mode()

    def _on_mode(self) -> None:
        self._view.set_brush(not self._linking and (self._asking or self.brush.label is not None))
        modes = (self.linking, self.frames, self.brush)
        self.hint_changed.emit(next((mode.hint for mode in modes if mode is not None and mode.active), ""))

    # Clicks

    def _on_word_clicked(self, position: int) -> None:
        """A plain click, which is all that is told of it while a part is asked for or a label is painted with."""
        session = self._session
        if session is None or session.open is None or self._linking:
            return
        if self._asking or self.brush.label is not None:
            self._take_click(session, position)

    def _take_click(self, session: Session, position: int) -> None:
        text = session.open.text if session.open else ""
        word = word_at(text, position)
        if self._asking and self.frames is not None:
            beneath = self._mark_for_part(session, position)
            if beneath is not None and self.frames.take_mark(beneath):
                return
            if word is None or not self.frames.take((word,)):
                self.frames.end()
        elif word is not None:
            self._paint(session, self._under_brush(session, word))

    def _mark_for_part(self, session: Session, position: int) -> str | None:
        """The mark whose words a click means as a part: a name of several words is taken whole."""
        wanted = self.frames.label if self.frames else None
        if session.open is None or wanted is None:
            return None
        marks = [session.open.annotations[key] for key in self._view.marks_at(position)]
        heads = {label.id for label in session.scheme.labels if part_kinds(session.scheme, label)}
        parts = [mark for mark in marks if mark.label.id == wanted.id]
        others = [mark for mark in marks if mark.label.layer != wanted.layer and mark.label.id not in heads]
        return next((mark.id for mark in (*parts, *others)), None)

    def _under_brush(self, session: Session, word: Span) -> tuple[Span, ...]:
        """What a click with the brush means: the word, or, where quotes are painted, the quotation around it."""
        label = self.brush.label
        if label is None or not part_kinds(session.scheme, label):
            return (word,)
        return self._quotation(session) or (word,)

    def _paint(self, session: Session, fragments: tuple[Span, ...]) -> None:
        label = self.brush.label
        if label is None or session.open is None:
            return
        same = (mark for mark in session.open.annotations.values() if mark.label.id == label.id)
        there = next((mark for mark in same if mark.fragments == fragments), None)
        if there is not None:
            session.choose(there.id)
            self._view.clear_selection()
        else:
            self._mark(session, label, fragments)

    def _on_selection_made(self, span: Span) -> None:
        """The mouse has selected something."""
        session = self._session
        if session is None or self._linking:
            return
        if self._asking and self.frames is not None:
            if not self._is_quotation(span) and self.frames.take((span,)):
                self._view.clear_selection()
        elif self.brush.label is not None:
            self._paint(session, (span,))

    def _is_quotation(self, span: Span) -> bool:
        """Whether the words are quoted themselves: the other half of the quote rather than who said it."""
        from annotator.core.quotation import CLOSING, OPENING  # its patterns take a while to compile

        text = self._view.document_text()
        return text[span.start] in OPENING and text[span.end - 1] in CLOSING

    def _on_mark_clicked(self, key: str) -> None:
        if self.linking is not None and self.linking.active:
            self.linking.take_mark(key)
        elif self._session is not None:
            self._session.choose(key)

    def _on_text_clicked(self) -> None:
        """A click beside all marks lets go of the chosen one, unless its next part is being looked for."""
        if self._session is not None and not self._linking and not self._session.awaits_parts:
            self._session.choose(None)

    def _on_mark_activated(self, key: str) -> None:
        if self._session is None or self.linking is None:
            return
        if self.press_enter():
            return
        if self.linking.active:
            self.linking.take_mark(key)
        else:
            self._session.choose(key)
            self.edit_wanted.emit()

    def add_selection(self) -> None:
        """Let what is selected belong to the chosen mark, too; or the words that were taken for a part of it."""
        session, span = self._session, self._view.selected_span()
        if session is None:
            return
        part = self._part_at_caret(session)
        if span is not None:
            self.add_fragment(span)
        elif part is not None:
            session.make_fragment(part.id)
        else:
            session.refused.emit(tr("Select the words that belong to the mark too, then add them."))

    def add_fragment(self, span: Span) -> None:
        """Let words belong to the chosen mark, too."""
        if self._session is None:
            return
        if self._session.chosen is None:
            self._session.refused.emit(tr("Choose a mark first: the words with Ctrl held are added to it."))
            return
        self._session.add_fragment(span)
        self._view.clear_selection()

    # Keys

    def _on_nudge(self, edge: str, direction: str, unit: str) -> None:
        if self._session is not None:
            self._session.nudge(edge, direction, unit)

    def _on_key(self, key: str) -> None:
        if self.letters.active and self._view.selected_span() is None:
            self._take_letter(key)
            return
        label = self._label_of(key)
        if label is not None:
            self.give(label, another=key != key.lower())

    def _take_letter(self, key: str) -> None:
        mark = self.letters.type(key)
        if mark is None:
            return
        purpose, self._after_letters = self._after_letters, ""
        self.letters.hide()
        if purpose == "link" and self.linking is not None:
            self.linking.take_mark(mark)
        elif self._session is not None:
            self._session.choose(mark)
            self._view.set_caret(self._session.open.annotations[mark].start if self._session.open else 0)

    def _label_of(self, key: str) -> Label | None:
        labels = self._session.scheme.labels if self._session else ()
        wanted = key.lower()
        return next((label for label in labels if label.enabled and label.shortcut.lower() == wanted), None)

    def give(self, label: Label, *, another: bool = False) -> None:
        """Give `label` to what is selected; else to the quotation or the chosen mark at the caret; else to its word.

        `another` adds a second mark on the chosen one's words instead of relabelling it.
        """
        session, span = self._session, self._view.selected_span()
        if session is None or session.open is None:
            return
        if span is not None and self.linking is not None and self.linking.active:
            self.take_link_span(span, label)
        elif self.brush.active and span is None:
            self.brush.dip(label)
        elif span is not None:
            self._mark(session, label, [span])
        else:
            self._give_at_caret(session, label, another)

    def _give_at_caret(self, session: Session, label: Label, another: bool) -> None:
        chosen, part = session.chosen_mark, self._part_at_caret(session)
        if part is not None and chosen is not None:
            self._give_to_part(session, chosen, part, label)
        elif chosen is not None and self._caret_touches(chosen) and (another or chosen.label.layer == label.layer):
            if another:
                session.mark(label, chosen.fragments)
            else:
                session.relabel(label)
        elif part_kinds(session.scheme, label) and (quotation := self._quotation(session)):
            self._mark(session, label, quotation)
        elif chosen is not None and self._caret_touches(chosen):
            session.relabel(label)
        elif session.open is not None and (word := word_at(session.open.text, self._view.caret())) is not None:
            self._mark(session, label, [word])
        else:
            session.refused.emit(tr("Nothing is selected, and the caret stands in no word."))

    def _part_at_caret(self, session: Session) -> Annotation | None:
        """The part of a frame that was clicked or dragged over just now, if the caret is still there."""
        last = self.frames.last if self.frames is not None else None
        part = session.open.annotations.get(last) if session.open is not None and last is not None else None
        return part if part is not None and self._caret_touches(part) else None

    def _give_to_part(self, session: Session, head: Annotation, part: Annotation, label: Label) -> None:
        """A label key behind a click that made a part: who presses S behind the SOURCE has nothing more to do."""
        if label.id == part.label.id:
            return
        parts = [part_label(session.scheme, head.label, kind) for kind in part_kinds(session.scheme, head.label)]
        if label in parts:
            session.make_other_part(part.id, label)
        else:
            session.mark(label, part.fragments)

    def _quotation(self, session: Session) -> tuple[Span, ...]:
        from annotator.core.whole_quotation import whole_quotation  # compiled with the first quote, not at the start

        return whole_quotation(session.open.text, self._view.caret()) if session.open else ()

    def _mark(self, session: Session, label: Label, spans: Iterable[Span]) -> None:
        new = session.mark(label, spans)
        if new is None:
            return
        self._view.clear_selection()
        if new.id == session.chosen and self.frames is not None and part_kinds(session.scheme, label):
            self.frames.begin()
            self._go_behind(new)

    def _go_behind(self, mark: Annotation) -> None:
        """Put the caret to the word behind the piece it stands in, where who speaks is mostly named."""
        caret = self._view.caret()
        end = next((piece.end for piece in mark.fragments if piece.start <= caret <= piece.end), None)
        if end is not None and (behind := word_behind(self._view.document_text(), end)) is not None:
            self._view.set_caret(behind)

    def _caret_touches(self, mark: Annotation) -> bool:
        caret = self._view.caret()
        return any(fragment.start <= caret <= fragment.end for fragment in mark.fragments)

    def press_enter(self) -> bool:
        """Enter with words selected: what waits for them gets them, else a label is picked. Returns whether it did."""
        span = self._view.selected_span()
        if span is None:
            return False
        if self._linking:
            self.take_link_span(span)
        elif self._asking and self.frames is not None:
            self.frames.take((span,))
            self._view.clear_selection()
        else:
            self.pick_wanted.emit()
        return True

    def press_tab(self) -> bool:
        """Tab: pass over the part that is asked for. Returns whether one was."""
        if self.frames is None or not self.frames.active:
            return False
        self.frames.skip()
        return True

    # What the window asks for

    def same_again(self) -> None:
        """Mark what is selected, or the quotation or the word at the caret, as the chosen mark is marked."""
        session, span = self._session, self._view.selected_span()
        if session is None or session.open is None or (like := session.chosen_mark) is None:
            return
        word = word_at(session.open.text, self._view.caret())
        here = self._quotation(session) if part_kinds(session.scheme, like.label) else ()
        fragments = (span,) if span else here or ((word,) if word else ())
        if fragments and session.mark_same_again(fragments) is not None:
            self._view.clear_selection()

    def take_link_span(self, span: Span, label: Label | None = None) -> None:
        """Let words become the target of the link that is being made."""
        if self.linking is not None:
            self.linking.take_span(span, label)
            self._view.clear_selection()

    def begin_link(self, kind: RelationType | None) -> None:
        """Wait for the target of a link from the chosen mark: of `kind`, or of the first that is missing."""
        if self.linking is None or self._session is None:
            return
        if self.frames is not None:
            self.frames.end()
        if kind is None:
            self.linking.begin_next()
        else:
            self.linking.begin(kind)
        if self.linking.kind is not None:
            self._show_letters("link", self._targets(self._session, self.linking.kind))
        self._view.setFocus()

    def _targets(self, session: Session, kind: RelationType) -> list[str]:
        marks = session.open.annotations.values() if session.open else ()
        return [mark.id for mark in marks if mark.id != session.chosen and kind.ends_at(mark.label)]

    def choose_by_letter(self) -> None:
        """Show letters on the marks in view; typing them chooses a mark."""
        if self._session is not None and self._session.open is not None:
            self._show_letters("choose", self._session.open.annotations)
            self._view.setFocus()

    def _show_letters(self, purpose: str, keys: Iterable[str]) -> None:
        self._after_letters = purpose
        self.letters.show(keys)

    def let_go(self) -> None:
        """Leave what is under way: letters, a link, a frame, the brush, the selection, the chosen mark; one a call."""
        if self.letters.active and not self._linking:
            self.letters.hide()
        elif self.linking is not None and self.linking.active:
            self.letters.hide()
            self.linking.end()
        elif self.frames is not None and self.frames.active:
            self.frames.end()
        elif self.brush.active:
            self.brush.end()
        elif self._view.selected_span() is not None:
            self._view.clear_selection()
        elif self._session is not None:
            self._session.choose(None)
