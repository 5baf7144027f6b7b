"""The links of a mark: which marks they lead to, and a way to make and to take away each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import Annotation, Relation
from annotator.core.scheme import RelationType
from annotator.gui.panels.elided import ElidedButton
from annotator.gui.panels.field_rows import field_name, name_and_field_rows
from annotator.gui.panels.filtered_list import Choice, FilteredList
from annotator.gui.session import Session
from annotator.gui.texts import plain_tip, set_tip, tr
from annotator.gui.theme import Theme

ROWS = 4  # kinds of link that have a row each; of more, only those that are made
SHOWN_TEXT = 80  # characters of a linked mark's text, before it is cut to the room there is


class LinkRows(QWidget):
    """A row for each kind of link that may start at a mark, and for each link that ends there."""

    wanted = Signal(object)  # RelationType: let the person choose its other end
    go_to = Signal(str)  # a mark's id

    def __init__(self, session: Session, mark: Annotation, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        form = name_and_field_rows()
        self.setLayout(form)
        found = session.open.relations_of(mark.id) if session.open else []
        kinds = session.scheme.relations_from(mark.label)
        made = {link.type.id for link in found if link.source == mark.id}
        for kind in kinds:
            if len(kinds) <= ROWS or kind.id in made:
                links = [link for link in found if link.source == mark.id and link.type.id == kind.id]
                form.addRow(field_name(kind.shown, self), self._links(kind, links))
        if len(kinds) > ROWS and (others := [kind for kind in kinds if kind.id not in made]):
            form.addRow(field_name(tr("link"), self), self._others(others, theme))
        for link in found:
            if link.target == mark.id:
                form.addRow(field_name(tr("{link} of", link=link.type.shown), self), self._jump(self, link.source))
        self.empty = form.rowCount() == 0

    def _links(self, kind: RelationType, links: list[Relation]) -> QWidget:
        """The marks that this one leads to, a button each, and one to choose another."""
        box = QWidget(self)
        box.setProperty("field", f"link {kind.name}")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        last = None
        for link in links:
            last = self._link(box, link)
            rows.addLayout(last)
        choose = QPushButton(tr("choose…"), box) if last is None else small("+", tr("Link another mark"), box)
        choose.clicked.connect(lambda: self.wanted.emit(kind))
        if last is None:
            choose.setObjectName("field")
            rows.addWidget(choose)
        else:
            last.addWidget(choose)
        return box

    def _others(self, kinds: list[RelationType], theme: Theme) -> QPushButton:
        """One button for many kinds of link: most of them stay unused, and would push the form out of sight."""
        choose = QPushButton(tr("choose…"), self)
        choose.setObjectName("field")
        choose.setProperty("field", "link")

        def pick() -> None:
            picker = FilteredList(tr("Kind of link"), [Choice(kind.shown, kind) for kind in kinds], theme, self)
            picker.picked.connect(self.wanted)
            picker.show_at(choose.mapToGlobal(choose.rect().bottomLeft()))

        choose.clicked.connect(pick)
        return choose

    def _link(self, parent: QWidget, link: Relation) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(self._jump(parent, link.target), 1)
        remove = small("×", tr("Take this link away"), parent)
        remove.clicked.connect(partial(self._session.unlink, link.id))
        row.addWidget(remove)
        return row

    def _jump(self, parent: QWidget, key: str) -> QPushButton:
        """A button with a mark's words that goes to it."""
        opened = self._session.open
        mark = opened.annotations.get(key) if opened else None
        text = " ".join(mark.covered(opened.text).split()) if mark and opened else tr("a mark that is not here")
        button = ElidedButton(text[:SHOWN_TEXT], parent)
        button.setObjectName("field")
        button.setToolTip(plain_tip(text))
        button.clicked.connect(lambda: self.go_to.emit(key))
        return button


def small(text: str, tip: str, parent: QWidget) -> QPushButton:
    """A small button of one sign, which `tip` explains."""
    button = QPushButton(text, parent)
    button.setObjectName("flat")
    button.setFixedWidth(22)
    button.setAccessibleName(tip)
    set_tip(button, tip)
    return button
