"""The registry: its window, and the entry of a mark."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from shiboken6 import isValid

from annotator.core.registry import added
from annotator.core.scheme import Attribute
from annotator.gui.commands.base import Group
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.gui.dialogs.registry.window import RegistryWindow

MENTION = "entity"  # the attribute that says whom a mark's words mean, where a label has several with entries


class RegistryCommands(Group):
    """The registry: its window, and the entry of a mark."""

    _registry: RegistryWindow | None = None

    def registry(self) -> None:
        """The window of the registry, at the entry of the chosen mark if it has one."""
        session, attribute = self._window.session, self._asked()
        mark = session.chosen_mark if session else None
        held = mark.attributes.get(attribute.name) if mark and attribute else None
        self.show_registry_entry(str(held[0] if isinstance(held, list) else held) if held else "")

    def show_registry_entry(self, key: str) -> None:
        """The window of the registry: the one that is open, or a new one; at the entry with that id, if any."""
        from annotator.gui.dialogs.registry.window import RegistryWindow

        window, session = self._window, self._window.session
        if session is None:
            return
        if self._registry is None or not isValid(self._registry):
            made = self._registry = RegistryWindow(session, window.appearance.theme, window)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.row_shown.connect(window.show_span)
        self._registry.show()
        self._registry.raise_()
        self._registry.activateWindow()
        if key:
            self._registry.show_entry(key)

    def close_registry(self) -> None:
        """Close its window, before the project is."""
        if self._registry is not None and isValid(self._registry):
            self._registry.close()
        self._registry = None

    def registry_entry(self) -> None:
        """Choose the entry that the chosen mark means, from a list at its words."""
        from annotator.gui.panels.filtered_list import FilteredList
        from annotator.gui.registry_choices import EntryChoices

        window, session = self._window, self._window.session
        attribute = self._asked()
        if session is None or session.chosen_mark is None:
            return
        if attribute is None:
            label = session.chosen_mark.label.shown
            window.refuse(tr("The scheme asks for no registry entry of a {label}.", label=label))
            return
        choices = EntryChoices(session, attribute, window)
        picker = FilteredList(tr("Registry entry"), [], window.appearance.theme, window, choices)
        choices.setParent(picker)
        picker.picked.connect(partial(self._take, attribute))
        picker.show_at(window.reader.view.corner_for_popup())

    def _asked(self) -> Attribute | None:
        """The attribute of the chosen mark that a registry entry answers."""
        mark = self._window.session.chosen_mark if self._window.session else None
        found = [each for each in mark.label.attributes if each.kind == "entity"] if mark else []
        return next((each for each in found if each.name == MENTION), found[0] if found else None)

    def _take(self, attribute: Attribute, value: object) -> None:
        from annotator.gui.registry_choices import New

        session = self._window.session
        mark = session.chosen_mark if session else None
        if session is None or mark is None:
            return
        entry = value.entry() if isinstance(value, New) else None
        key = entry.id if entry else str(value)
        held = mark.attributes.get(attribute.name)
        others = [each for each in held if each != key] if isinstance(held, list) else []
        answer = partial(session.set_attribute, attribute.name, [*others, key] if attribute.several else key)
        if entry is not None:
            session.do_along(added(entry), answer)
        else:
            answer()
