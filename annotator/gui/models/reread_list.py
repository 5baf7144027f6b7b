"""What reading pages again cannot move, or moves to other words, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from annotator.core.span import Span
from annotator.gui.models.whole_rows import Index, WholeRows
from annotator.gui.texts import plain_tip, tr
from annotator.store.replacing import Why
from annotator.store.rereading import RereadPlan

ARTICLE, LABEL, WORDS, WHY = range(4)


class RereadRow(NamedTuple):
    """One line, and where it leads: to an article, and a place in it where there is one."""

    cells: tuple[str, str, str, str]
    document: str
    span: Span | None
    target: str = ""  # the article that it leads to once the step is done, if another
    moved: Span | None = None  # and the place there


def reread_rows(plan: RereadPlan) -> Iterator[RereadRow]:
    """What a person should see of a plan: pages that cannot be read, what stays behind, what is a little different."""
    for page in plan.failed:
        yield RereadRow((page.title, "", "", page.reason), page.document, None)
    for left in plan.left:
        yield RereadRow((left.title, left.label, left.words, why_sentence(left.why)), left.document, left.span)
    for each in plan.changed:
        said = tr("moves to “{words}”", words=each.after)
        cells = (each.title, each.label, each.before, said)
        yield RereadRow(cells, each.document, each.span, each.target, each.moved)


def why_sentence(why: Why) -> str:
    """Why something cannot be moved."""
    return {
        "gone": tr("stays: it was not found in the new text"),
        "ambiguous": tr("stays: it could be at several places"),
        "torn": tr("stays: its fragments are in another order"),
        "linked": tr("stays: it is linked to a mark that stays"),
        "answered": tr("stays: the article of the new text is answered otherwise"),
        "zone": tr("this zone, set by hand, is gone"),
    }[why]


class RereadModel(WholeRows[RereadRow]):
    """The lines."""

    COLUMNS = WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Article"), tr("Label"), tr("Words"), tr("What becomes of it"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell or tr("nothing")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._theme.ink if index.column() == WORDS else self._theme.faint)
        return None
