"""doccano's label files: a JSON list of labels with their keys and colours; also a plain list of names."""

from __future__ import annotations

import json
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.scheme import Label, Scheme, Value
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.drafts import Draft
from annotator.scheme_files.json_text import read_json, word
from annotator.scheme_files.losses import not_carried

LAYER = "labels"  # where labels stand in whose file there are no layers
ANSWER = "category"  # what is asked of the whole document where a file has labels for that


class DoccanoScheme:
    """A flat list of labels."""

    name = "doccano"
    title = "doccano labels"
    suffixes: tuple[str, ...] = (".json",)
    loses = "Layers, attributes but one list of categories, guidelines, and which labels a link may join."

    def recognises(self, file: SchemeText) -> bool:
        """A list of names, or of objects with a text."""
        data = read_json(file, strict=False)
        if not isinstance(data, list) or not data:
            return False
        return all(isinstance(item, str) or (isinstance(item, dict) and "text" in item) for item in data)

    def read(self, file: SchemeText) -> ReadScheme:
        """Span labels as labels, relation labels as links, categories as a question about the document."""
        data = read_json(file)
        if not isinstance(data, list):
            raise KnownError(f"{file.name}: a doccano label file is a list of labels. Nothing was changed.")
        draft, categories = Draft(file.stem or self.name), []
        for place, item in enumerate(data, 1):
            held: dict[str, Any] = {"text": item} if isinstance(item, str) else item
            if not isinstance(held, dict) or not word(held.get("text")):
                raise KnownError(f"{file.name}: label {place} has no text. Nothing was changed.")
            kind = word(held.get("task_type") or held.get("type")).lower()
            if kind == "category":
                categories.append(word(held["text"]))
            elif kind == "relation":
                draft.relation(word(held["text"]), (), ())
            else:
                self._take(draft, held)
        if categories:
            names = [{"name": name} for name in dict.fromkeys(categories)]
            draft.attribute(ANSWER, "choice", (), values=names)
        draft.layer(LAYER)
        return ReadScheme(draft.scheme(), tuple(draft.notes))

    def _take(self, draft: Draft, held: dict[str, Any]) -> None:
        name, key = word(held["text"]), word(held.get("suffix_key"))
        if word(held.get("prefix_key")):
            draft.note(f"The key of {name} is pressed without {word(held['prefix_key'])}.")
        draft.label(LAYER, name, color=word(held.get("background_color")), shortcut=key)

    def write(self, scheme: Scheme) -> WrittenScheme:
        """Labels, links and the first list of categories of the form."""
        labels = [_label(label.name, label.color, label.shortcut, "Span") for label in scheme.labels]
        links = [_label(kind.name, "#5b6470", "", "Relation") for kind in scheme.relations]
        asked = next((each for each in scheme.form if each.kind == "choice" and each.values), None)
        values: tuple[Value, ...] = asked.values if asked else ()
        categories = [_label(value.name, "#5b6470", "", "Category") for value in values]
        lost = not_carried(
            {
                "layers": len(scheme.layers) if len(scheme.layers) > 1 else 0,
                "attributes": len(list(scheme.attributes())) - bool(asked),
                "guidelines": sum(bool(label.guideline) for label in scheme.labels),
                "titles": sum(bool(label.title) for label in scheme.labels),
                "ends of links": sum(bool(kind.sources or kind.targets) for kind in scheme.relations),
                "labels that are not in use (they are written like the others)": _off(scheme.labels),
            }
        )
        text = json.dumps([*labels, *links, *categories], ensure_ascii=False, indent=1) + "\n"
        return WrittenScheme(text, lost)


def _off(labels: tuple[Label, ...]) -> int:
    return sum(not label.enabled for label in labels)


def _label(name: str, color: str, key: str, kind: str) -> dict[str, Any]:
    shown = {"text": name, "prefix_key": None, "suffix_key": key or None}
    return {**shown, "background_color": color, "text_color": "#ffffff", "task_type": kind}
