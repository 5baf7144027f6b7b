"""Asking for the parts of a frame: the next click, drag or key says which words they are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.frames import missing_kinds, part_label
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.gui.session import Session
from annotator.gui.texts import tr


class Frames(QObject):
    """While it asks, the words that are clicked or dragged over become the next missing part of the chosen mark."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._head: str | None = None
        self._skipped: set[str] = set()
        self.last: str | None = None  # the part that was given last: a label key that follows is about it
        session.chosen_changed.connect(self._look)
        session.links_changed.connect(self._look)

    @property
    def active(self) -> bool:
        """Whether a part is asked for."""
        return self.label is not None

    @property
    def kind(self) -> RelationType | None:
        """The link to the part that is asked for."""
        mark, opened = self._session.chosen_mark, self._session.open
        if mark is None or opened is None or mark.id != self._head:
            return None
        kinds = missing_kinds(self._session.scheme, mark, opened.relations.values())
        return next((kind for kind in kinds if kind.id not in self._skipped), None)

    @property
    def label(self) -> Label | None:
        """The label of the part that is asked for."""
        mark, kind = self._session.chosen_mark, self.kind
        return part_label(self._session.scheme, mark.label, kind) if mark is not None and kind is not None else None

    @property
    def hint(self) -> str:
        """What a person may do now."""
        label = self.label
        if label is None:
            return ""
        key = tr(" ({key} by keyboard)", key=label.shortcut) if label.shortcut else ""
        return tr("{label}: click its word, or drag over its words{key}. Tab passes over, Esc ends.",
                  label=label.shown, key=key)  # fmt: skip

    def begin(self) -> None:
        """Ask for the parts that the chosen mark lacks, one after another."""
        self._head, self._skipped = self._session.chosen, set()
        self.changed.emit()

    def skip(self) -> None:
        """Leave this part out, and ask for the next."""
        if (kind := self.kind) is not None:
            self._skipped.add(kind.id)
            self._look()

    def end(self) -> None:
        """Ask no more."""
        if self._head is not None:
            self._head = None
            self.changed.emit()

    def take(self, fragments: tuple[Span, ...]) -> bool:
        """Let these words be the part that is asked for. Returns whether they are now."""
        opened, kind, label, head = self._session.open, self.kind, self.label, self._session.chosen
        if opened is None or kind is None or label is None or head is None:
            return False
        there = (mark for mark in opened.annotations.values() if mark.label.id == label.id)
        same = next((mark.id for mark in there if mark.fragments == fragments), None)
        if same is not None:
            return self._session.link(kind, head, same)
        made = self._session.mark(label, fragments)
        self.last = made.id if made is not None else None
        return made is not None

    def take_mark(self, key: str) -> bool:
        """Let the words of a mark be the part that is asked for."""
        mark = self._session.open.annotations.get(key) if self._session.open else None
        return mark is not None and key != self._session.chosen and self.take(mark.fragments)

    def _look(self) -> None:
        if self._head is not None and (self._session.chosen != self._head or self.kind is None):
            self._head = None
        self.changed.emit()
