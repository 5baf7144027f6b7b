"""Which column of a table is what of an article: a value that can be shown, changed and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

LEFT_OUT = ""  # a column whose content does not come in
KEPT = "*"  # a column that is kept under its own name among what is known of the article
TARGETS = (
    *("title", "subtitle", "text", "caption", "author", "date", "time", "publication", "section", "page", "edition"),
    *("language", "uri", "record", "subject", "copyright"),
)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """For each column by name: one of TARGETS, KEPT, or LEFT_OUT. A column that is not named is kept."""

    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool = True  # how 3/5/2024 is read
    fixed: Mapping[str, str] = field(default_factory=dict)  # what is the same for every row, by target

    def target(self, column: str) -> str:
        """What `column` is."""
        return self.columns.get(column, KEPT)

    def columns_of(self, target: str) -> list[str]:
        """The columns that are `target`, in their order."""
        return [column for column, held in self.columns.items() if held == target]

    def changed(self, column: str, target: str) -> ColumnMapping:
        """The mapping with `column` as `target`."""
        return replace(self, columns={**self.columns, column: target})

    @property
    def holds_articles(self) -> bool:
        """Whether there is anything that a person could read: a title or a text."""
        return any(target in ("title", "text") for target in self.columns.values())

    def to_json(self) -> dict[str, Any]:
        """As it is remembered."""
        return {"columns": dict(self.columns), "day_first": self.day_first, "fixed": dict(self.fixed)}

    @classmethod
    def from_json(cls, data: Any) -> ColumnMapping:
        """What `to_json` gave; what is no mapping gives an empty one."""
        if not isinstance(data, dict):
            return cls()
        return cls(_texts(data.get("columns")), data.get("day_first") is not False, _texts(data.get("fixed")))

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table with `columns` has all that this mapping speaks of."""
        return set(self.columns) <= set(columns)


def _texts(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    return {name: held for name, held in data.items() if isinstance(name, str) and isinstance(held, str)}
