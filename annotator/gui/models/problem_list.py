"""The problems of the open article as a list, in order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import Scheme
from annotator.gui.problems import fix_name, sentence
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.core.problems import Problem

Index = QModelIndex | QPersistentModelIndex
SHOWN = Qt.ItemDataRole.UserRole  # a ShownProblem


class ShownProblem(NamedTuple):
    """A problem as a person reads it."""

    problem: Problem
    what: str
    words: str  # of the text
    fix: str  # what its quick fix does; empty where there is none


class ProblemListModel(QAbstractListModel):
    """Problems with their words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ShownProblem] = []

    def show(self, problems: Sequence[Problem], document: AnnotatedDocument | None, scheme: Scheme) -> None:
        """Show the problems of `document`."""
        labels = {label.id: label.shown for label in scheme.labels}
        self.beginResetModel()
        self.rows = [] if document is None else [shown(problem, document, labels) for problem in problems]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == SHOWN:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{row.what}: {row.words}" if row.words else row.what
            return tr("{problem}. Quick fix: {fix}", problem=said, fix=row.fix) if row.fix else said
        return None

    def row_of(self, problem: Problem | None) -> int | None:
        """The row of the problem that is the same as `problem`, if only its place has moved."""
        if problem is None:
            return None
        wanted = same(problem)
        return next((row for row, one in enumerate(self.rows) if same(one.problem) == wanted), None)


def shown(problem: Problem, document: AnnotatedDocument, labels: dict[str, str]) -> ShownProblem:
    """`problem` of `document` as a person reads it."""
    fix = fix_name(problem.fixes[0], document, labels) if problem.fixes else ""
    return ShownProblem(problem, sentence(problem), problem.words(document.text), fix)


def same(problem: Problem) -> tuple[object, ...]:
    """What stays the same of a problem while other things of its article change."""
    place = None if problem.annotation else problem.span
    return (problem.rule, problem.annotation, problem.other, place, tuple(sorted(problem.values.items())))
