"""The list of an import’s sources, by what they were taken for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.dialogs.import_preview.words import count_words, kind_words, name_of, row_words, trouble_words
from annotator.gui.panels.row_table import RowTable, paint_ground
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import Theme, interface_font
from annotator.importers.previewing import Preview

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # a Preview, or the str of a heading
HEADING, SOURCE = 32, 46  # pixels
_EDGE = 14


class SourcesModel(QAbstractTableModel):
    """A heading for each kind, and its sources below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Preview | str] = []

    def show_previews(self, previews: Iterable[Preview]) -> None:
        """Show these, kinds in the order in which they come first."""
        kinds: dict[str, list[Preview]] = {}
        for preview in previews:
            kinds.setdefault(kind_words(preview), []).append(preview)
        rows: list[Preview | str] = []
        for kind, held in kinds.items():
            files = tr("{count} files", count=f"{len(held):,}")
            rows += [f"{kind} · {files}" if len(held) > 1 else kind, *held]
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """Where the source of that name stands; -1 if nowhere."""
        places = (place for place, row in enumerate(self._rows) if not isinstance(row, str) and row.source == name)
        return next(places, -1)

    def headings(self) -> list[int]:
        """The rows that are headings."""
        return [place for place, row in enumerate(self._rows) if isinstance(row, str)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else row_words(row)
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, str):
            return plain_tip(row.source)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _key(row: Preview | str) -> str:
    return row if isinstance(row, str) else f"\0{row.source}"


class SourcesDelegate(QStyledItemDelegate):
    """Draws a source’s name over its counts; what is wrong stands there in words, behind a “!”."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._small, self._heading = interface_font(13), interface_font(11), interface_font(11)
        self._heading.setWeight(QFont.Weight.DemiBold)
        self._heading.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, SOURCE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        area: QRect = option.rect
        inner = area.adjusted(_EDGE, 0, -_EDGE, 0)
        painter.save()
        if isinstance(row, str):
            box = inner.adjusted(0, 8, 0, 0)
            self._line(painter, box, option, self._heading, self._theme.faint, row)
        else:
            paint_ground(painter, area, option.state, self._theme)
            self._source(painter, inner, option, row)
        painter.restore()

    def _source(self, painter: QPainter, inner: QRect, option: QStyleOptionViewItem, row: Preview) -> None:
        above = QRect(inner.left(), inner.top() + 5, inner.width(), 19)
        below = QRect(inner.left(), inner.top() + 24, inner.width(), 16)
        self._line(painter, above, option, self._name, self._theme.ink, name_of(row), Qt.TextElideMode.ElideMiddle)
        trouble = trouble_words(row)
        counted = count_words(row)
        if not trouble:
            self._line(painter, below, option, self._small, self._theme.faint, counted)
            return
        words = f"! {trouble}"
        width = min(QFontMetrics(self._small).horizontalAdvance(words) + 2, below.width() * 3 // 5)
        end = QStyle.visualRect(option.direction, below, below.adjusted(below.width() - width, 0, 0, 0))
        start = QStyle.visualRect(option.direction, below, below.adjusted(0, 0, -width - 8, 0))
        self._line(painter, start, option, self._small, self._theme.faint, counted)
        self._line(painter, end, option, self._small, self._theme.warning, words)

    def _line(
        self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, font: QFont, colour: str, words: str,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:  # fmt: skip
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        shown = QFontMetrics(font).elidedText(words, cut, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)


class SourcesList(RowTable):
    """The list itself; tells the name of the source that is chosen."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(SOURCE, tr("Files"), parent)
        self.rows = SourcesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(SourcesDelegate(theme, self))
        self.selectionModel().currentChanged.connect(self._on_current)
        self._name = ""
        self._quiet = False

    @property
    def current(self) -> str:
        """The name of the source that is chosen; empty when none is."""
        return self._name

    def show_previews(self, previews: Iterable[Preview]) -> None:
        """Show these, and keep the choice where it is; without one, choose the first."""
        self._quiet = True
        before = set(self.rows.headings())
        self.rows.show_previews(previews)
        now = set(self.rows.headings())
        for place in before ^ now:  # a height stays with its place, whatever stands there
            self.setRowHeight(place, HEADING if place in now else SOURCE)
        kept = self.rows.row_of(self._name) if self._name else -1
        if kept >= 0:
            self.selectRow(kept)
        self._quiet = False
        if kept < 0 and self.rows.rowCount() > 1:
            self.selectRow(1)

    def choose(self, name: str) -> None:
        """Choose a source."""
        self.selectRow(self.rows.row_of(name))

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Preview) and not self._quiet:
            self._name = row.source
            self.chosen.emit(row.source)
