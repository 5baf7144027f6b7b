"""Attributes whose values are called otherwise, and two that become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotator.core.scheme import Attribute, Value


def values_renamed(attribute: Attribute, renamed: Mapping[str, str | None]) -> Attribute:
    """Its own values and rules, where they still name a value as it was called before."""
    names = {value.name for value in attribute.values}

    def now(name: str) -> str:
        return name if name in names or not name else renamed.get(name, name) or ""

    skips = tuple(skip._replace(value=now(skip.value)) for skip in attribute.skips)
    kept = (new for new, old in zip(skips, attribute.skips, strict=True) if new.value or not old.value)
    values = tuple(value._replace(parent=now(value.parent)) for value in attribute.values)
    return replace(attribute, values=values, skips=tuple(dict.fromkeys(kept)))


def when_renamed(attribute: Attribute, renamed: Mapping[str, str | None]) -> Attribute:
    """One that depends on the attribute whose values are called otherwise."""
    values = tuple(value._replace(when=renamed.get(value.when, value.when) or "") for value in attribute.values)
    return replace(attribute, values=values)


def ids_replaced(attribute: Attribute, ids: Mapping[str, str]) -> Attribute:
    """The attribute, its rules speaking of others in the place of some."""
    depends, unless = (ids.get(key, key) for key in (attribute.depends, attribute.unless))
    skips = tuple(skip._replace(hidden=ids.get(skip.hidden, skip.hidden)) for skip in attribute.skips)
    return replace(attribute, depends=depends, unless=unless, skips=skips)


def without(attribute: Attribute, gone: str) -> Attribute:
    """The attribute without rules that speak of the one with that id."""
    if attribute.unless == gone:
        attribute = replace(attribute, unless="")
    if attribute.depends == gone:
        attribute = replace(attribute, depends="", values=tuple(v._replace(when="") for v in attribute.values))
    return replace(attribute, skips=tuple(skip for skip in attribute.skips if skip.hidden != gone))


def without_rules(attribute: Attribute) -> Attribute:
    """The attribute, asked always and with all its values."""
    values = tuple(value._replace(when="") for value in attribute.values)
    return replace(attribute, depends="", unless="", skips=(), values=values)


def form_of(kind: str) -> str:
    """How answers of that kind are held: kinds of one form may be changed into each other."""
    return {"yes_no": "yes_no", "number": "number", "entity": "entity", "date": "date"}.get(kind, "text")


def with_values(attribute: Attribute, other: Attribute) -> Attribute:
    """The attribute with the values that another of its name has besides, and as many as either allows."""
    there = {value.name for value in attribute.values}
    codes = {value.code for value in attribute.values}
    more: list[Value] = [
        value._replace(code="" if value.code in codes else value.code)
        for value in other.values
        if value.name not in there
    ]
    return replace(attribute, values=(*attribute.values, *more), several=attribute.several or other.several)


def free_attribute_name(name: str, held: Mapping[str, Attribute]) -> str:
    """`name`, with a number behind it where one of `held` has it already."""
    taken = {attribute.name for attribute in held.values()}
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name} {number}"
    return free
