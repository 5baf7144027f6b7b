"""What is known of the open article, how far one is with it, and a note on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.core.annotation import AnnotatedDocument
from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, set_tip, tr

STATUSES = (("new", "New"), ("in_progress", "In progress"), ("finished", "Finished"))
FACTS = (("publication", "source"), ("published", "date"), ("author", "author"), ("uri", "address"), ("path", "file"))


class DocumentCard(QWidget):
    """Built anew for each article, as the fields of a mark are."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert session.open is not None, "there is an article to tell of"
        self._session = session
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(9)
        heading = plain_label(tr("THIS ARTICLE"), self)
        heading.setObjectName("section")
        rows.addWidget(heading)
        rows.addLayout(self._statuses(session.open.status or "new"))
        rows.addLayout(self._facts(session.open.document))
        note = NoteEdit(session.open.document.note, session.write_document_note, self)
        note.setAccessibleName(tr("Note on the article"))
        note.setPlaceholderText(tr("a note on the article…"))
        rows.addWidget(note)

    def _statuses(self, held: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        group = QButtonGroup(self)
        for name, text in STATUSES:
            button = QPushButton(tr(text), self)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setChecked(name == held)
            button.clicked.connect(lambda _=False, name=name: self._session.set_status(name))
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        return row

    def _facts(self, document: AnnotatedDocument) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for key, name in FACTS:
            if value := document.metadata.get(key, "").strip():
                form.addRow(self._name(tr(name)), self._value(value))
        return form

    def _name(self, text: str) -> QLabel:
        label = plain_label(text, self)
        label.setObjectName("faint")
        return label

    def _value(self, text: str) -> QLabel:
        """A fact, to be selected and copied; an address is cut where it needs to be."""
        label = plain_label(text, self)
        label.setWordWrap(" " in text)
        label.setMinimumWidth(1)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        set_tip(label, text)
        return label
