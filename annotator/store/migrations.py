"""The schema, as the list of steps that lead to it. Add at the end; never edit a step that was released.

The tables of `annotator.core.rows.COLUMNS` hold the current state; `revisions` is the truth they are made from, and
`texts` the texts themselves, which never change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Set
from typing import Any

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from annotator.core.rows import SCHEME_TABLES
from annotator.store.database import APPLICATION_ID
from annotator.store.history import decoded

Columns = dict[str, Any]  # a column's name and its type

migrations = Migrations("annotator")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the file behind `connection` to schema `version`, inside the caller's transaction."""
    db = Database(connection)
    to_do = migrations.pending(db)[: version - len(migrations.applied(db))]
    migrations.apply(db, stop_before=[each.name for each in migrations.pending(db) if each not in to_do])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


@migrations()
def m001_project(db: Database) -> None:
    """Names and numbers about the project as a whole; who works on it, on which copies of it."""
    _create(db, "meta", {"key": str, "value": str}, pk="key")
    _create(db, "devices", {"id": str, "place": str, "created": str})
    _create(db, "annotators", {"id": str, "name": str})


@migrations()
def m002_revisions(db: Database) -> None:
    """One row per edit, never updated and never deleted: files of several people merge by the union of these rows.

    `base` is the revision that this copy of the project had last; `undo` and `redo` are the steps that could be
    taken back and taken again after this one; `target` is the step that an undo or redo is about.
    """
    columns: Columns = {
        "id": str,
        "device": str,
        "counter": int,
        "annotator": str,
        "lamport": int,
        "at": str,
        "base": str,
    }
    columns |= {"kind": str, "name": str, "step": str, "target": str, "undo": str, "redo": str, "document": str}
    revisions = _create(db, "revisions", columns | {"changes": str}, optional={"base", "target", "undo", "redo"})
    revisions.create_index(["device", "counter"], unique=True)
    revisions.create_index(["lamport"])
    revisions.create_index(["step"])
    db.execute('CREATE INDEX "idx_revisions_target" ON "revisions" ("target") WHERE "target" IS NOT NULL')


@migrations()
def m003_scheme(db: Database) -> None:
    """Layers, labels, attributes and relations have ids of their own: renaming one touches no mark."""
    _create(db, "layers", {"id": str, "name": str, "title": str, "position": int})
    columns: Columns = {
        "id": str,
        "layer": str,
        "name": str,
        "title": str,
        "color": str,
        "shortcut": str,
        "enabled": int,
    }
    _create(db, "labels", columns | {"attributes": str, "guideline": str, "position": int}, refers={"layer": "layers"})
    columns = {
        "id": str,
        "name": str,
        "title": str,
        "kind": str,
        "several": int,
        "required": int,
        "optional": int,
    }
    _create(db, "attributes", columns | {"details": str, "form": int, "position": int})
    columns = {"id": str, "name": str, "title": str, "sources": str, "targets": str, "position": int}
    _create(db, "relation_types", columns)
    columns = {"id": str, "kind": str, "name": str, "aliases": str, "attributes": str, "note": str}
    _create(db, "registry", columns)


@migrations()
def m004_documents(db: Database) -> None:
    """A text is stored once, under its hash, for good; a document is one text, found at one address or several.

    A document has the number of its text. Numbers are this file's own: rows that belong to a document refer to it
    by number, which keeps the indexes small and in order of import, and revisions name it by its id.
    """
    _create(db, "texts", {"number": int, "sha256": str, "text": str}, pk="number").create_index(["sha256"], unique=True)
    columns: Columns = {"number": int, "id": str, "title": str, "publication": str, "published": str}
    columns |= {"language": str, "direction": str, "metadata": str, "note": str, "created": str}
    documents = _create(db, "documents", columns, pk="number", refers={"number": "texts.number"})
    documents.create_index(["id"], unique=True)
    columns = {"id": str, "document": int, "uri": str, "path": str, "title": str}
    _create(db, "occurrences", columns, refers=_OF_DOCUMENT).create_index(["document"])
    columns = {"id": str, "document": int, "label": str, "start": int, "end": int}
    _create(db, "zones", columns, refers=_OF_DOCUMENT).create_index(["document", "start"])


@migrations()
def m005_annotations(db: Database) -> None:
    """Positions are code points, half open; `fragments` is null for a mark of one piece."""
    columns: Columns = {
        "id": str,
        "document": int,
        "label": str,
        "start": int,
        "end": int,
        "fragments": str,
        "attributes": str,
    }
    columns |= {"note": str, "annotator": str, "origin": str, "confidence": float, "created": str, "updated": str}
    refers = {"label": "labels", **_OF_DOCUMENT, **_BY_ANNOTATOR}
    annotations = _create(db, "annotations", columns, refers=refers, optional={"fragments", "confidence"})
    annotations.create_index(["document", "start"])
    columns = {
        "id": str,
        "document": int,
        "type": str,
        "source": str,
        "target": str,
        "attributes": str,
    }
    columns |= {"annotator": str, "created": str, "updated": str}
    ends = {"type": "relation_types", "source": "annotations", "target": "annotations"}
    relations = _create(db, "relations", columns, refers=ends | _OF_DOCUMENT | _BY_ANNOTATOR)
    for column in ("document", "source", "target"):
        relations.create_index([column])


@migrations()
def m006_forms(db: Database) -> None:
    """The document's form, one row an answer, and how far each annotator is."""
    columns: Columns = {"id": str, "document": int, "attribute": str, "value": str, "annotator": str}
    refers = {"attribute": "attributes", **_OF_DOCUMENT, **_BY_ANNOTATOR}
    _create(db, "document_labels", columns, refers=refers).create_index(["document"])
    columns = {"id": str, "document": int, "annotator": str, "status": str}
    statuses = _create(db, "statuses", columns, refers={**_OF_DOCUMENT, **_BY_ANNOTATOR})
    statuses.create_index(["document"])
    statuses.create_index(["annotator", "status"])


@migrations()
def m007_search(db: Database) -> None:
    """The full-text index, without a copy of the text: it is given folded text, and positions are found in the text."""
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2')"
    )


@migrations()
def m008_scheme_versions(db: Database) -> None:
    """Each change of the scheme is a version, and a mark knows the one it was made under by its Lamport time.

    Marks of older files have 0: nobody noted it. A registry entry may have a colour.
    """
    db.execute("ALTER TABLE annotations ADD COLUMN scheme INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE registry ADD COLUMN color TEXT NOT NULL DEFAULT ''")
    _create(db, "scheme_versions", {"revision": str, "lamport": int}, pk="revision", refers={"revision": "revisions"})
    tables = " OR ".join(f"instr(changes, '\"{table}\"')" for table in SCHEME_TABLES)
    found = db.execute(f"SELECT id, lamport, changes FROM revisions WHERE document = '' AND ({tables})").fetchall()
    for key, lamport, changes in found:
        if any(change.table in SCHEME_TABLES for change in decoded(changes).rows):
            db.execute("INSERT INTO scheme_versions VALUES (?, ?)", (key, lamport))


@migrations()
def m009_pages(db: Database) -> None:
    """The page that an article was found in is kept, so that a better way of reading it can be tried later.

    Bytes are stored once, under their hash, for good, as texts are: revisions name them and do not hold them.
    """
    _create(db, "page_bytes", {"sha256": str, "size": int, "packed": bytes}, pk="sha256")
    columns: Columns = {"id": str, "document": int, "content": str, "media_type": str, "encoding": str}
    pages = _create(db, "pages", columns, refers={"content": "page_bytes.sha256", **_OF_DOCUMENT})
    pages.create_index(["document"])


@migrations()
def m010_large_archives(db: Database) -> None:
    """What a window asks of a million articles at once is kept: how many there are, how long, and from where and when.

    `documents` and `characters` in `meta` follow every document that comes or goes.
    """
    db.table("documents").create_index(["publication", "published"])
    counts = "SELECT count(*), coalesce(sum(length(text)), 0) FROM documents JOIN texts USING (number)"
    documents, characters = db.execute(counts).fetchone()
    pairs = {"documents": str(documents), "characters": str(characters)}
    db.conn.executemany("INSERT INTO meta VALUES (?, ?)", pairs.items())


SCHEMA_VERSION = 10
_OF_DOCUMENT = {"document": "documents.number"}
_BY_ANNOTATOR = {"annotator": "annotators"}


def _create(
    db: Database,
    name: str,
    columns: Columns,
    *,
    pk: str = "id",
    refers: Mapping[str, str] | None = None,
    optional: Set[str] = frozenset(),
) -> Table:
    keys = []
    for column, target in (refers or {}).items():
        table, _, other = target.partition(".")
        keys.append((column, table, other or "id"))
    filled = set(columns) - optional - {pk}
    return db.table(name).create(dict(columns), pk=pk, not_null=filled, foreign_keys=keys, strict=True)
