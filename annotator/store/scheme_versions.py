"""The versions of a project's scheme: each step that changed it, what it changed, and the scheme as it stood then.

A mark knows the version it was made under by `Annotation.scheme`, a Lamport time; people count versions from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.rows import SCHEME_TABLES
from annotator.core.scheme import Scheme
from annotator.core.scheme_changes import scheme_from_rows
from annotator.store.history import decoded
from annotator.store.reading import Reader

PAGE = 100  # versions that a list reads at a time
_WORDS = {
    "layers": ("layer", "layers"),
    "labels": ("label", "labels"),
    "attributes": ("attribute", "attributes"),
    "relation_types": ("kind of link", "kinds of links"),
    "annotations": ("mark", "marks"),
    "relations": ("link", "links"),
    "document_labels": ("answer", "answers"),
}
_NAMED = 3  # of what changed, this many are called by their names


class Version(NamedTuple):
    """One version of the scheme."""

    number: int  # from 1
    revision: str  # the id of the revision that made it
    lamport: int  # as marks hold it
    at: str  # when, in UTC
    annotator: str  # the name of who did it
    name: str  # of the step, as the Edit menu called it
    kind: str  # edit, import, undo or redo


class Changed(NamedTuple):
    """What a version did to the rows of one table."""

    table: str
    new: int
    changed: int
    deleted: int
    names: tuple[str, ...]  # of the scheme's rows, as they were called before and are now; empty for marks and links

    def words(self) -> str:
        """That in words: `2 labels deleted (ENVOY, CAMP), 1 label changed (PERSON)`."""
        counts = ((self.new, "new"), (self.changed, "changed"), (self.deleted, "deleted"))
        said = ", ".join(f"{count:,} {_WORDS[self.table][count != 1]} {how}" for count, how in counts if count)
        more = ", …" if len(self.names) > _NAMED else ""
        return f"{said} ({', '.join(self.names[:_NAMED])}{more})" if self.names else said


_VERSION = """
    SELECT * FROM (
        SELECT row_number() OVER (ORDER BY v.lamport, r.device, r.counter) AS number,
               v.revision, v.lamport, r.at, coalesce(a.name, ''), r.name, r.kind
        FROM scheme_versions v JOIN revisions r ON r.id = v.revision LEFT JOIN annotators a ON a.id = r.annotator)"""


def versions(reader: Reader, before: Version | None = None, many: int = PAGE) -> list[Version]:
    """The newest versions, newest first, or those before one that was read already."""
    last = 1 << 62 if before is None else before.number
    found = reader.rows(f"{_VERSION} WHERE number < ? ORDER BY number DESC LIMIT ?", (last, many))
    return [Version(*each) for each in found]


def version_number(reader: Reader, lamport: int) -> int:
    """The number of the version that a mark was made under, from its `Annotation.scheme`; 0 where that is not known."""
    ((number,),) = reader.rows("SELECT count(*) FROM scheme_versions WHERE lamport <= ?", (lamport,))
    return int(number)


def scheme_at(reader: Reader, revision: str) -> Scheme:
    """The scheme as it stood after the version with that revision. Raises KnownError when there is no such version."""
    until = _version(reader, revision)
    tables: dict[str, dict[str, Row]] = {table: {} for table in SCHEME_TABLES}
    sql = """
        SELECT r.changes FROM scheme_versions v JOIN revisions r ON r.id = v.revision
        ORDER BY v.lamport, r.device, r.counter LIMIT ?"""
    for (changes,) in reader.rows(sql, (until.number,)):
        for change in _scheme_changes(decoded(changes)):
            if change.after is None:
                tables[change.table].pop(change.key, None)
            else:
                tables[change.table][change.key] = change.after
    return scheme_from_rows(tables, reader.meta("scheme"), until.lamport)


def changes_of(reader: Reader, revision: str) -> list[Changed]:
    """What the version with that revision changed, in its whole step: the scheme, then marks, links and answers."""
    counts: dict[str, list[int]] = {table: [0, 0, 0] for table in _WORDS}
    names: dict[str, dict[str, None]] = {table: {} for table in _WORDS}
    for part in step_of(reader, revision):
        for change in part.rows:
            if change.table in counts:
                counts[change.table][_how(change.before, change.after)] += 1
                if change.table in SCHEME_TABLES:
                    names[change.table] |= {str(row["name"]): None for row in (change.before, change.after) if row}
        for many in part.bulk:
            if many.table in counts:
                counts[many.table][_how(many.before, many.after)] += len(many.keys)
    return [
        Changed(table, new, changed, deleted, tuple(names[table]))
        for table, (new, changed, deleted) in counts.items()
        if new or changed or deleted
    ]


def step_of(reader: Reader, revision: str) -> Iterator[ChangeSet]:
    """The changes of the whole step that a revision belongs to, a revision at a time."""
    sql = """
        SELECT id FROM revisions WHERE step = (SELECT step FROM revisions WHERE id = ?)
        ORDER BY lamport, device, counter"""
    for (key,) in reader.rows(sql, (revision,)):
        ((name, document, changes),) = reader.rows("SELECT name, document, changes FROM revisions WHERE id = ?", (key,))
        yield decoded(changes, name, document)


def _version(reader: Reader, revision: str) -> Version:
    found = reader.rows(f"{_VERSION} WHERE revision = ?", (revision,))
    if not found:
        raise KnownError("There is no such version of the scheme in this project.")
    return Version(*found[0])


def _scheme_changes(changes: ChangeSet) -> Iterator[RowChange]:
    return (change for change in changes.rows if change.table in SCHEME_TABLES)


def _how(before: object, after: object) -> int:
    """0 for what is new, 1 for what changed, 2 for what was deleted."""
    return 0 if before is None else 2 if after is None else 1
