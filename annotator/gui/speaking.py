"""Tells screen readers what they cannot read from the text: which marks the caret comes into, what became of a mark.

Labels are painted, not written, so a reader would never meet them. Nothing is done here while no reader listens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from annotator.core.annotation import Annotation
from annotator.gui.session import MarkChanges, OpenDocument, Session
from annotator.gui.text_view.view import TextView
from annotator.gui.texts import tr

SHOWN = 80  # characters of a mark's words that are said; who wants all of them reads on in the text


class Speaker(QObject):
    """Speaks for the article of one session."""

    def __init__(self, view: TextView, session: Session) -> None:
        super().__init__(session)
        self._view, self._session = view, session
        self._inside: list[str] = []  # ids of the marks over the caret, the innermost first
        self._names: dict[str, str] = {}  # of marks that were said, as a deleted one cannot be asked any more
        self._chosen: str | None = None
        self._parts: list[str] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._speak)
        view.cursorPositionChanged.connect(self._on_moved)
        session.opened.connect(self._inside.clear)
        session.chosen_changed.connect(self._on_chosen)
        session.marks_changed.connect(self._on_marks)

    def _on_moved(self) -> None:
        opened = self._opened()
        if opened is None or self._view.selected_span() is not None:
            return
        before, self._inside = self._inside, self._view.marks_at(self._view.caret())
        entered = [key for key in self._inside if key not in before and key in opened.annotations]
        left = [key for key in before if key not in self._inside]
        if entered:
            self._say(self._described(opened, entered[0], self._inside))
        elif left:
            self._say(tr("end of {labels}", labels=tr(", ").join(self._label(opened, key) for key in left)))

    def _on_chosen(self) -> None:
        opened, mark = self._opened(), self._session.chosen_mark
        told, self._chosen = self._chosen, mark.id if mark else None  # it is told of each edit as well
        if opened is not None and mark is not None and mark.id != told:
            around = self._view.marks_at(mark.start)
            self._say(tr("chosen: {mark}", mark=self._described(opened, mark.id, around)))

    def _on_marks(self, changes: MarkChanges) -> None:
        opened = self._opened()
        if opened is None:
            return
        if changes.added:
            self._say(tr("marked: {mark}", mark=self._described_all(opened, changes.added)))
        if changes.replaced:
            self._say(tr("changed: {mark}", mark=self._described_all(opened, changes.replaced)))
        for key in changes.removed:
            self._say(tr("deleted: {label}", label=self._names.pop(key, tr("a mark"))))

    def _described_all(self, opened: OpenDocument, keys: Sequence[str]) -> str:
        return self._described(opened, keys[0], ()) if len(keys) == 1 else tr("{count} marks", count=len(keys))

    def _described(self, opened: OpenDocument, key: str, around: Iterable[str]) -> str:
        """The label, the words, the extent, and what it stands inside of."""
        mark = opened.annotations[key]
        words = " ".join(mark.covered(opened.text).split())
        words = words if len(words) <= SHOWN else words[:SHOWN] + "…"
        said = tr("{label}, {text}, characters {start} to {end}",
                  label=self._label(opened, key), text=words, start=mark.start, end=mark.end)  # fmt: skip
        outer = [self._label(opened, other) for other in around if _holds(opened.annotations.get(other), mark)]
        return tr("{mark}; inside {labels}", mark=said, labels=tr(", ").join(outer)) if outer else said

    def _label(self, opened: OpenDocument, key: str) -> str:
        mark = opened.annotations.get(key)
        if mark is not None:
            self._names[key] = mark.label.shown
        return self._names.get(key, tr("a mark"))

    def _opened(self) -> OpenDocument | None:
        return self._session.open if QAccessible.isActive() else None

    def _say(self, text: str) -> None:
        """Speak when the event is over: what happens at once is one utterance."""
        if text not in self._parts:
            self._parts.append(text)
        self._pause.start()

    def _speak(self) -> None:
        parts, self._parts = self._parts, []
        text = ". ".join(part for part in parts if not any(part != other and part in other for other in parts))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))


def _holds(outer: Annotation | None, inner: Annotation) -> bool:
    """Whether `outer` is another mark, around `inner`."""
    return outer is not None and outer.id != inner.id and outer.start <= inner.start and inner.end <= outer.end
