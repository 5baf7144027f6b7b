"""Choosing the other end of a link: by a click on a mark, or by selecting words that become one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span
from annotator.gui.session import Session
from annotator.gui.texts import tr


class Linking(QObject):
    """While it is active, the next mark clicked or made becomes the target of a link from the mark it began at."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.kind: RelationType | None = None
        self._source: str | None = None

    @property
    def active(self) -> bool:
        """Whether a target is being waited for."""
        return self.kind is not None

    @property
    def hint(self) -> str:
        """What a person may do now."""
        if self.kind is None:
            return ""
        layers = {layer.name for layer in self._session.scheme.layers}
        named = [tr("any of {layer}", layer=end) if end in layers else end for end in self.kind.targets]
        ends = ", ".join(named) or tr("any mark")
        return tr(
            "Link {link}: click its mark ({ends}), or select words and press Enter. Esc leaves it.",
            link=self.kind.shown,
            ends=ends,
        )

    def begin(self, kind: RelationType) -> None:
        """Wait for the target of a `kind` from the chosen mark."""
        if self._session.chosen is not None:
            self.kind, self._source = kind, self._session.chosen
            self.changed.emit()

    def begin_next(self) -> None:
        """Wait for the target of the first link that the chosen mark lacks; asked again, of the next kind."""
        mark, opened = self._session.chosen_mark, self._session.open
        if mark is None or opened is None:
            return
        kinds = self._session.scheme.relations_from(mark.label)
        if not kinds:
            self._session.refused.emit(tr("The scheme has no link that starts at {label}.", label=mark.label.name))
            return
        if self.kind in kinds:
            self.begin(kinds[(kinds.index(self.kind) + 1) % len(kinds)])
            return
        filled = {link.type.id for link in opened.relations.values() if link.source == mark.id}
        self.begin(next((kind for kind in kinds if kind.id not in filled), kinds[0]))

    def end(self) -> None:
        """Wait no longer."""
        if self.active:
            self.kind = self._source = None
            self.changed.emit()

    def take_mark(self, target: str) -> None:
        """Let the mark with that id be the target."""
        if self.kind is not None and self._source is not None and self._session.link(self.kind, self._source, target):
            self.end()

    def take_span(self, span: Span, label: Label | None = None) -> None:
        """Mark `span` with `label`, or with the first label that the scheme wants there, and let that be the target."""
        kind, source = self.kind, self._source
        wanted = label or self._wanted()
        if kind is None or source is None or wanted is None:
            return
        if not kind.ends_at(wanted):
            names = ", ".join(kind.targets)
            self._session.refused.emit(tr("A link “{link}” leads to {ends}.", link=kind.shown, ends=names))
            return
        self.end()
        self._session.mark_and_link(wanted, span, kind, source)

    def _wanted(self) -> Label | None:
        if self.kind is None:
            return None
        labels = [label for label in self._session.scheme.labels if label.enabled and self.kind.ends_at(label)]
        return next((label for label in labels if label.name in self.kind.targets), labels[0] if labels else None)
