"""What is picked from a list that narrows: an action, a label, a zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.core.scheme import Label, Scheme
from annotator.gui.actions import ACTIONS, ActionSpec
from annotator.gui.panels.filtered_list import Choice, FilteredList
from annotator.gui.texts import tr
from annotator.gui.theme import Theme

ZONES = ("HEADLINE", "DEK", "BYLINE", "DATELINE", "BODY", "CAPTION", "CREDIT", "BOILERPLATE", "RELATED")


def command_palette(
    actions: Mapping[str, QAction], recent: Sequence[str], theme: Theme, parent: QWidget
) -> FilteredList:
    """All actions by their words, those used last first. What cannot be done now is shown faintly."""
    specs = {spec.id: spec for spec in ACTIONS}
    known = [name for name in recent if name in specs]
    order = [*known, *(spec.id for spec in ACTIONS if spec.id not in known)]
    choices = [
        Choice(
            _named(specs[name], actions[name]),
            name,
            beside=actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            also=_plain(tr(specs[name].menu.rpartition("/")[2])) + " " + _plain(actions[name].text()),
            enabled=actions[name].isEnabled(),
        )
        for name in order
        if name != "command_palette"
    ]
    made = FilteredList(tr("All commands"), choices, theme, parent)
    made.picked.connect(lambda name: actions[name].trigger())
    return made


def _named(spec: ActionSpec, action: QAction) -> str:
    """The words of an action, with the menu within a menu that they are in."""
    within = spec.menu.partition("/")[2]
    return f"{_plain(tr(within))}: {_plain(action.text())}" if within else _plain(action.text())


def label_picker(scheme: Scheme, recent: Sequence[str], theme: Theme, parent: QWidget) -> FilteredList:
    """All labels in use by name, those given last first. Its `picked` gives the Label."""
    labels = {label.id: label for label in scheme.labels if label.enabled}
    known = [labels[key] for key in recent if key in labels]
    choices = [_label(label) for label in [*known, *(label for label in labels.values() if label not in known)]]
    return FilteredList(tr("Label"), choices, theme, parent)


def _label(label: Label) -> Choice:
    beside = "  ".join(filter(None, (label.layer, label.shortcut.upper())))
    return Choice(label.shown, label, beside, label.color, label.guideline, f"{label.name} {label.layer}")


def zone_picker(used: Iterable[str], theme: Theme, parent: QWidget) -> FilteredList:
    """The kinds of zones, and none. Its `picked` gives the name; empty for none."""
    names = list(dict.fromkeys([*ZONES, *sorted(used)]))
    choices = [*(Choice(name, name) for name in names), Choice(tr("No zone"), "")]
    return FilteredList(tr("What this part of the page is"), choices, theme, parent)


def _plain(text: str) -> str:
    """The words of a menu without the sign for their key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
