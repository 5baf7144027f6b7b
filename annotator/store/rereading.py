"""Kept pages read again: what that would change, worked out first, and one step then.

A text never changes: where the page gives another one now, a new document takes the place of the old, and marks,
links, answers, statuses and notes go over to it. What cannot be moved stays with the old document, which stays then.
Where only zones or what the page says of itself differ, the document stays and they are put right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.changes import BulkChange, ChangeSet, Row, RowChange
from annotator.core.errors import KnownError
from annotator.core.ids import document_id, new_id, text_hash
from annotator.core.imports import Progress, Stop
from annotator.core.raw_page import RawPage
from annotator.core.rows import row, written, zone_values
from annotator.core.span import Span
from annotator.core.zones import with_zone
from annotator.store.history import decoded
from annotator.store.many_rows import deleted, inserted
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.replacing import (
    NAME,
    SUPERSEDED_BY,
    SUPERSEDES,
    Changed,
    Left,
    Replacing,
    Target,
    document_row,
    rows_of,
    target_of,
    zones_said,
)
from annotator.store.writing import selection

ReadAgain = Callable[[RawPage, AnnotatedDocument], AnnotatedDocument]  # raises KnownError where it cannot


class Unread(NamedTuple):
    """An article whose page could not be read again, and why, as a sentence."""

    document: str
    title: str
    reason: str


@dataclass(slots=True)
class RereadPlan:
    """What reading the pages again would do."""

    pages: int = 0  # that were read again
    same: int = 0  # that give just what they gave
    described: int = 0  # articles of the same text whose zones or data differ
    renewed: int = 0  # articles of another text
    kept: int = 0  # old articles that stay, since something of them could not be moved
    place: int = 0  # marks moved to the same place in the new text
    context: int = 0  # marks moved by what stands around them
    changed: list[Changed] = field(default_factory=list)  # marks moved to words that differ a little
    left: list[Left] = field(default_factory=list)
    failed: list[Unread] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)  # ids of old documents, with those that take their place
    parts: list[ChangeSet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    cancelled: bool = False

    @property
    def moved(self) -> int:
        """Marks that go over to another text."""
        return self.place + self.context + len(self.changed)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not self.parts

    def to_json(self) -> dict[str, Any]:
        """The plan as programs read it."""
        return {
            "pages": self.pages,
            "same": self.same,
            "described": self.described,
            "renewed": self.renewed,
            "kept": self.kept,
            "moved": {"place": self.place, "context": self.context, "changed": len(self.changed)},
            "changed": [_plain(each._asdict()) for each in self.changed],
            "left": [_plain(each._asdict()) for each in self.left],
            "failed": [each._asdict() for each in self.failed],
            "replaced": self.replaced,
        } | ({"cancelled": True} if self.cancelled else {})


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    return {name: [value.start, value.end] if isinstance(value, Span) else value for name, value in said.items()}


def documents_with_pages(reader: Reader) -> list[str]:
    """The ids of the documents whose pages are kept, in order of import."""
    sql = "SELECT id FROM documents WHERE number IN (SELECT document FROM pages) ORDER BY number"
    return [key for (key,) in reader.rows(sql)]


def plan_rereading(
    reader: Reader,
    read: ReadAgain,
    document: str = "",
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> RereadPlan:
    """What it would do to read the page of `document` again with `read`, or all pages that are kept.

    `progress` is told how many pages were read. Nothing is changed. Where `stop` says so, the plan is empty.
    Raises KnownError when there is no document of that id, or no page of it.
    """
    return _Rereading(reader, read).plan(document, progress, stop or (lambda: False))


def apply_rereading(project: Project, plan: RereadPlan, *, quiet: bool = False) -> ChangeSet:
    """Do what `plan` says, as one step. Raises StaleChangeError when a document was changed since; nothing is then.

    The new texts are found by search after `index_documents`. `quiet` is as in `Project.apply`.
    """
    return project.apply_all(NAME, plan.parts, texts=plan.texts, quiet=quiet)


class _Rereading:
    def __init__(self, reader: Reader, read: ReadAgain) -> None:
        self._reader = reader
        self._read = read
        self._plan = RereadPlan()
        self._by_hand = set(_zones_by_hand(reader))
        self._targets: dict[str, Target] = {}  # by text's hash
        self._rows: dict[str, Row] = {}  # of documents that earlier parts of the plan have changed, by id
        self._sources: set[str] = set()  # documents whose text is another now

    def plan(self, document: str, progress: Progress | None, stop: Stop) -> RereadPlan:
        keys = [document] if document else documents_with_pages(self._reader)
        other: list[tuple[str, AnnotatedDocument]] = []
        for key in keys:
            if stop():
                return RereadPlan(cancelled=True)
            other += self._look_at(key)
            self._plan.pages += 1
            if progress is not None:
                progress(self._plan.pages)
        self._sources = {key for key, _ in other}
        for key, reading in other:
            if stop():
                return RereadPlan(cancelled=True)
            self._renew(self._reader.document(key), reading)
        return self._plan

    def _look_at(self, key: str) -> Iterator[tuple[str, AnnotatedDocument]]:
        """Read a page; gives the document's id and what it reads as now, where the text is another."""
        old = self._reader.document(key)
        page = self._reader.page(key)
        if page is None:
            self._fail(old, "The page that it was found in is not kept, or its bytes are missing.")
            return
        try:
            reading = self._read(page, old)
        except KnownError as error:
            self._fail(old, str(error))
            return
        if reading.text != old.text:
            yield key, replace(reading, raw=None)
        elif not self._describe(old, reading):
            self._plan.same += 1

    def _fail(self, old: AnnotatedDocument, why: str) -> None:
        self._plan.failed.append(Unread(old.id, old.title, f"{why} The article stays as it is."))

    # The same text

    def _describe(self, old: AnnotatedDocument, reading: AnnotatedDocument) -> bool:
        """Put zones and data right. Returns whether there was something to put right."""
        zones = list(reading.zones)
        for zone in old.zones:
            if zone.id in self._by_hand:
                zones = with_zone(zones, zone.label, zone.span)
        (held,) = self._reader.rows(f"{selection('documents')} WHERE documents.id = ?", (old.id,))
        before = row("documents", held)
        after = document_row(old.id, old, reading, before)
        rows = (RowChange("documents", old.id, before, after),) if before != after else ()
        bulk: tuple[BulkChange, ...] = ()
        if zones_said(zones) != zones_said(old.zones):
            new = [zone_values(old.id, zone._replace(id=zone.id or new_id())) for zone in zones]
            gone = rows_of(self._reader, "zones", old.id)
            bulk = (*deleted("zones", gone), *inserted("zones", new))
        if rows or bulk:
            self._plan.parts.append(ChangeSet(NAME, rows, old.id, bulk))
            self._plan.described += 1
        return bool(rows or bulk)

    # Another text

    def _renew(self, old: AnnotatedDocument, reading: AnnotatedDocument) -> None:
        target = self._target(reading)
        if target is None:
            self._fail(old, "Its text is that of another article now, which changes as well. Read the pages once more.")
            return
        made = target.held is None
        outcome = Replacing(self._reader, old, reading, target, self._by_hand).outcome()
        plan = self._plan
        plan.texts += [reading.text] if made else []
        plan.parts += [part for part in outcome.parts if part.rows or part.bulk]
        if not outcome.stays:
            plan.parts += self._pointers(old, target)
        plan.place += outcome.place
        plan.context += outcome.context
        plan.changed += outcome.changed
        plan.left += outcome.left
        plan.replaced[old.id] = target.id
        plan.renewed += 1
        plan.kept += outcome.stays

    def _target(self, reading: AnnotatedDocument) -> Target | None:
        """The document of that text: one that is there, or that an earlier page made, or a new one."""
        sha256 = text_hash(reading.text)
        if sha256 not in self._targets:
            sql = "SELECT documents.id FROM documents JOIN texts USING (number) WHERE sha256 = ?"
            found = self._reader.rows(sql, (sha256,))
            if found and found[0][0] in self._sources:
                return None
            wanted = document_id(sha256)
            taken = self._reader.number_of(wanted) is not None
            made = Target(new_id() if taken else wanted, reading.text, None)
            target = target_of(self._reader, found[0][0], reading.text) if found else made
            target.held = self._rows.get(target.id, target.held)
            self._targets[sha256] = target
        return self._targets[sha256]

    def _pointers(self, old: AnnotatedDocument, target: Target) -> Iterator[ChangeSet]:
        """Earlier documents whose place `old` took say what takes its own, now that it goes."""
        for key in old.metadata.get(SUPERSEDES, "").split():
            held = next((each.held for each in self._targets.values() if each.id == key), None)
            before = held or self._rows.get(key) or self._row(key)
            if before is None or key == target.id or key in self._sources:
                continue
            after = {**before, "metadata": written({**json.loads(before["metadata"]), SUPERSEDED_BY: target.id})}
            self._rows[key] = after
            for each in self._targets.values():
                each.held = after if each.id == key else each.held
            yield ChangeSet(NAME, (RowChange("documents", key, before, after),), key)

    def _row(self, key: str) -> Row | None:
        found = self._reader.rows(f"{selection('documents')} WHERE documents.id = ?", (key,))
        return row("documents", found[0]) if found else None


def _zones_by_hand(reader: Reader) -> Iterator[str]:
    """The ids of the zones that people set."""
    sql = "SELECT changes FROM revisions WHERE kind = 'edit' AND name <> ? AND instr(changes, '\"zones\"')"
    for (changes,) in reader.rows(sql, (NAME,)):
        for change in decoded(changes).rows:
            if change.table == "zones" and change.after is not None:
                yield change.key
