"""What a result of Label Studio says of the control that made it: its name, kind and value, as in the interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute, Label, Scheme
from annotator.exporters.json_lines import Json
from annotator.exporters.value_texts import value_texts
from annotator.scheme_files.label_studio_writing import control_names

TEXT = "text"  # the name of the text, as control and in tasks
Answer = tuple[str, str, str, object]  # the control's name, the kind of result, the member of its value, and that


class Controls:
    """The controls of a scheme, as its labelling interface has them; what it lacks is named as it is here."""

    def __init__(self, scheme: Scheme) -> None:
        names = control_names(scheme)
        self._layers, self._names = names.layers, names.attributes
        self._labels = {(label.layer, label.name): label for label in scheme.labels}
        self._form = {each.name: each for each in scheme.form}
        named = [(self._names[each.id], each.name) for each in scheme.attributes() if each.id in self._names]
        controls = [*((control, layer) for layer, control in self._layers.items()), *named]
        self.otherwise = {
            control: name for control, name in controls if control != name
        }  # what stands behind a control

    def layer(self, label: Label) -> str:
        """The control that a label is chosen in."""
        return self._layers.get(label.layer, label.layer)

    def said(self, label: Label, name: str, value: AttributeValue) -> Answer:
        """An answer about a mark of that label."""
        known = self._labels.get((label.layer, label.name), label)
        return self._answer(next((each for each in known.attributes if each.name == name), None), name, value)

    def asked(self, name: str, value: AttributeValue) -> Answer:
        """An answer of the form."""
        return self._answer(self._form.get(name), name, value)

    def _answer(self, attribute: Attribute | None, name: str, value: AttributeValue) -> Answer:
        control = self._names.get(attribute.id, name) if attribute is not None else name
        kind = attribute.kind if attribute is not None else "choice"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and kind == "scale":
            return control, "rating", "rating", value
        if number:
            return control, "number", "number", value
        texts = value_texts(value)
        if kind == "tree" and attribute is not None:
            return control, "taxonomy", "taxonomy", [_path(attribute, text) for text in texts]
        if kind in ("text", "entity"):
            return control, "textarea", TEXT, texts
        if kind == "date" and len(texts) == 1:
            return control, "datetime", "datetime", texts[0]
        return control, "choices", "choices", texts


def result(answer: Answer, place: Mapping[str, object]) -> Json:
    """An answer as a result; `place` is that of the region that it speaks of, if it speaks of one."""
    control, kind, member, value = answer
    return {"from_name": control, "to_name": TEXT, "type": kind, "value": {**place, member: value}}


def _path(attribute: Attribute, name: str) -> Sequence[str]:
    """A value of a tree with those above it, the outermost first."""
    parents = {value.name: value.parent for value in attribute.values}
    path = [name]
    while (above := parents.get(path[0], "")) and above not in path:
        path.insert(0, above)
    return path
