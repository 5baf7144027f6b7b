"""What of a project goes out: which articles, whose marks, which layers, and with or without the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from annotator.exporters.base import Exporter
from annotator.gui.dialogs.exporting.choice_form import ChoiceForm
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.session import Session
from annotator.gui.texts import set_tip, tr

FILTERS = (("", "All articles"), ("finished", "Finished"), ("in_progress", "In progress"), ("new", "New"))
TABLES_OF_MARKS = ("csv", "statements", "events", "network")  # formats that spreadsheets open


class Scope(QWidget):
    """The choices that all formats share."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.articles, self.people = QuietCombo(self), QuietCombo(self)
        for status, title in FILTERS:
            self.articles.addItem(tr(title), status)
        if session.open is not None:
            self.articles.addItem(tr("This article"), None)
        self.people.addItem(tr("Everyone"), "")
        for person in session.project.annotators():
            self.people.addItem(person.name, person.id)
        self.layers = [self._layer(layer.name, layer.shown) for layer in session.scheme.layers]
        self.textless = self._box(tr("Without the texts"))
        about = tr(
            "Positions and hashes alone, for archives whose texts may not be passed on. Whoever has the same archive"
            " joins the two again by importing."
        )
        set_tip(self.textless, about)
        self.textless.setAccessibleDescription(about)
        self.pseudonyms = self._box(tr("Annotators as A1, A2, …"))
        self.marked = self._box(tr("For spreadsheets (byte-order mark)"))
        self.marked.setChecked(True)
        for combo in (self.articles, self.people):
            combo.currentIndexChanged.connect(self.changed)
        self._lay_out()

    def _layer(self, name: str, title: str) -> QCheckBox:
        box = self._box(title.replace("&", "&&"))
        box.setObjectName(name)
        box.setChecked(True)
        return box

    def _box(self, title: str) -> QCheckBox:
        box = QCheckBox(title, self)
        box.toggled.connect(self.changed)
        return box

    def _lay_out(self) -> None:
        form = ChoiceForm(self)
        for title, field in ((tr("Articles"), self.articles), (tr("Marks of"), self.people)):
            field.setAccessibleName(title)
            form.add(title, field)
        boxes = QVBoxLayout()
        boxes.setSpacing(4)
        for box in self.layers:
            boxes.addWidget(box)
        form.add(tr("Layers"), boxes)
        more = QVBoxLayout()
        more.setSpacing(4)
        for box in (self.textless, self.pseudonyms, self.marked):
            more.addWidget(box)
        form.add("", more)

    @property
    def document(self) -> str | None:
        """The id of the one article that is wanted; None for many."""
        opened = self._session.open
        return opened.id if self.articles.currentData() is None and opened is not None else None

    @property
    def chosen_layers(self) -> list[str]:
        """The names of the layers that are ticked."""
        return [box.objectName() for box in self.layers if box.isChecked()]

    def show_format(self, exporter: Exporter, kept: Mapping[str, Any]) -> None:
        """Show what can be chosen about `exporter`, as it was `kept` from the last time."""
        self.marked.setVisible(exporter.name in TABLES_OF_MARKS)
        self.textless.setVisible(exporter.stands_off)
        self.pseudonyms.setVisible(exporter.carries.people)
        self.pseudonyms.setChecked(kept.get("pseudonyms", False) is True)
        self.marked.setChecked(kept.get("byte_order_mark", True) is not False)
        self.textless.setChecked(kept.get("with_text", True) is False)
        wanted = kept.get("layers")
        for number, box in enumerate(self.layers):
            one_by_one = exporter.carries.nested or number == 0  # one label a word: one layer at a time
            box.setChecked(box.objectName() in wanted if isinstance(wanted, list) and wanted else one_by_one)
        if self.layers and not self.chosen_layers:  # the scheme has changed since
            self.layers[0].setChecked(True)

    def choices(self, exporter: Exporter) -> dict[str, Any]:
        """What is chosen, as `contents_of` takes it."""
        layers: Sequence[str] = self.chosen_layers
        return {
            "annotator": self.people.currentData(),
            "status": self.articles.currentData() or "",
            "layers": list(layers) if len(layers) < len(self.layers) else [],
            "byte_order_mark": self.marked.isChecked(),
            "with_text": not (exporter.stands_off and self.textless.isChecked()),
            "pseudonyms": exporter.carries.people and self.pseudonyms.isChecked(),
        }
