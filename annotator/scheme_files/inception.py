"""INCEpTION's layers, tag sets and projects, as JSON."""

from __future__ import annotations

from typing import Any

from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.inception_reading import InceptionReading
from annotator.scheme_files.inception_writing import written
from annotator.scheme_files.json_text import read_json, records


class InceptionScheme:
    """A span layer's first tag set as labels, its other features as attributes; relation layers as links."""

    name = "inception"
    title = "INCEpTION layers"
    suffixes: tuple[str, ...] = (".json",)
    loses = (
        "Colours, keys, examples, the document’s form, rules, and which labels within a layer a link may join. Of"
        " INCEpTION’s own: chains, constraints, and how marks may overlap."
    )

    def recognises(self, file: SchemeText) -> bool:
        """A layer, a list of layers, a tag set, or a project with either."""
        data = read_json(file, strict=False)
        first = records(data)[0] if records(data) else data
        return isinstance(first, dict) and (_is_layer(first) or _is_tag_set(first) or "tag_sets" in first)

    def read(self, file: SchemeText) -> ReadScheme:
        """The scheme in it. Raises KnownError where it is none of these."""
        data = read_json(file)
        layers, tag_sets, whole = _parts(data)
        if not layers and not tag_sets:
            raise KnownError(f"{file.name} holds no layers and no tag sets. Nothing was changed.")
        return InceptionReading(file.stem or self.name, layers, tag_sets, whole_project=whole).scheme()

    def write(self, scheme: Scheme) -> WrittenScheme:
        """A list of layers, with the tag sets that they use."""
        return written(scheme)


def _is_layer(item: dict[str, Any]) -> bool:
    return "features" in item and "type" in item


def _is_tag_set(item: dict[str, Any]) -> bool:
    return any("tag_name" in tag for tag in records(item.get("tags")))


def _parts(data: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bool]:
    """Layers, tag sets, and whether they are a whole project's."""
    if isinstance(data, dict) and ("tag_sets" in data or isinstance(data.get("layers"), list)):
        return records(data.get("layers")), records(data.get("tag_sets")), True
    found = records(data) if isinstance(data, list) else [data]
    return [item for item in found if _is_layer(item)], [item for item in found if _is_tag_set(item)], False
