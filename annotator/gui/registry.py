"""The registry as the window uses it: its names for completing, and how often each entry is used, followed along."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from threading import Event
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.annotation import RegistryEntry
from annotator.core.changes import ChangeSet, Row, RowChange
from annotator.core.collecting import left_alone
from annotator.core.completion import Completions, Ranks
from annotator.core.errors import KnownError
from annotator.core.registry import entry_from_row
from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.gui.texts import tr
from annotator.store.reading import Reader
from annotator.store.registry_uses import (
    Uses,
    entity_attributes,
    registry_entry,
    registry_size,
    registry_uses,
    streamed_registry,
)

FEW = 500  # entries that are read at once: more are read by a worker, so that the window goes on
QUIET = 700  # milliseconds without a change until uses are counted anew
GIVEN = 20  # entries that were given last, which come before those that are used more
NO_USES = Uses(0, 0)
_ANSWERING = ("annotations", "document_labels")


class _Read(NamedTuple):
    names: Completions | None  # None where only uses were counted
    uses: dict[str, Uses]
    ranks: Ranks


class Registry(QObject):
    """The entries of a session's project. One a session: `registry_of` gives it."""

    changed = Signal()  # entries, or whether they have been read
    counted = Signal()  # how often they are used

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._meanwhile: list[RowChange] = []
        self._given: list[str] = []  # the ids of entries that were answers last, the last one at the end
        self._stale = False  # what a worker reads now is old already
        self.index = Completions()
        self.uses: Mapping[str, Uses] = {}
        self.ready = False
        self._asking = frozenset(entity_attributes(session.project))
        self._pause = QTimer(self, singleShot=True, interval=QUIET)
        self._pause.timeout.connect(self.count_uses)
        session.project.on_change(self._on_change)
        session.scheme_changed.connect(self._on_scheme)
        self.read()

    def entry(self, key: str) -> RegistryEntry | None:
        """The entry with that id, also while it is still to be taken in."""
        return self.index.get(key) or registry_entry(self._session.project, key)

    # Reading

    def read(self) -> None:
        """Read all entries anew: few at once, many by a worker."""
        project = self._session.project
        if project.path is None or registry_size(project) <= FEW:
            self.index, self.ready = Completions(project.registry()), True
            self.index.set_ranks(_ranks(self.uses))
            self.changed.emit()
            self.count_uses()
            return
        self._begin(entries=True)

    def count_uses(self) -> None:
        """Count anew how often each entry is used."""
        if self._session.project.path is None:
            uses = registry_uses(self._session.project)
            self._take(_Read(None, uses, _ranks(uses)))
        elif self._job is None:
            self._begin(entries=False)
        else:
            self._pause.start()

    def _begin(self, *, entries: bool) -> None:
        if self._job is not None:
            self._stale = True
            return
        path = self._session.project.path
        assert path is not None, "a project in memory is read at once"

        def work(stop: Event, _: Any) -> _Read:
            with Reader(path) as reader, left_alone():
                uses = registry_uses(reader)
                names = Completions(streamed_registry(reader)) if entries else None
                return _Read(names, uses, _ranks(uses))

        self._meanwhile = []
        self._job = begun(self._session, work, self._on_read, self._on_failed)

    def _on_read(self, found: _Read) -> None:
        self._job = None
        if self._stale:
            self._stale = False
            self.read()
            return
        self._take(found)

    def _take(self, found: _Read) -> None:
        self.uses = found.uses
        if found.names is not None:
            self.index, self.ready = found.names, True
            self._follow(self._meanwhile)
        self.index.set_ranks(found.ranks)
        for key in self._given:
            self.index.use(key)
        if found.names is not None:
            self.changed.emit()
        self.counted.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        said = str(error) if isinstance(error, KnownError) else repr(error)
        self._session.refused.emit(tr("The registry could not be read: {why}", why=said))

    # Following along

    def _on_scheme(self) -> None:
        self._asking = frozenset(entity_attributes(self._session.project))

    def _on_change(self, changes: ChangeSet) -> None:
        if any(many.table == "registry" for many in changes.bulk):
            self.read()
            return
        if changes.bulk:
            self._pause.start()
        rows = [change for change in changes.rows if change.table == "registry"]
        if rows:
            self._meanwhile += rows
            self._follow(rows)
            self.changed.emit()
        self._follow_answers(changes.rows)

    def _follow(self, rows: Iterable[RowChange]) -> None:
        for change in rows:
            if change.after is None:
                self.index.remove(change.key)
            else:
                self.index.put(entry_from_row(change.after))

    def _follow_answers(self, rows: Iterable[RowChange]) -> None:
        """Let what was just given come first, and count it."""
        answering = [change for change in rows if change.table in _ANSWERING]
        if not answering or not self._asking:
            return
        more: Counter[str] = Counter()
        for change in answering:
            before, after = (self._named(side) for side in (change.before, change.after))
            for key in after - before:
                self._given = [*(each for each in self._given if each != key), key][-GIVEN:]
                self.index.use(key)
            if change.table == "annotations":
                more.update(after)
                more.subtract(before)
        uses = dict(self.uses)
        for key, by in more.items():
            if by:
                held = uses.get(key, NO_USES)
                marks = max(0, held.marks + by)
                uses[key] = Uses(marks, max(held.documents, min(1, marks)))  # until they are counted
        if any(more.values()):
            self.uses = uses
            self.counted.emit()
            self._pause.start()

    def _named(self, row: Row | None) -> set[str]:
        """The entries that a row answers with."""
        if row is None:
            return set()
        if "attribute" in row:
            answers = [json.loads(row["value"])] if row["attribute"] in self._asking else []
        elif row["attributes"] == "{}":
            answers = []
        else:
            answers = [value for key, value in json.loads(row["attributes"]).items() if key in self._asking]
        return {each for value in answers for each in (value if isinstance(value, list) else [value]) if each}


def registry_of(session: Session) -> Registry:
    """The registry of a session, read when it is first asked for."""
    found = session.findChild(Registry)
    return found if isinstance(found, Registry) else Registry(session)


def _ranks(uses: Mapping[str, Uses]) -> Ranks:
    return Ranks({key: used.marks for key, used in uses.items()})


def begun(
    session: Session, work: Callable[[Event, Any], Any], done: Callable[[Any], None], failed: Callable[[Any], None]
) -> Job:
    """A job that was started. It may outlive who began it, and whoever is told is a method of a QObject."""
    job = Job(work, session.parent())
    job.done.connect(done)
    job.failed.connect(failed)
    job.done.connect(job.deleteLater)
    job.failed.connect(job.deleteLater)
    job.start()
    return job


def shown_kind(kind: str) -> str:
    """A kind of entry as a person reads it."""
    named = {
        "person": tr("person"),
        "organisation": tr("organisation"),
        "place": tr("place"),
        "concept": tr("concept"),
    }
    return named.get(kind, kind)
