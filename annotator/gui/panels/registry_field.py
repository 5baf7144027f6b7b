"""The field of an answer that is a registry entry, or several: a line that completes, and makes new entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import AttributeValue, RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry import added
from annotator.core.scheme import Attribute
from annotator.gui.panels.entry_line import EntryLine
from annotator.gui.registry import Registry, registry_of
from annotator.gui.registry_choices import EntryChoices, New
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, set_tip, tr

Changed = Callable[[AttributeValue | None], None]


def registry_field(
    session: Session, attribute: Attribute, value: AttributeValue | None, changed: Changed, parent: QWidget
) -> QWidget:
    """A field that shows the entries whose ids `value` holds, and calls `changed` with an id or a list of them.

    None is “not coded”. A new entry and the answer that names it are one step.
    """
    return RegistryField(session, attribute, value, changed, parent)


class RegistryField(QWidget):
    """Chosen entries, a row each where there may be several, and the line."""

    def __init__(
        self,
        session: Session,
        attribute: Attribute,
        value: AttributeValue | None,
        changed: Changed,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._attribute, self._changed = session, attribute, changed
        self._registry: Registry = registry_of(session)
        held = value if isinstance(value, list) else [] if value in (None, "") else [str(value)]
        self._chosen: list[str] = list(held)
        self._several = attribute.several or len(self._chosen) > 1
        self._names: dict[str, QLabel] = {}  # of the rows, by the ids of their entries
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        if self._several:
            for key in self._chosen:
                rows.addLayout(self._chip(key))
        self.line = EntryLine(EntryChoices(session, attribute, self), attribute.shown, self)
        if not self._several and self._chosen:
            self.line.show_chosen(self._name(self._chosen[0]), self._entry(self._chosen[0]))
        elif self._chosen:
            self.line.setPlaceholderText(tr("add another…"))
        self.line.taken.connect(self._take)
        self.line.cleared.connect(self._clear_last)
        rows.addWidget(self.line)
        self.setFocusProxy(self.line)
        self._registry.changed.connect(self._show_names)

    def _entry(self, key: str) -> RegistryEntry | None:
        return self._registry.entry(key)

    def _name(self, key: str) -> str:
        entry = self._entry(key)
        return entry.name if entry else tr("an entry that is not here")

    def _show_names(self) -> None:
        """A name may have been changed, or have become known."""
        if not self._several and self._chosen:
            self.line.show_chosen(self._name(self._chosen[0]), self._entry(self._chosen[0]))
        for key, label in self._names.items():
            label.setText(self._name(key))

    def _chip(self, key: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(1)
        name = plain_label(self._name(key), self)
        self._names[key] = name
        entry = self._entry(key)
        set_tip(name, entry.note if entry else "")
        row.addWidget(name, 1)
        remove = QPushButton("×", self)
        remove.setObjectName("flat")
        remove.setFixedWidth(22)
        tip = tr("Take {name} away", name=self._name(key))
        remove.setAccessibleName(tip)
        set_tip(remove, tip)
        remove.clicked.connect(partial(self._remove, key))
        row.addWidget(remove)
        return row

    # What a person does

    def _take(self, value: object) -> None:
        if not isinstance(value, New):
            self._choose(str(value))
            return
        try:
            entry = value.entry()
        except KnownError as error:
            self._session.refused.emit(str(error))
            return
        self._session.do_along(added(entry), partial(self._choose, entry.id))

    def _choose(self, key: str) -> None:
        if not self._several:
            self._tell([key])
        elif key not in self._chosen:
            self._tell([*self._chosen, key])
        else:
            self.line.clear()

    def _remove(self, key: str) -> None:
        self._tell([other for other in self._chosen if other != key])

    def _clear_last(self) -> None:
        if self._chosen:
            self._tell(self._chosen[:-1])

    def _tell(self, keys: list[str]) -> None:
        self._changed((keys if self._attribute.several else keys[0]) if keys else None)
