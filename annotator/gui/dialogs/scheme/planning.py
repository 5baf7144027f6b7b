"""Plans of changes to a scheme, worked out on another thread, with the places of their conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.gui.dialogs.scheme.desk import used_sentence
from annotator.gui.jobs import Latest
from annotator.gui.texts import tr
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.scheme_plans import Plan

Make = Callable[[Reader], Plan]
MOST = 500  # conflicts that are listed


class Place(NamedTuple):
    """Where a conflict is."""

    document: str
    span: Span  # of the mark; of no length at the start, where it is about the article's form
    title: str
    words: str
    why: str  # as the plan has it


class Outlook(NamedTuple):
    """A plan, and the first of its conflicts."""

    plan: Plan
    places: list[Place]

    @property
    def touches(self) -> bool:
        """Whether anything that was marked or answered would be changed."""
        plan = self.plan
        return bool(plan.marks or plan.links or plan.answers or plan.conflicts)

    def sentence(self) -> str:
        """What would be changed, in numbers."""
        plan = self.plan
        parts = [used_sentence(plan.marks, plan.documents)] if plan.marks else []
        for count, words in (
            (plan.links, tr("{count} links", count=f"{plan.links:,}")),
            (plan.answers, tr("{count} answers about articles", count=f"{plan.answers:,}")),
            (plan.united, tr("{count} marks become one with another", count=f"{plan.united:,}")),
            (len(plan.conflicts), tr("{count} conflicts", count=f"{len(plan.conflicts):,}")),
        ):
            parts += [words] if count else []
        away = sum(each.many for each in plan.missing)
        parts += [tr("{count} things have no place any more and stay away", count=f"{away:,}")] if away else []
        return tr(", ").join(parts) if parts else tr("No mark, link or answer is changed by this.")


class Planner(QObject):
    """Works plans out, one after the other; of several asked for, only the last is told of."""

    planned = Signal(object)  # Outlook
    refused = Signal(str)  # a sentence

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._latest = Latest(self)
        self._latest.done.connect(self.planned)
        self._latest.failed.connect(self._on_failed)

    def plan(self, make: Make) -> None:
        """Begin to work a plan out."""
        path = self._project.path
        if path is None:  # a project in memory has no other reader
            try:
                self.planned.emit(_outlook(self._project, make))
            except KnownError as error:
                self.refused.emit(str(error))
            return

        def work() -> Outlook:
            with Reader(path) as reader:
                return _outlook(reader, make)

        self._latest.begin(work)

    def forget(self) -> None:
        """Tell of nothing that is under way."""
        self._latest.forget()

    def _on_failed(self, error: Exception) -> None:
        self.refused.emit(str(error) if isinstance(error, KnownError) else repr(error))


def _outlook(reader: Reader, make: Make) -> Outlook:
    plan = make(reader)
    by_document = defaultdict(list)
    for conflict in plan.conflicts[:MOST]:
        by_document[conflict.document].append(conflict)
    places = []
    for key, conflicts in by_document.items():
        document = reader.document(key)
        marks = {mark.id: mark for mark in reader.annotations(key)}
        for conflict in conflicts:
            mark = marks.get(conflict.annotation)
            span = Span(mark.start, mark.end) if mark else Span(0, 0)
            words = " ".join(mark.covered(document.text).split()) if mark else ""
            places.append(Place(key, span, document.title, words, conflict.why))
    return Outlook(plan, places)
