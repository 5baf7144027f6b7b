"""Where the entries of the registry are used: in marks, in links, and in the forms of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.registry import DISTINCT, entry_from_row
from annotator.core.rows import row, written
from annotator.store.reading import Reader
from annotator.store.writing import selection

PAGE = 500  # entries that are read at a time


class Uses(NamedTuple):
    """How many marks answer with an entry, and in how many documents it is named, their forms counted."""

    marks: int
    documents: int


def entity_attributes(reader: Reader) -> list[str]:
    """The ids of the attributes whose answers are registry entries."""
    return [key for (key,) in reader.rows("SELECT id FROM attributes WHERE kind = 'entity' ORDER BY position, rowid")]


def registry_uses(reader: Reader) -> dict[str, Uses]:
    """How often each entry is used, by its id; entries that are not are not in it."""
    keys = entity_attributes(reader)
    if not keys:
        return {}
    return {key: Uses(marks, documents) for key, marks, documents in reader.rows(_USES, (written(keys),))}


def registry_size(reader: Reader) -> int:
    """How many entries there are."""
    ((count,),) = reader.rows("SELECT count(*) FROM registry")
    return int(count)


def registry_entries(reader: Reader, keys: Iterable[str]) -> dict[str, RegistryEntry]:
    """The entries with those ids, and those that are told apart from others, by id."""
    sql = f"{selection('registry')} WHERE id IN (SELECT value FROM json_each(?)) OR instr(attributes, ?)"
    found = reader.rows(sql, (written([*keys]), written(DISTINCT)))
    return {values[0]: entry_from_row(row("registry", values)) for values in found}


def streamed_registry(reader: Reader) -> Iterator[RegistryEntry]:
    """All entries, in the order they came. Read in pages, so that no other thread waits for long."""
    last = 0
    sql = f"{selection('registry').replace('SELECT', 'SELECT rowid,', 1)} WHERE rowid > ? ORDER BY rowid LIMIT {PAGE}"
    while page := reader.rows(sql, (last,)):
        last = page[-1][0]
        for _, *values in page:
            yield entry_from_row(row("registry", values))


def registry_entry(reader: Reader, key: str) -> RegistryEntry | None:
    """The entry with that id, if there is one."""
    found = reader.rows(f"{selection('registry')} WHERE id = ?", (key,))
    return entry_from_row(row("registry", found[0])) if found else None


_EACH = "json_each(CASE answer.type WHEN 'array' THEN answer.value ELSE json_array(answer.value) END)"
_ENTITY = "(SELECT value FROM json_each(?1))"
_USES = f"""
    SELECT entry, count(DISTINCT mark), count(DISTINCT document) FROM (
        SELECT each.value AS entry, a.id AS mark, a.document AS document
        FROM annotations a, json_each(a.attributes) answer, {_EACH} each
        WHERE a.attributes <> '{{}}' AND answer.key IN {_ENTITY}
        UNION ALL
        SELECT each.value, NULL, r.document FROM relations r, json_each(r.attributes) answer, {_EACH} each
        WHERE r.attributes <> '{{}}' AND answer.key IN {_ENTITY}
        UNION ALL
        SELECT each.value, NULL, l.document
        FROM document_labels l, json_each(json_array(json(l.value))) answer, {_EACH} each
        WHERE l.attribute IN {_ENTITY}
    ) WHERE entry IS NOT NULL GROUP BY entry"""
