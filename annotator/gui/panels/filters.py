"""Which articles the list holds, beside what is searched for and their status."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.gui.jobs import Latest
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label, tr
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from annotator.store.reading import Reader

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NO_MARKS = "none"  # as DocumentFilter has it


class Filters(QFrame):
    """A pop-up with a field for each thing to choose by; every change is told at once."""

    changed = Signal(object)  # DocumentFilter, of which only its own fields are set

    def __init__(self, project: Project, held: DocumentFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        labels = [(f"{label.layer}: {label.shown}", label.id) for label in project.scheme.labels]
        self.label = _combo(tr("Label"), [(tr("no marks yet"), NO_MARKS), *labels], held.label, self)
        chosen = [(held.publication, held.publication)] if held.publication else []
        self.publication = _combo(tr("Source"), chosen, held.publication, self)
        self._counting = Latest(self)  # of a large archive, it takes a moment
        self._counting.done.connect(self._show_publications)
        people = [(annotator.name, annotator.id) for annotator in project.annotators()]
        self.marked_by = _combo(tr("Annotator"), people, held.marked_by, self)
        self.since = self._date(tr("From"), held.since)
        self.until = self._date(tr("To"), held.until)
        self.clear = QPushButton(tr("Show all"), self)
        self.clear.clicked.connect(self._clear)
        for combo in (self.label, self.publication, self.marked_by):
            combo.currentIndexChanged.connect(self._tell)
        self._lay_out()
        self._ask_for_publications(project)

    def _ask_for_publications(self, project: Project) -> None:
        path = project.path
        if path is None:
            self._show_publications(project.publications())
        else:
            self._counting.begin(lambda: _publications(path))

    def _show_publications(self, found: list[tuple[str, int]]) -> None:
        blocked = self.publication.blockSignals(True)
        chosen = self.publication.currentData()
        while self.publication.count() > 1:
            self.publication.removeItem(1)
        for name, count in found:
            self.publication.addItem(f"{name} ({count:,})", name)
        self.publication.setCurrentIndex(max(0, self.publication.findData(chosen)))
        self.publication.blockSignals(blocked)

    def _date(self, name: str, held: str) -> QLineEdit:
        line = QLineEdit(held, self)
        line.setAccessibleName(name)
        line.setPlaceholderText("2016-10-31")
        line.textChanged.connect(self._tell)
        return line

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        names = (tr("marks of"), tr("source"), tr("marked by"), tr("from"), tr("to"))
        fields = (self.label, self.publication, self.marked_by, self.since, self.until)
        for name, field in zip(names, fields, strict=True):
            label = plain_label(name, self)
            label.setObjectName("faint")
            form.addRow(label, field)
        hint = plain_label(tr("A date is a year, a month or a day: 2016, 2016-10, 2016-10-31."), self)
        hint.setObjectName("faint")
        hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(10)
        rows.addLayout(form)
        rows.addWidget(hint)
        rows.addWidget(self.clear)

    def show_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner there, in coordinates of the screen."""
        self.setFixedWidth(320)
        self.move(corner)
        self.show()
        self.label.setFocus()

    def _tell(self) -> None:
        dates = [line.text().strip() for line in (self.since, self.until)]
        since, until = (text if _DATE.fullmatch(text) else "" for text in dates)
        combos = (self.label, self.publication, self.marked_by)
        label, publication, marked_by = (str(combo.currentData()) for combo in combos)
        self.changed.emit(
            DocumentFilter(label=label, publication=publication, since=since, until=until, marked_by=marked_by)
        )

    def _clear(self) -> None:
        for combo in (self.label, self.publication, self.marked_by):
            combo.setCurrentIndex(0)
        self.since.clear()
        self.until.clear()


def _publications(path: Path) -> list[tuple[str, int]]:
    with Reader(path) as reader:
        return reader.publications()


def said(project: Project, held: DocumentFilter) -> str:
    """What a list is filtered by, in a few words; empty for nothing."""
    labels = {label.id: label.shown for label in project.scheme.labels} | {NO_MARKS: tr("no marks yet")}
    people = {annotator.id: annotator.name for annotator in project.annotators()}
    dates = f"{held.since}–{held.until}" if held.since or held.until else ""
    parts = [labels.get(held.label, ""), held.publication, people.get(held.marked_by, ""), dates]
    return " · ".join(part for part in parts if part)


def _combo(name: str, choices: Iterable[tuple[str, str]], held: str, parent: QWidget) -> QuietCombo:
    combo = QuietCombo(parent)
    combo.setAccessibleName(name)
    combo.addItem(tr("any"), "")
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(held)))
    combo.setMinimumContentsLength(10)
    return combo
