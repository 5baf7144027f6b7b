"""What a step took away: rows that it deleted, and rows that it changed, as they were before and behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from annotator.core.changes import BulkChange, ChangeSet, Row
from annotator.core.rows import COLUMNS


class Altered(NamedTuple):
    """A row that the step changed, in the columns that it speaks of."""

    key: str
    before: Row
    after: Row


class Lost:
    """What a step, given by its parts, took away: by table, then by id."""

    def __init__(self, step: Iterable[ChangeSet]) -> None:
        self.deleted: Mapping[str, dict[str, Row]] = defaultdict(dict)
        self.altered: Mapping[str, list[Altered]] = defaultdict(list)
        for part in step:
            for change in part.rows:
                if change.before is not None and change.after is None:
                    self.deleted[change.table][change.key] = change.before
                elif change.before is not None and change.after is not None:
                    self.altered[change.table].append(Altered(change.key, change.before, change.after))
            for many in part.bulk:
                self._take(many)

    def take_deleted(self, table: str) -> Iterator[Row]:
        """The rows that it deleted from `table`, once: each is let go when it was looked at.

        To let all of them go at once would hold up the window's thread.
        """
        rows = list(self.deleted[table].values())
        self.deleted[table].clear()
        rows.reverse()
        while rows:
            yield rows.pop()

    def take_altered(self, table: str) -> Iterator[Altered]:
        """The rows of `table` that it changed, once, in the same way."""
        rows = self.altered[table]
        rows.reverse()
        while rows:
            yield rows.pop()

    def _take(self, many: BulkChange) -> None:
        if many.before is None:
            return
        if many.after is None:
            columns = COLUMNS[many.table]
            held = zip(*(many.before[column] for column in columns), strict=True)
            rows: dict[str, Row] = {values[0]: dict(zip(columns, values, strict=True)) for values in held}
            self.deleted[many.table].update(rows)
            return
        sides = zip(_rows(many.before), _rows(many.after), strict=True)
        self.altered[many.table].extend(
            Altered(key, before, after) for key, (before, after) in zip(many.keys, sides, strict=True)
        )


def _rows(held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (dict(zip(held, values, strict=True)) for values in zip(*held.values(), strict=True))
