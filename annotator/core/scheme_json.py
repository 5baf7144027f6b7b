"""Schemes as JSON: the `scheme` object of the JSON export, which scheme files and templates use too.

Names are what CONTRACT-following files hold; ids may be left out, and are then made from the names, so that the
same template gives the same ids in every project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.ids import named_id
from annotator.core.scheme import ATTRIBUTE_KINDS, Attribute, Label, Layer, RelationType, Scheme, Skip, Value

Json = Mapping[str, Any]


def scheme_from_json(data: Json) -> Scheme:
    """The scheme that `data` describes. Raises KnownError, naming the place, where it is not of the form."""
    try:
        return _scheme(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError(f"This is no scheme: {_place(error)}. Nothing was changed.") from error


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """The JSON form of `scheme`; `scheme_from_json` gives an equal scheme back."""
    return {
        "name": scheme.name,
        "layers": [
            _kept({"id": layer.id, "name": layer.name, "title": layer.title})
            | {"labels": [_label_to_json(label) for label in scheme.labels_of(layer.name)]}
            for layer in scheme.layers
        ],
        "attributes": [_attribute_to_json(attribute, scheme) for attribute in scheme.attributes()],
        "relations": [relation.name for relation in scheme.relations],
        "relation_types": [
            _kept({"id": kind.id, "name": kind.name, "title": kind.title})
            | {"from": list(kind.sources), "to": list(kind.targets)}
            for kind in scheme.relations
        ],
    }


def _scheme(data: Json) -> Scheme:
    name = str(data.get("name", ""))
    owners = _led([(_attribute(item, name), item) for item in data.get("attributes", [])])
    layers, labels = [], []
    for item in data["layers"]:
        layer = Layer(_id(item, name, item["name"]), str(item["name"]), str(item.get("title", "")))
        layers.append(layer)
        labels += [_label(label, layer.name, name, owners) for label in item.get("labels", [])]
    form = tuple(attribute for attribute, item in owners if item.get("form"))
    return Scheme(name, tuple(layers), tuple(labels), tuple(_relations(data, name)), form)


def _label(item: Json, layer: str, scheme: str, owners: Sequence[tuple[Attribute, Json]]) -> Label:
    name = str(item["name"])
    mine = {layer, f"{layer}/{name}"}
    defined = [attribute for attribute, data in owners if mine & set(data.get("labels", ()))]
    known = {attribute.name for attribute in defined}
    named = list(map(str, item.get("attributes", ())))
    bare = [Attribute(named_id(f"{scheme}/{layer}/{name}/{a}"), a, "text") for a in named if a not in known]
    order = {attribute: place for place, attribute in enumerate(named)}
    attributes = sorted([*defined, *bare], key=lambda attribute: order.get(attribute.name, -1))
    return Label(
        id=_id(item, scheme, f"{layer}/{name}"),
        layer=layer,
        name=name,
        color=str(item.get("color", "#5b6470")),
        shortcut=str(item.get("shortcut", "")),
        enabled=bool(item.get("enabled", True)),
        attributes=tuple(attributes),
        title=str(item.get("title", "")),
        guideline=str(item.get("guideline", "")),
    )


def _attribute(item: Json, scheme: str) -> Attribute:
    name, kind = str(item["name"]), item.get("kind", "choice")
    if kind not in ATTRIBUTE_KINDS:
        raise ValueError(f"attribute “{name}” is of the unknown kind “{kind}”")
    return Attribute(
        id=_id(item, scheme, f"attributes/{name}"),
        name=name,
        kind=kind,
        title=str(item.get("title", "")),
        values=tuple(_value(value) for value in item.get("values", ())),
        several=bool(item.get("several", False)),
        required=bool(item.get("required", False)),
        optional=bool(item.get("optional", False)),
        registry=str(item.get("registry", "")),
        depends=str(item.get("depends", "")),
        skips=tuple(_skip(*skip) for skip in item.get("skips", ())),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        unless=str(item.get("unless", "")),
        guideline=str(item.get("guideline", "")),
    )


def _skip(value: str, hidden: str, but: bool = False) -> Skip:
    return Skip(str(value), str(hidden), bool(but))


def _led(owners: Sequence[tuple[Attribute, Json]]) -> list[tuple[Attribute, Json]]:
    """The attributes with ids in their rules where the file has names."""
    ids = {attribute.name: attribute.id for attribute, _ in reversed(owners)}
    ids |= {attribute.id: attribute.id for attribute, _ in owners}
    return [
        (
            replace(
                attribute,
                depends=ids.get(attribute.depends, attribute.depends),
                unless=ids.get(attribute.unless, attribute.unless),
                skips=tuple(skip._replace(hidden=ids.get(skip.hidden, skip.hidden)) for skip in attribute.skips),
            ),
            item,
        )
        for attribute, item in owners
    ]


def _value(item: str | Json) -> Value:
    if isinstance(item, str):
        return Value(item)
    return Value(*(str(item.get(field, "")) for field in Value._fields))


def _relations(data: Json, scheme: str) -> list[RelationType]:
    types = [_relation(item, scheme) for item in data.get("relation_types", ())]
    known = {relation.name for relation in types}
    bare = [str(name) for name in data.get("relations", ()) if name not in known]
    return types + [RelationType(named_id(f"{scheme}/relations/{name}"), name) for name in bare]


def _relation(item: Json, scheme: str) -> RelationType:
    name = str(item["name"])
    ends = (tuple(map(str, item.get("from", ()))), tuple(map(str, item.get("to", ()))))
    return RelationType(_id(item, scheme, f"relations/{name}"), name, *ends, str(item.get("title", "")))


def _label_to_json(label: Label) -> dict[str, Any]:
    shown = {"id": label.id, "name": label.name, "color": label.color, "shortcut": label.shortcut}
    more = _kept({"title": label.title, "guideline": label.guideline})
    enabled = {} if label.enabled else {"enabled": False}
    return shown | more | enabled | {"attributes": [attribute.name for attribute in label.attributes]}


def _attribute_to_json(attribute: Attribute, scheme: Scheme) -> dict[str, Any]:
    owners = [f"{label.layer}/{label.name}" for label in scheme.labels if attribute in label.attributes]
    written: dict[str, Any] = {"id": attribute.id, "name": attribute.name, "kind": attribute.kind, "labels": owners}
    written["values"] = [_kept(value._asdict()) for value in attribute.values]
    names = ("title", "guideline", "several", "required", "optional", "registry", "depends", "unless")
    written |= _kept({name: getattr(attribute, name) for name in (*names, "minimum", "maximum")})
    written |= _kept(
        {
            "skips": [list(skip) if skip.but else list(skip[:2]) for skip in attribute.skips],
            "form": attribute in scheme.form,
        }
    )
    return written


def _id(item: Json, scheme: str, place: str) -> str:
    return str(item.get("id") or named_id(f"{scheme}/{place}"))


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not False and value not in ("", None, [])}


def _place(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
