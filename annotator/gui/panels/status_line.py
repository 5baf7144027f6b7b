"""The status bar: it tells the truth, and nothing in it blinks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from annotator.gui.texts import plain_label, tr


class StatusLine(QStatusBar):
    """Saved or not, marks, where in the archive, who, zoom; a bar with a cancel while something long runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved = plain_label("", self)
        self._marks = plain_label("", self)
        self.problems = QPushButton("", self)
        self.problems.setObjectName("status")
        self.problems.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has the action in the View menu
        self._place = plain_label("", self)
        self._hint = plain_label("", self)
        self._who = plain_label("", self)
        self._zoom = plain_label("", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(150)
        self._bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"), self)
        self.cancel.setObjectName("flat")
        for widget in (self.saved, self._marks, self.problems, self._place, self._bar, self.cancel, self._hint):
            self.addWidget(widget)
        for widget in (self._who, self._zoom):
            self.addPermanentWidget(widget)
        for label in (self._marks, self._place, self._hint, self._who, self._zoom):
            label.setObjectName("faint")
            label.setContentsMargins(8, 3, 8, 3)
        self._hint.setObjectName("hint")
        self.saved.setContentsMargins(12, 3, 8, 3)
        for widget in (self.problems, self._bar, self.cancel):
            widget.hide()

    def show_saved(self) -> None:
        """All that was marked is on the disk."""
        self._show_state(tr("✓ saved"), "good")

    def show_unsaved(self, why: str) -> None:
        """The last step is not on the disk."""
        self._show_state(why, "bad")

    def show_read_only(self, why: str) -> None:
        """Nothing can be saved here."""
        self._show_state(tr("read only: {why}", why=why), "bad")

    def show_nothing(self) -> None:
        """No project is open."""
        for label in (self.saved, self._marks, self._place, self._hint):
            label.clear()
        self.problems.hide()

    def show_marks(self, count: int) -> None:
        self._marks.setText(tr("{count} marks", count=f"{count:,}"))

    def show_problems(self, count: int) -> None:
        """How much is probably wrong in the article; a click leads there."""
        self.problems.setText(tr("{count} problems", count=f"{count:,}"))
        self.problems.setVisible(count > 0)

    def show_place(self, place: int, count: int) -> None:
        words = tr("Article {place} of {count}", place=f"{place:,}", count=f"{count:,}") if place else ""
        self._place.setText(words)

    def show_who(self, name: str) -> None:
        self._who.setText(name)

    def show_zoom(self, per_cent: int) -> None:
        self._zoom.setText(f"{per_cent} %")

    def show_hint(self, text: str) -> None:
        """What the next key or click will do, while that is not as usual."""
        self._hint.setText(text)

    def hint_text(self) -> str:
        """What is shown as the thing one may do now."""
        return self._hint.text()

    def show_progress(self, done: int, total: int, what: str, *, stoppable: bool = True) -> None:
        """A bar; without a known total it only shows that something goes on."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.show()
        self.cancel.setVisible(stoppable)
        self._hint.setText(what)

    def end_progress(self) -> None:
        self._bar.hide()
        self.cancel.hide()
        self._hint.clear()

    def _show_state(self, text: str, name: str) -> None:
        self.saved.setText(text)
        if self.saved.objectName() != name:
            self.saved.setObjectName(name)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)
