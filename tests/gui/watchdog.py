"""Sees when a test of the window keeps the window's thread busy for longer than a person would let pass.

A second thread looks every few milliseconds at what the main thread is in. As long as that is one and the same call of
a function of `annotator.gui`, by Qt or by the test, nothing else gets its turn. What counts is the processor time of
the main thread meanwhile, not the wall: on a busy machine, a test is not late because others are at work.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import annotator.gui

EVERY = 0.005  # seconds between two looks: a call seems shorter than it is by up to two of them
LIMIT = 50.0  # milliseconds
PROGRAM = str(Path(annotator.gui.__file__).parent)


# What takes longer, and is not counted: functions of the program, and the import of modules.
KNOWN = {
    "app.open_window": "the window is made: there is nothing yet that could answer",
    "appearance.Appearance.apply": "Qt styles every window anew, those of the tests before among them",
    "printing.pages.print_pages": "the program prints on another thread, and tests on theirs",
    "import": "a module is read when it is first needed; here it may be compiled, too",
}


class Slow(NamedTuple):
    """How long a call may take at most in which a certain function has a part, in milliseconds, and why."""

    most: float
    why: str


# Each of these is a wish that stands open, not a promise.
SLOW = {
    "dialogs.scheme.window.SchemeWindow.__init__": Slow(200, "a window of four pages is made at once"),
    "dialogs.scheme.window.SchemeWindow._lay_out": Slow(200, "Qt styles what is put into it"),
    "session.Session.take_in_import": Slow(600, "a step changed thousands of marks of the article that is open"),
    "session.Session.show": Slow(600, "thousands of marks on one page: more than any coding makes"),
    "text_view.view.TextView.paintEvent": Slow(150, "the same"),
    "text_view.loading.Loading.load_all": Slow(500, "a key to the end brings in the rest of a very long text"),
    "text_view.view.TextView._show_caret": Slow(500, "the same"),
    "panels.palette.Palette.show_scheme": Slow(400, "a thousand labels are a thousand buttons"),
    "dialogs.manual.ManualDialog.show_page": Slow(150, "Qt lays out a page of the manual"),
}


class Blocked(NamedTuple):
    """A call that kept the main thread."""

    call: str  # of which function, by its module and name
    milliseconds: float
    within: str  # where most of its time went

    def __str__(self) -> str:
        return f"{self.call} kept the window for {self.milliseconds:.0f} ms, mostly in {self.within}"


class Watchdog(threading.Thread):
    """Watches the thread that makes it, until it is told to stop."""

    def __init__(self) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._main = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._main)
        self._end = threading.Event()
        self._seen: list[Blocked] = []
        self._call = ""
        self._spent = self._last = 0.0
        self._within: Counter[str] = Counter()
        self._most = LIMIT

    def take(self) -> list[Blocked]:
        """The calls that were too long since this was last asked."""
        seen, self._seen = self._seen, []
        return seen

    def stop(self) -> None:
        self._end.set()
        self.join()

    def run(self) -> None:
        while not self._end.wait(EVERY):
            self._look()

    def _look(self) -> None:
        now = 1000 * time.clock_gettime(self._clock)
        frame: FrameType | None = sys._current_frames().get(self._main)
        outer, names = None, list[str]()
        while frame is not None:
            if frame.f_code.co_filename.startswith(PROGRAM):
                outer = frame
                names.append(_name(frame))
            elif frame.f_code.co_filename.startswith("<frozen importlib"):
                names.append("import")
            frame = frame.f_back
        if outer is None or outer.f_trace_lines or not self._call:
            self._close()
        if outer is not None:
            self._count(outer, names, now)
        self._last = now

    def _count(self, outer: FrameType, names: list[str], now: float) -> None:
        if not self._call:
            outer.f_trace_lines = False  # our mark; frames cannot be held, since all that they know would live on
            self._call = _name(outer)
        elif KNOWN.keys().isdisjoint(names):
            self._spent += now - self._last
            self._within[names[0]] += 1
            self._most = max([self._most, *(SLOW[name].most for name in names if name in SLOW)])

    def _close(self) -> None:
        if self._spent > self._most:
            self._seen.append(Blocked(self._call, self._spent, self._within.most_common(1)[0][0]))
        self._call, self._spent, self._most = "", 0.0, LIMIT
        self._within.clear()


def _name(frame: FrameType) -> str:
    known = frame.f_globals or {}  # a frame that ends just now has none any more
    return f"{known.get('__name__', '').removeprefix('annotator.gui.')}.{frame.f_code.co_qualname}"


def can_watch() -> bool:
    """Whether this system tells a thread's processor time, and nobody else uses the marks on frames."""
    return hasattr(time, "pthread_getcpuclockid") and "coverage" not in sys.modules
