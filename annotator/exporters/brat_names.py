"""A scheme in names that brat can hold: for its standoff files, and for the configuration beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from annotator.core.annotation import AttributeValue
from annotator.core.frames import part_kinds
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme
from annotator.exporters.spelling import PLAIN, Spelling

EVENTS = "events"  # the layer whose labels brat's configuration calls events
_NO_VALUE = re.compile(r"[^\w.+-]+")
_LISTED = ("choice", "tree", "scale")


class BratNames:
    """One scheme, respelt. Labels whose links make them whole, as a quote's to its source, are brat's events."""

    def __init__(self, scheme: Scheme) -> None:
        self._spelling = Spelling(PLAIN, "type", behind="-")
        for label in scheme.labels:
            self._spelling.label(label)
        for kind in scheme.relations:
            self.link(kind)
        self._attributes = {each.name: each for each in scheme.attributes()}
        self._values: dict[str, Spelling] = {}
        for name in self._attributes:
            self.attribute(name)
        self._heads = {(label.layer, label.name) for label in scheme.labels if part_kinds(scheme, label)}
        self.scheme = self._respelt(scheme)

    @property
    def spelling(self) -> Spelling:
        """The names, to be told about."""
        return self._spelling

    def label(self, label: Label) -> str:
        """The type of a mark with `label`."""
        return self._spelling.label(label)

    def link(self, kind: RelationType) -> str:
        """The type of a link, or the role of what is at its end. It ends in no digit: brat numbers roles with those."""
        name = f"{kind.name}-" if kind.name[-1:].isdigit() else kind.name
        return self._spelling.of(("link", kind.name), name, f"{name}-link")

    def attribute(self, name: str) -> str:
        """The type of an attribute."""
        return self._spelling.of(("attribute", name), name, f"{name}-attribute")

    def is_event(self, label: Label) -> bool:
        """Whether marks with `label` are triggers of events."""
        return label.layer == EVENTS or (label.layer, label.name) in self._heads

    def value(self, name: str, value: AttributeValue) -> str | None:
        """The value of an attribute as brat can hold it: empty for yes; None where it cannot."""
        attribute = self._attributes.get(name)
        if attribute is None:
            return None
        if attribute.kind == "yes_no" and value is True:
            return ""
        known = attribute.kind in _LISTED and value in [each.name for each in attribute.values]
        return self._value(attribute, str(value)) if known else None

    def _value(self, attribute: Attribute, value: str) -> str:
        spelling = self._values.setdefault(attribute.name, Spelling(_NO_VALUE, "value"))
        return spelling.of((value,), value)

    def _respelt(self, scheme: Scheme) -> Scheme:
        labels = tuple(self._label(label) for label in scheme.labels)
        layers = [*(each for each in scheme.layers if each.name != EVENTS), Layer(EVENTS, EVENTS)]
        kinds = [
            replace(
                kind,
                name=self.link(kind),
                title=kind.shown,
                sources=self._ends(scheme, kind.starts_at),
                targets=self._ends(scheme, kind.ends_at),
            )
            for kind in scheme.relations
        ]
        return replace(scheme, layers=tuple(layers), labels=labels, relations=tuple(kinds))

    def _ends(self, scheme: Scheme, fits: Callable[[Label], bool]) -> tuple[str, ...]:
        return tuple(self.label(label) for label in scheme.labels if fits(label))

    def _label(self, label: Label) -> Label:
        layer = EVENTS if self.is_event(label) else label.layer
        asked = tuple(self._attribute(each) for each in label.attributes)
        return replace(label, name=self.label(label), layer=layer, title=label.shown, attributes=asked)

    def _attribute(self, attribute: Attribute) -> Attribute:
        values = tuple(each._replace(name=self._value(attribute, each.name)) for each in attribute.values)
        return replace(attribute, name=self.attribute(attribute.name), values=values)


def escaped(text: str) -> str:
    r"""`text` in one line: line ends become \n, as two signs."""
    return text.replace("\r", "\n").replace("\n", "\\n")


def numbered(roles: Mapping[str, int], role: str) -> str:
    """The role as brat writes it where it stands for the nth time: source, source2, …"""
    return f"{role}{roles[role]}" if roles[role] > 1 else role
