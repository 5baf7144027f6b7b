"""The values of an attribute as a table: typed, pasted, moved, removed. The last line, always empty, adds one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.core.scheme import Attribute, Value
from annotator.gui.texts import tr

Index = QModelIndex | QPersistentModelIndex
ROW = 28  # pixels
SEEN = 9  # lines at once


class ValuesModel(QAbstractTableModel):
    """Shows the values; an edit changes nothing here, but is told."""

    edited = Signal(object, object, str)  # values, what becomes of old names, and what is done in words

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.values: tuple[Value, ...] = ()
        self.columns: list[tuple[str, str]] = []
        self.choices: dict[str, list[str]] = {}  # what a column may hold

    def show(self, attribute: Attribute, above: Attribute | None) -> None:
        """Show the values of `attribute`, which depend on those of `above`."""
        columns = [("name", tr("value")), ("title", tr("shown as")), ("code", tr("code"))]
        self.choices = {}
        if attribute.kind == "tree":
            columns.append(("parent", tr("under")))
            self.choices["parent"] = ["", *(value.name for value in attribute.values)]
        if above is not None:
            columns.append(("when", tr("only for")))
            there = ["yes", "no"] if above.kind == "yes_no" else [value.name for value in above.values]
            self.choices["when"] = ["", *there]
        if (columns, attribute.values) != (self.columns, self.values):
            self.beginResetModel()
            self.columns, self.values = columns, attribute.values
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.values) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.columns[section][1] if shown else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        last = index.row() == len(self.values)
        return held if last and index.column() else held | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.row() == len(self.values):
            return QGuiApplication.palette().placeholderText()
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if index.row() == len(self.values):
            return tr("new value…") if index.column() == 0 and role == Qt.ItemDataRole.DisplayRole else ""
        return getattr(self.values[index.row()], self.columns[index.column()][0])

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text, column = " ".join(str(value).split()), self.columns[index.column()][0]
        if index.row() == len(self.values):
            if text:
                self.edited.emit((*self.values, Value(text)), {}, "")
            return bool(text)
        held = self.values[index.row()]
        if text == getattr(held, column) or (column == "name" and not text):
            return False
        if column == "name":
            self._rename(index.row(), text)
        else:
            self._tell(index.row(), held._replace(**{column: text}))
        return True

    def _tell(self, row: int, value: Value) -> None:
        self.edited.emit((*self.values[:row], value, *self.values[row + 1 :]), {}, "")

    def _rename(self, row: int, name: str) -> None:
        """A name that another value has makes the two one."""
        old = self.values[row].name
        if any(value.name == name for value in self.values):
            left = (*self.values[:row], *self.values[row + 1 :])
            self.edited.emit(left, {old: name}, tr("Merge the value {old} into {name}", old=old, name=name))
        else:
            new = (*self.values[:row], self.values[row]._replace(name=name), *self.values[row + 1 :])
            self.edited.emit(new, {old: name}, tr("Call the value {old} {name}", old=old, name=name))

    def remove(self, row: int) -> None:
        """Let a value go."""
        if row < len(self.values):
            name = self.values[row].name
            left = (*self.values[:row], *self.values[row + 1 :])
            self.edited.emit(left, {name: None}, tr("Delete the value {name}", name=name))

    def move(self, row: int, by: int) -> int:
        """Put a value further down. Returns where it is then."""
        goal = min(max(row + by, 0), len(self.values) - 1)
        if row < len(self.values) and goal != row:
            values = list(self.values)
            values.insert(goal, values.pop(row))
            self.edited.emit(tuple(values), {}, "")
        return goal

    def paste(self, text: str) -> None:
        """Add a value for each line: its name, and behind a tab how it is shown, and its code."""
        there = {value.name for value in self.values}
        lines = [[part.strip() for part in line.split("\t")] for line in text.splitlines() if line.strip()]
        new = {line[0]: Value(*line[:3]) for line in lines if line[0] and line[0] not in there}
        if new:
            self.edited.emit((*self.values, *new.values()), {}, "")


class _Delegate(QStyledItemDelegate):
    """A list to choose from where a cell holds another value's name."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, ValuesModel)
        choices = model.choices.get(model.columns[index.column()][0])
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(choices)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)


class ValuesTable(QTableView):
    """Ins adds, Del removes, Alt or Ctrl with an arrow moves, Ctrl+V adds a value for each line that was copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("values"))
        self.values = ValuesModel(self)
        self.setModel(self.values)
        self.setItemDelegate(_Delegate(self))
        self.setObjectName("boxed")
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def show_values(self, attribute: Attribute, above: Attribute | None) -> None:
        """Show the values of `attribute`; one stays where one was."""
        row, column = self.currentIndex().row(), max(0, self.currentIndex().column())
        self.values.show(attribute, above)
        self.setFixedHeight(ROW * (min(SEEN, self.values.rowCount()) + 1) + 16)
        if row >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self.values.index(min(row, self.values.rowCount() - 1), column))

    def begin_new(self) -> None:
        """Let a new value be typed."""
        index = self.values.index(len(self.values.values), 0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        self.edit(index)

    def paste(self) -> None:
        """Add a value for each line that was copied."""
        self.values.paste(QGuiApplication.clipboard().text())

    def remove_current(self) -> None:
        """Let the current value go."""
        if self.currentIndex().isValid():
            self.values.remove(self.currentIndex().row())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_ours(event):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_current()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            column = max(0, self.currentIndex().column())
            goal = self.values.move(self.currentIndex().row(), by)
            self.setCurrentIndex(self.values.index(goal, column))


def _is_ours(event: QKeyEvent) -> bool:
    held = event.modifiers() in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier)
    keys = (Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    moves = held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
    return moves or event.key() in keys or event.matches(QKeySequence.StandardKey.Paste)
