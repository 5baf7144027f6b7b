"""Writes brat's configuration: annotation.conf, and visual.conf and kb_shortcuts.conf beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotator.core.scheme import Attribute, Label, RelationType, Scheme
from annotator.scheme_files.base import WrittenScheme
from annotator.scheme_files.brat_reading import ENTITIES, EVENTS, GROUP
from annotator.scheme_files.losses import guidelines, not_carried, off, rules

_CARRIED = ("choice", "tree", "scale", "yes_no")


class BratWriting:
    """One scheme being written. brat knows one name a type, of letters, digits, “_” and “-”."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._respelt = 0
        self._taken: set[str] = set()
        self._names = {label.id: self._spelt(label.name) for label in scheme.labels}
        self._links = {kind.id: self._spelt(kind.name) for kind in scheme.relations}

    def written(self) -> WrittenScheme:
        """The files, and what they leave out."""
        scheme = self._scheme
        attributes = [*self._attribute_lines()]
        parts = [
            ("entities", self._entities()),
            ("relations", [line for kind in scheme.relations for line in self._relation(kind)]),
            ("events", [self._event(label) for label in scheme.labels_of(EVENTS)]),
            ("attributes", attributes),
        ]
        text = "\n".join("\n".join([f"[{name}]", "", *lines, ""]) for name, lines in parts)
        return WrittenScheme(text, self._lost(), {"visual.conf": self._visual(), "kb_shortcuts.conf": self._keys()})

    def _spelt(self, name: str) -> str:
        spelt = base = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_") or "type"
        number = 2
        while spelt in self._taken:
            spelt, number = f"{base}_{number}", number + 1
        self._taken.add(spelt)
        self._respelt += spelt != name
        return spelt

    def _group(self, layer: str) -> str:
        """The type that stands above a layer's labels: brat has no two of one name."""
        return self._spelt(f"{layer}{GROUP}" if layer in self._taken else layer)

    def _entities(self) -> list[str]:
        lines = []
        for layer in self._scheme.layers:
            names = [self._names[label.id] for label in self._scheme.labels_of(layer.name)]
            if layer.name == ENTITIES:
                lines += names
            elif layer.name != EVENTS and names:
                lines += [f"!{self._group(layer.name)}", *(f"\t{name}" for name in names)]
        return lines

    def _relation(self, kind: RelationType) -> Iterable[str]:
        """Its line; links from events are their arguments, so only what is left of its beginnings."""
        sources = [label for label in self._scheme.labels if kind.starts_at(label) and label.layer != EVENTS]
        targets = [label for label in self._scheme.labels if kind.ends_at(label)]
        if sources and targets:
            ends = f"Arg1:{self._types(sources)}, Arg2:{self._types(targets)}"
            yield f"{self._links[kind.id]}\t{ends}"

    def _event(self, label: Label) -> str:
        roles = []
        for kind in self._scheme.relations_from(label):
            if targets := [other for other in self._scheme.labels if kind.ends_at(other)]:
                roles.append(f"{self._links[kind.id]}*:{self._types(targets)}")
        return "\t".join([self._names[label.id], ", ".join(roles)]).rstrip()

    def _types(self, labels: Sequence[Label]) -> str:
        return "|".join(self._names[label.id] for label in labels)

    def _attribute_lines(self) -> Iterable[str]:
        for attribute in self._scheme.attributes():
            owners = [label for label in self._scheme.labels if attribute in label.attributes]
            if owners and attribute.kind in _CARRIED:
                names = [self._bare(value.name) for value in attribute.values]
                values = f", Value:{'|'.join(names)}" if names and attribute.kind != "yes_no" else ""
                yield f"{self._spelt(attribute.name)}\tArg:{self._types(owners)}{values}"

    def _bare(self, value: str) -> str:
        bare = re.sub(r"[^\w.+-]+", "_", value) or "_"
        self._respelt += bare != value
        return bare

    def _visual(self) -> str:
        shown = [(self._names[label.id], label) for label in self._scheme.labels]
        titles = [f"{name} | {label.shown.replace('|', '/')}" for name, label in shown if label.shown != name]
        colors = [f"{name}\tbgColor:{label.color}, fgColor:white, borderColor:darken" for name, label in shown]
        return "\n".join(["[labels]", "", *titles, "", "[drawing]", "", *colors, ""])

    def _keys(self) -> str:
        keyed = [label for label in self._scheme.labels if label.shortcut and label.enabled]
        return "".join(f"{label.shortcut.upper()}\t{self._names[label.id]}\n" for label in keyed)

    def _lost(self) -> tuple[str, ...]:
        every = [*self._scheme.attributes()]
        owned = [each for each in every if each not in self._scheme.form]
        return not_carried(
            {
                "guidelines": guidelines(self._scheme),
                "questions about the document": len(self._scheme.form),
                "attributes that are neither a list nor yes and no": sum(a.kind not in _CARRIED for a in owned),
                "attributes that may hold several values (they hold one)": sum(a.several for a in owned),
                "attributes that must be answered": sum(a.required for a in owned),
                "rules about what is asked": rules(owned),
                "titles, codes and order of values": sum(_richer(a) for a in owned if a.kind in _CARRIED),
                "labels and attributes that are not in use (they are written like the others)": off(self._scheme),
                "names (spelt as brat can hold them)": self._respelt,
            }
        )


def _richer(attribute: Attribute) -> bool:
    return any(value.title or value.code or value.parent for value in attribute.values)
