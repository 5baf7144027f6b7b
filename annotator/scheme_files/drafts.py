"""A scheme that is being put together from another tool's file, under names alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json


class Draft:
    """Layers, labels, attributes and links in the order in which they are named; each name once in its place."""

    def __init__(self, name: str) -> None:
        self.notes: list[str] = []
        self._name = name
        self._layers: dict[str, dict[str, Any]] = {}
        self._labels: dict[tuple[str, str], dict[str, Any]] = {}
        self._attributes: list[dict[str, Any]] = []
        self._relations: dict[str, dict[str, Any]] = {}

    @property
    def labels(self) -> list[tuple[str, str]]:
        """(layer, name) of each label."""
        return list(self._labels)

    def note(self, text: str) -> None:
        """Something a person should know, once."""
        if text not in self.notes:
            self.notes.append(text)

    def label_there(self, layer: str, name: str) -> dict[str, Any]:
        """What is said of a label so far, to be added to."""
        return self._labels[layer, name]

    def labels_of(self, layer: str) -> list[str]:
        """The names of the labels in that layer."""
        return [name for owner, name in self._labels if owner == layer]

    def layer(self, name: str, title: str = "") -> str:
        """The layer of that name, made where there is none; returns the name."""
        self._layers.setdefault(name, {"name": name, "title": title if title != name else "", "labels": []})
        return name

    def label(self, layer: str, name: str, **more: Any) -> dict[str, Any]:
        """A label of a layer; one that is there already stays, and is noted."""
        key = (self.layer(layer), name)
        if key in self._labels:
            self.note(f"Left out: a second label {name}.")
            return self._labels[key]
        made = self._labels[key] = {"name": name, "color": "", **{each: value for each, value in more.items() if value}}
        self._layers[layer]["labels"].append(made)
        return made

    def attribute(self, name: str, kind: str, owners: Iterable[str], **more: Any) -> dict[str, Any]:
        """An attribute of the labels or layers that `owners` name as files do; of the form where there are none."""
        place = len(self._attributes)
        second = any(each["name"] == name for each in self._attributes)
        made: dict[str, Any] = {"name": name, "kind": kind, "labels": list(owners), **more}
        if second:  # ids are made from names
            made["id"] = f"{self._name}/attributes/{name}/{place}"
        made["form"] = not made["labels"]
        self._attributes.append(made)
        return made

    def relation(self, name: str, sources: Iterable[str], targets: Iterable[str], title: str = "") -> None:
        """A link; one of that name that is there gets these ends as well. Ends are labels or layers; none: any."""
        ends = {"from": list(dict.fromkeys(sources)), "to": list(dict.fromkeys(targets))}
        known = self._relations.get(name)
        if known is None:
            self._relations[name] = {"name": name, "title": title, **ends}
            return
        grown = {end: _both(known[end], names) for end, names in ends.items()}
        if all(grown[end] != known[end] for end in ends):  # else it joins no more than the two did
            self.note(f"The link {name} is defined more than once; it may now join all that any of these allows.")
        known.update(grown)

    def scheme(self) -> Scheme:
        """The scheme that it has become."""
        return scheme_from_json(
            {
                "name": self._name,
                "layers": list(self._layers.values()),
                "attributes": self._attributes,
                "relation_types": list(self._relations.values()),
            }
        )


def _both(one: list[str], other: list[str]) -> list[str]:
    """All ends of either; none, which means any, where either has none."""
    return [*one, *(each for each in other if each not in one)] if one and other else []
