"""The left of the scheme editor: everything in the scheme as one list, with a filter, and a line for a new name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import button, faint, fault_label, show_fault
from annotator.gui.dialogs.scheme.outline_table import OutlineTable
from annotator.gui.models.scheme_outline import Row, SchemeOutline, outline
from annotator.gui.texts import set_tip, tr
from annotator.gui.theme import Theme

_BELOW = {"layer": "label", "label": "label", "links": "link", "link": "link"}
_BELOW |= {"attributes": "attribute", "attribute": "attribute", "form": "question", "question": "question"}


class Outline(QWidget):
    """Shows the scheme; says what is chosen, and what is to be deleted or renamed."""

    chosen = Signal(str, str)  # kind and id
    delete_wanted = Signal(str, str)
    rename_wanted = Signal()
    page_wanted = Signal()  # the keyboard, into the page

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._new: tuple[str, str] = ("", "")  # what the line below adds: a kind, and to what
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Find in the scheme…"))
        self.filter.setAccessibleName(tr("Find in the scheme"))
        self.filter.setClearButtonEnabled(True)
        self.model = SchemeOutline(self)
        self.table = OutlineTable(theme, self)
        self.table.setModel(self.model)
        self.name = QLineEdit(self)
        self.name_of = faint("", self)
        self.fault = fault_label(self)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._naming(False)
        self.refresh()

    def _make_buttons(self) -> None:
        self.new = button(tr("&New"), lambda: None, self)
        menu = QMenu(self.new)
        for kind, words in (
            ("label", tr("&Label in this layer")),
            ("layer", tr("La&yer")),
            ("link", tr("Lin&k")),
            ("attribute", tr("&Attribute of this label")),
            ("question", tr("&Question about the article")),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, kind=kind: self.begin_new(kind))
        self.new.setMenu(menu)
        self.up, self.down = button("↑", lambda: self._move(-1), self), button("↓", lambda: self._move(1), self)
        self.delete = button(tr("&Delete…"), self._delete, self)
        for made, name in ((self.up, tr("Further up")), (self.down, tr("Further down"))):
            made.setAccessibleName(name)
            made.setFixedWidth(34)
            set_tip(made, f"{name} (Alt+{'↑' if made is self.up else '↓'})")

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(6)
        for each in (self.new, self.up, self.down):
            below.addWidget(each)
        below.addStretch()
        below.addWidget(self.delete)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.filter)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.name_of)
        rows.addWidget(self.name)
        rows.addWidget(self.fault)
        rows.addLayout(below)

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._desk.counted.connect(self._show_counts)
        self.filter.textChanged.connect(self.refresh)
        self.filter.installEventFilter(self)
        self.name.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.doubleClicked.connect(lambda _: self.page_wanted.emit())
        self.table.pressed_key.connect(self._on_key)
        self.name.textEdited.connect(lambda _: show_fault(self.fault, ""))

    # What is shown

    def refresh(self) -> None:
        """Show the scheme as it is; what is chosen stays so, or its place."""
        row, place = self.current(), self.table.currentIndex().row()
        scrolled = self.table.verticalScrollBar().value()
        chooser = self.table.selectionModel()
        blocked = chooser.blockSignals(True)
        self.model.show(outline(self._desk.scheme, self._desk.of_marks(), self.filter.text()))
        chooser.blockSignals(blocked)
        self.table.verticalScrollBar().setValue(scrolled)
        self._show_counts()
        same = self.model.place_of(row.kind, row.key) if row else None
        if same is None:
            same = min(max(place, 0), self.model.rowCount() - 1)
        self._go_to_place(same)

    def _show_counts(self) -> None:
        self.model.show_counts({key: marks for key, (marks, _) in self._desk.uses.items()})

    def _go_to_place(self, place: int) -> None:
        index = self.model.index(place)
        if index.isValid() and index != self.table.currentIndex():
            self.table.setCurrentIndex(index)
        elif index.isValid():
            self.table.selectRow(place)
            self._on_current(index)
        self.table.scrollTo(index)

    def current(self) -> Row | None:
        """The line one is on."""
        return self.model.row(self.table.currentIndex().row()) if self.table.currentIndex().isValid() else None

    def choose(self, kind: str, key: str) -> None:
        """Go to a thing; what hides it from view is taken away."""
        place = self.model.place_of(kind, key)
        if place is None and self.filter.text():
            self.filter.clear()
            place = self.model.place_of(kind, key)
        if place is not None:
            self._go_to_place(place)

    def _on_current(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.chosen.emit(row.kind, row.key)
            for each in (self.delete, self.up, self.down):
                each.setEnabled(bool(row.key))

    def _on_selection(self) -> None:
        """Several labels may be merged or deleted together."""
        rows = (self.model.row(index.row()) for index in self.table.selectionModel().selectedRows())
        self._desk.chosen_labels = [row.key for row in rows if row is not None and row.kind == "label"]

    # What is done

    def _on_key(self, event: QKeyEvent) -> None:
        row, key = self.current(), event.key()
        if row is None:
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Delete:
            self._delete()
        elif key == Qt.Key.Key_Insert:
            self.begin_new(_BELOW[row.kind])
        elif key == Qt.Key.Key_Space:
            self._desk.toggle(row.kind, row.key)
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        else:
            self.page_wanted.emit()

    def _move(self, by: int) -> None:
        row = self.current()
        if row is not None and row.key:
            self._desk.move(row.kind, row.key, by)

    def _delete(self) -> None:
        row = self.current()
        if row is not None and row.key:
            self.delete_wanted.emit(row.kind, row.key)

    def begin_new(self, kind: str) -> None:
        """Ask for the name of a new thing; where it goes is where one is."""
        owner, words = self._owner(kind)
        if kind in ("label", "attribute") and not owner:
            self._desk.tell(words)
            return
        self._new = (kind, owner)
        self.name_of.setText(words)
        self.name.setAccessibleName(words)
        self.name.clear()
        show_fault(self.fault, "")
        self._naming(True)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _owner(self, kind: str) -> tuple[str, str]:
        """The id of what a new thing of that kind belongs to, and what is asked for; or why there is none."""
        row, desk = self.current(), self._desk
        label = desk.label(row.key) if row else None
        if kind == "label":
            layers = {each.name: each for each in desk.scheme.layers}
            here = layers[label.layer] if label else desk.layer(row.key) if row else None
            here = here or next(iter(layers.values()), None)
            if here is None:
                return "", tr("A label belongs to a layer: make a layer first.")
            return here.id, tr("Name of the new label in {layer}", layer=here.shown)
        if kind == "attribute":
            if label is None and row is not None and row.kind == "attribute":
                label = next(iter(desk.asked_of(row.key)), None)
            if label is None:
                return "", tr("Choose the label first that the new attribute is asked of.")
            return label.id, tr("Name of the new attribute of {label}", label=label.shown)
        asked = {"layer": tr("Name of the new layer"), "link": tr("Name of the new link")}
        return "", asked.get(kind, tr("Name of the new question about the article"))

    def _naming(self, on: bool) -> None:
        self.name_of.setVisible(on)
        self.name.setVisible(on)

    def _add(self) -> None:
        fault = self._desk.add(self._new[0], self.name.text(), self._new[1])
        show_fault(self.fault, fault)
        if not fault:
            self._leave_name()

    def _leave_name(self) -> None:
        self._naming(False)
        show_fault(self.fault, "")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        field = watched if watched in (self.filter, self.name) else None
        if not isinstance(event, QKeyEvent) or field is None:
            return False
        escape = event.key() == Qt.Key.Key_Escape and (field is self.name or bool(self.filter.text()))
        if event.type() == QEvent.Type.ShortcutOverride and escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if escape:
            self._leave_name() if field is self.name else self.filter.clear()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if field is self.name and enter:  # and never a button of the window
            self._add()
            return True
        if field is self.filter and (enter or event.key() == Qt.Key.Key_Down):
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False
