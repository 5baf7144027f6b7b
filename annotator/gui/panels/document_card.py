"""What is known of the open article, how far one is with it, and a note on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, set_tip, tr

STATUSES = (("new", "New"), ("in_progress", "In progress"), ("finished", "Finished"))
FACTS = (("publication", "source"), ("published", "date"), ("author", "author"), ("uri", "address"), ("path", "file"))


class DocumentCard(QWidget):
    """Made once, and filled for each article: making the fields anew would hold up its first paint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(9)
        heading = plain_label(tr("THIS ARTICLE"), self)
        heading.setObjectName("section")
        rows.addWidget(heading)
        rows.addLayout(self._make_statuses())
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._values = {key: self._add(tr(name)) for key, name in FACTS}
        rows.addLayout(self._form)
        self.note = NoteEdit("", lambda _: None, self)
        self.note.setAccessibleName(tr("Note on the article"))
        self.note.setPlaceholderText(tr("a note on the article…"))
        rows.addWidget(self.note)

    def show_session(self, session: Session) -> None:
        """Show the open article of `session`."""
        self._session = session
        opened = session.open
        self.setVisible(opened is not None)
        if opened is None:
            return
        for name, button in self._statuses.items():
            button.setChecked(name == (opened.status or "new"))
        for key, value in self._values.items():
            self._fill(value, opened.document.metadata.get(key, "").strip())
        self.note.show_note(opened.document.note, session.write_document_note)

    def _make_statuses(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        group = QButtonGroup(self)
        self._statuses = {name: self._status(name, tr(text)) for name, text in STATUSES}
        for button in self._statuses.values():
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        return row

    def _status(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("segment")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._session.set_status(name) if self._session else None)
        return button

    def _add(self, name: str) -> QLabel:
        label = plain_label(name, self)
        label.setObjectName("faint")
        value = plain_label("", self)
        value.setMinimumWidth(1)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._form.addRow(label, value)
        return value

    def _fill(self, value: QLabel, text: str) -> None:
        """Show a fact, to be selected and copied; an address, which has no spaces, is cut where it must be."""
        self._form.setRowVisible(value, bool(text))
        if value.text() != text:
            value.setWordWrap(" " in text)
            value.setText(text)
            set_tip(value, text)
