"""The page of one attribute of marks, or of one question about articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import Attribute, Value
from annotator.core.scheme_faults import attribute_faults
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import (
    Choice,
    Page,
    TextField,
    TickList,
    button,
    faint,
    fault_label,
    show_fault,
    tick,
)
from annotator.gui.dialogs.scheme.kinds import KINDS, REGISTRIES, WITH_VALUES
from annotator.gui.dialogs.scheme.operation import Operations
from annotator.gui.dialogs.scheme.rules import Rules, RulesBox
from annotator.gui.dialogs.scheme.values import ValuesTable
from annotator.gui.texts import tr

NUMERIC = ("number", "scale")


class AttributePage(Page):
    """What is asked, how it is answered, and when. Changes that reach answers go through `operations`."""

    def __init__(self, desk: Desk, operations: Operations, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._operations = operations
        self.top.addWidget(button(tr("&Merge…"), lambda: operations.merge_attribute(self.key), self.body))
        self.fault = fault_label(self.body)
        self.rows.addWidget(self.fault)
        self._make_fields()
        self._lay_out()

    def _make_fields(self) -> None:
        body = self.body
        self.first = self.name = TextField(tr("name"), lambda text: self._set(name=text), body)
        self.title = TextField(tr("shown as"), lambda text: self._set(title=text.strip()), body)
        self.title.line.setPlaceholderText(tr("as its name"))
        self.kind = Choice(tr("kind"), self._set_kind, body)
        self.registry = Choice(tr("of the registry"), lambda key: self._take(registry=key), body)
        self.several = tick(tr("may hold &several values"), self._set_several, body)
        self.required = tick(tr("&required before “finished”"), lambda on: self._take(required=on), body)
        self.used = tick(tr("in &use"), lambda on: self._take(optional=not on), body)
        self.unless = Choice(tr("unless this is answered"), lambda key: self._take(unless=key), body)
        self.least = TextField(tr("least"), lambda text: self._set_bound("minimum", text), body, longest=12)
        self.most = TextField(tr("most"), lambda text: self._set_bound("maximum", text), body, longest=12)
        self.depends = Choice(tr("values depend on"), self._set_depends, body)
        self.values = ValuesTable(body)
        self.values.values.edited.connect(self._on_values)
        self.rules = RulesBox(self._set_rules, body)
        self.asked = TickList(tr("asked of"), self._ask, body)
        self.asked.setFixedHeight(128)

    def _lay_out(self) -> None:
        form = self._form = self.form()
        form.addRow(tr("name"), self.name)
        form.addRow(tr("shown as"), self.title)
        kinds = QHBoxLayout()
        kinds.setSpacing(12)
        kinds.addWidget(self.kind, 1)
        kinds.addWidget(self.several, 1)
        form.addRow(tr("kind"), kinds)
        form.addRow(tr("of the registry"), self.registry)
        ticks = QHBoxLayout()
        ticks.setSpacing(12)
        ticks.addWidget(self.required, 1)
        ticks.addWidget(self.used, 1)
        form.addRow("", ticks)
        form.addRow(tr("not if answered"), self.unless)
        self._bounds = QWidget(self.body)
        bounded = QVBoxLayout(self._bounds)
        bounded.setContentsMargins(0, 0, 0, 0)
        bounded.setSpacing(3)
        bounds = QHBoxLayout()
        bounded.addLayout(bounds)
        self._to = faint(tr("to"), self._bounds)
        for widget, stretch in ((self.least, 1), (self._to, 0), (self.most, 1)):
            bounds.addWidget(widget, stretch)
        bounds.addStretch(2)
        for field in (self.least, self.most):
            bounded.addWidget(field.fault)  # which needs more room than a number
        form.addRow(tr("from"), self._bounds)
        form.addRow(tr("depends on"), self.depends)
        self._values_box = self._boxed_values()
        form.addRow(tr("values"), self._values_box)
        form.addRow(tr("rules"), self.rules)
        form.addRow(tr("asked of"), self.asked)
        self.rows.addStretch()

    def _boxed_values(self) -> QWidget:
        box = QWidget(self.body)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.values)
        below = QHBoxLayout()
        below.setSpacing(4)
        for text, clicked in (
            (tr("Ne&w value"), self.values.begin_new),
            (tr("Paste &lines"), self.values.paste),
            (tr("Remove"), self.values.remove_current),
        ):
            below.addWidget(button(text, clicked, box, flat=True))
        below.addStretch()
        rows.addLayout(below)
        return box

    # What is shown

    def fill(self, anew: bool) -> None:
        held = self.desk.attributes.get(self.key)
        if held is None:
            return
        beside = self.desk.beside(self.key)
        of_form = self.key in self.desk.of_form
        labels = self.desk.asked_of(self.key)
        owners = tr(", ").join(label.shown for label in labels[:6]) or tr("no label")
        self.heading.setText(held.shown)
        self.about.setText(tr("A question about each article.") if of_form else tr("Asked of {names}.", names=owners))
        faults = attribute_faults([held], self.desk.attributes.values())
        if anew or faults:
            show_fault(self.fault, "\n".join(f"{fault}." for fault in faults))
        self.name.hold(held.name, anew=anew)
        self.title.hold(held.title, anew=anew)
        self.kind.show_rows([(key, tr(words)) for key, words in KINDS], held.kind)
        self.registry.show_rows([(key, tr(words)) for key, words in REGISTRIES], held.registry)
        for box, on in ((self.several, held.several), (self.required, held.required), (self.used, not held.optional)):
            box.setChecked(on)
        others = [("", tr("no: it is always required")), *((each.id, each.shown) for each in beside)]
        self.unless.show_rows(others, held.unless)
        deciding = [each for each in beside if each.values or each.kind == "yes_no"]
        self.depends.show_rows([("", tr("nothing")), *((each.id, each.shown) for each in deciding)], held.depends)
        self.least.hold(_number(held.minimum), anew=anew)
        self.most.hold(_number(held.maximum), anew=anew)
        self.values.show_values(held, self.desk.attributes.get(held.depends))
        self.rules.show_rules(held, beside)
        self.asked.show_rows(
            (label.id, f"{label.layer}: {label.shown}", label in labels) for label in self.desk.scheme.labels
        )
        self._show_rows(held, of_form=of_form, alone=not beside)

    def _show_rows(self, held: Attribute, *, of_form: bool, alone: bool) -> None:
        """Only what this kind of attribute has."""
        form: QFormLayout = self._form
        with_values = held.kind in WITH_VALUES
        self.several.setVisible(with_values or held.kind == "entity")
        form.setRowVisible(self.registry, held.kind == "entity")
        form.setRowVisible(self.unless, held.required and not alone)
        form.setRowVisible(self._bounds, held.kind in NUMERIC or held.several)
        for widget in (self.least, self._to):
            widget.setVisible(held.kind in NUMERIC)
        self.most.line.setPlaceholderText("" if held.kind in NUMERIC else tr("how many at most"))
        form.setRowVisible(self.depends, with_values and not alone)
        form.setRowVisible(self._values_box, with_values)
        form.setRowVisible(self.rules, not alone)
        form.setRowVisible(self.asked, not of_form)

    # What is changed

    def _set(self, **parts: Any) -> str:
        return self.desk.set_attribute(self.key, **parts)

    def _take(self, **parts: Any) -> None:
        """Change parts; where that is refused, say why above all, and show what is so still."""
        self.say(self._set(**parts))

    def say(self, why: str) -> None:
        """Say why something was refused, and show what is so still; with nothing to say, take that away."""
        self.fill(False)
        show_fault(self.fault, why)
        if why:
            self.ensureWidgetVisible(self.fault)

    def _set_kind(self, kind: str) -> None:
        held = self.desk.attributes[self.key]
        if kind != held.kind:
            values = held.values if kind in WITH_VALUES else ()
            depends = held.depends if kind in WITH_VALUES else ""
            new = replace(held, kind=kind, values=values, depends=depends)  # type: ignore[arg-type]  # one of KINDS
            self._change(new, {}, tr("Make {name} another kind of attribute", name=held.shown))

    def _set_several(self, on: bool) -> None:
        held = self.desk.attributes[self.key]
        most = held.maximum if on or held.kind in NUMERIC else None
        new = replace(held, several=on, maximum=most)
        self._change(new, {}, tr("How many values {name} may hold", name=held.shown))

    def _set_depends(self, key: str) -> None:
        held = self.desk.attributes[self.key]
        values = tuple(value._replace(when="") for value in held.values) if key != held.depends else held.values
        self._take(depends=key, values=values)

    def _set_bound(self, bound: str, text: str) -> str:
        if not text.strip():
            return self._set(**{bound: None})
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return tr("A number is wanted here.")
        if number != number or abs(number) == float("inf"):
            return tr("A number is wanted here.")
        return self._set(**{bound: number})

    def _on_values(self, values: tuple[Value, ...], renamed: Mapping[str, str | None], heading: str) -> None:
        if renamed:
            self._change(replace(self.desk.attributes[self.key], values=values), renamed, heading)
        else:
            self._take(values=values)

    def _set_rules(self, rules: Rules) -> None:
        self._take(skips=rules)

    def _change(self, attribute: Attribute, renamed: Mapping[str, str | None], heading: str) -> None:
        show_fault(self.fault, "")
        self._operations.change_attribute(attribute, renamed, heading)

    def _ask(self, label: str, on: bool) -> None:
        key = self.key
        self.say(self.desk.do(lambda edits: edits.attach(key, label) if on else edits.detach(key, label)))


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
