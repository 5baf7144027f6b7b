"""Sees when a test of the window keeps the window's thread busy for longer than a person would let pass.

A second thread looks every few milliseconds at what the main thread is in. As long as that is one and the same call of
a function of `annotator.gui`, by Qt or by the test, nothing else gets its turn. What counts is the processor time of the
main thread meanwhile, not the wall: on a busy machine, a test is not late because others are at work.
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


class Known(NamedTuple):
    """A call that may take longer, and why."""

    most: float  # milliseconds
    why: str


KNOWN: dict[str, Known] = {}


class Blocked(NamedTuple):
    """A call that kept the main thread."""

    call: str  # of which function, by its module and name
    milliseconds: float
    within: str  # where most of its time went

    def __str__(self) -> str:
        return f"{self.call} kept the window for {self.milliseconds:.0f} ms, mostly in {self.within}"

    @property
    def too_long(self) -> bool:
        """Whether it is longer than a call may be, or than this one is known to be."""
        known = KNOWN.get(self.call)
        return self.milliseconds > (known.most if known else LIMIT)


class Watchdog(threading.Thread):
    """Watches the thread that makes it, until it is told to stop."""

    def __init__(self) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._main = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._main)
        self._end = threading.Event()
        self._seen: list[Blocked] = []
        self._call = ""
        self._begun = self._last = 0.0
        self._within: Counter[str] = Counter()

    def take(self) -> list[Blocked]:
        """The calls of some length since this was last asked."""
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
        outer = inner = None
        while frame is not None:
            if frame.f_code.co_filename.startswith(PROGRAM):
                outer, inner = frame, inner or frame
            frame = frame.f_back
        if outer is not None and not outer.f_trace_lines and self._call:  # it bears our mark: the call goes on
            self._last = now
        else:
            self._close()
            if outer is not None:
                outer.f_trace_lines = False  # our mark; frames cannot be held, since all they know would live on
                self._call, self._begun, self._last = _name(outer), now, now
        if inner is not None:
            self._within[_name(inner)] += 1

    def _close(self) -> None:
        if self._call and self._last - self._begun > LIMIT / 2:
            self._seen.append(Blocked(self._call, self._last - self._begun, self._within.most_common(1)[0][0]))
        self._call = ""
        self._within.clear()


def _name(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '').removeprefix('annotator.gui.')}.{frame.f_code.co_qualname}"


def can_watch() -> bool:
    """Whether this system tells a thread's processor time, and nobody else uses the marks on frames."""
    return hasattr(time, "pthread_getcpuclockid") and "coverage" not in sys.modules
