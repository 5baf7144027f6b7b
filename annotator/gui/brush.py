"""The brush: one label, given to every word that is clicked and all words that are dragged over, until Esc."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.scheme import Label
from annotator.gui.texts import tr


class Brush(QObject):
    """Which label is painted with, if any."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label: Label | None = None
        self.waiting = False  # for the label

    @property
    def active(self) -> bool:
        """Whether clicks and drags give a label, or the next label key says which."""
        return self.waiting or self.label is not None

    @property
    def hint(self) -> str:
        """What a person may do now."""
        if self.waiting:
            return tr("Paint: press the key of a label, or click it at the side. Esc ends.")
        if self.label is None:
            return ""
        name = self.label.shown
        return tr(
            "Painting {label}: click words or drag over them; another label’s key changes it. Esc ends.", label=name
        )

    def toggle(self) -> None:
        """Take up the brush, without a label yet, or put it down."""
        if self.active:
            self.end()
        else:
            self.waiting = True
            self.changed.emit()

    def dip(self, label: Label) -> None:
        """Paint with `label` from now on."""
        self.label, self.waiting = label, False
        self.changed.emit()

    def end(self) -> None:
        """Put the brush down."""
        if self.active:
            self.label, self.waiting = None, False
            self.changed.emit()
