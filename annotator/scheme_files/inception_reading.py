"""Turns INCEpTION's layers and tag sets into a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotator.core.scheme import AttributeKind
from annotator.scheme_files.base import ReadScheme
from annotator.scheme_files.drafts import Draft
from annotator.scheme_files.json_text import records, word

Json = dict[str, Any]

NAMED_ENTITY = ".NamedEntity"  # of the layers that every project has, the one that people mark with
_KINDS: dict[str, AttributeKind] = {
    "uima.cas.String": "text",
    "uima.cas.StringArray": "text",
    "uima.cas.Integer": "number",
    "uima.cas.Float": "number",
    "uima.cas.Double": "number",
    "uima.cas.Long": "number",
    "uima.cas.Boolean": "yes_no",
}


class InceptionReading:
    """Some layers being read."""

    def __init__(self, name: str, layers: Sequence[Json], tag_sets: Sequence[Json], *, whole_project: bool) -> None:
        self._draft = Draft(name)
        self._layers = [layer for layer in layers if self._wanted(layer, whole_project)]
        self._tag_sets = tag_sets
        self._names = {word(layer.get("name")): _shown(layer) for layer in self._layers if layer.get("type") == "span"}
        self._used: set[str] = set()

    def scheme(self) -> ReadScheme:
        """What they say."""
        for layer in self._layers:
            if layer.get("type") == "span":
                self._span_layer(layer)
        for layer in self._layers:
            if layer.get("type") == "relation":
                self._relation_layer(layer)
            elif layer.get("type") not in ("span", "document-metadata"):
                self._draft.note(f"Left out: the layer {_shown(layer)}, of the kind {word(layer.get('type'))}.")
            elif layer.get("type") == "document-metadata":
                self._features(layer, _features(layer), ())
        for tag_set in self._tag_sets:
            self._tag_set(tag_set)
        return ReadScheme(self._draft.scheme(), tuple(self._draft.notes))

    def _wanted(self, layer: Json, whole_project: bool) -> bool:
        """Of a whole project, the layers that it was given, and names; the many that all have say nothing."""
        if layer.get("enabled") is False:
            self._draft.note(f"Left out: the layer {_shown(layer)}, which is switched off.")
            return False
        usual = whole_project and layer.get("built_in") and not word(layer.get("name")).endswith(NAMED_ENTITY)
        if usual:
            self._draft.note(f"Left out: the layer {_shown(layer)}, which every project has.")
        return not usual

    def _span_layer(self, layer: Json) -> None:
        name, features = self._draft.layer(_shown(layer)), _features(layer)
        naming = next((each for each in features if _tags(each) and not _several(each)), None)
        if naming is None:
            self._draft.label(name, name, guideline=word(layer.get("description")))
        else:
            self._labels(name, naming["tag_set"])
            features = [each for each in features if each is not naming]
        self._features(layer, features, (name,))

    def _labels(self, layer: str, tag_set: Json) -> None:
        self._used.add(word(tag_set.get("name")))
        for tag in records(tag_set.get("tags")):
            if name := word(tag.get("tag_name")):
                about = word(tag.get("tag_description"))
                self._draft.label(layer, name, guideline="" if about == name else about)

    def _features(self, layer: Json, features: Sequence[Json], owners: Sequence[str]) -> None:
        for feature in features:
            if feature.get("link_mode") == "WITH_ROLE":
                target = self._names.get(word(feature.get("type")))
                self._draft.relation(_shown(feature), owners, [target] if target else [])
            else:
                self._feature(layer, feature, owners)

    def _feature(self, layer: Json, feature: Json, owners: Sequence[str]) -> None:
        kind, tags = self._kind(feature), _tags(feature)
        if kind is None:
            self._draft.note(
                f"Left out: {_shown(feature)} of {_shown(layer)}, of the kind {word(feature.get('type'))}."
            )
            return
        if tags:
            self._used.add(word(feature["tag_set"].get("name")))
        values = [{"name": word(tag.get("tag_name")), "title": _described(tag)} for tag in tags]
        self._draft.attribute(
            *(word(feature.get("name")) or _shown(feature), "choice" if tags else kind, owners),
            title=_shown(feature),
            guideline=word(feature.get("description")),
            values=values,
            several=_several(feature),
            required=feature.get("required") is True,
            registry="any" if kind == "entity" else "",
        )

    def _kind(self, feature: Json) -> AttributeKind | None:
        named = word(feature.get("type"))
        return "entity" if named.startswith("kb:") else _KINDS.get(named)

    def _relation_layer(self, layer: Json) -> None:
        attached = layer.get("attach_type")
        named = word(attached.get("name")) if isinstance(attached, dict) else ""
        ends = [self._names[named]] if named in self._names else []
        naming = next((each for each in _features(layer) if _tags(each)), None)
        rest = [each for each in _features(layer) if each is not naming]
        if naming is None:
            self._draft.relation(_shown(layer), ends, ends)
        else:
            self._used.add(word(naming["tag_set"].get("name")))
            for tag in _tags(naming):
                self._draft.relation(word(tag.get("tag_name")), ends, ends, _described(tag))
        if rest:
            names = ", ".join(map(_shown, rest))
            self._draft.note(f"Left out: {names} of the links {_shown(layer)}. Links have no attributes.")

    def _tag_set(self, tag_set: Json) -> None:
        name = word(tag_set.get("name"))
        if name in self._used:
            return
        if self._layers:
            self._draft.note(f"Left out: the tag set {name}, which no layer uses.")
            return
        self._labels(self._draft.layer(name or "tags"), tag_set)


def _features(layer: Json) -> list[Json]:
    return [each for each in records(layer.get("features")) if each.get("enabled") is not False]


def _shown(thing: Json) -> str:
    return word(thing.get("uiName")) or word(thing.get("name")) or "unnamed"


def _tags(feature: Json) -> list[Json]:
    held = feature.get("tag_set")
    return [tag for tag in records(held.get("tags")) if word(tag.get("tag_name"))] if isinstance(held, dict) else []


def _described(tag: Json) -> str:
    """The first line of a tag's description, where it says more than its name and is short enough for a title."""
    first = word(tag.get("tag_description")).split("\n")[0].strip()
    return first if first != word(tag.get("tag_name")) and len(first) <= 60 else ""


def _several(feature: Json) -> bool:
    return feature.get("multi_value_mode") == "ARRAY"
