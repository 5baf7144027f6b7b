"""The rows that values are kept as: which columns, in which order, and values to rows.

A row holds what a database column holds: text, numbers or nothing. What has parts (fragments, attributes) is JSON,
written one way only, so that two equal values make two equal rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.core.annotation import Annotation, DocumentLabel, RegistryEntry, Relation, Zone
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Skip, Value
from annotator.core.span import Span

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": (
        *("id", "sha256", "title", "publication", "published", "language", "direction"),
        *("metadata", "note", "created"),
    ),
    "occurrences": ("id", "document", "uri", "path", "title"),
    "zones": ("id", "document", "label", "start", "end"),
    "layers": ("id", "name", "title", "position"),
    "labels": (
        *("id", "layer", "name", "title", "color", "shortcut", "enabled", "attributes"),
        *("guideline", "position"),
    ),
    "attributes": (
        *("id", "name", "title", "kind", "several", "required", "optional", "details"),
        *("form", "position"),
    ),
    "relation_types": ("id", "name", "title", "sources", "targets", "position"),
    "annotators": ("id", "name"),
    "registry": ("id", "kind", "name", "aliases", "attributes", "note", "color"),
    "annotations": (
        *("id", "document", "label", "start", "end", "fragments", "attributes", "note"),
        *("annotator", "origin", "confidence", "created", "updated", "scheme"),
    ),
    "relations": (
        *("id", "document", "type", "source", "target", "attributes", "annotator"),
        *("created", "updated"),
    ),
    "document_labels": ("id", "document", "attribute", "value", "annotator"),
    "statuses": ("id", "document", "annotator", "status"),
    "pages": ("id", "document", "content", "media_type", "encoding"),
}


# What a row has in a column that was not there when its revision was written.
ADDED: Mapping[str, Mapping[str, Any]] = {"annotations": {"scheme": 0}, "registry": {"color": ""}}

SCHEME_TABLES = ("layers", "labels", "attributes", "relation_types")

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Place = str | int  # a document: its id, or in rows for one file only its number there


def written(value: object) -> str:
    """`value` as JSON, the one way that rows hold it."""
    return _JSON.encode(value)


class AttributeNames:
    """Which attribute a name means on a label. Rows hold attributes by id, so that renaming one touches no mark.

    What it makes of a row, it makes into that row again, also where a label holds an answer to what it is not asked
    any more, and is asked another thing of that name: the former bears its id behind its name then.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._names = {attribute.id: attribute.name for attribute in (*scheme.attributes(), *scheme.unasked)}
        self._anywhere = {name: key for key, name in reversed(self._names.items())}
        self._ids = {(label.id, a.name): a.id for label in scheme.labels for a in label.attributes}
        self._ids |= {("", a.name): a.id for a in scheme.form}
        self._shown: dict[str, _Shown] = {}

    def id_of(self, label: str, name: str) -> str:
        """The id of attribute `name` on the label with id `label`, or in the form for the label "".

        Else that of any attribute of the name, else the name itself.
        """
        behind = self._behind(name) if name.endswith("]") else ""
        return behind or self._ids.get((label, name)) or self._anywhere.get(name, name)

    def name_of(self, attribute: str, label: str = "") -> str:
        """The name of the attribute with that id, for `id_of` there; an id that nobody knows stands for itself."""
        return self._names_on(label)[attribute]

    def to_row(self, label: str, attributes: Mapping[str, Any]) -> str:
        """`attributes` by name, as a row of the label with that id holds them."""
        return written({self.id_of(label, name): value for name, value in attributes.items()}) if attributes else "{}"

    def from_row(self, label: str, attributes: str) -> dict[str, Any]:
        """The attributes in a row of the label with that id, by name."""
        return self.named(label, json.loads(attributes)) if attributes != "{}" else {}

    def named(self, label: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """`attributes` by id, by name."""
        names = self._names_on(label)
        return {names[key]: value for key, value in attributes.items()}

    def _names_on(self, label: str) -> _Shown:
        found = self._shown.get(label)
        if found is None:
            found = self._shown[label] = _Shown(lambda key: self._name(label, key))
        return found

    def _name(self, label: str, key: str) -> str:
        name = self._names.get(key, key)
        return name if self.id_of(label, name) == key else f"{name} [{key}]"

    def _behind(self, name: str) -> str:
        """The id behind a name; empty where there is none."""
        plain, _, key = name.removesuffix("]").rpartition(" [")
        return key if plain and self._names.get(key, key) == plain else ""


class _Shown(dict[str, str]):
    """Names of attributes on one label, by id, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> str:
        self[key] = name = self._make(key)
        return name


def row(table: str, values: Sequence[object]) -> dict[str, Any]:
    """The row of `table` with `values` in the order of its columns."""
    return dict(zip(COLUMNS[table], values, strict=True))


def fragments_to_row(fragments: Sequence[Span]) -> str | None:
    """What a row holds besides the outer bounds: nothing for a mark of one piece, else `[[start,end],…]`."""
    if len(fragments) == 1:
        return None
    return written([[fragment.start, fragment.end] for fragment in fragments])


def fragments_from_row(start: int, end: int, fragments: str | None) -> tuple[Span, ...]:
    """The fragments of a mark, from its row."""
    if fragments is None:
        return (Span(start, end),)
    return tuple(Span(first, last) for first, last in json.loads(fragments))


def annotation_values(document: Place, annotation: Annotation, names: AttributeNames) -> tuple[Any, ...]:
    """The columns of an annotation of `document`, in order."""
    fragments = annotation.fragments
    return (
        annotation.id,
        document,
        annotation.label.id,
        fragments[0].start,
        fragments[-1].end,
        fragments_to_row(fragments),
        names.to_row(annotation.label.id, annotation.attributes),
        annotation.note,
        annotation.annotator,
        annotation.origin,
        annotation.confidence,
        annotation.created,
        annotation.updated,
        annotation.scheme,
    )


def annotation_from_row(held: Mapping[str, Any], labels: Mapping[str, Label], names: AttributeNames) -> Annotation:
    """The annotation that a row holds; `labels` are the scheme's, by id."""
    return Annotation(
        held["id"],
        labels[held["label"]],
        fragments_from_row(held["start"], held["end"], held["fragments"]),
        names.from_row(held["label"], held["attributes"]),
        *(held[column] for column in ("note", "annotator", "origin", "confidence", "created", "updated", "scheme")),
    )


def relation_from_row(held: Mapping[str, Any], types: Mapping[str, RelationType], names: AttributeNames) -> Relation:
    """The relation that a row holds; `types` are the scheme's, by id."""
    return Relation(
        held["id"],
        types[held["type"]],
        held["source"],
        held["target"],
        names.from_row(held["type"], held["attributes"]),
        *(held[column] for column in ("annotator", "created", "updated")),
    )


def relation_values(document: Place, relation: Relation, names: AttributeNames) -> tuple[Any, ...]:
    """The columns of a relation of `document`, in order."""
    return (
        relation.id,
        document,
        relation.type.id,
        relation.source,
        relation.target,
        names.to_row(relation.type.id, relation.attributes),
        relation.annotator,
        relation.created,
        relation.updated,
    )


def zone_values(document: Place, zone: Zone) -> tuple[Any, ...]:
    """The columns of a zone of `document`, in order."""
    return (zone.id, document, zone.label, zone.span.start, zone.span.end)


def document_label_values(document: Place, label: DocumentLabel, names: AttributeNames) -> tuple[Any, ...]:
    """The columns of an answer in the form of `document`, in order."""
    return (label.id, document, names.id_of("", label.name), written(label.value), label.annotator)


def document_label_from_row(held: Mapping[str, Any], names: AttributeNames) -> DocumentLabel:
    """The answer in a document's form that a row holds."""
    return DocumentLabel(held["id"], names.name_of(held["attribute"]), json.loads(held["value"]), held["annotator"])


def status_values(document: Place, annotator: str, status: str) -> tuple[Any, ...]:
    """The columns of one annotator's status of `document`: one row a pair, so its id is made of the two."""
    return (f"{document}/{annotator}", document, annotator, status)


def layer_values(layer: Layer, position: int) -> tuple[Any, ...]:
    """The columns of a layer, in order."""
    return (layer.id, layer.name, layer.title, position)


def label_values(label: Label, layer: str, position: int) -> tuple[Any, ...]:
    """The columns of a label of the layer with id `layer`, in order."""
    attributes = written([attribute.id for attribute in label.attributes])
    shown = (label.name, label.title, label.color, label.shortcut, int(label.enabled))
    return (label.id, layer, *shown, attributes, label.guideline, position)


def attribute_values(attribute: Attribute, form: bool, position: int) -> tuple[Any, ...]:
    """The columns of an attribute; `form` when it belongs to the documents' form."""
    switches = (int(attribute.several), int(attribute.required), int(attribute.optional))
    details = {
        "values": [list(value) for value in attribute.values],
        "registry": attribute.registry,
        "depends": attribute.depends,
        "skips": [list(skip) for skip in attribute.skips],
        "minimum": attribute.minimum,
        "maximum": attribute.maximum,
        "unless": attribute.unless,
        "guideline": attribute.guideline,
    }
    kept = {name: value for name, value in details.items() if value not in ("", [], None)}
    shown = (attribute.name, attribute.title, attribute.kind)
    return (attribute.id, *shown, *switches, written(kept), int(form), position)


def attribute_from_row(held: Mapping[str, Any]) -> Attribute:
    """The attribute that a row holds."""
    more = json.loads(held["details"])
    more["values"] = tuple(Value(*value) for value in more.get("values", ()))
    more["skips"] = tuple(Skip(*skip) for skip in more.get("skips", ()))
    switches: dict[str, Any] = {name: bool(held[name]) for name in ("several", "required", "optional")}
    return Attribute(id=held["id"], name=held["name"], kind=held["kind"], title=held["title"], **switches, **more)


def relation_type_values(relation: RelationType, position: int) -> tuple[Any, ...]:
    """The columns of a relation type, in order."""
    ends = (written(list(relation.sources)), written(list(relation.targets)))
    return (relation.id, relation.name, relation.title, *ends, position)


def registry_values(entry: RegistryEntry) -> tuple[Any, ...]:
    """The columns of a registry entry, in order."""
    held = (written(list(entry.aliases)), written(dict(entry.attributes)))
    return (entry.id, entry.kind, entry.name, *held, entry.note, entry.color)
