"""The bar below the article that looks for words in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.core.occurrences import Wanted, occurrences
from annotator.core.span import Span
from annotator.gui.text_view.highlights import HighlightOverlay
from annotator.gui.text_view.view import TextView
from annotator.gui.texts import plain_label, set_tip, tr

DELAY = 80  # milliseconds after the last key
SLICE = 2_000  # places found at a time, so that a long text does not hold up the keys
FOUND = "found"  # the group of places
COLOR = "#c98a00"


class FindBar(QFrame):
    """Finds as one types; Enter goes on, Shift+Enter back, Esc leaves with the place selected, ready to be marked."""

    mark_all_wanted = Signal(str)

    def __init__(self, view: TextView, overlay: HighlightOverlay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._view, self._overlay = view, overlay
        self._spans: list[Span] = []
        self._coming: Iterator[Span] = iter(())
        self._complete = True  # all places are among the spans
        self._place = -1
        self._from = 0  # where the search began
        self.words = QLineEdit(self)
        self.words.setAccessibleName(tr("Find in the article"))
        self.words.setPlaceholderText(tr("Find in the article"))
        self.words.setClearButtonEnabled(True)
        self.whole = QCheckBox(tr("Whole words"), self)
        self.case = QCheckBox(tr("Match case"), self)
        self.said = plain_label("", self)
        self.said.setObjectName("faint")
        self._delay = QTimer(self, singleShot=True, interval=DELAY)
        self._delay.timeout.connect(self._search)
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._find_more)
        self.words.textChanged.connect(self._delay.start)
        for box in (self.whole, self.case):
            box.toggled.connect(self._search)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.said)
        row.addWidget(self._button("↑", tr("Previous (Shift+Enter)"), lambda: self.step(-1)))
        row.addWidget(self._button("↓", tr("Next (Enter)"), lambda: self.step(1)))
        row.addWidget(self.whole)
        row.addWidget(self.case)
        everywhere = self._button(tr("All…"), tr("All places in a table, to be marked"), self._on_all)
        row.addWidget(everywhere)
        row.addWidget(self._button("×", tr("Close (Esc)"), self.leave))

    def _button(self, text: str, name: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("flat")
        button.setText(text)
        button.setAccessibleName(name)
        set_tip(button, name)
        button.clicked.connect(slot)
        return button

    def text(self) -> str:
        """What is looked for."""
        return self.words.text()

    def open(self, words: str = "") -> None:
        """Show the bar, with `words` if there are any, and look for what stands in it."""
        selected = self._view.selected_span()
        self._from = selected.start if selected else self._view.caret()
        self.show()
        if words:
            self.words.setText(words)
        self.words.setFocus()
        self.words.selectAll()
        self._search()

    def show_text(self) -> None:
        """The view shows another text: look there."""
        self._from = 0
        self._forget()
        if self.isVisible() and self.text().strip():
            self._search(reveal=False)

    def leave(self) -> None:
        """Close the bar; the place one is on stays selected."""
        self._more.stop()
        self._overlay.clear(FOUND)
        self.hide()
        self._view.setFocus()

    def step(self, by: int) -> None:
        """Go to the next place (`by` 1) or the one before (-1), round the end."""
        if self._delay.isActive() or not self._spans:
            self._search()
            return
        wanted = self._place + by if self._place >= 0 else (0 if by > 0 else -1)
        if not 0 <= wanted < len(self._spans):
            self._finish()  # what is before the first and behind the last is known only then
        self._go(wanted % len(self._spans))

    def _search(self, *_: object, reveal: bool = True) -> None:
        self._forget()
        words = self.text()
        if not words.strip():
            self.said.clear()
            return
        wanted = Wanted(words, self.whole.isChecked(), self.case.isChecked(), alike=True)
        self._coming, self._complete = occurrences(self._view.document_text(), wanted), False
        if not self.isHidden():
            self._overlay.set_group(FOUND, (), COLOR, boxed=True)
        self._find_more()
        if self._spans and reveal:
            while self._spans[-1].start < self._from and not self._complete:
                self._find_more()
            self._go(bisect_left(self._spans, Span(self._from, self._from + 1)) % len(self._spans))

    def _forget(self) -> None:
        """Know of no place, and look for none."""
        self._delay.stop()
        self._more.stop()
        self._spans, self._place = [], -1
        self._coming, self._complete = iter(()), True
        self._overlay.clear(FOUND)

    def _find_more(self) -> None:
        new = list(islice(self._coming, SLICE))
        self._spans += new
        self._complete = len(new) < SLICE
        if self._complete or self.isHidden():
            self._more.stop()
        else:
            self._more.start()
        self._overlay.extend_group(FOUND, new)
        self._say()

    def _finish(self) -> None:
        while not self._complete:
            self._find_more()

    def _go(self, place: int) -> None:
        self._place = place
        span = self._spans[place]
        self._overlay.set_current(FOUND, span)
        self._view.select_span(span)
        self._view.reveal(span)
        self._say()

    def _say(self) -> None:
        count = f"{len(self._spans):,}" + ("" if self._complete else "+")
        if not self._spans:
            self.said.setText(tr("not in this article"))
        else:
            self.said.setText(tr("{place} of {count}", place=f"{self._place + 1:,}", count=count))

    def _on_all(self) -> None:
        if self.text().strip():
            self.mark_all_wanted.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
