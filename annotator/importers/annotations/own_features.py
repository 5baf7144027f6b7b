"""Marks that this program wrote into UIMA's formats: a layer whose features say layer, label and the rest."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.importers.annotations.marked_text import DraftMark, MarkedText

OURS = frozenset(("layer", "mark"))  # features that all of them have, and that no other layer has together
_ATTRIBUTE = "attr_"
NO_NAMES: Mapping[str, str] = {}


def take_own_features(document: MarkedText, names: Mapping[str, str] = NO_NAMES) -> None:
    """Make of the features of such marks what they were: layers, notes, annotators and attributes under their names.

    `names` are those of attributes by their features, where the file says them; else a feature’s own name tells.
    """
    first: dict[tuple[str, str], DraftMark] = {}  # of the pieces of a mark, by its id and its label
    for mark in list(document.marks):
        if not mark.attributes.keys() >= OURS:
            continue
        said = mark.attributes
        mark.attributes = {}
        for name, value in said.items():
            if name in names or (name.startswith(_ATTRIBUTE) and name != _ATTRIBUTE):
                mark.attributes[names.get(name) or name.removeprefix(_ATTRIBUTE)] = value
        mark.layer = str(said["layer"]) or mark.layer
        mark.note = str(said.get("note", ""))
        mark.annotator = mark.annotator or str(said.get("annotator", ""))
        before = first.setdefault((str(said["mark"]), mark.label), mark)
        if before is not mark:
            document.join(before, mark)
