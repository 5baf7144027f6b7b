"""Rows that stand in for what was lost: a mark whose label is gone can stay, as it is a mark still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.ids import new_id

Row = Mapping[str, Any]

_REFERS = (  # a table, its column, and the table that this refers to; parents of stand-ins last
    ("annotations", "label", "labels"),
    ("annotations", "annotator", "annotators"),
    ("relations", "type", "relation_types"),
    ("relations", "annotator", "annotators"),
    ("document_labels", "attribute", "attributes"),
    ("document_labels", "annotator", "annotators"),
    ("statuses", "annotator", "annotators"),
    ("labels", "layer", "layers"),
)
_NAMED = {"name": "", "title": "", "position": 0}
_BLANK: Mapping[str, Row] = {
    "annotators": {"name": ""},
    "layers": _NAMED,
    "labels": {**_NAMED, "color": "#8a8a8a", "shortcut": "", "enabled": 1, "attributes": "[]", "guideline": ""},
    "attributes": {
        **_NAMED,
        **{"kind": "text", "several": 0, "required": 0, "optional": 0, "details": "{}", "form": 1},
    },
    "relation_types": {**_NAMED, "sources": "[]", "targets": "[]"},
}


def stand_ins(state: Mapping[str, Mapping[str, Row]]) -> Iterator[tuple[str, Row]]:
    """The rows that `state`, by table and id, lacks though others refer to them: each with its table."""
    layer = new_id()  # of all labels that stand in
    made: dict[str, dict[str, Row]] = {table: {} for table in _BLANK}
    for table, column, parent in _REFERS:
        for row in (*state[table].values(), *made.get(table, {}).values()):
            key = row[column]
            if isinstance(key, str) and key not in state[parent] and key not in made[parent]:
                name = f"LOST {len(made[parent]) + 1}"
                blank = {**_BLANK[parent], "id": key, "name": name}
                made[parent][key] = {**blank, "layer": layer} if parent == "labels" else blank
    for table, rows in made.items():
        yield from ((table, row) for row in rows.values())
