"""A scheme from outside made fit for use: what stands twice once, taken keys free, colours readable; each told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.core.errors import KnownError
from annotator.core.label_colors import CHOICE, color_for
from annotator.core.scheme import Attribute, Label, RelationType, Scheme, Value
from annotator.core.scheme_edits import key_for
from annotator.core.scheme_faults import scheme_faults

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
T = TypeVar("T")


def mended(scheme: Scheme, taken: Iterable[Label] = ()) -> tuple[Scheme, list[str]]:
    """`scheme` with what can be put right put right, and a sentence for each such thing.

    `taken` are labels of the project that it comes into: keys of theirs are not given again. Raises KnownError,
    naming the faults, where others are left.
    """
    notes: list[str] = []
    scheme = replace(
        scheme,
        layers=_once(scheme.layers, lambda layer: layer.name, "layer", notes),
        labels=_once(scheme.labels, lambda label: f"{label.layer}/{label.name}", "label", notes),
        relations=_once(scheme.relations, lambda kind: kind.name, "link", notes),
        form=_asked_once("the form", scheme.form, notes),
    )
    scheme = replace(scheme, labels=tuple(_labels(scheme.labels, list(taken), notes)))
    scheme = replace(scheme, relations=tuple(_relations(scheme, notes)))
    if faults := scheme_faults(scheme):
        raise KnownError(f"This scheme has faults: {'; '.join(faults)}. Nothing was changed.")
    return scheme, notes


def _once(things: Iterable[T], name: Callable[[T], str], what: str, notes: list[str]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for thing in things:
        if name(thing) in found:
            notes.append(f"Left out: a second {what} {name(thing)}.")
        found.setdefault(name(thing), thing)
    return tuple(found.values())


def _asked_once(owner: str, attributes: tuple[Attribute, ...], notes: list[str]) -> tuple[Attribute, ...]:
    whole = tuple(_valued(attribute, notes) for attribute in attributes)
    return _once(whole, lambda attribute: attribute.name, f"attribute of {owner}:", notes)


def _valued(attribute: Attribute, notes: list[str]) -> Attribute:
    name = attribute.name
    said: list[str] = []
    values: tuple[Value, ...] = _once(attribute.values, lambda value: value.name, f"value of {name}:", said)
    notes += [note for note in said if note not in notes]
    return attribute if values == attribute.values else replace(attribute, values=values)


def _labels(labels: Iterable[Label], taken: list[Label], notes: list[str]) -> Iterator[Label]:
    every = list(labels)
    keys = {label.shortcut.lower(): label.name for label in taken if label.shortcut and label.enabled}
    there = {label.id for label in taken} | {(label.layer, label.name) for label in taken}
    wanted = [label.shortcut for label in every if label.enabled]
    colors = [label.color for label in (*taken, *every)]
    for label in every:
        known = label.id in there or (label.layer, label.name) in there
        if not _COLOR.fullmatch(label.color):
            label = replace(label, color=_color(colors))
            colors.append(label.color)
        if label.enabled and label.shortcut and not known:
            label = _with_free_key(label, keys, wanted, notes)
            keys[label.shortcut.lower()] = label.name
        yield replace(label, attributes=_asked_once(label.shown, label.attributes, notes))


def _color(taken: Sequence[str]) -> str:
    """One that is unlike those taken; when all of them are, one after the other again."""
    used = dict.fromkeys(color.lower() for color in taken)
    return color_for(used) if any(color not in used for color in CHOICE) else CHOICE[len(taken) % len(CHOICE)]


def _with_free_key(label: Label, keys: Mapping[str, str], wanted: Iterable[str], notes: list[str]) -> Label:
    """The label with its key, or another where that one is given already or is none."""
    key = label.shortcut.lower()
    if key not in keys and len(key) == 1 and not key.isspace():
        return label
    free = key_for(label.name, [*keys, *wanted])
    why = f"belongs to {keys[key]}" if key in keys else "is not one letter or sign"
    notes.append(f"The key {label.shortcut} of {label.name} {why}; {f'it got {free}' if free else 'it has none now'}.")
    return replace(label, shortcut=free)


def _relations(scheme: Scheme, notes: list[str]) -> Iterator[RelationType]:
    """The links, with the ends that there are; one that would lose a whole end, and so lead anywhere, is left out."""
    known = {label.name for label in scheme.labels} | {layer.name for layer in scheme.layers}
    for kind in scheme.relations:
        gone = [end for end in dict.fromkeys((*kind.sources, *kind.targets)) if end not in known]
        sources, targets = (tuple(end for end in ends if end in known) for ends in (kind.sources, kind.targets))
        notes += [f"The link {kind.name} ends at {end} no more: that is no label and no layer." for end in gone]
        if bool(sources) == bool(kind.sources) and bool(targets) == bool(kind.targets):
            yield replace(kind, sources=sources, targets=targets)
        else:
            notes.append(f"Left out: the link {kind.name}, which has no end left.")
