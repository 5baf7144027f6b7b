"""What is said about the chosen mark: its links, its attributes, its note. Without one, about the article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.annotation import Annotation
from annotator.core.missing import Missing
from annotator.gui.panels.document_card import DocumentCard
from annotator.gui.panels.field_rows import field_name, name_and_field_rows
from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme

if TYPE_CHECKING:
    from annotator.gui.panels.form import FormFields
    from annotator.gui.panels.links import LinkRows
    from annotator.gui.panels.mark_head import MarkHead


class Inspector(QWidget):
    """Shows the chosen mark of a session and edits it.

    The form of a label is made once and filled for each of its marks; what stands above it is small, and made anew.
    """

    link_wanted = Signal(object)  # RelationType: let the person choose its other end
    go_to = Signal(str)  # a mark's id
    reveal = Signal(object)  # Span: a piece of the mark
    left = Signal()  # back to the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._theme: Theme | None = None
        self._head: MarkHead | None = None
        self._links: LinkRows | None = None
        self._forms: dict[tuple[object, ...], FormFields] = {}
        self._form: FormFields | None = None
        self._headed: tuple[object, ...] = ()  # what the head and the links were made from
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._blank = self._make_blank()
        self._about = self._make_about()
        self._layout.addWidget(self._blank)
        self._layout.addWidget(self._about)
        self._about.hide()

    def _make_blank(self) -> QWidget:
        """Without a chosen mark: how to get one, and what is known of the article."""
        blank = QWidget(self)
        rows = QVBoxLayout(blank)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.setSpacing(16)
        hint = plain_label(
            tr("Select words and press a label’s key, or click a mark to see what is said about it."), blank
        )
        hint.setObjectName("faint")
        hint.setWordWrap(True)
        rows.addWidget(hint)
        self.card = DocumentCard(blank)
        self.card.left.connect(self.left)
        self.card.hide()
        rows.addWidget(self.card)
        return blank

    def _make_about(self) -> QWidget:
        about = QWidget(self)
        self._parts = QVBoxLayout(about)
        self._parts.setContentsMargins(6, 0, 6, 0)
        self._parts.setSpacing(9)
        self._note = NoteEdit("", lambda _: None, about)
        self._note.setProperty("field", "note")
        self._note.setAccessibleName(tr("note"))
        self._note.escaped.connect(self.left)
        row = name_and_field_rows()
        row.addRow(field_name(tr("note"), about), self._note)
        self._parts.addLayout(row)
        self._parts.addStretch()  # what is left over stands below, and not above the head
        return about

    def show_session(self, session: Session | None, theme: Theme) -> None:
        """Follow the chosen mark of `session`."""
        if session is not self._session or theme is not self._theme:
            self._forget_forms()
        self._session, self._theme, self._headed = session, theme, ()
        self._keep_forms_in_use()
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen mark as it is now."""
        session = self._session
        mark = session.chosen_mark if session else None
        self._blank.setVisible(mark is None)
        self._about.setVisible(mark is not None)
        if session is None or self._theme is None:
            return
        if mark is None:
            self._leave_mark()
            self.card.show_session(session, self._theme)
        else:
            self._show_mark(session, mark, self._theme)

    def _show_mark(self, session: Session, mark: Annotation, theme: Theme) -> None:
        self._note.show_note(mark.note, partial(session.write_note, mark.id))
        links = session.open.relations_of(mark.id) if session.open else []
        alike = [(each.id, each.attributes) for each in session.alike()]
        shown = (mark.id, mark.label, mark.fragments, mark.origin, session.scheme.version)
        headed = (*shown, links, alike if len(alike) > 1 else ())
        if headed != self._headed:
            self._headed = headed
            focused = self._focused_link()
            self._make_head(session, mark, theme)
            self._focus_link(focused)
        form = self._form_of(session, mark, theme)
        if form is not self._form:
            self._put_form(form)
        form.show_answers(mark.id, mark.attributes, partial(session.set_attribute, mark=mark.id))
        self._order_tabs(form)

    def _make_head(self, session: Session, mark: Annotation, theme: Theme) -> None:
        from annotator.gui.panels.links import LinkRows  # with the first mark; the window starts without
        from annotator.gui.panels.mark_head import MarkHead

        for old in (self._head, self._links):
            if old is not None:
                self._parts.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._head = MarkHead(session, mark, theme, self._about)
        self._head.reveal.connect(self.reveal)
        self._links = LinkRows(session, mark, theme, self._about)
        self._links.wanted.connect(self.link_wanted)
        self._links.go_to.connect(self.go_to)
        self._links.setVisible(not self._links.empty)
        self._parts.insertWidget(0, self._head)
        self._parts.insertWidget(1, self._links)

    def _form_of(self, session: Session, mark: Annotation, theme: Theme) -> FormFields:
        from annotator.gui.panels.fields.base import Surroundings
        from annotator.gui.panels.form import FormFields

        key = (mark.label.id, mark.label.attributes)
        if key not in self._forms:
            made = self._forms[key] = FormFields(mark.label.attributes, Surroundings(session, theme), self._about)
            made.hide()
            made.left.connect(self.left)
            made.ended.connect(self.left)
            made.refused.connect(session.refused)
        return self._forms[key]

    def _put_form(self, form: FormFields) -> None:
        old, self._form = self._form, form
        if old is not None:
            old.leave()
            self._parts.removeWidget(old)
            old.hide()
        self._parts.insertWidget(2, form)
        form.setVisible(bool(form.attributes))

    def _forget_forms(self) -> None:
        for form in self._forms.values():
            self._parts.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._forms, self._form = {}, None
        self.card.forget_form()

    def _keep_forms_in_use(self) -> None:
        """The scheme may have changed: its old forms are of no use any more."""
        labels = self._session.scheme.labels if self._session else ()
        in_use = {(label.id, label.attributes) for label in labels}
        for key in [key for key in self._forms if key not in in_use]:
            form = self._forms.pop(key)
            if form is self._form:
                self._form = None
            self._parts.removeWidget(form)
            form.hide()
            form.deleteLater()

    # The keyboard

    def focus_first(self) -> None:
        """Put the keyboard into the first field of the form. The links before it have a key of their own."""
        if self._form is not None and self._form.focus():
            return
        first = next(iter(_reachable([self._links])), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_note()

    def focus_form(self) -> None:
        """Put the keyboard into the article's form, if it has one."""
        if not self.card.focus_form():
            self.card.note.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_note(self) -> None:
        """Put the keyboard into the note."""
        self._note.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_missing(self, missing: Missing) -> None:
        """Put the keyboard into the field that lacks an answer; its mark is the chosen one."""
        if missing.mark is None:
            self.card.focus_form(missing.attribute.id)
        elif self._form is not None:
            self._form.focus(missing.attribute.id)

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is in the fields of a mark."""
        focus = self.window().focusWidget()
        return self._about.isVisible() and focus is not None and self._about.isAncestorOf(focus)

    def show_hint(self, focus: QWidget | None) -> None:
        """Explain the field that has the keyboard."""
        if self._form is not None:
            self._form.show_hint(focus)
        self.card.show_hint(focus)

    def commit(self) -> None:
        """Take over what stands in a field that is still being typed in."""
        self.commit_mark()
        self.card.commit()

    def commit_mark(self) -> None:
        """Take over what stands in a field of the mark's."""
        if self._form is not None:
            self._form.commit()
        self._note.commit()

    def _leave_mark(self) -> None:
        if self._form is not None:
            self._form.leave()
        self._note.commit()

    def _order_tabs(self, form: FormFields) -> None:
        """Links, fields, the note; and last what nobody comes for."""
        last = [self._head.another, self._head.delete] if self._head is not None else []
        chain = [*_reachable([self._links]), *_reachable(form.fields()), self._note, *last]
        for before, behind in pairwise(chain):
            QWidget.setTabOrder(before, behind)

    def _focused_link(self) -> str | None:
        """Which link has the keyboard, so that an edit does not throw the person out of it."""
        focus: QWidget | None = self.window().focusWidget()
        if self._links is None or focus is None or not self._links.isAncestorOf(focus):
            return None
        while focus is not None and focus is not self._links:
            if focus.property("field"):
                return str(focus.property("field"))
            focus = focus.parentWidget()
        return None

    def _focus_link(self, name: str | None) -> None:
        boxes = self._links.findChildren(QWidget) if self._links is not None and name is not None else []
        for box in boxes:
            if box.property("field") == name and (inner := _reachable([box])):
                inner[0].setFocus()


def _reachable(fields: Iterable[QWidget | None]) -> list[QWidget]:
    """What of some fields the keyboard can get to, in order."""
    pairs = [(part, field) for field in fields if field is not None for part in (field, *field.findChildren(QWidget))]
    return [part for part, field in pairs if _is_stop(part) and part.window() is field.window()]  # no list over it


def _is_stop(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
