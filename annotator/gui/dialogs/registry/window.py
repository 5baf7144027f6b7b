"""The window of the registry: all entries at the left, what is known of one at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import KINDS
from annotator.gui.dialogs.registry.card import EntryCard
from annotator.gui.dialogs.registry.entries import NAME, EntriesModel
from annotator.gui.dialogs.registry.entries_table import EntriesTable
from annotator.gui.dialogs.registry.files import RegistryFiles
from annotator.gui.dialogs.registry.look_alikes import LookAlikesDialog
from annotator.gui.dialogs.registry.passages import PassagesTab
from annotator.gui.dialogs.registry.planning import MergeDialog, deletion
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.registry import registry_of, shown_kind
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.store.reading import Reader
from annotator.store.registry_passages import Passage, passages, said

AGAIN = 100  # chosen entries that stay so when others are shown
FRAME = (28, 42)  # pixels that a window manager’s frame may take of the screen
GAP = 12  # pixels on both sides of the line between the halves
PAUSE = 120  # milliseconds that an entry stays current until its passages are looked for
CARD, PASSAGES, SAID = range(3)


class RegistryWindow(QDialog):
    """A window beside the main one. What it does is one step each, which undo takes back."""

    row_shown = Signal(str, object)  # the id of a document, and the Span of a passage

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._registry = registry_of(session)
        self._wanted = ""  # the id of the entry that is to be shown once the rows are there
        self.setWindowTitle(tr("Registry"))
        self.setModal(False)
        self.resize(QSize(1280, 720).boundedTo(self.screen().availableGeometry().size() - QSize(*FRAME)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._show_passages)
        self.files = RegistryFiles(session, self._registry, self)
        self._make_list()
        self._make_right()
        self.files.began.connect(self.card.commit)
        self.files.told.connect(self.told.setText)
        self._lay_out()
        self._registry.changed.connect(self._on_changed)
        self._registry.counted.connect(self._on_counted)
        QShortcut(QKeySequence.StandardKey.Undo, self, session.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, session.redo)
        QShortcut(QKeySequence.StandardKey.Find, self, self.filter.setFocus)
        QShortcut(QKeySequence.StandardKey.New, self, self.begin_new)
        self._on_changed()
        self.filter.setFocus()

    # Putting it together

    def _make_list(self) -> None:
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("A name or an alias"))
        self.filter.setAccessibleName(tr("Filter the entries"))
        self.filter.setClearButtonEnabled(True)
        self.kind = QuietCombo(self)
        self.kind.setAccessibleName(tr("Kinds that are shown"))
        self.model = EntriesModel(self._registry, self)
        self.model.theme = self._theme
        self.table = table = EntriesTable(tr("Registry entries"), self)
        table.show_model(self.model)
        self.count = plain_label("", self)
        self.count.setObjectName("faint")
        self.filter.textChanged.connect(lambda _: self._narrow())
        self.filter.returnPressed.connect(self._leave_filter)
        self.kind.activated.connect(lambda _: self._narrow())
        table.selectionModel().selectionChanged.connect(lambda *_: self._on_chosen())
        table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        table.entered.connect(self._to_card)
        table.unwanted.connect(self.delete_chosen)

    def _make_right(self) -> None:
        session = self._session
        self.card = EntryCard(session, self._registry, self)
        self.card.made.connect(self._on_made)
        self.passages = PassagesTab(session, _passages, tr("Passages"), self._theme, self)
        self.passages.nothing = tr("No mark or form answers with it.")
        self.said = PassagesTab(session, said, tr("Said"), self._theme, self)
        self.said.nothing = tr("No quote, claim or statement leads to it.")
        self.stack = QStackedWidget(self)
        self.tabs = QButtonGroup(self)
        for place, (title, page) in enumerate(
            ((tr("&Entry"), self.card), (tr("&Passages"), self.passages), (tr("&Said"), self.said))
        ):
            self.stack.addWidget(page)
            button = QPushButton(title, self)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            self.tabs.addButton(button, place)
        self.tabs.button(CARD).setChecked(True)
        self.tabs.idClicked.connect(self.show_tab)
        for tab in (self.passages, self.said):
            tab.row_shown.connect(self.row_shown)
            tab.save_wanted.connect(lambda found: self.files.ask_to_save(found, self._one()))
        self.told = plain_label("", self)
        self.told.setObjectName("faint")
        self.told.setWordWrap(True)
        if session.project.read_only:
            self.told.setText(tr("The project can only be read."))

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addWidget(self.kind)
        self.new = self._button(tr("New"), self.begin_new)
        self.merge = self._button(tr("&Merge…"), self.merge_chosen)
        self.delete = self._button(tr("&Delete"), self.delete_chosen)
        self.alike = self._button(tr("&Look-alikes…"), self.show_look_alikes)
        self.load = self._button(tr("&Import…"), self.files.ask_to_import)
        self.save = self._button(tr("E&xport…"), self.files.ask_to_export)
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.new, self.merge, self.delete):
            first.addWidget(button)
        first.addStretch()
        for button in (self.alike, self.load, self.save):
            second.addWidget(button)
        foot = QHBoxLayout()
        foot.addLayout(first, 1)
        foot.addLayout(second)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(*_beside(self, GAP, last=True))
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.count)
        rows.addLayout(foot)
        tabs = QHBoxLayout()
        tabs.setSpacing(0)
        for tab in self.tabs.buttons():
            tabs.addWidget(tab)
        tabs.addStretch()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(*_beside(self, GAP, last=False))
        beside.setSpacing(12)
        beside.addLayout(tabs)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.told)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([580, 664])
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.addWidget(split)

    def _button(self, text: str, step: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: step())
        return button

    # What is shown

    def show_entry(self, key: str) -> None:
        """Choose the entry with that id, whatever is typed in the filter."""
        self._wanted = key
        if self.model.row_of(key) < 0:
            self.filter.clear()
            self.kind.setCurrentIndex(0)
            self._narrow()
        self._choose(self.model.row_of(key))

    def show_tab(self, place: int) -> None:
        """Show the card, the passages, or what was said."""
        self.card.commit()
        self.tabs.button(place).setChecked(True)
        self.stack.setCurrentIndex(place)
        self._show_passages()

    def chosen(self) -> list[RegistryEntry]:
        """The entries that are chosen, in the order of the table."""
        return self.table.chosen()

    def _choose(self, row: int) -> None:
        if row >= 0:
            self._wanted = ""
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, NAME))

    def _on_changed(self) -> None:
        """Entries came, went or are called otherwise: the same stay chosen."""
        if not self._registry.ready:
            self.count.setText(tr("Reading the registry…"))
            return
        keys = [entry.id for entry in self.chosen()]
        scrolled = self.table.verticalScrollBar().value()
        self._fill_kinds()
        blocked = self.table.selectionModel().blockSignals(True)
        self.model.read()
        self.table.selectionModel().blockSignals(blocked)
        self.table.verticalScrollBar().setValue(scrolled)
        self._choose_again(keys)
        self._say_count()
        self._on_chosen()
        if self._wanted:
            self._choose(self.model.row_of(self._wanted))

    def _choose_again(self, keys: list[str]) -> None:
        self.table.choose(keys[:AGAIN])

    def _fill_kinds(self) -> None:
        held = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(tr("all kinds"), "")
        for kind in dict.fromkeys((*KINDS, *self._registry.index.kinds())):
            self.kind.addItem(shown_kind(kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(held)))

    def _on_counted(self) -> None:
        self.model.recount()
        for tab in (self.passages, self.said):
            tab.show_entry(self._one())

    def _narrow(self) -> None:
        keys = [entry.id for entry in self.chosen()]
        self.model.narrow(self.filter.text(), str(self.kind.currentData() or ""))
        self._choose_again(keys)
        self._say_count()
        self._on_chosen()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        keys = [entry.id for entry in self.chosen()]
        self.model.sort(column, order)
        self._choose_again(keys)

    def _say_count(self) -> None:
        count, every = self.model.rowCount(), len(self._registry.index)
        if not every:
            self.count.setText(tr("No entries yet. They are made here, or while you mark."))
        elif count == every:
            self.count.setText(tr("{count} entries", count=f"{count:,}"))
        else:
            self.count.setText(tr("{count} of {every} entries", count=f"{count:,}", every=f"{every:,}"))

    def _one(self) -> RegistryEntry | None:
        """The entry that is chosen, if it is one alone."""
        found = self.chosen()
        return found[0] if len(found) == 1 else None

    def _on_chosen(self) -> None:
        found, able = self.chosen(), not self._session.project.read_only
        entry = found[0] if len(found) == 1 else None
        now = self._registry.entry(entry.id) if entry else None
        if now is None or not self.card.holds(now):
            self.card.commit()
            self.card.show_entry(now)
        self.merge.setEnabled(len(found) > 1 and able)
        self.delete.setEnabled(bool(found) and able)
        self.new.setEnabled(able)
        self._pause.start()

    def _show_passages(self) -> None:
        for tab in (self.passages, self.said):
            tab.show_entry(self._one())

    def _leave_filter(self) -> None:
        self.table.setFocus()
        if self.model.rowCount() and not self.chosen():
            self.table.selectRow(0)

    def _to_card(self) -> None:
        if self.stack.currentIndex() == CARD:
            self.card.name.setFocus()
            self.card.name.selectAll()
        else:
            page = self.passages if self.stack.currentIndex() == PASSAGES else self.said
            page.table.setFocus()
            page.table.setCurrentIndex(page.model.index(0, 0) if page.model.rowCount() else QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self.card.commit()
        for tab in (self.passages, self.said):
            tab.stop()
        super().done(result)

    # Doing

    def begin_new(self) -> None:
        """Take in a new entry."""
        self.card.commit()
        self.show_tab(CARD)
        self.table.clearSelection()
        self.card.show_new(str(self.kind.currentData() or ""))

    def _on_made(self, key: str) -> None:
        entry = self._registry.entry(key)
        self.told.setText(tr("“{name}” is new.", name=entry.name) if entry else "")
        focused = self.focusWidget()
        self.show_entry(key)
        if focused is not None and self.card.isAncestorOf(focused):
            focused.setFocus()

    def merge_chosen(self) -> None:
        """Ask which of the chosen entries stands for all of them."""
        found = self.chosen()
        if len(found) > 1:
            self.card.commit()
            dialog = MergeDialog(self._session, self._registry, found, self)
            dialog.finished_step.connect(self.told.setText)
            dialog.open()

    def delete_chosen(self) -> None:
        """Delete the chosen entries: at once if nothing answers with them, else after saying how much does."""
        found = self.chosen()
        if not found or self._session.project.read_only:
            return
        dialog = deletion(self._session, found, self)
        dialog.finished_step.connect(self.told.setText)
        dialog.open()

    def show_look_alikes(self) -> None:
        """List the entries that look alike."""
        self.card.commit()
        dialog = LookAlikesDialog(self._session, self._registry, self._theme, self)
        dialog.told.connect(self.told.setText)
        dialog.open()


def _beside(widget: QWidget, gap: int, *, last: bool) -> tuple[int, int, int, int]:
    """Margins with a gap behind what is written, or before it; Qt mirrors layouts, and no margins."""
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (0, 0, gap, 0) if last != mirrored else (gap, 0, 0, 0)


def _passages(reader: Reader, entry: RegistryEntry, stop: Callable[[], bool]) -> list[Passage]:
    return passages(reader, entry.id, stop)
