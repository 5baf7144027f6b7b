"""A scheme taken into that of a project: what it adds, worked out before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.rows import written
from annotator.core.scheme import Attribute, Label, RelationType, Scheme
from annotator.core.scheme_changes import SchemeGrowth
from annotator.core.scheme_faults import scheme_faults
from annotator.core.scheme_mending import mended


class Joining(NamedTuple):
    """The step that takes a scheme in, and how much it adds; `there`: labels and links that the project has."""

    change: ChangeSet
    labels: int
    links: int
    attributes: int
    there: int
    notes: tuple[str, ...]


def joined(scheme: Scheme, tables: Mapping[str, Mapping[str, Row]], coming: Scheme, name: str) -> Joining:
    """What `coming` adds to a project whose scheme is `scheme`, with its rows in `tables`; the step is called `name`.

    What the project has stays as it is; its links may end where those of `coming` do, too. Raises KnownError where
    the two do not go together.
    """
    coming, notes = mended(coming, scheme.labels)
    coming = _speaking_of(scheme, coming)
    growth = SchemeGrowth(scheme, tables["labels"].get)
    growth.scheme(coming)
    wider, rows = _widened(scheme, coming, tables["relation_types"])
    whole = growth.grown
    whole = replace(whole, relations=tuple(wider.get(kind.id, kind) for kind in whole.relations))
    if faults := [fault for fault in scheme_faults(whole) if fault not in scheme_faults(scheme)]:
        raise KnownError(f"This scheme does not go with the project’s: {'; '.join(faults)}. Nothing was changed.")
    added = growth.take_rows()
    labels, links, attributes = (
        sum(row.table == table and row.before is None for row in added)
        for table in ("labels", "relation_types", "attributes")
    )
    there = len(coming.labels) + len(coming.relations) - labels - links
    return Joining(ChangeSet(name, (*added, *rows)), labels, links, attributes, there, tuple(notes))


def _speaking_of(scheme: Scheme, coming: Scheme) -> Scheme:
    """`coming` with the project's own attributes in its rules, where the project has one of that name already."""
    held = {(label.layer, label.name): label for label in scheme.labels}
    known: dict[str, str] = {}
    for label in coming.labels:
        mine = held.get((label.layer, label.name))
        known |= _same(mine.attributes if mine else (), label.attributes)
    known |= _same(scheme.form, coming.form)
    return replace(
        coming,
        labels=tuple(_with_rules(label, known) for label in coming.labels),
        form=tuple(_ruled(attribute, known) for attribute in coming.form),
    )


def _same(mine: Iterable[Attribute], theirs: Iterable[Attribute]) -> dict[str, str]:
    names = {attribute.name: attribute.id for attribute in mine}
    return {each.id: names[each.name] for each in theirs if each.name in names and names[each.name] != each.id}


def _with_rules(label: Label, known: Mapping[str, str]) -> Label:
    return replace(label, attributes=tuple(_ruled(attribute, known) for attribute in label.attributes))


def _ruled(attribute: Attribute, known: Mapping[str, str]) -> Attribute:
    return replace(
        attribute,
        depends=known.get(attribute.depends, attribute.depends),
        unless=known.get(attribute.unless, attribute.unless),
        skips=tuple(rule._replace(hidden=known.get(rule.hidden, rule.hidden)) for rule in attribute.skips),
    )


def _widened(
    scheme: Scheme, coming: Scheme, rows: Mapping[str, Row]
) -> tuple[dict[str, RelationType], list[RowChange]]:
    """The project's links that get more ends, by id, and their rows."""
    ids, names = {kind.id: kind for kind in scheme.relations}, {kind.name: kind for kind in scheme.relations}
    wider: dict[str, RelationType] = {}
    for kind in coming.relations:
        mine = ids.get(kind.id) or names.get(kind.name)
        if mine is None:
            continue
        grown = replace(mine, sources=_both(mine.sources, kind.sources), targets=_both(mine.targets, kind.targets))
        if grown != mine:
            wider[mine.id] = grown
    changes = []
    for key, kind in wider.items():
        after = {**rows[key], "sources": written(list(kind.sources)), "targets": written(list(kind.targets))}
        changes.append(RowChange("relation_types", key, rows[key], after))
    return wider, changes


def _both(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """All ends of either; none, which means any, where either has none."""
    return tuple(dict.fromkeys((*mine, *theirs))) if mine and theirs else ()
