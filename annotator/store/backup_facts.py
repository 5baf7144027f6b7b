"""What a backup is to say of itself, whether it is needed, and what it may add to."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

from annotator.store.backups import Backup, Facts, Why, base_of
from annotator.store.database import schema_version
from annotator.store.history import decoded


def facts_of(source: sqlite3.Connection, number: int, why: Why, before: list[Backup]) -> Facts:
    """What the backup with that number is to say of what `source` holds; `before` are those there are."""

    def one(sql: str) -> int:
        return int(source.execute(sql).fetchone()[0])

    head = source.execute("SELECT id FROM revisions ORDER BY rowid DESC LIMIT 1").fetchone()
    tables = ("revisions", "texts", "page_bytes") if _has_pages(source) else ("revisions", "texts")
    highest = {table: one(f"SELECT coalesce(max(rowid), 0) FROM {table}") for table in tables}
    facts = Facts(
        number=number,
        made=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        why=why,
        documents=one("SELECT count(*) FROM documents"),
        marks=one("SELECT count(*) FROM annotations"),
        revisions=one("SELECT count(*) FROM revisions"),
        head=head[0] if head else "",
        last_revision=highest["revisions"],
        last_text=highest["texts"],
        last_page=highest.get("page_bytes", 0),
    )
    return replace(facts, lacks=_lacking(source, facts, before))


def _has_pages(source: sqlite3.Connection) -> bool:
    return bool(source.execute("SELECT 1 FROM sqlite_master WHERE name = 'page_bytes'").fetchone())


def _lacking(source: sqlite3.Connection, now: Facts, before: list[Backup]) -> int:
    """How many marks are gone since the last backup though nobody deleted them.

    Backups that are older than what the project was restored from are no measure.
    """
    found = source.execute("SELECT value FROM meta WHERE key = 'restored'").fetchone()
    last = before[0].facts if before else None
    if last is None or last.number <= int(found[0] if found else 0) or now.marks >= last.marks:
        return 0
    missing = last.marks - now.marks
    row = source.execute("SELECT rowid FROM revisions WHERE id = ?", (last.head,)).fetchone()
    return max(0, missing - _deleted_since(source, row[0])) if row else missing


def _deleted_since(source: sqlite3.Connection, row: int) -> int:
    """How many marks the revisions after the one in that row took away."""
    count = 0
    for (changes,) in source.execute("SELECT changes FROM revisions WHERE rowid > ?", (row,)):
        step = decoded(changes)
        count += sum(each.table == "annotations" and each.after is None for each in step.rows)
        count += sum(len(each.keys) for each in step.bulk if each.table == "annotations" and each.after is None)
    return count


def says_all(newest: Backup, now: Facts) -> bool:
    """Whether nothing has changed since `newest`: `meta` alone is not looked at."""
    held = newest.facts
    same = held is not None and (held.head, held.revisions, held.marks) == (now.head, now.revisions, now.marks)
    return same and base_of(newest) is not None


def base_for(source: sqlite3.Connection, before: list[Backup], large: int) -> Backup | None:
    """The whole backup that this one may add to: of a large project, if its history is still in it, and most of it."""
    (pages,), (size,) = (source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    if pages * size < large:
        return None
    for backup in before:
        facts = backup.facts
        if facts is None or not backup.is_whole:
            continue
        found = source.execute("SELECT rowid FROM revisions WHERE id = ?", (facts.head,)).fetchone()
        (version,) = source.execute("PRAGMA user_version").fetchone()
        if not found or found[0] != facts.last_revision or version != schema_version(backup.path):
            return None
        (new,) = source.execute("SELECT count(*) FROM revisions WHERE rowid > ?", (facts.last_revision,)).fetchone()
        return backup if new <= max(20_000, facts.revisions // 2) else None
    return None
