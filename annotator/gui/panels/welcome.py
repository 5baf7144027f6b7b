"""What a window without a project shows: ways to one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import text_font

WIDTH = 420  # pixels


class Welcome(QWidget):
    """New, open, sample, and the projects of late."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        column = QWidget(self)
        column.setFixedWidth(WIDTH)
        self._rows = QVBoxLayout(column)
        self._rows.setSpacing(10)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        self._head()
        self._recent: list[QWidget] = []

    def _head(self) -> None:
        title = plain_label(tr("Annotator"), self)
        font = text_font(34)
        font.setBold(True)
        title.setFont(font)
        self._rows.addWidget(title)
        about = plain_label(tr("Read closely. Mark who said what, what is claimed, and who and what is named."), self)
        about.setObjectName("faint")
        about.setWordWrap(True)
        self._rows.addWidget(about)
        self._rows.addSpacing(14)
        first = self._button(tr("New project…"), self.new_wanted.emit)
        self._button(tr("Open project…"), self.open_wanted.emit)
        self._button(tr("Look at the sample archive"), self.sample_wanted.emit)
        self.setFocusProxy(first)

    def _button(self, text: str, pressed: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setMinimumHeight(36)
        button.clicked.connect(pressed)
        self._rows.addWidget(button)
        return button

    def show_recent(self, paths: Sequence[str]) -> None:
        """Offer the projects at `paths`, as far as they are still there."""
        for old in self._recent:
            old.hide()
            old.deleteLater()
        self._recent = []
        there = [path for path in paths if Path(path).exists()]
        if there:
            heading = plain_label(tr("Recent"), self)
            heading.setObjectName("section")
            heading.setContentsMargins(0, 14, 0, 0)
            self._rows.addWidget(heading)
            self._recent.append(heading)
        for path in there:
            button = QPushButton(Path(path).stem.replace("&", "&&"), self)
            button.setObjectName("flat")
            button.setStyleSheet("text-align: left")
            set_tip(button, path)
            button.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            self._rows.addWidget(button)
            self._recent.append(button)
