"""What the types of a CAS say of their features: what kind of value each holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from annotator.importers.markup import Damaged, below, children, name_of, xml_root

_WHOLE = ("Byte", "Short", "Integer", "Long")
_NUMBERS = ("Float", "Double")
_DIGITS = re.compile(r"[+-]?\d{1,18}$")


class Feature(NamedTuple):
    """A feature of a type: what its values are, and what is said of it."""

    range: str
    about: str


@dataclass(slots=True)
class TypeSystem:
    """Types by their names, each with the one above it and its own features."""

    above: dict[str, str] = field(default_factory=dict)
    features: dict[str, dict[str, Feature]] = field(default_factory=dict)
    _ranges: dict[tuple[str, str], str] = field(default_factory=dict)  # found so far, by type and feature

    def add(self, name: str, above: str) -> None:
        """Note a type."""
        self.above[name] = above
        self.features.setdefault(name, {})

    def value(self, type_: str, feature: str, text: str) -> Any:
        """The value that a text is, as the feature of the type has it; the text where it is none, or is not known."""
        if (kind := self._ranges.get((type_, feature))) is None:
            kind = self._ranges[type_, feature] = self._range(type_, feature).removeprefix("uima.cas.")
        if not kind:
            return text
        if kind == "Boolean" and text in ("true", "false"):
            return text == "true"
        if kind in _WHOLE and _DIGITS.match(text):
            return int(text)
        if kind in _NUMBERS:
            try:
                number = float(text)
            except ValueError:
                return text
            return number if abs(number) < float("inf") else text
        return text

    def said_of(self, type_: str) -> dict[str, str]:
        """What is said of each feature of a type, where something is."""
        return {name: each.about for name, each in self.features.get(type_, {}).items() if each.about}

    def _range(self, type_: str, feature: str) -> str:
        seen = set[str]()
        while type_ in self.features and type_ not in seen:
            if feature in self.features[type_]:
                return self.features[type_][feature].range
            seen.add(type_)
            type_ = self.above[type_]
        return ""


@lru_cache(maxsize=2)  # every file of a folder asks it of the same description
def types_in_xml(text: str) -> TypeSystem:
    """The types that a description of a type system names; none where it cannot be read. Not to be changed."""
    found = TypeSystem()
    try:
        root = xml_root(text)
    except Damaged:
        return found
    for each in below(root, "typedescription"):
        name = _said(each, "name")
        found.add(name, _said(each, "supertypename"))
        for feature in below(each, "featuredescription"):
            said = Feature(_said(feature, "rangetypename"), _said(feature, "description"))
            found.features[name][_said(feature, "name")] = said
    return found


def types_in_json(held: Any) -> TypeSystem:
    """The types that a JSON CAS names under %TYPES."""
    found = TypeSystem()
    for name, each in held.items() if isinstance(held, dict) else ():
        if not isinstance(each, dict):
            continue
        found.add(name, str(each.get("%SUPER_TYPE", "")))
        for feature, said in each.items():
            if isinstance(said, dict) and not feature.startswith("%"):
                about = Feature(str(said.get("%RANGE", "")), str(said.get("%DESCRIPTION") or ""))
                found.features[name][feature] = about
    return found


def _said(element: Any, name: str) -> str:
    held = next((each for each in children(element, name) if name_of(each) == name), None)
    return (held.text or "").strip() if held is not None else ""
