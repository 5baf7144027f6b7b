"""What is said about the chosen mark: its links, its attributes, its note."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotation import Annotation, Relation
from annotator.core.scheme import RelationType
from annotator.gui.panels.attribute_editors import editor
from annotator.gui.panels.document_card import DocumentCard
from annotator.gui.panels.label_button import Swatch
from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.panels.registry_field import registry_field
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, plain_tip, set_tip, tr
from annotator.gui.theme import Theme, interface_font

BUTTON_EDGE = 10  # pixels between a button's edge and its text
SHOWN_TEXT = 80  # characters of a linked mark's text, before it is cut to the room there is


class Inspector(QWidget):
    """Shows the chosen mark of a session and edits it. Built anew for each mark: there is never a stale field."""

    link_wanted = Signal(object)  # RelationType: let the person choose its other end
    go_to = Signal(str)  # a mark's id
    left = Signal()  # back to the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._theme: Theme | None = None
        self._content: QWidget | None = None
        self._first: QWidget | None = None
        self._note: NoteEdit | None = None
        self._shown: tuple[object, ...] = ()  # what the fields were made from
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._blank = self._make_blank()
        self._layout.addWidget(self._blank)

    def show_session(self, session: Session | None, theme: Theme) -> None:
        """Follow the chosen mark of `session`."""
        self._session, self._theme, self._shown = session, theme, ()
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen mark as it is now."""
        session = self._session
        mark = session.chosen_mark if session else None
        links = [] if session is None or session.open is None or mark is None else session.open.relations_of(mark.id)
        shown = (mark, links) if mark is not None else _of_document(session)
        if shown == self._shown:
            return
        self._shown = shown
        focused = self._focused_field()
        self._replace(None if mark is None or session is None else self._about(session, mark))
        self._blank.setVisible(mark is None)
        if mark is None and session is not None:
            self.card.show_session(session)
        if focused is not None:
            self._focus_field(focused)

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_note(self) -> None:
        """Put the keyboard into the note."""
        if self._note is not None:
            self._note.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Take over what stands in a field that is still being typed in."""
        if self._note is not None:
            self._note.commit()
        self.card.note.commit()

    def _replace(self, content: QWidget | None) -> None:
        old, note = self._content, self._note
        self._content, self._note = content, None
        if note is not None:
            note.commit()  # also when a key or another mark took the person out of it
        if old is not None:
            old.hide()
            old.deleteLater()
        if content is None:
            self._first = None
            return
        self._note = content.findChild(NoteEdit)
        self._first = next((inner for field in _fields(content) for inner in _reachable(field)), None)
        self._layout.addWidget(content)

    def _focused_field(self) -> str | None:
        """The name of the field that has the keyboard, so that an edit does not throw the person out of it."""
        if self._content is None:
            return None
        focus = self._content.focusWidget() if self._content.isAncestorOf(self.window().focusWidget() or self) else None
        while focus is not None and focus is not self._content:
            if focus.property("field"):
                return str(focus.property("field"))
            parent = focus.parentWidget()
            focus = parent
        return None

    def _focus_field(self, name: str) -> None:
        content = self._content
        for field in _fields(content) if content else []:
            if field.property("field") == name and (inner := _reachable(field)):
                inner[0].setFocus()

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
        self.card.hide()
        rows.addWidget(self.card)
        return blank

    def _about(self, session: Session, mark: Annotation) -> QWidget:
        content = QWidget(self)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(6, 0, 6, 0)
        rows.setSpacing(9)
        rows.addLayout(self._heading(content, session, mark))
        rows.addWidget(self._quoted(content, session, mark))
        form = QFormLayout()
        form.setContentsMargins(0, 2, 0, 0)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for kind in session.scheme.relations_from(mark.label):
            form.addRow(self._name(content, kind.shown), self._links(content, session, mark, kind))
        for relation in self._incoming(session, mark):
            form.addRow(
                self._name(content, tr("{link} of", link=relation.type.shown)), self._incoming_link(content, relation)
            )
        for attribute in mark.label.attributes:
            if attribute.optional and attribute.name not in mark.attributes:
                continue
            value, changed = mark.attributes.get(attribute.name), partial(session.set_attribute, attribute.name)
            if attribute.kind == "entity":
                field = registry_field(session, attribute, value, changed, content)
            else:
                field = editor(attribute, value, changed, content)
            field.setProperty("field", f"{attribute.name}")
            form.addRow(self._name(content, attribute.shown), field)
        note = NoteEdit(mark.note, partial(session.write_note, mark.id), content)
        note.setProperty("field", "note")
        note.setAccessibleName(tr("note"))
        note.escaped.connect(self.left)
        form.addRow(self._name(content, tr("note")), note)
        rows.addLayout(form)
        QWidget.setTabOrder(note, self._delete)  # last: it is not what anybody comes for
        return content

    def _heading(self, parent: QWidget, session: Session, mark: Annotation) -> QHBoxLayout:
        assert self._theme is not None
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(Swatch(mark.label.color, self._theme, parent))
        name = plain_label(mark.label.shown, parent)
        bold = interface_font(13)
        bold.setBold(True)
        name.setFont(bold)
        heading.addWidget(name)
        count = len(mark.fragments)
        about = tr("{count} fragments", count=count) if count > 1 else ""
        if mark.origin not in ("manual", ""):
            about = f"{about} · {mark.origin}".strip(" ·")
        more = plain_label(about, parent)
        more.setObjectName("faint")
        heading.addWidget(more, 1)
        self._delete = delete = QPushButton(tr("Delete"), parent)
        delete.setObjectName("flat")
        delete.clicked.connect(session.delete_chosen)
        delete.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        heading.addWidget(delete)
        return heading

    def _quoted(self, parent: QWidget, session: Session, mark: Annotation) -> QWidget:
        text = " ".join(mark.covered(session.open.text if session.open else "").split())
        words = plain_label(text if len(text) <= 90 else f"{text[:60]}… {text[-28:]}", parent)
        words.setObjectName("faint")
        words.setWordWrap(True)
        return words

    def _name(self, parent: QWidget, text: str) -> QWidget:
        label = plain_label(text, parent)
        label.setObjectName("faint")
        label.setMinimumWidth(64)
        label.setMaximumWidth(74)
        label.setWordWrap(True)
        label.setContentsMargins(0, 5, 0, 0)
        return label

    def _links(self, parent: QWidget, session: Session, mark: Annotation, kind: RelationType) -> QWidget:
        """The marks that this one leads to, a button each, and one to choose another."""
        box = QWidget(parent)
        box.setProperty("field", f"link {kind.name}")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        assert session.open is not None
        found = session.open.relations_of(mark.id)
        links = [link for link in found if link.source == mark.id and link.type.id == kind.id]
        last = None
        for link in links:
            last = self._link(box, session, link)
            rows.addLayout(last)
        choose = QPushButton(tr("choose…"), box) if last is None else _small("+", tr("Link another mark"), box)
        choose.clicked.connect(lambda: self.link_wanted.emit(kind))
        if last is None:
            choose.setObjectName("field")
            rows.addWidget(choose)
        else:
            last.addWidget(choose)
        return box

    def _link(self, parent: QWidget, session: Session, link: Relation) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(self._jump(parent, link.target), 1)
        remove = _small("×", tr("Take this link away"), parent)
        remove.clicked.connect(partial(session.unlink, link.id))
        row.addWidget(remove)
        return row

    def _incoming(self, session: Session, mark: Annotation) -> list[Relation]:
        assert session.open is not None
        return [link for link in session.open.relations_of(mark.id) if link.target == mark.id]

    def _incoming_link(self, parent: QWidget, link: Relation) -> QWidget:
        return self._jump(parent, link.source)

    def _jump(self, parent: QWidget, key: str) -> QPushButton:
        """A button with a mark's words that goes to it."""
        opened = self._session.open if self._session else None
        mark = opened.annotations.get(key) if opened else None
        text = " ".join(mark.covered(opened.text).split()) if mark and opened else tr("a mark that is not here")
        button = ElidedButton(text[:SHOWN_TEXT], parent)
        button.setObjectName("field")
        button.setToolTip(plain_tip(text))
        button.clicked.connect(lambda: self.go_to.emit(key))
        return button


def _of_document(session: Session | None) -> tuple[object, ...]:
    """What is said of the open document."""
    opened = session.open if session is not None else None
    return ("nothing",) if opened is None else (opened.id, opened.status, opened.document.note)


def _fields(content: QWidget) -> list[QWidget]:
    """The fields of a form, in order."""
    return [child for child in content.findChildren(QWidget) if child.property("field")]


def _reachable(field: QWidget) -> list[QWidget]:
    """What of a field the keyboard can get to."""
    return [part for part in (field, *field.findChildren(QWidget)) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _small(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName("flat")
    button.setFixedWidth(22)
    button.setAccessibleName(tip)
    set_tip(button, tip)
    return button


class ElidedButton(QPushButton):
    """A button whose text is cut to the room it has, at its end in its own direction."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - 2 * BUTTON_EDGE
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
