"""What reaches marks that are there already: asked for, worked out, told in numbers, and only then done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute, Label
from annotator.gui.dialogs.scheme.conflicts import Conflicts
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import Choice, button, faint, fault_label, show_fault
from annotator.gui.dialogs.scheme.planning import MOST, Make, Outlook, Place, Planner
from annotator.gui.dialogs.scheme.split_names import SplitNames
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import interface_font
from annotator.store.scheme_plans import Plan, SchemePlans


class _State(Enum):
    IDLE = 0
    PLANNING = 1  # quietly: it is done without a question where it touches nothing that is marked
    ASKING = 2
    WRITING = 3
    DONE = 4  # with conflicts left to look at


class Operations(QWidget):
    """A page in place of a thing's own: what would be changed, the conflicts, and whether to do it."""

    shown = Signal()  # there is something to ask
    finished = Signal()  # done, or left
    refused = Signal(str)  # a sentence; nothing was asked, and nothing changed
    place_wanted = Signal(str, object)  # the id of a document, and a Span

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state = _State.IDLE
        self._make: Make | None = None
        self._outlook: Outlook | None = None
        self._goal: tuple[str, str] | None = None  # what to show when it is done
        self._heading = self._about = self._label = self._kind = ""  # of what is asked about
        self._asks_of_marks = True
        self._chooser: Callable[[SchemePlans, str], Plan] | None = None  # what a choice of another label asks for
        self._planner = Planner(desk.session.project, self)
        self._planner.planned.connect(self._on_planned)
        self._planner.refused.connect(self._on_refused)
        desk.changed.connect(self._on_changed)
        desk.session.long_steps.done.connect(self._on_written)
        desk.session.long_steps.refused.connect(self._on_refused)
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        self.heading = plain_label("", self)
        font = interface_font(16)
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.setWordWrap(True)
        self.about = faint("", self)
        self.into = Choice(tr("merge into"), lambda _: self._take_choice(), self)
        self.by = Choice(tr("split by"), lambda _: self._take_choice(), self)
        self.names = SplitNames(self)
        self.names.itemChanged.connect(lambda _: self._replan())
        self.counts = plain_label("", self)
        self.counts.setWordWrap(True)
        large = interface_font(15)
        self.counts.setFont(large)
        self.fault = fault_label(self)
        self.listed = faint("", self)
        self.conflicts = Conflicts(self)
        self.conflicts.place_wanted.connect(self.place_wanted)
        self.go = button(tr("Do it"), self._do, self)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.cancel = button(tr("Cancel"), self.leave, self)

    def _lay_out(self) -> None:
        self._fields = fields = QFormLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(9)
        fields.addRow(tr("merge into"), self.into)
        fields.addRow(tr("split by"), self.by)
        fields.addRow(self.names)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 0, 10, 8)
        rows.setSpacing(12)
        for part in (self.heading, self.about):
            rows.addWidget(part)
        rows.addLayout(fields)
        for part in (self.counts, self.fault, self.listed):
            rows.addWidget(part)
        rows.addWidget(self.conflicts, 1)
        rows.addLayout(buttons)
        rows.addStretch()

    # What may be asked for

    def delete(self, kind: str, key: str) -> None:
        """Ask whether a thing is to go, with what is marked with it."""
        desk = self._desk
        if kind == "layer" and (layer := desk.layer(key)):
            about = tr("Its labels go with it, their marks, and the links of those.")
            self._ask(tr("Delete the layer {name}", name=layer.shown), about, lambda plans: plans.delete_layer(key))
        elif kind == "label" and (label := desk.label(key)):
            keys = self._with_others(key)
            if len(keys) > 1:
                heading, about = tr("Delete {count} labels", count=len(keys)), tr("Their marks go, and links of those.")
            else:
                heading = tr("Delete the label {name}", name=label.shown)
                about = tr("Its marks go with it, and the links of those.")
            self._ask(heading, about, lambda plans: plans.delete_labels(keys))
        elif kind == "link" and (link := desk.link(key)):
            about = tr("The marks that it leads from and to stay.")
            heading = tr("Delete the link {name}", name=link.shown)
            self._ask(heading, about, lambda plans: plans.delete_relation_type(key))
        elif attribute := desk.attributes.get(key):
            about = tr("What was answered goes with it. The marks stay.")
            heading = tr("Delete the attribute {name}", name=attribute.shown)
            self._ask(heading, about, lambda plans: plans.delete_attribute(key))

    def merge_label(self, key: str) -> None:
        """Ask which label another is to become."""
        label = self._desk.label(key)
        if label is not None:
            keys, every = self._with_others(key), self._desk.scheme.labels
            others = [(each.id, f"{each.layer}: {each.shown}") for each in every if each.id not in keys]
            about = tr("Its marks get the other label. Where both stand on the same words, they become one, if their"
                       " answers agree; where they do not, both stay, and are listed here.")  # fmt: skip
            heading = tr("Merge {name} into another label", name=label.shown)
            if len(keys) > 1:
                heading = tr("Merge {count} labels into another", count=len(keys))
            self._ask_into(heading, about, others, "label")
            self._chooser = lambda plans, goal: plans.merge_labels(keys, goal)

    def _with_others(self, key: str) -> list[str]:
        """The ids of the labels that are chosen together with that one."""
        chosen = self._desk.chosen_labels
        return list(chosen) if key in chosen else [key]

    def merge_link(self, key: str) -> None:
        """Ask which kind of link another is to become."""
        kind = self._desk.link(key)
        if kind is not None:
            others = [(each.id, each.shown) for each in self._desk.scheme.relations if each.id != key]
            about = tr("Links of this kind become links of the other. What would stand there twice goes.")
            self._ask_into(tr("Merge {name} into another link", name=kind.shown), about, others, "link")
            self._chooser = lambda plans, goal: plans.merge_relation_types([key], goal)

    def _ask_into(self, heading: str, about: str, others: list[tuple[str, str]], kind: str) -> None:
        self._show(heading, about, into=True)
        self._kind = kind
        self.into.show_rows([("", tr("choose…")), *others], "")
        self.into.setFocus(Qt.FocusReason.OtherFocusReason)

    def split_label(self, key: str) -> None:
        """Ask by which attribute a label is to be split, and how the new labels are called."""
        label = self._desk.label(key)
        if label is None:
            return
        by = [each for each in label.attributes if each.values or each.kind == "yes_no"]
        if not by:
            self._desk.tell(tr("A label is split by an attribute with values. {name} has none.", name=label.shown))
            return
        about = tr("Marks that answer with one of these values get a label of its own; the others keep theirs. A line"
                   " without a name stays as it is.")  # fmt: skip
        self._show(tr("Split {name}", name=label.shown), about, split=True)
        self._label = key
        self.by.show_rows([(each.id, each.shown) for each in by], by[0].id)
        self._take_choice()
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge_attribute(self, key: str) -> None:
        """Ask which attribute another is to become, among those of its sort."""
        desk, of_form = self._desk, key in self._desk.of_form
        attribute = desk.attributes.get(key)
        if attribute is not None:
            others = [(each, held.shown) for each, held in desk.attributes.items() if (each in desk.of_form) == of_form]
            about = tr("What was answered to it is an answer to the other then. Where both are answered otherwise, both"
                       " stay, and are listed here.")  # fmt: skip
            heading = tr("Merge {name} into another attribute", name=attribute.shown)
            kind = "question" if of_form else "attribute"
            self._ask_into(heading, about, [each for each in others if each[0] != key], kind)
            self._chooser = lambda plans, goal: plans.merge_attributes(key, goal)

    def change_attribute(self, attribute: Attribute, renamed: Mapping[str, str | None], heading: str) -> None:
        """Change an attribute and what was answered; without a question where nothing was."""
        about = tr("What was answered follows.")
        self._quietly(heading, about, lambda plans: plans.change_attribute(attribute, renamed), marks=True)

    def move_label(self, label: Label, layer: str) -> None:
        """Put a label into another layer; without a question where each of its links is allowed there, too."""
        heading = tr("Move {name} to another layer", name=label.shown)
        about = tr("Its marks go with it. Their links stay.")
        self._quietly(heading, about, lambda plans: plans.move_label(label.id, layer), marks=False)

    def _quietly(self, heading: str, about: str, make: Callable[[SchemePlans], Plan], *, marks: bool) -> None:
        """Do it at once, unless it leaves conflicts or, where `marks` says so, changes anything that is marked."""
        self._state, self._goal, self._asks_of_marks = _State.PLANNING, None, marks
        self._heading, self._about = heading, about
        self._make = lambda reader: make(SchemePlans(reader))
        self._planner.plan(self._make)

    def ask(self, heading: str, about: str, make: Make) -> None:
        """Ask about any plan."""
        self._show(heading, about)
        self._begin(make)

    def _ask(self, heading: str, about: str, make: Callable[[SchemePlans], Plan]) -> None:
        self.ask(heading, about, lambda reader: make(SchemePlans(reader)))

    def _show(self, heading: str, about: str, *, into: bool = False, split: bool = False) -> None:
        self._planner.forget()
        self._state, self._make, self._outlook, self._goal = _State.ASKING, None, None, None
        self.heading.setText(heading)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._fields.setRowVisible(self.into, into)
        self._fields.setRowVisible(self.by, split)
        self._fields.setRowVisible(self.names, split)
        self._say("")
        self.go.setVisible(True)
        self.go.setEnabled(False)
        self.cancel.setText(tr("Cancel"))
        self.shown.emit()

    # Choosing

    def _take_choice(self) -> None:
        if not self.by.isHidden():
            self.names.show_values(self._desk.attributes[self.by.currentData()])
            self._replan()
        elif (goal := self.into.currentData()) and (chooser := self._chooser):
            self._goal = (self._kind, goal)
            self._begin(lambda reader: chooser(SchemePlans(reader), goal))

    def _replan(self) -> None:
        if self.by.isHidden() or self._state != _State.ASKING:
            return
        names, label, attribute = self.names.chosen(), self._label, self.by.currentData()
        if names:
            self._begin(lambda reader: SchemePlans(reader).split_label(label, attribute, names))
        else:
            self.go.setEnabled(False)
            self._say(tr("Give one of the new labels a name."))

    def _begin(self, make: Make) -> None:
        self._make, self._outlook = make, None
        self.go.setEnabled(False)
        self._say(tr("Counting…"))
        self._planner.plan(make)

    # What comes of it

    def _say(self, counts: str, fault: str = "") -> None:
        self.counts.setText(counts)
        self.counts.setVisible(bool(counts))
        show_fault(self.fault, fault)
        self._list(())

    def _list(self, places: Sequence[Place]) -> None:
        self.conflicts.model_.show(places)
        self.conflicts.setVisible(bool(places))
        self.listed.setVisible(bool(places))

    def _on_planned(self, outlook: Outlook) -> None:
        self._outlook = outlook
        if self._state == _State.PLANNING:
            if not (outlook.touches if self._asks_of_marks else outlook.plan.conflicts):
                self._do()
                return
            make = self._make
            self._show(self._heading, self._about)
            self._make, self._outlook = make, outlook
        self._say(outlook.sentence())
        self._list(outlook.places)
        if len(outlook.plan.conflicts) > MOST:
            self.listed.setText(tr("The first {count} are listed. Enter goes to a place.", count=MOST))
        else:
            self.listed.setText(tr("These stay as they are, for you to decide. Enter goes to a place."))
        change = outlook.plan.change
        self.go.setEnabled(bool(change.rows or change.bulk) and not self._desk.session.project.read_only)
        if self.into.isHidden() and self.by.isHidden() and self.isVisible():
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, why: str) -> None:
        if self._state == _State.PLANNING:
            self._state = _State.IDLE
            self.refused.emit(why)
        elif self._state in (_State.ASKING, _State.WRITING):
            self._state = _State.ASKING
            self.cancel.setEnabled(True)
            self.go.setEnabled(False)
            self._say("", why)

    def _do(self) -> None:
        outlook = self._outlook
        if outlook is None or self._desk.session.busy():
            return
        quiet, self._state = self._state == _State.PLANNING, _State.WRITING
        self.go.setEnabled(False)
        self.cancel.setEnabled(False)
        change = outlook.plan.change
        if not (change.rows or change.bulk):
            self._on_written()
        elif not self._desk.session.apply(change):
            self._state = _State.IDLE if quiet else _State.ASKING
            self.cancel.setEnabled(True)
            if quiet:
                self.refused.emit("")
        elif not self._desk.session.long_steps.busy:
            self._on_written()

    def _on_written(self, _: object = None) -> None:
        if self._state != _State.WRITING or self._outlook is None:
            return
        self.cancel.setEnabled(True)
        if self._goal is not None:
            self._desk.wanted.emit(*self._goal)
        if self._outlook.places:
            self._show_what_is_left()
        else:
            self.leave()

    def _show_what_is_left(self) -> None:
        self._state = _State.DONE
        for row in (self.into, self.by, self.names):
            self._fields.setRowVisible(row, False)
        self.counts.setText(tr("Done. Undo takes it back."))
        self.go.setVisible(False)
        self.cancel.setText(tr("Close"))
        self.conflicts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        """The scheme is another: what was worked out before may not hold."""
        if self._state == _State.ASKING and self._make is not None:
            self._begin(self._make)

    @property
    def asking(self) -> bool:
        """Whether the page has something to show."""
        return self._state in (_State.ASKING, _State.WRITING, _State.DONE)

    def leave(self) -> None:
        """Ask no more, and go back to where it began. What is being written is waited for."""
        if self._state != _State.WRITING or not self._desk.session.long_steps.busy:
            self._planner.forget()
            self._state = _State.IDLE
            self.finished.emit()

    def let_go(self) -> None:
        """Ask no more, since another thing is looked at."""
        if self._state in (_State.ASKING, _State.DONE):
            self._planner.forget()
            self._state = _State.IDLE
