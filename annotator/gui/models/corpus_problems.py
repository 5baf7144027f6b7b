"""The problems of all articles as a table that grows while they are found, narrowed to a rule and to words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from annotator.core.problems import RULES
from annotator.gui.problems import sentence
from annotator.gui.texts import plain_tip, tr
from annotator.gui.theme import LIGHT, Theme
from annotator.store.problems import Row

Index = QModelIndex | QPersistentModelIndex
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ARTICLE, RULE, WHAT, WORDS = range(4)


class CorpusRow(NamedTuple):
    """A problem of an article with the texts that are shown of it."""

    found: Row
    cells: tuple[str, str, str, str]
    sought: str  # what the filter looks in


def corpus_row(found: Row, who: str = "") -> CorpusRow:
    """What is shown of a problem; `who`: the name of another person whose answers it is about."""
    title = next(rule.title for rule in RULES if rule.id == found.problem.rule)
    what = sentence(found.problem)
    place = found.title if found.document else tr("Registry")
    cells = (place, tr(title), f"{what} ({who})" if who else what, found.words)
    return CorpusRow(found, cells, "\n".join(cells).casefold())


class CorpusProblemsModel(QAbstractTableModel):
    """All rows, of which those are shown that fit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.mirrored = False  # texts keep their own direction in a window of the other
        self.every: list[CorpusRow] = []
        self.rows: list[CorpusRow] = []
        self._rule, self._text = "", ""

    def clear(self) -> None:
        """Begin anew."""
        self.beginResetModel()
        self.every, self.rows = [], []
        self.endResetModel()

    def add(self, rows: Sequence[CorpusRow]) -> None:
        """Add what was found further on."""
        self.every += rows
        fitting = [row for row in rows if self._fits(row)]
        if fitting:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(fitting) - 1)
            self.rows += fitting
            self.endInsertRows()

    def take_out(self, rows: Collection[CorpusRow]) -> None:
        """Leave these rows out from now on."""
        gone = {id(row) for row in rows}
        self.every = [row for row in self.every if id(row) not in gone]
        self.narrow(self._rule, self._text)

    def narrow(self, rule: str, text: str) -> None:
        """Show the rows of the rule with that id, or of all, that hold `text`."""
        self._rule, self._text = rule, text.strip().casefold()
        self.beginResetModel()
        self.rows = [row for row in self.every if self._fits(row)]
        self.endResetModel()

    def _fits(self, row: CorpusRow) -> bool:
        return self._rule in ("", row.found.problem.rule) and self._text in row.sought

    @property
    def articles(self) -> int:
        """In how many articles the problems that are shown are."""
        return len({row.found.number for row in self.rows if row.found.document})

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else WORDS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Article"), tr("Rule"), tr("Problem"), tr("Words"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{ISOLATE}{cell}{END_ISOLATE}" if self.mirrored else cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell or tr("nothing")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.theme.ink if index.column() in (WHAT, WORDS) else self.theme.faint)
        return None
