"""Tells screen readers what they cannot read from the text: which marks the caret comes into, what became of a mark.

Labels are painted, not written, so a reader would never meet them. Nothing is done here while no reader listens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
)

from annotator.core.annotation import Annotation
from annotator.gui.open_document import MarkChanges, OpenDocument
from annotator.gui.session import Session
from annotator.gui.text_view.view import TextView
from annotator.gui.texts import tr

SHOWN = 80  # characters of a mark's words that are said; who wants all of them reads on in the text
FEW = 5  # labels that are named one by one
CARET = ""  # what tells of no mark but of where the caret is


class Speaker(QObject):
    """Speaks for the article of one session, as long as that lives."""

    said = Signal(str)  # what was given to the reader

    def __init__(self, view: TextView, session: Session) -> None:
        super().__init__(session)
        self._view, self._session = view, session
        self._known: OpenDocument | None = None
        self._labels: dict[str, str] = {}  # of its marks, by id, as a deleted one cannot be asked any more
        self._place = (0, 0)  # anchor and caret as they were told, in Qt's positions
        self._inside: list[str] = []  # ids of the marks over the caret, the innermost first
        self._chosen: str | None = None
        self._changes = MarkChanges()
        self._parts: dict[str, str] = {}  # what is to be said, by the id of the mark it tells of, or CARET
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._speak)
        view.cursorPositionChanged.connect(self._on_moved)
        session.chosen_changed.connect(self._on_chosen)
        session.marks_changed.connect(self._on_marks)
        session.history_changed.connect(self._on_edit)

    # What happens

    def _on_moved(self) -> None:
        opened = self._opened()
        if opened is None:
            return
        self._tell_caret()
        if self._view.selected_span() is not None:
            return
        before, self._inside = self._inside, self._view.marks_at(self._view.caret())
        entered = [key for key in self._inside if key not in before and key in opened.annotations]
        left = [key for key in before if key not in self._inside and key in opened.annotations]
        if entered and entered[0] not in self._parts:
            self._say(CARET, self._described(opened, entered[0], self._inside))
        elif left and not entered:
            self._say(CARET, tr("end of {labels}", labels=self._listed(left)))

    def _tell_caret(self) -> None:
        """Tell where caret and selection are: Qt does so for its own keys only, and the article has others."""
        cursor = self._view.textCursor()
        if (place := (cursor.anchor(), cursor.position())) == self._place:
            return
        self._place = place
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, cursor.position()))
        if cursor.hasSelection():
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, start, end))

    def _on_chosen(self) -> None:
        opened, mark = self._opened(), self._session.chosen_mark
        told, self._chosen = self._chosen, mark.id if mark else None  # it is told of each edit as well
        if opened is not None and mark is not None and mark.id not in (told, *self._parts):
            self._parts.pop(CARET, None)  # it came there for that
            self._say(mark.id, tr("chosen: {mark}", mark=self._in_its_place(opened, mark.id)))

    def _on_marks(self, changes: MarkChanges) -> None:
        """Keep them until it is known that they are an edit, and not further marks of a long article being read."""
        self._changes = changes
        self._pause.start()
        if (opened := self._opened()) is not None:
            for key in (*changes.added, *changes.replaced):
                self._labels[key] = opened.annotations[key].label.shown

    def _on_edit(self) -> None:
        changes, self._changes = self._changes, MarkChanges()
        opened = self._opened()
        if opened is None:
            return
        if changes.added:
            self._say(changes.added[0], tr("marked: {mark}", mark=self._all_of(opened, changes.added)))
        if changes.replaced:
            self._say(changes.replaced[0], tr("changed: {mark}", mark=self._all_of(opened, changes.replaced)))
        if changes.removed:
            self._say(changes.removed[0], tr("deleted: {label}", label=self._listed(changes.removed)))
        self._inside = self._view.marks_at(self._view.caret())

    # The words for it

    def _all_of(self, opened: OpenDocument, keys: Sequence[str]) -> str:
        return self._in_its_place(opened, keys[0]) if len(keys) == 1 else tr("{count} marks", count=len(keys))

    def _in_its_place(self, opened: OpenDocument, key: str) -> str:
        return self._described(opened, key, self._view.marks_at(opened.annotations[key].start))

    def _described(self, opened: OpenDocument, key: str, around: Iterable[str]) -> str:
        """The label, the words, the extent, and what it stands inside of."""
        mark = opened.annotations[key]
        words = " ".join(mark.covered(opened.text).split())
        words = words if len(words) <= SHOWN else words[:SHOWN] + "…"
        said = tr("{label}, {text}, characters {start} to {end}",
                  label=mark.label.shown, text=words, start=mark.start, end=mark.end)  # fmt: skip
        outer = [other for other in around if _holds(opened.annotations.get(other), mark)]
        return tr("{mark}; inside {labels}", mark=said, labels=self._listed(outer)) if outer else said

    def _listed(self, keys: Sequence[str]) -> str:
        if len(keys) > FEW:
            return tr("{count} marks", count=len(keys))
        return tr(", ").join(self._labels.get(key, tr("a mark")) for key in keys)

    def _opened(self) -> OpenDocument | None:
        """The open document, where a reader listens."""
        opened = self._session.open if QAccessible.isActive() else None
        if opened is not None and opened is not self._known:
            self._known, self._inside, self._place = opened, [], (0, 0)
            self._labels = {key: mark.label.shown for key, mark in opened.annotations.items()}
        return opened

    # Saying it

    def _say(self, key: str, text: str) -> None:
        """Speak when the event is over: what happens at once is one utterance, with one sentence a mark."""
        self._parts[key] = text
        self._pause.start()

    def _speak(self) -> None:
        text, self._parts, self._changes = ". ".join(self._parts.values()), {}, MarkChanges()
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))
            self.said.emit(text)


def _holds(outer: Annotation | None, inner: Annotation) -> bool:
    """Whether `outer` is another mark, around `inner`."""
    return outer is not None and outer.id != inner.id and outer.start <= inner.start and inner.end <= outer.end
