"""What a mark is: its label, its words, its pieces, and the other marks on the same words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import Annotation
from annotator.core.forms import answered
from annotator.core.span import Span
from annotator.gui.panels.elided import ElidedButton, ElidedLabel
from annotator.gui.panels.label_button import Swatch
from annotator.gui.panels.links import small
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import Theme, interface_font

WHOLE, BEGIN, END = 90, 60, 28  # characters: words up to so many are shown whole, of others the ends


class MarkHead(QWidget):
    """Stands above the form of the chosen mark."""

    reveal = Signal(object)  # Span: a piece of the mark, to be brought into view

    def __init__(self, session: Session, mark: Annotation, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._mark, self._theme = session, mark, theme
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        rows.addLayout(self._heading())
        alike = session.alike()
        if len(alike) > 1:
            rows.addLayout(self._switcher(alike))
        if len(mark.fragments) > 1:
            rows.addLayout(self._fragments())
        else:
            rows.addWidget(self._words())

    def _heading(self) -> QHBoxLayout:
        mark = self._mark
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(Swatch(mark.label.color, self._theme, self))
        name = ElidedLabel(self)
        bold = interface_font(13)
        bold.setBold(True)
        name.setFont(bold)
        name.setText(mark.label.shown)
        heading.addWidget(name)
        count = len(mark.fragments)
        version = _version(self._session, mark)
        parts = (
            tr("{count} fragments", count=count) if count > 1 else "",
            mark.origin if mark.origin != "manual" else "",
            f"v{version}" if version else "",
        )
        more = ElidedLabel(self, faint=True)
        more.setText(" · ".join(filter(None, parts)))
        if version:
            set_tip(more, tr("Made under version {number} of the scheme", number=version))
        heading.addWidget(more, 1)
        self.another = self._flat(
            "+", tr("Another {label} on the same words (Shift + its key)", label=mark.label.shown)
        )
        self.another.clicked.connect(self._session.mark_another)
        self.delete = self._flat(tr("Delete"), "")
        self.delete.clicked.connect(self._session.delete_chosen)
        heading.addWidget(self.another)
        heading.addWidget(self.delete)
        return heading

    def _flat(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("flat")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if tip:
            button.setAccessibleName(tip)
            set_tip(button, tip)
        return button

    def _words(self) -> QWidget:
        opened = self._session.open
        text = " ".join(self._mark.covered(opened.text if opened else "").split())
        words = plain_label(text if len(text) <= WHOLE else f"{text[:BEGIN]}… {text[-END:]}", self)
        words.setObjectName("faint")
        words.setWordWrap(True)
        return words

    def _switcher(self, alike: list[Annotation]) -> QHBoxLayout:
        """Which of the marks on these words it is, and the way to the others."""
        row = QHBoxLayout()
        row.setSpacing(2)
        place = next(number for number, each in enumerate(alike) if each.id == self._mark.id)
        words = ElidedLabel(self)
        words.setText(
            tr("{place} of {count} here: {mark}", place=place + 1, count=len(alike), mark=summary(self._mark))
        )
        before = small("‹", tr("The mark before on the same words"), self)
        behind = small("›", tr("The next mark on the same words"), self)
        for button, by in ((before, -1), (behind, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the menu has keys for it
            button.clicked.connect(partial(self._session.choose_alike, by))
        row.addWidget(before)
        row.addWidget(words, 1)
        row.addWidget(behind)
        return row

    def _fragments(self) -> QVBoxLayout:
        """A button a piece, which leads to it, and one to take it away."""
        opened = self._session.open
        rows = QVBoxLayout()
        rows.setSpacing(3)
        for piece in self._mark.fragments:
            row = QHBoxLayout()
            row.setSpacing(1)
            text = " ".join(piece.covered(opened.text if opened else "").split())
            jump = ElidedButton(text, self)
            jump.setObjectName("field")
            jump.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            set_tip(jump, text)
            jump.clicked.connect(partial(self._reveal, piece))
            remove = small("×", tr("Take this fragment away"), self)
            remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            remove.clicked.connect(partial(self._session.remove_fragment, piece.start))
            row.addWidget(jump, 1)
            row.addWidget(remove)
            rows.addLayout(row)
        return rows

    def _reveal(self, piece: Span) -> None:
        self.reveal.emit(piece)


def summary(mark: Annotation) -> str:
    """A mark with the first things that are said of it, as “CLAIM · for · tariffs”."""
    values = {value.name: value.shown for attribute in mark.label.attributes for value in attribute.values}
    coded = (mark.attributes.get(attribute.name) for attribute in mark.label.attributes if attribute.kind != "entity")
    words = [values.get(each, each) for answer in coded for each in answered(answer)]
    return " · ".join([mark.label.shown, *words[:3]])


def _version(session: Session, mark: Annotation) -> int:
    """Which version of the scheme a mark was made under, where the scheme was changed since; else 0."""
    if not 0 < mark.scheme < session.scheme.version:
        return 0
    from annotator.store.scheme_versions import version_number

    return version_number(session.project, mark.scheme)
