"""Answers as a file writes them, made into what the project's attribute asks for: most formats know words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute

_WORDS = {"yes": True, "true": True, "no": False, "false": False}
_PARTS = re.compile(r"(?:[^\\|]|\\.|\\$)+", re.DOTALL)  # what stands between |, as exports join several values
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_LISTED = ("choice", "tree", "text", "entity")


def fitted(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    """`value` as `attribute` holds such: yes for “yes”, a number for “3”, a list where there may be several values.

    What does not fit stays as it is, for the list of problems to name.
    """
    if not isinstance(value, str):
        return value
    if attribute.several and attribute.kind in _LISTED:
        return [re.sub(r"\\([\\|])", r"\1", part) for part in _PARTS.findall(value) if part] or [value]
    if attribute.kind == "yes_no":
        return _WORDS.get(value.lower(), value)
    if attribute.kind == "number" and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def all_fitted(
    attributes: Mapping[str, Attribute], answers: Mapping[str, AttributeValue]
) -> Mapping[str, AttributeValue]:
    """Answers by the names of their attributes, each as its attribute, where that is known, holds such."""
    return {name: fitted(attributes[name], value) if name in attributes else value for name, value in answers.items()}
