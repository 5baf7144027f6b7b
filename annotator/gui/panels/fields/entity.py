"""A field for an entry of the registry."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute
from annotator.gui.panels.fields.base import Field, Shown, Surroundings
from annotator.gui.texts import plain_label, tr


class EntityField(Field):
    """Holds the widget that shows and edits the entry, made anew for each answer."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None
        self._answer: AttributeValue | None = None

    def show_answer(self, shown: Shown) -> None:
        if self._held is not None and shown.answer == self._answer:
            return
        focused = self._held is not None and self.isAncestorOf(self.window().focusWidget() or self)
        if self._held is not None:
            self._held.hide()
            self._held.deleteLater()
        self._answer = shown.answer
        self._held = self._made(shown.answer)
        self._rows.addWidget(self._held)
        self.setFocusProxy(self._held)
        if focused:
            self._held.setFocus()

    def _made(self, answer: AttributeValue | None) -> QWidget:
        entries = {entry.id: entry.name for entry in self.around.session.project.registry()} if answer else {}
        return plain_label(entries.get(str(answer), str(answer)) if answer else tr("not coded"), self)
