"""labelbuddy's files of labels: a JSON list, or a label a line, each with its colour and key."""

from __future__ import annotations

import json
import re
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.doccano import LAYER
from annotator.scheme_files.drafts import Draft
from annotator.scheme_files.json_text import read_json, word
from annotator.scheme_files.losses import guidelines, not_carried, off

_KNOWN = frozenset(("name", "color", "shortcut_key"))
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_KEY = re.compile(r"[a-z]")


class LabelbuddyScheme:
    """A flat list of labels."""

    name = "labelbuddy"
    title = "labelbuddy labels"
    suffixes: tuple[str, ...] = (".json", ".jsonl")
    loses = "Layers, titles, guidelines, attributes, links and the form."

    def recognises(self, file: SchemeText) -> bool:
        """Objects with a name, and nothing but a colour and a key beside it."""
        items = _items(file)
        return bool(items) and all(
            isinstance(each, dict) and "name" in each and each.keys() <= _KNOWN for each in items
        )

    def read(self, file: SchemeText) -> ReadScheme:
        """The labels, in one layer. Raises KnownError for one without a name."""
        draft = Draft(file.stem or self.name)
        draft.layer(LAYER)
        for place, each in enumerate(_items(file), 1):
            name = word(each.get("name")) if isinstance(each, dict) else ""
            if not name:
                raise KnownError(f"{file.name}: label {place} has no name. Nothing was changed.")
            color = word(each.get("color"))
            if color and not _COLOR.fullmatch(color):
                draft.note(f"Left out: the colour {color[:30]} of {name}.")
            shown = color if _COLOR.fullmatch(color) else ""
            draft.label(LAYER, name, color=shown, shortcut=word(each.get("shortcut_key")))
        return ReadScheme(draft.scheme(), tuple(draft.notes))

    def write(self, scheme: Scheme) -> WrittenScheme:
        """Names, colours, and keys that are letters."""
        taken: set[str] = set()
        labels = []
        for label in scheme.labels:
            key = label.shortcut if _KEY.fullmatch(label.shortcut) and label.shortcut not in taken else ""
            taken.add(key)
            labels.append({"name": label.name, "color": label.color} | ({"shortcut_key": key} if key else {}))
        keys = sum(bool(label.shortcut) for label in scheme.labels) - sum("shortcut_key" in each for each in labels)
        lost = not_carried(
            {
                "layers": len(scheme.layers) if len(scheme.layers) > 1 else 0,
                "titles": sum(bool(label.title) for label in scheme.labels),
                "guidelines": guidelines(scheme),
                "attributes": len(list(scheme.attributes())),
                "links": len(scheme.relations),
                "keys that are no small letters, or taken": keys,
                "labels and attributes that are not in use (they are written like the others)": off(scheme),
            }
        )
        return WrittenScheme(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", lost)


def _items(file: SchemeText) -> list[Any]:
    """The items of a list, or of lines."""
    held = read_json(file, strict=False)
    if held is None and file.text.lstrip().startswith("{"):
        held = [read_json(SchemeText(file.name, line), strict=False) for line in file.text.splitlines() if line.strip()]
    return held if isinstance(held, list) else [held]
