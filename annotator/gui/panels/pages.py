"""The lower part of the right column: the marks, the problems or the guideline, under a row of tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.panels.mark_list import MarkList
from annotator.gui.panels.problem_list import ProblemPanel
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.gui.panels.guideline import GuidelinePanel

LEAST = {"marks": 100, "problems": 190, "guideline": 190}  # pixels, of the page with the tabs


class Pages(QWidget):
    """One of its pages at a time; all of it can be folded away."""

    changed = Signal()  # another page, or whether there is any

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # or the text shows through where it lies over it
        self.marks = MarkList(self)
        self.problems = ProblemPanel(self)
        self._guideline: GuidelinePanel | None = None
        self._pages: dict[str, QWidget] = {
            "marks": self.marks,
            "problems": self.problems,
            "guideline": QWidget(self),  # until it is wanted: a text of several styles takes its time to make
        }
        self._tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(9, 0, 9, 0)
        tabs.setSpacing(4)
        self._stack = QStackedWidget(self)
        for name, text in (("marks", tr("MARKS")), ("problems", tr("PROBLEMS")), ("guideline", tr("GUIDELINE"))):
            tabs.addWidget(self._tab(name, text))
            self._stack.addWidget(self._pages[name])
        tabs.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(tabs)
        rows.addWidget(self._stack, 1)
        self._tabs["marks"].setChecked(True)

    @property
    def guideline(self) -> GuidelinePanel:
        """The guideline, made when it is first wanted."""
        if self._guideline is None:
            from annotator.gui.panels.guideline import GuidelinePanel

            made = self._guideline = GuidelinePanel(self)
            self._stack.removeWidget(self._pages["guideline"])
            self._pages["guideline"].deleteLater()
            self._pages["guideline"] = made
            self._stack.addWidget(made)
        return self._guideline

    def _tab(self, name: str, text: str) -> QPushButton:
        tab = self._tabs[name] = QPushButton(text, self)
        tab.setObjectName("tab")
        tab.setCheckable(True)
        self._group.addButton(tab)
        tab.toggled.connect(lambda on: self._on_tab(name, on))
        return tab

    def _on_tab(self, name: str, on: bool) -> None:
        if on:
            self._stack.setCurrentWidget(self.guideline if name == "guideline" else self._pages[name])
            self.setMinimumHeight(LEAST[name])
            self.changed.emit()

    def show_page(self, name: str) -> None:
        """Show the page of that name: marks, problems or guideline; "" folds all of it away."""
        before = self.shown
        if name in self._pages:
            self._tabs[name].setChecked(True)
        self.setVisible(name in self._pages)
        if self.shown != before:
            self.changed.emit()

    @property
    def shown(self) -> str:
        """The name of the page that is to be seen; "" for none."""
        if self.isHidden():
            return ""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def focus_page(self) -> None:
        """Give the keyboard to the page."""
        page = self._pages.get(self.shown)
        if page is not None:
            (self.problems.list if page is self.problems else page).setFocus()

    def show_count(self, problems: int) -> None:
        """Say on its tab how many problems there are."""
        text = tr("PROBLEMS ({count})", count=f"{problems:,}") if problems else tr("PROBLEMS")
        self._tabs["problems"].setText(text)
