"""What plans of changes of a scheme share: what a plan is, and how what it needs is read and kinds of links follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, NoReturn

from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.rows import attribute_from_row, attribute_values, row, written
from annotator.core.scheme import Attribute
from annotator.core.scheme_edits import SchemeEdits, renamed_ends
from annotator.store.many_rows import PIECE, Rows, Sharing, each_name, real
from annotator.store.reading import Reader
from annotator.store.writing import selection

Why = Literal["two codings", "several values", "link not allowed"]


class Conflict(NamedTuple):
    """Where a plan leaves things for a person to decide.

    “two codings”: another mark there, or another answer of this one, says otherwise; “several values”: it holds more
    than one of those that are told apart; “link not allowed”: it has a link that the scheme does not allow then.
    """

    document: str  # its id
    annotation: str  # the id of the mark that stays as it is; of a link's source; empty for a document's answer
    why: Why


class Missing(NamedTuple):
    """What cannot be brought back: so many rows of a table, or answers within them."""

    what: Literal["layers", "labels", "attributes", "relation_types", "annotations", "relations", "answers"]
    why: Literal["document", "layer", "label", "mark", "link", "attribute", "annotator", "answered"]  # gone; or again
    many: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do: `change` is the step itself."""

    change: ChangeSet
    marks: int = 0  # that get another label, other answers, go, or come back
    documents: int = 0  # that these marks, links and answers stand in
    links: int = 0  # that lead elsewhere, go, or come back
    answers: int = 0  # in the documents' forms, that change, go, or come back
    united: int = 0  # marks that are one with another afterwards
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[Missing, ...] = ()  # of a recovery: what stays away

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to do: applied, it would be a step all the same."""
        return not (self.change.rows or self.change.bulk)


class Planning:
    """Works plans out for the project that `reader` reads. Not for the window's own thread: marks may be many.

    A plan is made from what the file holds now. Applied after somebody else has changed that, it is refused as stale,
    and nothing is changed; planning anew is cheap.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tables = reader.scheme_tables()
        self._edits = SchemeEdits(self._tables)

    # The scheme

    def _row(self, table: str, key: str) -> Row:
        found = self._tables[table].get(key)
        if found is None:
            self._refuse("What you want to change is not in the scheme any more")
        return found

    def _attributes(self) -> dict[str, Attribute]:
        return {key: attribute_from_row(held) for key, held in self._tables["attributes"].items()}

    def _attribute_change(self, attribute: Attribute) -> RowChange:
        before = self._tables["attributes"][attribute.id]
        after = row("attributes", attribute_values(attribute, bool(before["form"]), before["position"]))
        return RowChange("attributes", attribute.id, before, after)

    def _asked_change(self, label: Row, asked: Sequence[str]) -> RowChange:
        return RowChange("labels", label["id"], label, {**label, "attributes": written(list(asked))})

    def _ends_changed(self, names: Mapping[str, Iterable[str]]) -> list[RowChange]:
        """Kinds of links with others in place of some names at their ends."""
        kinds = self._tables["relation_types"].values()
        changed = (
            RowChange("relation_types", kind["id"], kind, {**kind, **renamed_ends(kind, names)}) for kind in kinds
        )
        return list(real(changed))

    def _ends_added(self, old: Row, new: Sequence[Row]) -> list[RowChange]:
        """Links that may end at `old` may end at the `new` labels as well."""
        return self._ends_changed({old["name"]: (old["name"], *each_name(new))})

    def _names_left(self, gone: Iterable[Row]) -> set[str]:
        """What labels and layers are called when those are gone."""
        ids = {each["id"] for each in gone}
        every = (each for table in ("layers", "labels") for each in self._tables[table].values())
        return {each["name"] for each in every if each["id"] not in ids}

    # Rows

    def _rows(self, table: str, condition: str, values: Sequence[Any]) -> Rows:
        """The rows of a table that fit a condition, in the order in which they came."""
        sharing, sql = Sharing(table), f"{selection(table)} WHERE {condition} ORDER BY rowid"
        return [row for piece in self._reader.pieces(sql, values, PIECE) for row in sharing.rows(piece)]

    def _having(self, table: str, column: str, keys: Iterable[str]) -> Rows:
        return self._rows(table, f"{column} IN (SELECT value FROM json_each(?))", (written([*keys]),))

    def _answering(self, table: str, attribute: str) -> Rows:
        """The rows whose answers may hold the attribute with that id: all that do, and perhaps some more."""
        return self._rows(table, "instr(attributes, ?)", (f"{json.dumps(attribute)}:",))

    def _refuse(self, why: str) -> NoReturn:
        raise KnownError(f"{why}. Nothing was changed.")
