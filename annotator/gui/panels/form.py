"""A form: a field for each attribute that is asked, what is missing above them, what is left out below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.forms import Form
from annotator.core.scheme import Attribute
from annotator.gui.panels.field_rows import field_name, name_and_field_rows
from annotator.gui.panels.fields import field_for
from annotator.gui.panels.fields.base import Field, Shown, Surroundings, is_own_key
from annotator.gui.panels.fields.value_list import shown_value
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import set_tip, tr

Write = Callable[[str, AttributeValue | None], None]  # an attribute's name and its value

NAMED = 3  # how many missing answers are named


class FormFields(QWidget):
    """The fields of one list of attributes. Made once and filled for each mark, so that nothing flickers."""

    ended = Signal()  # Enter in the last field
    left = Signal()  # back to the text
    refused = Signal(str)  # what was typed and could not be kept

    def __init__(self, attributes: Sequence[Attribute], around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.attributes = tuple(attributes)
        self._around = around
        self._key = ""  # whose answers it shows
        self._write: Write | None = None
        self._rows: dict[str, _Row] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self.missing = _line("bad", self)
        whole.addWidget(self.missing)
        self._form = name_and_field_rows()
        whole.addLayout(self._form)
        self.left_out = _line("faint", self)
        whole.addWidget(self.left_out)

    def _made(self, attribute: Attribute) -> _Row:
        """The row of an attribute, made when it is first asked, at its place among the others."""
        field = field_for(attribute, self._around, self)
        behind = self.attributes[self.attributes.index(attribute) + 1 :]
        next_row = next((self._rows[each.id] for each in behind if each.id in self._rows), None)
        place = next_row.place() if next_row is not None else self._form.rowCount()
        row = _Row(attribute, field, self._form, place, self)
        field.answered.connect(partial(self._on_answered, attribute.name))
        field.done.connect(lambda: self._go(1, field))
        return row

    def show_answers(self, key: str, answers: Mapping[str, AttributeValue], write: Write) -> None:
        """Show answers, by the attribute's name. `key` names what they are about, `write` takes what is answered."""
        if key != self._key:
            self.leave()
        self._key, self._write = key, write
        form = Form(self.attributes, answers)
        asked = {attribute.id for attribute in form.asked()}
        for attribute in self.attributes:
            if attribute.id in asked and attribute.id not in self._rows:
                self._rows[attribute.id] = self._made(attribute)
            row = self._rows.get(attribute.id)
            if row is None:
                continue
            shown = Shown(form.answer(attribute), form.values_of(attribute), form.unfitting(attribute))
            row.show_answer(shown, asked=attribute.id in asked)
        self._say_missing(form)
        self._say_left_out(form)

    def commit(self) -> None:
        """Take over what stands in a field that is still being typed in."""
        for row in self._rows.values():
            if row.visible:
                row.field.commit()

    def leave(self) -> None:
        """Take over what is being typed, before other answers are shown. What is none is told once more."""
        self.commit()
        for row in self._rows.values():
            if row.visible and (refusal := row.field.refusal()):
                self.refused.emit(f"{row.attribute.shown}: {refusal}")
            row.field.drop()
        self._key = ""

    def fields(self) -> list[Field]:
        """The fields that are asked, in order."""
        rows = (self._rows.get(attribute.id) for attribute in self.attributes)
        return [row.field for row in rows if row is not None and row.visible]

    def focus(self, attribute: str = "") -> bool:
        """Put the keyboard into the field of the attribute with that id, else into the first. False without any."""
        row = self._rows.get(attribute)
        field = row.field if row is not None and row.visible else next(iter(self.fields()), None)
        if field is not None:
            field.target().setFocus(Qt.FocusReason.TabFocusReason)
        return field is not None

    def focus_last(self) -> bool:
        """Put the keyboard into the last field. False where there is none."""
        fields = self.fields()
        if fields:
            fields[-1].target().setFocus(Qt.FocusReason.BacktabFocusReason)
        return bool(fields)

    def show_hint(self, focus: QWidget | None) -> None:
        """Explain the field that has the keyboard, as the scheme does."""
        for row in self._rows.values():
            row.show_hint(focus is not None and (focus is row.field or row.field.isAncestorOf(focus)))

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keys that mean something in a field are not for the menus: Del clears it, and deletes no mark."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._current()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and plain:
            self.left.emit()
        elif here is None or not plain:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if here.commit():
                self._go(1, here)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(1 if event.key() == Qt.Key.Key_Down else -1, here)
        else:
            super().keyPressEvent(event)

    def _current(self) -> Field | None:
        focus = self.window().focusWidget()
        return next((one for one in self.fields() if focus is one or (focus and one.isAncestorOf(focus))), None)

    def _go(self, by: int, here: Field) -> None:
        fields = self.fields()
        place = (fields.index(here) if here in fields else -1) + by
        if place >= len(fields):
            self.ended.emit()
        elif place >= 0:
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            fields[place].target().setFocus(reason)

    # What is told

    def _on_answered(self, name: str, value: AttributeValue | None) -> None:
        if self._write is not None:
            self._write(name, value)

    def _say_missing(self, form: Form) -> None:
        missing = form.missing()
        names = [one.shown for one in missing[:NAMED]]
        if len(missing) > NAMED:
            names.append(tr("and {count} more", count=len(missing) - NAMED))
        _say(self.missing, tr("Still to answer: {names}", names=", ".join(names)) if missing else "")

    def _say_left_out(self, form: Form) -> None:
        out = form.left_out()
        _say(self.left_out, tr("{count} answers are left out now", count=len(out)) if out else "")
        set_tip(self.left_out, "\n".join(f"{one.shown}: {_words(one, form.answer(one))}" for one in out))


class _Row:
    """A field with its name before it and, when there is something to tell, a line below."""

    def __init__(self, attribute: Attribute, field: Field, form: QFormLayout, place: int, parent: FormFields) -> None:
        self.attribute, self.field, self.visible = attribute, field, True
        self._form, self._parent = form, parent
        self._note: QLabel | None = None
        self._told = self._unfit = self._hint = ""
        name = field_name(f"{attribute.shown}\u00a0*" if attribute.required else attribute.shown, parent)
        if attribute.required:
            name.setAccessibleName(tr("{name}, required", name=attribute.shown))
            set_tip(name, tr("Must be answered before the article is finished"))
        form.insertRow(place, name, field)
        field.said.connect(self._tell)

    def show_answer(self, shown: Shown, *, asked: bool) -> None:
        if asked != self.visible:
            self.visible = asked
            self._form.setRowVisible(self.field, asked)
        self._unfit = self._unfitting(shown)
        self.field.show_answer(shown)
        self._say()

    def _unfitting(self, shown: Shown) -> str:
        if not shown.unfitting:
            return ""
        words = ", ".join(_words(self.attribute, name) for name in shown.unfitting)
        return tr("“{value}” does not apply here any more. It is kept until you answer anew.", value=words)

    def show_hint(self, wanted: bool) -> None:
        hint = self.attribute.guideline if wanted else ""
        if hint != self._hint:
            self._hint = hint
            self._say()

    def _tell(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self._say()

    def _say(self) -> None:
        bad = self._told or self._unfit
        text = (bad or self._hint) if self.visible else ""
        if self._note is None:
            if not text:
                return
            self._note = _line("faint", self._parent)
            self._form.insertRow(self.place() + 1, "", self._note)
        name = "bad" if bad else "faint"
        if self._note.objectName() != name:
            self._note.setObjectName(name)
            self._note.style().polish(self._note)
        self._note.setText(text)
        self._form.setRowVisible(self._note, bool(text))

    def place(self) -> int:
        """Its number among the rows of the form."""
        rows = range(self._form.rowCount())
        role = QFormLayout.ItemRole.FieldRole
        return next(row for row in rows if (item := self._form.itemAt(row, role)) and item.widget() is self.field)


def _line(name: str, parent: QWidget) -> QLabel:
    label = WrappedLabel(parent)
    label.setObjectName(name)
    label.hide()
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _words(attribute: Attribute, answer: AttributeValue | None) -> str:
    """An answer as a person reads it."""
    if isinstance(answer, list):
        return ", ".join(_words(attribute, each) for each in answer)
    if isinstance(answer, bool):
        return tr("yes") if answer else tr("no")
    value = next((each for each in attribute.values if each.name == answer), None)
    return shown_value(value) if value is not None else str(answer)
