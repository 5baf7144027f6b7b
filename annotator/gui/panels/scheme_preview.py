"""What a scheme is about, in words and colours, for whoever chooses one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.gui.panels.label_swatches import LabelSwatches
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme, interface_font


class SchemePreview(QScrollArea):
    """Title, description, labels, how much of everything, and remarks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing to do in it
        self.setAccessibleName(tr("About the scheme"))
        held = QWidget(self)
        self._title = plain_label("", held)
        font = interface_font(16)
        font.setBold(True)
        self._title.setFont(font)
        self._about = plain_label("", held)
        self._swatches = LabelSwatches(theme, held)
        self._counts = plain_label("", held)
        self._notes = plain_label("", held)
        self._notes.setObjectName("bad")
        self._source = plain_label("", held)
        for faint in (self._counts, self._source):
            faint.setObjectName("faint")
        rows = QVBoxLayout(held)
        rows.setContentsMargins(4, 2, 8, 2)
        rows.setSpacing(12)
        for widget in (self._title, self._about, self._swatches, self._counts, self._notes, self._source):
            if widget is not self._swatches:
                widget.setWordWrap(True)  # type: ignore[union-attr]  # the labels among them
            rows.addWidget(widget)
        rows.addStretch()
        self.setWidget(held)

    def show_scheme(
        self, scheme: Scheme, title: str, about: str = "", source: str = "", notes: Sequence[str] = ()
    ) -> None:
        """Show `scheme`, with what is known about it."""
        self._swatches.show_labels(scheme.labels)
        said = ((self._title, title), (self._about, about), (self._counts, scheme_counts(scheme)))
        for label, text in (*said, (self._notes, "\n".join(notes)), (self._source, source)):
            label.setText(text)
            label.setVisible(bool(text))
        self.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """All that it says."""
        labels = (self._title, self._about, self._counts, self._notes, self._source)
        return "\n".join(label.text() for label in labels if label.text())


def scheme_counts(scheme: Scheme) -> str:
    """How much of everything there is in a scheme."""
    asked = len(list(scheme.attributes())) - len(scheme.form)
    parts = [tr("{count} labels", count=len(scheme.labels))]
    if asked:
        parts.append(tr("{count} attributes", count=asked))
    if scheme.relations:
        parts.append(tr("{count} kinds of link", count=len(scheme.relations)))
    if scheme.form:
        parts.append(tr("{count} questions about the article", count=len(scheme.form)))
    return tr(", ").join(parts) + "."
