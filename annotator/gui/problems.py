"""What is probably wrong in the open article: looked for on a worker after each change, the newest state alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.core.problems import Fix, Problem

LIVE = 3_000  # marks of an article whose problems are looked for after each change; of others, when one asks
REST = 120  # milliseconds without a change, until it is looked for problems


class ProblemWatch(QObject):
    """Knows the problems of a session's open article. What it works with is a copy: the worker reads no file."""

    changed = Signal()  # other problems, or none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._job: Job | None = None
        self._running: set[Job] = set()  # until they have ended: a job must outlive its thread's work
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._begin)
        self.problems: list[Problem] = []
        self._told_by_hand = False
        self.pending = False  # whether `problems` are those of a state that has passed

    def show_session(self, session: Session | None) -> None:
        """Follow `session`."""
        self._session = session
        self._forget()
        if session is not None:
            session.opened.connect(self._on_opened)
            session.history_changed.connect(self.look_soon)
            session.marks_changed.connect(self.look_soon)
            self.look_soon()

    def of_mark(self, key: str) -> list[Problem]:
        """The problems that the mark with that id has."""
        return [problem for problem in self.problems if problem.annotation == key]

    def _on_opened(self) -> None:
        self._forget()
        self.look_soon()

    def _forget(self) -> None:
        self._stop()
        self._rest.stop()
        self.pending = False
        self._take([])

    @property
    def by_hand(self) -> bool:
        """Whether the open article has so many marks that looking after each of them would hold up the next."""
        opened = self._session.open if self._session else None
        return opened is not None and sum(opened.counts.values()) > LIVE

    def look_soon(self) -> None:
        """Look again, once nothing has changed for a moment."""
        by_hand, self._told_by_hand = self._told_by_hand, self.by_hand
        if self._session is not None and not self._told_by_hand:
            self.pending = True
            self._rest.start()
        if by_hand != self._told_by_hand:
            self.changed.emit()

    def look_now(self) -> None:
        """Look at once, also where there are many marks."""
        self.pending = True
        self._begin()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        from annotator.core.problems import problems_of  # with its patterns it would make the start slower
        from annotator.store.problem_fixes import rules_off

        self._stop()
        document = self.document()
        session = self._session
        if session is None or document is None:
            return
        scheme, off = session.scheme, rules_off(session.project)

        def work(stop: Event, _: Callable[[int], None]) -> list[Problem]:
            return problems_of(document, scheme, off, stop.is_set)

        self._job = job = Job(work)
        self._running.add(job)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.start()

    def document(self) -> AnnotatedDocument | None:
        """The open article as it is now; None before all of its marks are read."""
        session = self._session
        opened = session.open if session else None
        if session is None or opened is None or not opened.complete:
            return None
        me = session.project.annotator
        return replace(
            opened.document,
            annotations=tuple(opened.annotations.values()),
            relations=tuple(opened.relations.values()),
            labels=tuple(opened.answers),
            statuses={me: opened.status} if opened.status else {},
        )

    def _on_done(self, problems: list[Problem]) -> None:
        job = self.sender()
        if job is self._job:
            self._job = None
            self.pending = self._rest.isActive()
            self._take(problems)
        self._running = {other for other in self._running if other is not job}

    def _on_failed(self, error: Exception) -> None:
        self._on_done([])
        if not isinstance(error, KnownError):
            raise error

    def _take(self, problems: list[Problem]) -> None:
        if problems != self.problems:
            self.problems = problems
            self.changed.emit()

    # Putting right

    def fix(self, problem: Problem) -> bool:
        """Put a problem right with its first fix, as one step. Returns whether it was; says why not."""
        from annotator.core.problems import apply_fix
        from annotator.core.problems.problem import whole

        session, document = self._session, self.document()
        if session is None or document is None or not problem.fixes:
            return False
        mark = next((one for one in document.annotations if one.id == problem.annotation), None)
        try:
            if problem.annotation and (mark is None or whole(mark) != problem.span):
                raise KnownError("")
            edits = Edits(document.id, session.scheme, session.project.annotator)
            changes = apply_fix(edits, document, session.scheme, problem.fixes[0])
        except KnownError:
            session.refused.emit(tr("This has changed since it was found, and nothing was done."))
            return False
        return session.apply(changes)


def sentence(problem: Problem) -> str:
    """What is wrong, for a person."""
    from annotator.core.problems import RULES

    rule = next(one for one in RULES if one.id == problem.rule)
    return tr(rule.sentence, **problem.values)


def fix_name(fix: Fix, document: AnnotatedDocument, labels: dict[str, str]) -> str:
    """What a fix does, in few words; `labels` are what labels are called, by id."""
    if fix.name == "link":
        mark = next((one for one in document.annotations if one.id == fix.value), None)
        return tr("Link to “{words}”", words=shortened(mark.covered(document.text), 24) if mark else "…")
    if fix.name == "relabel":
        return tr("Relabel to {label}", label=labels.get(fix.value, "?"))
    if fix.name == "set_attribute":
        return tr("Set {attribute} to {value}", attribute=fix.attribute, value=fix.value)
    return {
        "trim": tr("Trim"),
        "delete": tr("Delete the mark"),
        "unlink": tr("Take the link away"),
    }[fix.name]


def shortened(text: str, most: int) -> str:
    """The words of `text` on one line, cut behind `most` characters."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
