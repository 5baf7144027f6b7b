"""Answers in TEI: feature structures, in which a value keeps its kind."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.core.annotation import AttributeValue
from annotator.exporters.carrying import Ledger
from annotator.exporters.spelling import PLAIN, Spelling
from annotator.exporters.tei_text import TEI
from annotator.exporters.xml_text import Element, child, xml_text


def add_features(
    parent: Element, about: Mapping[str, str], answers: Mapping[str, AttributeValue], ledger: Ledger
) -> None:
    """A structure with a feature for each of `answers`; `about` are its attributes."""
    if not answers:
        return
    structure = child(parent, f"{TEI}fs", about)
    names = Spelling(PLAIN, "feature")
    for name, value in answers.items():
        feature = child(structure, f"{TEI}f", {"name": f"f.{names.of((name,), name)}", "n": xml_text(name, ledger)})
        if isinstance(value, list):
            several = child(feature, f"{TEI}vColl", {"org": "list"})
            for each in value:
                child(several, f"{TEI}string", text=xml_text(each, ledger))
        else:
            _single(feature, value, ledger)


def _single(feature: Element, value: AttributeValue, ledger: Ledger) -> None:
    if isinstance(value, bool):
        child(feature, f"{TEI}binary", {"value": "true" if value else "false"})
    elif isinstance(value, int | float):
        child(feature, f"{TEI}numeric", {"value": repr(value)})
    else:
        child(feature, f"{TEI}string", text=xml_text(str(value), ledger))


def features(structure: Element) -> dict[str, AttributeValue]:
    """The answers in a structure."""
    return {feature.get("n"): _value(feature[0]) for feature in structure}


def _value(held: Element) -> AttributeValue:
    kind = held.tag.removeprefix(TEI)
    if kind == "vColl":
        return [each.text or "" for each in held]
    if kind == "binary":
        return bool(held.get("value") == "true")
    if kind == "numeric":
        number: str = held.get("value")
        return int(number) if number.lstrip("-").isdigit() else float(number)
    return str(held.text or "")
