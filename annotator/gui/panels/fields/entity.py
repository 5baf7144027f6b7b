"""A field for an entry of the registry."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute
from annotator.gui.panels.fields.base import Field, Shown, Surroundings
from annotator.gui.panels.registry_field import registry_field


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
        self._held = registry_field(self.around.session, self.attribute, shown.answer, self.answered.emit, self)
        self._rows.addWidget(self._held)
        self.setFocusProxy(self._held)
        if focused:
            self._held.setFocus()

    def drop(self) -> None:
        """What it suggests depends on the mark: it is made anew for the next one."""
        super().drop()
        if self._held is not None:
            self._rows.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
            self._held = None

    def target(self) -> QWidget:
        inner: QWidget = self
        while (proxy := inner.focusProxy()) is not None:
            inner = proxy
        return inner
