"""A list that narrows as one types: for actions, labels and zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.core.matching import fit
from annotator.gui.panels.row_table import RowTable, paint_ground
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme, interface_font, label_color

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
INDENT = CHOICE + 1  # pixels before the words
STEP = 16  # pixels that a value of a tree is set in from the one above
ROW = 28  # pixels
ROWS = 12  # that are seen at once
BESIDE = 0.55  # of a row's width, that what stands beside may take at most


@dataclass(frozen=True, slots=True)
class Choice:
    """A row. `beside` stands at its right end, faintly; `about` is said below the list while it is current."""

    text: str
    value: Any
    beside: str = ""
    color: str = ""
    about: str = ""
    also: str = ""  # other words that find it
    enabled: bool = True
    exactly: tuple[str, ...] = ()  # what finds it before all others when it is typed whole, as the code 98
    depth: int = 0  # how far it is set in, in a list that is not narrowed
    narrowed: str = ""  # what it is called in a narrowed list, where that differs: the way to it in a tree


class ChoiceModel(QAbstractListModel):
    """The choices that fit, the best first."""

    def __init__(self, choices: Sequence[Choice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = list(choices)
        self._shown = list(choices)
        self._narrowed = False

    def narrow(self, typed: str) -> None:
        """Show only what fits what was typed; where it fits alike, in the order of the choices."""
        fits = [(_fit(typed, choice), place) for place, choice in enumerate(self._all)]
        ranked = sorted((rank, place) for rank, place in fits if rank is not None)
        self._narrowed = bool(typed.strip())
        self.show([self._all[place] for _, place in ranked])

    def show(self, choices: Sequence[Choice]) -> None:
        """Show just these."""
        self.beginResetModel()
        self._shown = list(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """The choice in `row`."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role == CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown_words(choice)
        if role == INDENT:
            return 0 if self._narrowed else choice.depth * STEP
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.narrowed or choice.text, choice.beside)))
        return None

    def _shown_words(self, choice: Choice) -> str:
        return choice.narrowed if self._narrowed and choice.narrowed else choice.text


def _fit(typed: str, choice: Choice) -> int | None:
    wanted = typed.strip().casefold()
    if wanted and any(wanted == each.casefold() for each in choice.exactly):
        return -1
    fits = [rank for text in (choice.text, choice.also) if text and (rank := fit(typed, text)) is not None]
    return min(fits) if fits else None


class ChoiceRows(QStyledItemDelegate):
    """A swatch where there is a colour, the text, and what stands beside it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice = index.data(CHOICE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        paint_ground(painter, area, state, self._theme)
        inner = area.adjusted(12, 0, -12, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if choice.color:
            self._paint_swatch(painter, inner, choice.color, mirrored)
            inner = inner.adjusted(0 if mirrored else 20, 0, -20 if mirrored else 0, 0)
        painter.setFont(interface_font(13))
        metrics = QFontMetrics(interface_font(13))
        near, far = (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft) if mirrored else (
            Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)  # fmt: skip
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text in its own direction
        faint = metrics.elidedText(choice.beside, Qt.TextElideMode.ElideRight, int(inner.width() * BESIDE))
        beside = metrics.horizontalAdvance(faint) + 16 if faint else 0
        indent = index.data(INDENT)
        words = inner.adjusted(beside if mirrored else indent, 0, -indent if mirrored else -beside, 0)
        text: str = index.data(Qt.ItemDataRole.DisplayRole)
        painter.setPen(QColor(self._theme.ink if choice.enabled else self._theme.faint))
        painter.drawText(words, near | middle, metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width()))
        painter.setPen(QColor(self._theme.faint))
        painter.drawText(inner, far | middle, faint)
        painter.restore()

    def _paint_swatch(self, painter: QPainter, area: QRect, color: str, mirrored: bool) -> None:
        left = area.right() - 11 if mirrored else area.left()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(label_color(color, self._theme))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(left, area.center().y() - 5, 11, 11, 3, 3)


class FilteredList(QFrame):
    """A pop-up with a field and a list. Up and Down move, Enter takes, Esc leaves; so does a click outside."""

    picked = Signal(object)  # the value of a choice

    def __init__(
        self, name: str, choices: Sequence[Choice], theme: Theme, parent: QWidget, model: ChoiceModel | None = None
    ) -> None:
        """Of `choices`, or of what `model` finds for what is typed."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(name)
        self.model = model or ChoiceModel(choices, self)
        self.list = RowTable(ROW, name, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceRows(theme, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMinimumHeight(ROW * (ROWS if model else min(ROWS, max(1, len(choices)))))
        self.about = plain_label("", self)
        self.about.setObjectName("faint")
        self.about.setWordWrap(True)
        self._explained = any(choice.about for choice in choices)
        self.about.setMinimumHeight(36)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(6)
        for widget in (self.field, self.list, self.about):
            rows.addWidget(widget)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.list.selectionModel().currentRowChanged.connect(self._on_current)
        self._narrow("")

    def show_at(self, point: QPoint, width: int = 360) -> None:
        """Show it with its upper left corner at a point of the screen, moved as far as the screen needs it."""
        self.resize(width, self.sizeHint().height())
        parent = self.parentWidget()
        screen = parent.screen().availableGeometry() if parent is not None else self.screen().availableGeometry()
        x = max(screen.left(), min(point.x(), screen.right() - self.width()))
        y = max(screen.top(), min(point.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.field.setFocus()

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        if self.model.rowCount():
            self.list.selectRow(0)
        else:
            self.about.setText(tr("Nothing fits."))
        self.about.setVisible(self._explained or not self.model.rowCount())

    def _on_current(self, index: QModelIndex) -> None:
        choice = self.model.choice(index.row()) if index.isValid() else None
        self.about.setText(choice.about if choice else "")

    def _take(self, row: int) -> None:
        choice = self.model.choice(row)
        if choice is not None and choice.enabled:
            self.close()
            self.picked.emit(choice.value)

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            move = _MOVES.get(Qt.Key(event.key()))
            if move is not None:
                row = move(self.list.currentIndex().row(), self.model.rowCount())
                self.list.selectRow(max(0, min(row, self.model.rowCount() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)


_MOVES: dict[Qt.Key, Callable[[int, int], int]] = {
    Qt.Key.Key_Down: lambda row, count: (row + 1) % max(1, count),
    Qt.Key.Key_Up: lambda row, count: (row - 1) % max(1, count),
    Qt.Key.Key_PageDown: lambda row, count: row + ROWS,
    Qt.Key.Key_PageUp: lambda row, count: row - ROWS,
}
