"""What is probably wrong with the chosen mark, a line each, with its quick fix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.gui.models.problem_list import ShownProblem
from annotator.gui.texts import plain_label, tr

MOST = 3  # lines; the panel of problems has them all


class MarkProblems(QWidget):
    """Below the fields of a mark; not to be seen while nothing is wrong with it."""

    fix_wanted = Signal(object)  # Problem

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ShownProblem, ...] = ()
        self._lines: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(6, 0, 6, 0)
        self._rows.setSpacing(2)
        self.hide()

    def show_problems(self, problems: Sequence[ShownProblem]) -> None:
        """Show these, which are all of one mark."""
        if tuple(problems) == self._shown:
            return
        self._shown = tuple(problems)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(problem) for problem in self._shown[:MOST]]
        for line in self._lines:
            self._rows.addWidget(line)
        self.setVisible(bool(problems))

    def _line(self, shown: ShownProblem) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        what = plain_label(shown.what, line)
        what.setObjectName("bad")
        what.setWordWrap(True)
        row.addWidget(what, 1)
        if shown.fix:
            fix = QPushButton(shown.fix.replace("&", "&&"), line)
            fix.setObjectName("flat")
            fix.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            fix.setAccessibleName(tr("{problem}. Quick fix: {fix}", problem=shown.what, fix=shown.fix))
            fix.clicked.connect(partial(self.fix_wanted.emit, shown.problem))
            row.addWidget(fix, 0, Qt.AlignmentFlag.AlignTop)
        return line
