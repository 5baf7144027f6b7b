"""Writes a scheme as a list of INCEpTION's layers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from annotator.core.guidelines import read_guideline
from annotator.core.scheme import Attribute, Label, RelationType, Scheme
from annotator.scheme_files.base import WrittenScheme
from annotator.scheme_files.losses import not_carried, off, rules

Json = dict[str, Any]

_TYPES = {
    **{"choice": "uima.cas.String", "tree": "uima.cas.String", "scale": "uima.cas.String", "text": "uima.cas.String"},
    **{"number": "uima.cas.Float", "yes_no": "uima.cas.Boolean", "date": "uima.cas.String"},
    "entity": "kb:<ANY>",
}


def written(scheme: Scheme) -> WrittenScheme:
    """The layers, and what they leave out."""
    spans = [_span_layer(layer.name, layer.shown, scheme) for layer in scheme.layers]
    links = [_relation_layer(kind, scheme) for kind in scheme.relations]
    owned = [each for each in scheme.attributes() if each not in scheme.form]
    lost = not_carried(
        {
            "colours": len(scheme.labels),
            "keys": sum(bool(label.shortcut) for label in scheme.labels),
            "examples": sum(len(read_guideline(label.guideline).examples) for label in scheme.labels),
            "questions about the document": len(scheme.form),
            "rules about what is asked": rules(owned),
            "attributes that some labels of their layer have not": sum(_partial(each, scheme) for each in owned),
            "links that join only some layers or labels (the first layer stands for all)": sum(
                bool(kind.sources or kind.targets) for kind in scheme.relations
            ),
            "labels and attributes that are not in use (they are written like the others)": off(scheme),
        }
    )
    return WrittenScheme(json.dumps([*spans, *links], ensure_ascii=False, indent=1) + "\n", lost)


def _span_layer(name: str, title: str, scheme: Scheme) -> Json:
    labels = scheme.labels_of(name)
    tags = [{"tag_name": label.name, "tag_description": _about(label)} for label in labels]
    naming = _feature("value", "Label", "uima.cas.String", tag_set=_tag_set(title, tags), required=True)
    asked = dict.fromkeys(attribute for label in labels for attribute in label.attributes)
    features = [naming, *(_attribute(attribute) for attribute in asked)]
    return _layer(_type(name), title, "span", features, attach=None)


def _relation_layer(kind: RelationType, scheme: Scheme) -> Json:
    first = next((layer.name for layer in scheme.layers if _starts_in(kind, scheme.labels_of(layer.name))), "")
    name = first or (scheme.layers[0].name if scheme.layers else "marks")
    return _layer(_type(f"link {kind.name}"), kind.name, "relation", [], attach={"name": _type(name)})


def _starts_in(kind: RelationType, labels: Sequence[Label]) -> bool:
    return any(kind.starts_at(label) for label in labels)


def _attribute(attribute: Attribute) -> Json:
    tags = [{"tag_name": value.name, "tag_description": value.title or None} for value in attribute.values]
    kind = "uima.cas.StringArray" if attribute.several and tags else _TYPES[attribute.kind]
    return _feature(
        *(attribute.name, attribute.shown, kind),
        tag_set=_tag_set(attribute.shown, tags) if tags else None,
        required=attribute.required,
        description=attribute.guideline,
        several=attribute.several and bool(tags),
    )


def _feature(
    name: str,
    title: str,
    kind: str,
    *,
    tag_set: Json | None,
    required: bool,
    description: str = "",
    several: bool = False,
) -> Json:
    return {
        **{"name": name, "uiName": title, "type": kind, "tag_set": tag_set, "description": description or None},
        **{"enabled": True, "visible": True, "include_in_hover": False, "required": required, "remember": False},
        **{"multi_value_mode": "ARRAY" if several else "NONE", "link_mode": "NONE"},
        **{"link_type_name": None, "link_type_role_feature_name": None, "link_type_target_feature_name": None},
    }


def _layer(name: str, title: str, kind: str, features: Sequence[Json], *, attach: Json | None) -> Json:
    return {
        **{"name": name, "uiName": title, "type": kind, "description": None, "features": list(features)},
        **{"enabled": True, "built_in": False, "readonly": False, "attach_type": attach, "attach_feature": None},
        **{"allow_stacking": True, "cross_sentence": True, "show_hover": True, "anchoring_mode": "CHARACTERS"},
        **{"overlap_mode": "ANY_OVERLAP", "validation_mode": "NEVER"},
    }


def _tag_set(name: str, tags: Sequence[Json]) -> Json:
    return {"name": name, "description": None, "language": None, "tags": list(tags), "create_tag": False}


def _type(name: str) -> str:
    """A type's name as Java takes it."""
    parts = re.findall(r"[A-Za-z0-9]+", name)
    return "webanno.custom." + ("".join(part[0].upper() + part[1:] for part in parts) or "Layer")


def _about(label: Label) -> str | None:
    text = read_guideline(label.guideline).text
    return ". ".join(filter(None, [label.title, text])) or None


def _partial(attribute: Attribute, scheme: Scheme) -> bool:
    owners = {label.layer for label in scheme.labels if attribute in label.attributes}
    return any(attribute not in label.attributes for label in scheme.labels if label.layer in owners)
