"""Writes a scheme as Label Studio's configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from annotator.core.scheme import Attribute, Label, Scheme, Value
from annotator.scheme_files.base import WrittenScheme
from annotator.scheme_files.losses import guidelines, not_carried, off

TEXT = "text"  # the name of the text in the configuration, and of its field in tasks
_TAGS = {
    **{"choice": "Choices", "yes_no": "Choices", "tree": "Taxonomy", "scale": "Rating", "number": "Number"},
    **{"date": "DateTime", "text": "TextArea", "entity": "TextArea"},
}
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ControlNames(NamedTuple):
    """What the controls are called: those of labels by their layer, those of attributes by their id."""

    layers: dict[str, str]
    attributes: dict[str, str]


def control_names(scheme: Scheme) -> ControlNames:
    """The names that the configuration of `scheme` has: results of tasks refer to them."""
    writing = LabelStudioWriting(scheme)
    return ControlNames(writing.layers, writing.attributes)


class LabelStudioWriting:
    """One scheme being written."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._taken: set[str] = {TEXT}
        self._every = list(scheme.attributes())
        self.attributes = {attribute.id: self._free(attribute.name) for attribute in self._every}
        self.layers = {layer.name: self._free(layer.name) for layer in scheme.layers if scheme.labels_of(layer.name)}
        self._rules = 0

    def written(self) -> WrittenScheme:
        """The configuration, and what it leaves out."""
        view = Element("View")
        if self._scheme.relations:
            links = SubElement(view, "Relations")
            for kind in self._scheme.relations:
                SubElement(links, "Relation", value=_clean(kind.name))
        for layer in self._scheme.layers:
            if labels := self._scheme.labels_of(layer.name):
                held = SubElement(view, "Labels", name=self.layers[layer.name], toName=TEXT)
                for label in labels:
                    SubElement(held, "Label", self._label(label))
        SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
        for attribute in self._every:
            self._attribute(view, attribute)
        indent(view)
        return WrittenScheme(tostring(view, encoding="unicode") + "\n", self._lost())

    def _free(self, name: str) -> str:
        free = base = _clean(name)
        number = 2
        while free in self._taken:
            free, number = f"{base}_{number}", number + 1
        self._taken.add(free)
        return free

    def _label(self, label: Label) -> dict[str, str]:
        key = {"hotkey": _clean(label.shortcut)} if label.shortcut and label.enabled else {}
        return _called(label.name, label.title) | {"background": label.color} | key

    def _attribute(self, view: Element, attribute: Attribute) -> None:
        held = {"name": self.attributes[attribute.id], "toName": TEXT}
        owners = [label for label in self._scheme.labels if attribute in label.attributes]
        if owners:
            held["perRegion"] = "true"
            if any(attribute not in label.attributes for label in self._scheme.labels):
                held["visibleWhen"] = "region-selected"
                held["whenLabelValue"] = ",".join(_clean(label.name) for label in owners)
        if attribute.title:
            held["title"] = _clean(attribute.title)
        if attribute.required:
            held["required"] = "true"
        if attribute.kind == "date":
            held["only"] = "date"
        if attribute.kind in ("choice", "yes_no"):
            held["choice"] = "multiple" if attribute.several else "single"
        control = SubElement(view, _TAGS[attribute.kind], held | self._bounds(attribute) | self._seen(attribute))
        values = (Value("yes"), Value("no")) if attribute.kind == "yes_no" else attribute.values
        _choices(control, values, "" if attribute.kind == "tree" else None)

    def _bounds(self, attribute: Attribute) -> dict[str, str]:
        low, high = attribute.minimum, attribute.maximum
        if attribute.kind == "scale":
            return {"maxRating": f"{high or len(attribute.values) or 5:g}"}
        if attribute.kind == "number":
            return {name: f"{bound:g}" for name, bound in (("min", low), ("max", high)) if bound is not None}
        if attribute.kind == "tree" and not attribute.several:
            return {"maxUsages": "1"}
        return {"maxUsages": f"{high:g}"} if attribute.several and high else {}

    def _seen(self, attribute: Attribute) -> dict[str, str]:
        """When it is asked, as far as one rule of one other list says it."""
        rules = [(other, rule) for other in self._every for rule in other.skips if rule.hidden == attribute.id]
        self._rules += len(rules)
        if len(rules) != 1 or not rules[0][1].value:
            return {}
        self._rules -= 1
        other, rule = rules[0]
        when = "choice-selected" if rule.but else "choice-unselected"
        return {"visibleWhen": when, "whenTagName": self.attributes[other.id], "whenChoiceValue": _clean(rule.value)}

    def _lost(self) -> tuple[str, ...]:
        rest = sum(rule.hidden not in self.attributes for each in self._every for rule in each.skips)
        return not_carried(
            {
                "guidelines": guidelines(self._scheme),
                "registry entries (they are asked as text)": sum(each.kind == "entity" for each in self._every),
                "ends of links": sum(bool(kind.sources or kind.targets) for kind in self._scheme.relations),
                "codes of values": sum(any(value.code for value in each.values) for each in self._every),
                "lists that depend on another answer": sum(bool(each.depends) for each in self._every),
                "rules about what is asked": self._rules + rest + sum(bool(each.unless) for each in self._every),
                "labels and attributes that are not in use (they are written like the others)": off(self._scheme),
            }
        )


def _choices(control: Element, values: Iterable[Value], parent: str | None) -> None:
    """The values as elements; those of a tree, under `parent`, within each other."""
    every = list(values)
    for value in every:
        if parent is None or value.parent == parent:
            made = SubElement(control, "Choice", _called(value.name, value.title))
            if parent is not None:
                _choices(made, every, value.name)


def _called(name: str, title: str) -> dict[str, str]:
    """What is shown, and what is stored where that differs."""
    return {"value": _clean(title), "alias": _clean(name)} if title else {"value": _clean(name)}


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
