"""Turns Label Studio's controls into a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from annotator.core.errors import KnownError
from annotator.scheme_files.base import ReadScheme, SchemeText
from annotator.scheme_files.drafts import Draft
from annotator.scheme_files.plain_xml import read_xml

_LABELS = ("Labels", "HyperTextLabels", "ParagraphLabels")
_ATTRIBUTES = ("Choices", "Taxonomy", "Rating", "Number", "DateTime", "TextArea")
# What only shows something, or is read with what it stands in.
_QUIET = (
    *("View", "Text", "HyperText", "Paragraphs", "Header", "Style", "Filter", "Collapse", "Panel"),
    *("Label", "Choice", "Relation"),
)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class LabelStudioReading:
    """One configuration being read."""

    def __init__(self, file: SchemeText) -> None:
        self._file = file
        self._draft = Draft(file.stem or "label-studio")
        self._root = read_xml(file.name, file.text)
        self._made: dict[str, dict[str, Any]] = {}  # attributes by the names of their controls

    def scheme(self) -> ReadScheme:
        """What it says. Raises KnownError where it has no control that this program has too."""
        controls = list(self._root.iter())
        for element in controls:
            if element.tag in _LABELS:
                self._labels(element)
        for element in controls:
            if element.tag in _ATTRIBUTES:
                self._attribute(element)
            elif element.tag == "Relations":
                for link in element.iter("Relation"):
                    self._draft.relation(self._value(link), (), ())
            elif element.tag not in (*_LABELS, *_QUIET):
                self._draft.note(f"Left out: {element.tag} {element.get('name', '')}".rstrip() + ".")
        for element in controls:
            self._rule(element)
        if not self._draft.labels and not self._made:
            raise KnownError(f"{self._file.name} has no labels for text and no questions. Nothing was changed.")
        return ReadScheme(self._draft.scheme(), tuple(self._draft.notes))

    def _value(self, element: Element) -> str:
        value = (element.get("value") or "").strip()
        if not value:
            raise KnownError(f"{self._file.name}: a {element.tag} has no value. Nothing was changed.")
        return value

    def _labels(self, element: Element) -> None:
        layer = self._draft.layer((element.get("name") or "labels").strip())
        for label in element.iter("Label"):
            value, alias = self._value(label), (label.get("alias") or "").strip()
            color = label.get("background", "")
            self._draft.label(
                *(layer, alias or value),
                title=value if alias else "",
                color=color if _COLOR.fullmatch(color) else "",
                shortcut=label.get("hotkey", "").strip(),
                guideline=(label.get("hint") or "").strip(),
            )
        if element.get("value"):
            self._draft.note(f"Left out: the labels of {layer} that each task brings with it.")
        if element.get("choice") == "multiple":
            self._draft.note(f"A mark has one label; where {layer} allows several, mark the words once for each.")

    def _attribute(self, element: Element) -> None:
        name = (element.get("name") or element.tag.lower()).strip()
        values = list(self._values(element, ""))
        kind = self._kind(element, values)
        owners = self._owners(element)
        more: dict[str, Any] = {"values": values, "title": (element.get("title") or "").strip()}
        more["several"] = bool(values) and (
            element.get("choice") == "multiple" or (element.tag == "Taxonomy" and element.get("maxUsages") != "1")
        )
        more["required"] = element.get("required", "").lower() == "true"
        rated = {"min": "1", "max": element.get("maxRating", "5")} if kind == "scale" else dict(element.attrib)
        more["minimum"], more["maximum"] = _number(rated.get("min")), _number(rated.get("max"))
        if more["several"] and (most := _number(element.get("maxUsages"))):
            more["maximum"] = most
        self._made[name] = self._draft.attribute(name, kind, owners, **more)

    def _kind(self, element: Element, values: list[dict[str, str]]) -> str:
        if element.tag == "Choices" and [value["name"] for value in values] in (["yes", "no"], ["Yes", "No"]):
            values.clear()
            return "yes_no"
        kinds = {"Choices": "choice", "Taxonomy": "tree", "Rating": "scale", "Number": "number", "DateTime": "date"}
        return kinds.get(element.tag, "text")

    def _values(self, element: Element, parent: str) -> Iterator[dict[str, str]]:
        for choice in element.findall("Choice"):
            value, alias = self._value(choice), (choice.get("alias") or "").strip()
            name = alias or value
            yield {"name": name, "title": value if alias else "", "parent": parent}
            if choice.get("selected", "").lower() == "true":
                self._draft.note(f"{value} of {element.get('name', element.tag)} is not chosen beforehand here.")
            yield from self._values(choice, name)

    def _owners(self, element: Element) -> list[str]:
        """The labels that a control per region belongs to: those that it names, else all. None: the document."""
        if element.get("perRegion", "").lower() != "true":
            return []
        wanted = [name.strip() for name in element.get("whenLabelValue", "").split(",") if name.strip()]
        named = [f"{layer}/{name}" for layer, name in self._draft.labels if name in wanted]
        return named or list(dict.fromkeys(layer for layer, _ in self._draft.labels))

    def _rule(self, element: Element) -> None:
        """A control that is seen while another one is answered so: a rule of that other."""
        asked = self._made.get((element.get("name") or "").strip())
        other = self._made.get((element.get("whenTagName") or "").strip())
        value = (element.get("whenChoiceValue") or "").strip()
        if asked is None or element.get("visibleWhen") not in ("choice-selected", "choice-unselected"):
            return
        if other is None or "," in value or asked["labels"] != other["labels"]:
            self._draft.note(f"Left out: when {asked['name']} is seen.")
            return
        while_so = element.get("visibleWhen") == "choice-selected"
        value = value.lower() if other["kind"] == "yes_no" else value
        other.setdefault("skips", []).append([value, asked["name"], while_so] if while_so else [value, asked["name"]])


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return int(number) if number is not None and number.is_integer() else number
