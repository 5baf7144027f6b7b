"""The page of one label."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from annotator.core.guidelines import read_guideline, written_guideline
from annotator.core.scheme import Label
from annotator.gui.dialogs.scheme.colors import ColorField
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import Choice, Page, TextField, button, tick
from annotator.gui.dialogs.scheme.operation import Operations
from annotator.gui.dialogs.scheme.ordered import OrderedList, attribute_words
from annotator.gui.panels.filtered_list import Choice as Row
from annotator.gui.panels.filtered_list import FilteredList
from annotator.gui.panels.note_edit import NoteEdit
from annotator.gui.texts import tr
from annotator.gui.theme import LIGHT, Theme

ATTRIBUTES = 6  # that are seen at once


class LabelPage(Page):
    """Everything about a label; what reaches its marks is asked of `operations`."""

    def __init__(self, desk: Desk, operations: Operations, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._operations = operations
        self.theme: Theme = LIGHT
        self.top.addWidget(button(tr("&Merge…"), lambda: operations.merge_label(self.key), self.body))
        self.top.addWidget(button(tr("S&plit…"), lambda: operations.split_label(self.key), self.body))
        self._make_fields()
        self._lay_out()

    def _make_fields(self) -> None:
        body = self.body
        self.first = self.name = TextField(tr("name"), lambda text: self._set(name=text), body)
        self.title = TextField(tr("shown as"), lambda text: self._set(title=text.strip()), body)
        self.title.line.setPlaceholderText(tr("as its name"))
        self.shortcut = TextField(tr("key"), lambda text: self._set(shortcut=text.strip()), body, longest=1)
        self.shortcut.line.setFixedWidth(48)
        self.used = tick(tr("in &use: offered at the side"), lambda on: self._say(self._set(enabled=on)), body)
        self.layer = Choice(tr("layer"), self._move, body)
        self.color = ColorField(lambda color: self._set(color=color), body)
        self.attributes = OrderedList(tr("attributes"), body)
        self.attributes.opened.connect(lambda key: self.desk.wanted.emit("attribute", key))
        self.attributes.moved.connect(self._reorder)
        self.attributes.taken_off.connect(self._detach)
        self.new_attribute = TextField(tr("new attribute"), self._new_attribute, body)
        self.new_attribute.line.setPlaceholderText(tr("New attribute: its name, then Enter"))
        self.guideline = NoteEdit("", lambda text: None, body)
        self.guideline.setAccessibleName(tr("guideline"))
        self.guideline.setPlaceholderText(tr("When is this label given, and when not?"))
        self.guideline.setFixedHeight(84)
        self.guideline.escaped.connect(self.name.line.setFocus)
        self.examples = QListWidget(body)
        self.examples.setAccessibleName(tr("examples"))
        self.examples.setWordWrap(True)
        self.examples.setObjectName("boxed")
        self.remove_example = button(tr("Remove the example"), self._remove_example, body, flat=True)

    def _lay_out(self) -> None:
        form = self.form()
        form.addRow(tr("name"), self.name)
        form.addRow(tr("shown as"), self.title)
        keys = QHBoxLayout()
        keys.setSpacing(14)
        keys.addWidget(self.shortcut, 1)
        keys.addWidget(self.used, 2)
        keyed = QVBoxLayout()
        keyed.setSpacing(3)
        keyed.addLayout(keys)
        keyed.addWidget(self.shortcut.fault)  # which needs more room than its letter
        form.addRow(tr("key"), keyed)
        form.addRow(tr("layer"), self.layer)
        form.addRow(tr("colour"), self.color)
        form.addRow(tr("attributes"), self._attribute_box())
        form.addRow(tr("guideline"), self.guideline)
        self._examples_box = box = QWidget(self.body)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.examples)
        row = QHBoxLayout()
        row.addWidget(self.remove_example)
        row.addStretch()
        rows.addLayout(row)
        form.addRow(tr("examples"), box)
        self._form: QFormLayout = form
        self.rows.addStretch()

    def _attribute_box(self) -> QWidget:
        box = QWidget(self.body)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        below = QHBoxLayout()
        below.setSpacing(4)
        self.attach = button(tr("Ask an e&xisting one…"), self._pick, box, flat=True)
        self.detach = button(tr("Ask it no more"), self.attributes.take_off_current, box, flat=True)
        below.addWidget(self.attach)
        below.addWidget(self.detach)
        below.addStretch()
        for each in (self.attributes, self.new_attribute):
            rows.addWidget(each)
        rows.addLayout(below)
        return box

    # What is shown

    def fill(self, anew: bool) -> None:
        label = self.desk.label(self.key)
        if label is None:
            return
        self.heading.setText(label.shown)
        self.say_use()
        self.name.hold(label.name, anew=anew)
        self.title.hold(label.title, anew=anew)
        self.shortcut.hold(label.shortcut, anew=anew)
        self.used.setChecked(label.enabled)
        self.layer.show_rows([(layer.id, layer.shown) for layer in self.desk.scheme.layers], self._layer_of(label))
        others = {each.name: each.color for each in self.desk.scheme.labels if each.id != label.id and each.enabled}
        self.color.show_color(label.name, label.color, others, anew=anew)
        self.attributes.show_rows([(each.id, attribute_words(each)) for each in label.attributes], ATTRIBUTES)
        self.attributes.setVisible(bool(label.attributes))
        self.detach.setVisible(bool(label.attributes))
        self.new_attribute.hold("", anew=anew)
        self._show_guideline(label)

    def _show_guideline(self, label: Label) -> None:
        text, examples = read_guideline(label.guideline)
        self.guideline.show_note(text, partial(self._write_guideline, label.id))
        self.examples.clear()
        self.examples.addItems(list(examples))
        self.examples.setFixedHeight(min(3, max(1, len(examples))) * 42 + 6)
        self._form.setRowVisible(self._examples_box, bool(examples))

    def say_use(self) -> None:
        """Say how much the label is used."""
        label = self.desk.label(self.key)
        if label is not None:
            marks, articles = self.desk.uses.get(label.id, (0, 0))
            count, there = f"{marks:,}", f"{articles:,}"
            said = tr("Used by {count} marks", count=count) + " " + tr("in {count} articles", count=there)
            self.about.setText(said if marks else tr("No mark has it yet."))

    def _layer_of(self, label: Label) -> str:
        return next((layer.id for layer in self.desk.scheme.layers if layer.name == label.layer), "")

    # What is changed

    def _set(self, **columns: object) -> str:
        return self.desk.set_label(self.key, **columns)

    def _say(self, why: str) -> None:
        self.desk.tell(why)
        if why:
            self.fill(False)

    def _move(self, layer: str) -> None:
        label = self.desk.label(self.key)
        if label is not None and layer != self._layer_of(label):
            self._operations.move_label(label, layer)
            self.fill(False)

    def _reorder(self, attribute: str, by: int) -> None:
        self._say(self.desk.do(lambda edits: edits.move_asked(attribute, self.key, by)))

    def _detach(self, attribute: str) -> None:
        self._say(self.desk.do(lambda edits: edits.detach(attribute, self.key)))

    def _new_attribute(self, name: str) -> str:
        return self.desk.add("attribute", name, self.key)

    def _pick(self) -> None:
        """A list of the attributes that this label is not asked."""
        label = self.desk.label(self.key)
        if label is None:
            return
        asked = {each.id for each in label.attributes}
        choices = [Row(attribute_words(each), each.id) for each in self.desk.of_marks() if each.id not in asked]
        picker = FilteredList(tr("Attribute"), choices, self.theme, self)
        picker.picked.connect(lambda key: self._say(self.desk.do(lambda edits: edits.attach(key, self.key))))
        picker.show_at(self.attach.mapToGlobal(QPoint(0, 0)))

    def _write_guideline(self, key: str, text: str) -> None:
        label = self.desk.label(key)
        if label is not None:
            examples = read_guideline(label.guideline).examples
            self.desk.tell(self.desk.set_label(label.id, guideline=written_guideline(text, examples)))

    def _remove_example(self) -> None:
        label, place = self.desk.label(self.key), self.examples.currentRow()
        if label is not None:
            text, examples = read_guideline(label.guideline)
            left = [each for number, each in enumerate(examples) if number != place]
            self.desk.tell(self._set(guideline=written_guideline(text, left)))
