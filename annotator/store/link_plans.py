"""Kinds of links that are deleted or merged with their links."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.rows import written
from annotator.store.many_rows import (
    LINK,
    Rows,
    columns_changed,
    deleted,
    documents_in,
    gone,
    link_sign,
    names_of,
    real,
)
from annotator.store.planning import Plan, Planning


class LinkPlans(Planning):
    """What may happen to kinds of links that have links."""

    def delete_relation_type(self, key: str) -> Plan:
        """Delete a kind of link with its links."""
        kind = self._row("relation_types", key)
        links = self._having("relations", "type", [key])
        rows = (gone("relation_types", kind),)
        change = ChangeSet(f"Delete link {kind['name']}", rows, bulk=tuple(deleted("relations", links)))
        return Plan(change, 0, documents_in(links), len(links))

    def merge_relation_types(self, sources: Collection[str], target: str) -> Plan:
        """Make links of other kinds links of `target`, and delete those kinds. What is there twice then goes."""
        goal = self._row("relation_types", target)
        merged = [self._row("relation_types", key) for key in dict.fromkeys(sources) if key != target]
        if not merged:
            self._refuse("There is nothing to merge")
        seen = {_sign(link) for link in self._having("relations", "type", [target])}
        moved: Rows = []
        repeated: Rows = []
        for link in self._having("relations", "type", [kind["id"] for kind in merged]):
            sign = _sign(link)
            (repeated if sign in seen else moved).append(link)
            seen.add(sign)
        changed = columns_changed("relations", ("type",), [(link[0], link[LINK["type"]], target) for link in moved])
        joint = RowChange("relation_types", target, goal, {**goal, **_joint_ends([goal, *merged])})
        rows = (*real([joint]), *(gone("relation_types", kind) for kind in merged))
        bulk = (*changed, *deleted("relations", repeated))
        change = ChangeSet(f"Merge {names_of(merged)} into {goal['name']}", rows, bulk=bulk)
        return Plan(change, 0, documents_in(moved, repeated), len(moved) + len(repeated))


def _sign(link: tuple[object, ...]) -> tuple[object, ...]:
    return link_sign(link, str(link[LINK["source"]]), str(link[LINK["target"]]))


def _joint_ends(kinds: Sequence[Row]) -> dict[str, str]:
    """Where a link may start and end that is of all these kinds: anywhere, if one of them may."""
    ends = {end: [json.loads(kind[end]) for kind in kinds] for end in ("sources", "targets")}
    return {
        end: written(list(dict.fromkeys(name for names in every for name in names)) if all(every) else [])
        for end, every in ends.items()
    }
