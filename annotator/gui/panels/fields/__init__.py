"""Editors of one attribute, a kind each. None has a default: what is not coded shows as such and can be so again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.core.scheme import Attribute
from annotator.core.values import points
from annotator.gui.panels.fields.base import Field, Surroundings
from annotator.gui.panels.fields.choice import ChoiceField
from annotator.gui.panels.fields.entity import EntityField
from annotator.gui.panels.fields.lines import DateField, NumberField
from annotator.gui.panels.fields.segments import Segments
from annotator.gui.panels.fields.several import ChipsField
from annotator.gui.panels.fields.text import TextField
from annotator.gui.panels.fields.ticks import TicksField

SEGMENTS = 3  # so many values of a choice stand side by side; more go into a list
SEGMENT_LETTERS = 20
TICKS = 7  # so many values of which several may hold have a tick each; more go into a list


def field_for(attribute: Attribute, around: Surroundings, parent: QWidget) -> Field:
    """The editor that an attribute's kind and values call for."""
    kind, values = attribute.kind, attribute.values
    if kind == "entity":
        return EntityField(attribute, around, parent)
    if kind == "yes_no" or (kind == "scale" and points(attribute) and not attribute.several):
        return Segments(attribute, around, parent)
    if values and attribute.several:
        few = len(values) <= TICKS and kind != "tree" and not attribute.depends
        return TicksField(attribute, around, parent) if few else ChipsField(attribute, around, parent)
    if values and kind != "tree" and _fit_side_by_side(attribute):
        return Segments(attribute, around, parent)
    if values:
        return ChoiceField(attribute, around, parent)
    if kind in ("number", "scale"):
        return NumberField(attribute, around, parent)
    return DateField(attribute, around, parent) if kind == "date" else TextField(attribute, around, parent)


def _fit_side_by_side(attribute: Attribute) -> bool:
    values = attribute.values
    few = len(values) <= SEGMENTS and sum(len(each.code + each.shown) for each in values) <= SEGMENT_LETTERS
    return few and not attribute.depends
