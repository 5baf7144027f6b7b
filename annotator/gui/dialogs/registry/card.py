"""The card of an entry: its names, kind, colour, note, and what is known of it. What is typed is kept at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry import DISTINCT, KINDS, added, changed, new_entry, tidied
from annotator.gui.dialogs.keywords import COLORS, ColorButton
from annotator.gui.dialogs.registry.facts import FactsTable
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.registry import Registry, shown_kind
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr


class EntryCard(QWidget):
    """Shows one entry, or takes in a new one: then nothing is written until it has a name."""

    made = Signal(str)  # the id of a new entry

    def __init__(self, session: Session, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._registry = session, registry
        self._entry: RegistryEntry | None = None
        self._new = False
        self._make_fields()
        self._lay_out()
        self.show_entry(None)

    def _make_fields(self) -> None:
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Its name"))
        self.kind = QuietCombo(self)
        self.kind.setEditable(True)
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.setAccessibleName(tr("Kind"))
        self.aliases = _Lines(tr("Other names, a line each"), self)
        self.note = _Lines(tr("add a note…"), self)
        self.facts = FactsTable(self)
        self.colors = QButtonGroup(self)
        self.colors.setExclusive(False)
        for title, color in COLORS:
            self.colors.addButton(ColorButton(tr(title), color, self))
        self.no_color = QPushButton(tr("none"), self)
        self.no_color.setObjectName("flat")
        self.no_color.setAutoDefault(False)
        self.no_color.setAccessibleName(tr("No colour"))
        self.more = QPushButton(tr("&Add…"), self)
        self.more.setObjectName("flat")
        self.more.setAutoDefault(False)
        self.more.setAccessibleName(tr("Add something that is known"))
        self.more.clicked.connect(self.facts.begin_row)
        self.said = plain_label("", self)
        self.said.setObjectName("bad")
        self.said.setWordWrap(True)
        self.name.editingFinished.connect(self.commit)
        line = QLineEdit(self.kind)
        line.setAccessibleName(tr("Kind"))
        self.kind.setLineEdit(line)
        line.editingFinished.connect(self.commit)
        self.kind.activated.connect(lambda _: self.commit())
        self.aliases.left.connect(self.commit)
        self.note.left.connect(self.commit)
        self.facts.edited.connect(self.commit)
        self.colors.buttonClicked.connect(self._on_color)
        self.no_color.clicked.connect(lambda: self._set_color(""))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(9)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Kind"), self.kind)
        form.addRow(tr("A&liases"), self.aliases)
        colors = QHBoxLayout()
        colors.setSpacing(4)
        for button in self.colors.buttons():
            colors.addWidget(button)
        colors.addWidget(self.no_color)
        colors.addStretch()
        form.addRow(tr("Colour"), colors)
        form.addRow(tr("N&ote"), self.note)
        known = plain_label(tr("What is known"), self)
        known.setObjectName("section")
        how = plain_label(tr("Dates are years, months or days: 2012, 2012-03, 2012-03-15. Del takes a row away."), self)
        how.setObjectName("faint")
        how.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(form)
        rows.addWidget(known)
        rows.addWidget(self.facts, 1)
        below = QHBoxLayout()
        below.addWidget(how, 1)
        below.addWidget(self.more)
        rows.addLayout(below)
        rows.addWidget(self.said)

    # What is shown

    @property
    def shown(self) -> str:
        """The id of the entry that is shown; empty for none."""
        return self._entry.id if self._entry is not None else ""

    def holds(self, entry: RegistryEntry) -> bool:
        """Whether it shows `entry` as it is now, or what a person just made of it."""
        return self._entry == entry

    def show_entry(self, entry: RegistryEntry | None) -> None:
        """Show an entry, or that none is chosen."""
        self._new = False
        self._fill(entry)
        self.setEnabled(entry is not None and not self._session.project.read_only)

    def show_new(self, kind: str) -> None:
        """Take in a new entry."""
        self._new = True
        self._fill(RegistryEntry("", kind, ""))
        self.setEnabled(True)
        self.name.setFocus()

    def _fill(self, entry: RegistryEntry | None) -> None:
        self._entry = None  # while fields are filled, nothing is taken from them
        held = entry or RegistryEntry("", "", "")
        self.name.setText(held.name)
        self.name.setCursorPosition(0)
        self.kind.clear()
        for kind in dict.fromkeys((*KINDS, *self._registry.index.kinds())):
            self.kind.addItem(shown_kind(kind), kind)
        self.kind.setCurrentIndex(self.kind.findData(held.kind))
        self.kind.setEditText(shown_kind(held.kind))
        self.aliases.setPlainText("\n".join(held.aliases))
        self.note.setPlainText(held.note)
        self.facts.show_entry(held)
        for button in self.colors.buttons():
            button.setChecked(isinstance(button, ColorButton) and button.color == held.color)
        self.said.clear()
        self._entry = entry

    # What is changed

    def _on_color(self, button: ColorButton) -> None:
        self._set_color(button.color)

    def _set_color(self, color: str) -> None:
        for button in self.colors.buttons():
            button.setChecked(isinstance(button, ColorButton) and button.color == color)
        self.commit(color)

    def commit(self, color: str | None = None) -> None:
        """Keep what stands in the fields; say why not, where it cannot be kept."""
        before = self._entry
        if before is None or (self._new and not self.name.text().strip()):
            return
        try:
            after = self._as_it_stands(before, color)
        except KnownError as error:
            self.said.setText(str(error))
            return
        self.said.clear()
        if self._new:
            self._make(after)
        elif not _same(before, after):
            self._entry = after
            if not self._session.apply(changed(before, after)):
                self._entry = before

    def _make(self, after: RegistryEntry) -> None:
        entry = replace(after, id=new_entry(after.name).id)
        self._new, self._entry = False, entry
        if self._session.apply(added(entry)):
            self.made.emit(entry.id)

    def _as_it_stands(self, before: RegistryEntry, color: str | None) -> RegistryEntry:
        apart = {name: value for name, value in before.attributes.items() if name == DISTINCT}
        return tidied(
            replace(
                before,
                name=self.name.text(),
                kind=self._kind(),
                aliases=tuple(self.aliases.toPlainText().split("\n")),
                note=self.note.toPlainText(),
                attributes={**self.facts.attributes(), **apart},
                color=before.color if color is None else color,
            )
        )

    def _kind(self) -> str:
        text = self.kind.currentText().strip()
        place = self.kind.findText(text, Qt.MatchFlag.MatchFixedString)
        return str(self.kind.itemData(place)) if place >= 0 else text


class _Lines(QPlainTextEdit):
    """A few lines of text; says when the keyboard leaves them."""

    left = Signal()

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint.rstrip("…"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(62)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _same(before: RegistryEntry, after: RegistryEntry) -> bool:
    """Whether nothing was changed but the way in which it is kept."""
    try:
        return after in (before, tidied(before))
    except KnownError:
        return False
