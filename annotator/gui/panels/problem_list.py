"""The panel of what is probably wrong in the open article, with quick fixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import Scheme
from annotator.gui.models.problem_list import SHOWN, ProblemListModel, ShownProblem
from annotator.gui.panels.row_table import RowTable, paint_ground
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import LIGHT, Theme, interface_font

if TYPE_CHECKING:
    from annotator.core.problems import Problem

ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ROW_HEIGHT = 42
MARGIN = 14  # pixels at the sides, as the headings have
GAP = 10  # pixels between the words and the fix


class ProblemDelegate(QStyledItemDelegate):
    """A problem on two lines: what is wrong, then the words it is about and what its quick fix does."""

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self._what = interface_font(12)
        self._words = interface_font(11)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(SHOWN)
        if not isinstance(row, ShownProblem):
            return
        area: QRect = option.rect
        painter.save()
        paint_ground(painter, area, option.state, self.theme)
        inner = area.adjusted(MARGIN, 4, -MARGIN, -4)
        half = inner.height() // 2
        above, below = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
        painter.setFont(self._what)
        painter.setPen(QColor(self.theme.ink))
        self._draw(painter, option, above, row.what)
        painter.setFont(self._words)
        fix = self.fix_area(row, area, option.direction)
        painter.setPen(QColor(self.theme.accent))
        if row.fix:
            self._draw(painter, option, fix, row.fix)
        painter.setPen(QColor(self.theme.faint))
        taken = fix.width() + GAP if row.fix else 0
        words = QStyle.visualRect(option.direction, inner, below.adjusted(0, 0, -taken, 0))
        self._draw(painter, option, words, row.words)
        painter.restore()

    def fix_area(self, row: ShownProblem, area: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Where in its row the name of a problem's fix stands."""
        inner = area.adjusted(MARGIN, 4, -MARGIN, -4)
        below = inner.adjusted(0, inner.height() // 2, 0, 0)
        width = min(QFontMetrics(self._words).horizontalAdvance(row.fix) + 2, below.width() * 2 // 3)
        return QStyle.visualRect(direction, inner, below.adjusted(below.width() - width, 0, 0, 0))

    @staticmethod
    def _draw(painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str) -> None:
        near = Qt.AlignmentFlag.AlignLeft
        side = QStyle.visualAlignment(option.direction, near) | Qt.AlignmentFlag.AlignVCenter
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        if option.direction == Qt.LayoutDirection.RightToLeft:
            cut = f"{ISOLATE}{cut}{END_ISOLATE}"  # a text keeps its own direction in a window of the other
        painter.drawText(area, side | Qt.AlignmentFlag.AlignAbsolute, cut)


class ProblemList(RowTable):
    """Rows of problems. The current one is where the text stands; its fix is a key or a click away."""

    gone_to = Signal(object)  # Problem: the row one comes to
    taken = Signal(object)  # Problem: Enter, to go on in the text
    fix_wanted = Signal(object)  # Problem

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, tr("Problems of this article"), parent)
        self._delegate = ProblemDelegate()
        self.rows = ProblemListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_problems(self, problems: Sequence[Problem], document: AnnotatedDocument | None, scheme: Scheme) -> None:
        """Show these problems. The current row stays with its problem; where that is gone, with what comes next."""
        before, row = self.current, self.currentIndex().row()
        blocked = self.blockSignals(True)
        self.rows.show(problems, document, scheme)
        found = self.rows.row_of(before)
        if before is not None and self.rows.rows:
            self.select_row(min(row, len(self.rows.rows) - 1) if found is None else found)
        self.blockSignals(blocked)

    @property
    def current(self) -> Problem | None:
        """The problem of the current row."""
        row = self.currentIndex().row()
        return self.rows.rows[row].problem if 0 <= row < len(self.rows.rows) else None

    def select_row(self, row: int) -> None:
        """Make a row the current one, and go nowhere."""
        blocked = self.blockSignals(True)
        index = self.rows.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.blockSignals(blocked)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and self.current is not None:
            self.gone_to.emit(self.current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = index.data(SHOWN) if index.isValid() else None
        if isinstance(row, ShownProblem) and row.fix and event.button() == Qt.MouseButton.LeftButton:
            area = self._delegate.fix_area(row, self.visualRect(index), self.layoutDirection())
            if area.contains(event.position().toPoint()):
                self.select_row(index.row())
                self.fix_wanted.emit(row.problem)
                return
        again = index.isValid() and index == self.currentIndex()
        super().mousePressEvent(event)
        if again and self.current is not None:
            self.gone_to.emit(self.current)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = index.data(SHOWN) if index.isValid() else None
        over = isinstance(row, ShownProblem) and bool(row.fix) and self._delegate.fix_area(
            row, self.visualRect(index), self.layoutDirection()
        ).contains(event.position().toPoint())  # fmt: skip
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current is not None:
                self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)


class ProblemPanel(QWidget):
    """The list, a word where it is empty, and below it what concerns all of it."""

    rules_wanted = Signal()
    corpus_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = ProblemList(self)
        self._nothing = plain_label(tr("Nothing here looks wrong."), self)
        self._nothing.setObjectName("faint")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(MARGIN, 6, MARGIN, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN - 6, 2, MARGIN - 6, 4)
        foot.setSpacing(2)
        self.look = self._button(tr("Look now"), self.look_wanted)
        for button in (
            self.look,
            self._button(tr("Rules…"), self.rules_wanted),
            self._button(tr("All articles…"), self.corpus_wanted),
        ):
            foot.addWidget(button)
        foot.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.list, 1)
        rows.addWidget(self._nothing)
        rows.addStretch()
        rows.addLayout(foot)
        self.list.hide()

    def _button(self, text: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("flat")
        button.clicked.connect(wanted)
        return button

    def show_problems(
        self, problems: Sequence[Problem], document: AnnotatedDocument | None, scheme: Scheme, *, by_hand: bool = False
    ) -> None:
        """Show the problems of an article; `by_hand` where they are looked for when one asks."""
        self.list.show_problems(problems, document, scheme)
        self.list.setVisible(bool(problems))
        self._nothing.setVisible(not problems)
        self.look.setVisible(by_hand)
        self._nothing.setText(
            tr("This article has very many marks: its problems are looked for when you ask.")
            if by_hand
            else tr("Nothing here looks wrong.")
        )
