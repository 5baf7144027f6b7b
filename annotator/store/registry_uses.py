"""Where the entries of the registry are used: in marks, in links, and in the forms of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.rows import written
from annotator.store.reading import Reader


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


def is_used(reader: Reader, keys: Sequence[str]) -> bool:
    """Whether a mark, a link or a document's form answers with one of the entries."""
    found = registry_uses(reader)
    return any(key in found for key in keys)


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
