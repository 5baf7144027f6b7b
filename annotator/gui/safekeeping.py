"""What keeps a project safe while a window has it: backups without being asked, one window a project, warnings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.gui.texts import set_tip, tr
from annotator.store.backups import Why, is_backup
from annotator.store.database import DamagedError, NotAProjectError
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow
    from annotator.gui.single_window import Claim

PAUSE = 5 * 60_000  # milliseconds without a change, after which a backup is made
LONGEST = 30 * 60_000  # milliseconds of work without a pause, after which one is made all the same
LATER = 20_000  # milliseconds until it is tried again, where something else is being written
SOON = 1500  # milliseconds after a project was opened, until its place is looked at
PATIENCE = 0.04  # seconds that the window waits for a moment to be held
WARNED = 50  # projects in shared folders that are remembered


class Held(NamedTuple):
    """A claim, and the file that it is on: its device and number."""

    claim: Claim
    file: tuple[int, int]

    def release(self) -> None:
        """Let another window have it."""
        self.claim.release()
        self.claim.deleteLater()


class Safekeeping(QObject):
    """The safety of one window's project. Nothing it does in the background keeps the window from anything."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self._claim: Held | None = None  # of the project that is open
        self._next: Held | None = None  # of the one that is about to be
        self._job: Job | None = None
        self._changed = False  # since the last backup
        self._told: set[str] = set()  # sentences about backups, each told once a project
        self.given_away = False  # whether the project that was asked for is in another window, which was brought up
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        for timer in (self._pause, self._longest):
            timer.timeout.connect(self.back_up)
        window.transfers.before_import = self._before

    # Opening

    def opened(self, path: Path) -> Project | None:
        """The project at `path`, for this window. Where it cannot be opened, says why, and what helps."""
        self.given_away = False
        try:
            why = self._take(path)
            if self.given_away:
                if self._window.session is not None:
                    self._window.refuse(tr("This project is open in another window, which comes to the front."))
                return None
            project = Project.open(path, why)
            try:
                _look(project)
            except DamagedError:
                project.close()
                raise
        except (DamagedError, NotAProjectError) as error:
            self._give_up()
            self._offer_repair(path, error)
            return None
        except KnownError as error:
            self._give_up()
            self._window.say(str(error))
            return None
        return project

    def _take(self, path: Path) -> str:
        """Claim the project for this window; why it is only to be read, where another has it and does not answer."""
        from annotator.gui.single_window import TakenError, claim

        self._next = None
        if not path.is_file() or is_backup(path):
            return ""
        status = path.stat()
        file = (status.st_dev, status.st_ino)
        if self._claim is not None and self._claim.file == file:
            self._next = self._claim
            return ""
        try:
            taken = claim(path, self)
        except TakenError as error:
            self.given_away = error.came
            return tr("it is open in another window")
        if taken is not None:
            taken.wanted.connect(self._come_up)
            self._next = Held(taken, file)
        return ""

    def _give_up(self) -> None:
        """What was about to be opened is not."""
        if self._next is not None and self._next is not self._claim:
            self._next.release()
        self._next = None

    def _offer_repair(self, path: Path, error: KnownError) -> None:
        """The dialog that helps, where there is something that could be repaired; else a sentence."""
        from annotator.store.backups import backups

        there = path.is_file() and (isinstance(error, DamagedError) or path.suffix == ".annotator")
        try:
            found = there and (isinstance(error, DamagedError) or bool(backups(path)))
        except KnownError:
            found = False
        if found:
            self._window.commands.repair_project(path, str(error))
        else:
            self._window.say(str(error))

    def met_damage(self, error: DamagedError) -> None:
        """A part of the open project cannot be read: the rest stays open, and what helps is a button away."""
        project = self._session.project.path if self._session else None
        if project is not None:
            repair = partial(self._window.commands.repair_project, project, str(error))
            self._window.reader.banner.say(str(error), tr("Repair…"), repair)

    # With a project

    def show_session(self, session: Session) -> None:
        """Keep the project of `session` safe."""
        self._session, self._changed, self._told = session, False, set()
        self._claim, self._next = self._next, None
        set_tip(self._window.line.saved, "")
        session.history_changed.connect(self._on_change)
        session.long_steps.before = lambda: self._before("bulk")
        session.before_large = self.keep_this_moment
        QTimer.singleShot(SOON, session, self._warn_of_place)

    def leave(self) -> bool:
        """The project is about to be closed. Returns whether a backup is to be made once it is."""
        wanted = self._session is not None and self._changed and self._allowed()
        for timer in (self._pause, self._longest):
            timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._session, self._changed = None, False
        return wanted

    def left(self, path: Path | None, *, backup: bool) -> None:
        """The project was closed: let others have it, and make a backup where one is wanted.

        Nobody waits for that but the end of the process.
        """
        if self._claim is not None and self._claim is not self._next:
            self._claim.release()
            self._claim = None
        if backup and path is not None:
            from annotator.store.backup_making import keep_before

            threading.Thread(
                target=keep_before, args=(path, "close", self._window.settings.backups_kept), name="backup"
            ).start()

    def _come_up(self) -> None:
        """Somebody opened the project once more: here it is."""
        window = self._window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    # Backups

    def _allowed(self) -> bool:
        project = self._session.project if self._session else None
        there = project is not None and project.path is not None and not project.read_only
        return there and self._window.settings.backups

    def _before(self, why: Any) -> None:
        """On a worker: keep what the project is before something large is done to it."""
        from annotator.store.backup_making import keep_before

        session = self._session
        if session is not None and self._allowed():
            keep_before(session.project.path, why, self._window.settings.backups_kept)

    def _on_change(self) -> None:
        if self._session is None or self._session.project.read_only:
            return
        self._changed = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    @property
    def busy(self) -> bool:
        """Whether a backup is being made."""
        return self._job is not None

    def back_up(self) -> None:
        """Make a backup in the background, if something has changed; later, where something is being written."""
        session = self._session
        if session is None or not self._changed or not self._allowed() or self._job is not None:
            return
        if self._window.transfers.busy or session.long_steps.busy:
            self._pause.start(LATER)
            return
        path = session.project.path
        assert path is not None, "it was allowed"
        self._changed = False
        self._longest.stop()
        self._begin(path, "idle", lambda: None)

    def keep_this_moment(self) -> None:
        """Begin a backup of what the project is now, and come back once that moment is held: it takes no time.

        Where the machine is so busy that it does, the window does not wait for it.
        """
        path = self._session.project.path if self._session else None
        if path is not None and self._allowed() and self._job is None:
            held = Event()
            self._begin(path, "bulk", held.set)
            held.wait(PATIENCE)

    def _begin(self, path: Path, why: Why, held: Callable[[], object]) -> None:
        last = self._window.settings.backups_kept

        def work(stop: Event, progress: Callable[[int], None]) -> Any:
            from annotator.store.backup_making import make_backup

            return make_backup(path, why, last=last, stop=stop.is_set, held=held)

        self._job = job = Job(work)  # without a parent: it may outlive us
        job.done.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.start()

    def _on_made(self, backup: Any) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        if backup is None or backup.facts is None:
            return
        from annotator.gui.models.backup_list import moment_of

        moment = moment_of(backup.facts.made)
        set_tip(self._window.line.saved, tr("Last backup: {moment}", moment=moment))
        if backup.facts.lacks:
            self._tell(
                tr(
                    "{count} marks are gone that nobody deleted, going by the history. The backup before is kept.",
                    count=f"{backup.facts.lacks:,}",
                ),
                tr("Backups…"),
                self._window.commands.show_backups,
            )

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._changed = True  # the next pause tries again
        if isinstance(error, DamagedError):
            self._tell(str(error), tr("Check the project…"), self._window.commands.check_project)
        else:
            self._tell(str(error))

    def _tell(self, sentence: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._window.reader.banner.say(sentence, action, on_action)

    # Warnings

    def _warn_of_place(self) -> None:
        """Say once of a project that it lies where others move files about."""
        from annotator.store.folder_kinds import shared_place

        session, settings = self._session, self._window.settings
        path = session.project.path if session else None
        if path is None or str(path.resolve()) in settings.warned or is_backup(path):
            return
        place = shared_place(path)
        if place is None:
            return
        settings.warned = [*settings.warned, str(path.resolve())][-WARNED:]
        if place.kind == "network":
            text = tr(
                "This project lies on a network drive ({name}). Such drives may spoil a file that is open: better keep"
                " it on this machine, and put backups and exports there.",
                name=place.name,
            )
        else:
            text = tr(
                "{name} keeps this folder in step with other machines. It may copy the project while it is open, and"
                " spoil it: better keep it in another folder, and put backups and exports here.",
                name=place.name,
            )
        self._window.reader.banner.say(text)


def _look(project: Project) -> None:
    """Read what the window cannot do without."""
    _ = project.scheme
    project.annotators()
    project.rows("SELECT number, id, title FROM documents ORDER BY number LIMIT 100")
