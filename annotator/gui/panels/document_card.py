"""What is known of the open article, how far one is with it, and a note on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.core.scheme import Attribute
from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, set_tip, tr
from annotator.gui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from annotator.gui.panels.form import FormFields

SOON = 30  # milliseconds after which the form is there, in a window that is just being opened
STATUSES = (("new", "New"), ("in_progress", "In progress"), ("finished", "Finished"))
FACTS = (("publication", "source"), ("published", "date"), ("author", "author"), ("uri", "address"), ("path", "file"))


class DocumentCard(QWidget):
    """Made once, and filled for each article: making the fields anew would hold up its first paint."""

    left = Signal()  # back to the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._theme = LIGHT
        self.form: FormFields | None = None
        self._form_of: tuple[Attribute, ...] = ()
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(9)
        heading = plain_label(tr("THIS ARTICLE"), self)
        heading.setObjectName("section")
        rows.addWidget(heading)
        rows.addLayout(self._make_statuses())
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._values = {key: self._add(tr(name)) for key, name in FACTS}
        rows.addLayout(self._facts)
        self._form_heading = plain_label(tr("ITS FORM"), self)
        self._form_heading.setObjectName("section")
        self._form_heading.setContentsMargins(0, 8, 0, 0)
        self._form_heading.hide()
        rows.addWidget(self._form_heading)
        self.note = NoteEdit("", lambda _: None, self)
        self.note.setAccessibleName(tr("Note on the article"))
        self.note.setPlaceholderText(tr("a note on the article…"))
        rows.addWidget(self.note)

    def show_session(self, session: Session, theme: Theme) -> None:
        """Show the open article of `session`."""
        self._session, self._theme = session, theme
        opened = session.open
        self.setVisible(opened is not None)
        if opened is None:
            return
        for name, button in self._statuses.items():
            button.setChecked(name == (opened.status or "new"))
        for key, value in self._values.items():
            self._fill(value, opened.document.metadata.get(key, "").strip())
        self.note.show_note(opened.document.note, session.write_document_note)
        if self.form is None and not self.window().isVisible():
            QTimer.singleShot(SOON, self, self._show_form)  # the article is painted first
        else:
            self._show_form()

    # The form

    def _show_form(self) -> None:
        session = self._session
        if session is not None and isValid(session) and session.open is not None:  # a window may close at once
            form = self._made_form(session, self._theme)
            if form is not None:
                form.show_answers(session.open.id, session.open.answered, session.answer)

    def _made_form(self, session: Session, theme: Theme) -> FormFields | None:
        from annotator.gui.panels.fields.base import Surroundings
        from annotator.gui.panels.form import FormFields

        if self._form_of != session.scheme.form:
            self.forget_form()
        if self.form is None and session.scheme.form:
            self._form_of = session.scheme.form
            self.form = FormFields(session.scheme.form, Surroundings(session, theme), self)
            self.form.left.connect(self.left)
            self.form.ended.connect(self.left)
            self.form.refused.connect(session.refused)
            self._rows.insertWidget(self._rows.indexOf(self.note), self.form)
            QWidget.setTabOrder(self.form, self.note)
            self._form_heading.show()
        return self.form

    def forget_form(self) -> None:
        """Make the form anew when it is next shown: the scheme or the colours are others."""
        if self.form is not None:
            self._rows.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self._form_heading.hide()
        self.form, self._form_of = None, ()

    def focus_form(self, attribute: str = "") -> bool:
        """Put the keyboard into the form: to the attribute with that id, or the first. False without a form."""
        if self.form is None:
            self._show_form()
        return self.form is not None and self.form.focus(attribute)

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is in it."""
        focus = self.window().focusWidget()
        return self.isVisible() and focus is not None and self.isAncestorOf(focus)

    def show_hint(self, focus: QWidget | None) -> None:
        """Explain the field that has the keyboard."""
        if self.form is not None:
            self.form.show_hint(focus)

    def commit(self) -> None:
        """Take over what stands in a field that is still being typed in."""
        if self.form is not None:
            self.form.commit()
        self.note.commit()

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
        self._facts.addRow(label, value)
        return value

    def _fill(self, value: QLabel, text: str) -> None:
        """Show a fact, to be selected and copied; an address, which has no spaces, is cut where it must be."""
        self._facts.setRowVisible(value, bool(text))
        if value.text() != text:
            value.setWordWrap(" " in text)
            value.setText(text)
            set_tip(value, text)
