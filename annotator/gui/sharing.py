"""How the window and a worker share the one interpreter that they have: the window's turn comes sooner."""

from __future__ import annotations

import sys

QUICK, USUAL = 0.0005, 0.005  # seconds that a thread may hold the interpreter: less, while the window waits for it


class _Sharers:
    """How many workers are at it."""

    count = 0


def begin_sharing() -> None:
    """A worker that will hold the interpreter for long begins; on the window's thread."""
    _Sharers.count += 1
    sys.setswitchinterval(QUICK)


def end_sharing() -> None:
    """It has ended. To be called once for each `begin_sharing`."""
    _Sharers.count = max(0, _Sharers.count - 1)
    if not _Sharers.count:
        sys.setswitchinterval(USUAL)
