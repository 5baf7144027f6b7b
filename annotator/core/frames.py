"""Frames: an annotation whose links to others of its own layer make it whole, as a quote has its source and its cue.

Which links these are follows from the scheme: those that start at the label and lead to another one of its layer from
which no link starts. A SOURCE is there for its QUOTE; a ROLE, which may be affiliated itself, is no part of a PERSON.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from annotator.core.annotation import Annotation, Relation
from annotator.core.scheme import Label, RelationType, Scheme


def part_kinds(scheme: Scheme, head: Label) -> list[RelationType]:
    """The links that make an annotation with the label `head` whole, in the scheme's order; empty for most labels."""
    return [kind for kind in scheme.relations_from(head) if kind.sources and part_label(scheme, head, kind)]


def part_label(scheme: Scheme, head: Label, kind: RelationType) -> Label | None:
    """The label that the part at the end of a link `kind` from `head` has; None when the link leads to no part."""
    beside = [label for label in scheme.labels_of(head.layer) if label.name != head.name and label.enabled]
    return next((label for label in beside if label.name in kind.targets and not _starts_links(scheme, label)), None)


def _starts_links(scheme: Scheme, label: Label) -> bool:
    return any(kind.sources for kind in scheme.relations_from(label))


def missing_kinds(scheme: Scheme, head: Annotation, relations: Iterable[Relation]) -> list[RelationType]:
    """The links that would make `head` whole and are not among `relations`."""
    filled = {relation.type.id for relation in relations if relation.source == head.id}
    return [kind for kind in part_kinds(scheme, head.label) if kind.id not in filled]


def part_relations(scheme: Scheme, head: Annotation, relations: Iterable[Relation]) -> list[Relation]:
    """The links from `head` to its parts."""
    kinds = {kind.id for kind in part_kinds(scheme, head.label)}
    return [relation for relation in relations if relation.source == head.id and relation.type.id in kinds]


def frame(
    scheme: Scheme, head: Annotation, annotations: Mapping[str, Annotation], relations: Collection[Relation]
) -> list[Annotation]:
    """`head` with those of its parts that belong to no other frame: what is deleted with it.

    A part of another layer, as an entity that a quote is said by, stands for itself and is none of them.
    """
    own = [annotations.get(relation.target) for relation in part_relations(scheme, head, relations)]
    whole = {head.id: head}
    for part in own:
        if part is not None and part.label.layer == head.label.layer and not _shared(part, head, relations):
            whole[part.id] = part
    return list(whole.values())


def _shared(part: Annotation, head: Annotation, relations: Iterable[Relation]) -> bool:
    return any(
        part.id in (link.source, link.target) and head.id not in (link.source, link.target) for link in relations
    )
