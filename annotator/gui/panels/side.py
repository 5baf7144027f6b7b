"""The right column: which label, then what about this mark, then what is wrong, and all marks of the article."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from annotator.gui.panels.inspector import Inspector
from annotator.gui.panels.mark_problems import MarkProblems
from annotator.gui.panels.pages import Pages
from annotator.gui.panels.palette import Palette
from annotator.gui.session import Session
from annotator.gui.theme import Theme

LOW = 800  # pixels: where there is less height, the labels stand in two columns

BESIDE = 48  # pixels above and below a field that are to be seen with it


class Side(QWidget):
    """Palette and inspector above; below, a page of marks, problems or guideline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.palette_ = Palette(self)
        self.inspector = Inspector(self)
        self.mark_problems = MarkProblems(self)
        self.pages = Pages(self)
        self.marks = self.pages.marks
        upper = QWidget(self)
        rows = QVBoxLayout(upper)
        rows.setContentsMargins(8, 14, 8, 12)
        rows.setSpacing(12)
        rows.addWidget(self.palette_)
        rows.addWidget(_line(upper))
        rows.addWidget(self.inspector)
        rows.addWidget(self.mark_problems)
        rows.addStretch()
        self.scrolled = scrolled = QScrollArea(self)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        upper.setMinimumWidth(1)  # what is too wide gives way, and never hides its end
        upper.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        scrolled.setWidget(upper)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(scrolled)
        self.split.addWidget(self.pages)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([700, 120])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self._see = QTimer(self, singleShot=True, interval=0)  # once a form that was just put there has its places
        self._see.timeout.connect(self._see_focus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _: QWidget | None, focus: QWidget | None) -> None:
        """A field that gets the keyboard comes into view, with what explains it."""
        within = focus is not None and self.inspector.isAncestorOf(focus)
        self.inspector.show_hint(focus if within else None)
        if within:
            self._see.start()

    def _see_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.inspector.isAncestorOf(focus):
            self.scrolled.ensureWidgetVisible(focus, 0, BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.palette_.set_columns(2 if self.height() < LOW else 1)

    def show_session(self, session: Session | None, theme: Theme) -> None:
        """Follow `session`, in the colours of `theme`."""
        if session is not None:
            self.palette_.show_scheme(session.scheme, theme)
            self.palette_.show_counts(session.counts())
        self.inspector.show_session(session, theme)
        self.marks.show_session(session, theme)
        self.pages.problems.list.set_theme(theme)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
