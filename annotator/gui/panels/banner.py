"""A line below the article that says something, offers a way on, and goes when it is told to: no dialog in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.gui.texts import plain_label, tr


class Banner(QFrame):
    """Shows one message at a time, as plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._words = plain_label("", self)
        self._words.setWordWrap(True)
        self._action = QPushButton(self)
        self._action.setObjectName("flat")
        self._action.clicked.connect(self._act)
        close = QPushButton(tr("Close"), self)
        close.setObjectName("flat")
        close.clicked.connect(self.hide)
        self._on_action: Callable[[], object] | None = None
        self._passing = False
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(close)
        self.hide()

    def say(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None, *, passing: bool = False
    ) -> None:
        """Show `text`, with a button `action` that calls `on_action`; a `passing` word goes with the next edit."""
        self._passing = passing
        self._words.setText(text)
        self._words.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._on_action = on_action
        self.show()

    def let_pass(self) -> None:
        """Take away what was only about the moment before."""
        if self._passing:
            self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._words.text() if self.isVisible() else ""

    def _act(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()
