"""The labels, relations and annotators that a file names, as one value each, however often it names them."""

from __future__ import annotations

from annotator.core.ids import named_id
from annotator.core.scheme import Label, RelationType, Scheme
from annotator.core.untyped import UNNAMED_LAYER

_NO_SCHEME = Scheme()


class LabelNames:
    """Finds labels and relation types by name. The project knows a label again by the object: each is made once."""

    def __init__(self, scheme: Scheme = _NO_SCHEME) -> None:
        self._scheme = scheme
        self.labels: dict[tuple[str, str], Label] = {(label.layer, label.name): label for label in scheme.labels}
        self.relations: dict[str, RelationType] = {kind.name: kind for kind in scheme.relations}
        self._layers = {label.name: label.layer for label in reversed(scheme.labels)}

    def label(self, layer: str, name: str) -> Label:
        """The label `name` of `layer`; one that no scheme defines is made. Without a layer, that of the scheme.

        A label that is made without a layer is that of its name which the project has, where it has one such.
        """
        said = bool(layer)
        layer = layer or self._layers.get(name, UNNAMED_LAYER)
        found = self.labels.get((layer, name))
        if found is None:
            found = Label(named_id(f"{self._scheme.name}/{layer}/{name}"), layer, name, color="", layer_said=said)
            self.labels[layer, name] = found
        return found

    def relation(self, name: str) -> RelationType:
        """The relation type of that name; one that no scheme defines is made."""
        found = self.relations.get(name)
        if found is None:
            found = self.relations[name] = RelationType(named_id(f"{self._scheme.name}/relations/{name}"), name)
        return found
