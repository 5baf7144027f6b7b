"""Files read by several processes at once: many web pages, each of which takes long, on a machine of several cores.

What comes is the same as when they are read one after the other, in the same order. Where helpers cannot be had, or
one of them is ended, the files are read here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from annotator.core.imports import ImportItem
from annotator.importers.base import Source

WORTH_IT = 100  # files from which it pays to start helpers, which takes about a second
LARGEST = 5_000_000  # bytes of a file that is given to one
_MOST = 4  # helpers
_AHEAD = 8  # files that each may be ahead of what is asked for
_SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")

Read = Callable[[Source], list[ImportItem]]  # a function of a module, which a helper can find by its name
Ahead = Callable[[Source], list[ImportItem] | None]


@contextmanager
def reading_ahead(sources: Sequence[Source], read: Read) -> Iterator[Ahead]:
    """A function that gives what `read` makes of a source, or None where that is to be done here.

    It is to be asked for every one of `sources`, in their order.
    """
    chosen = [source for source in sources if source.size <= LARGEST and source.name.lower().endswith(_SUFFIXES)]
    helpers = min(_MOST, os.cpu_count() or 1)
    pool = _pool(helpers) if len(chosen) >= WORTH_IT and helpers > 1 else None
    if pool is None:
        yield lambda source: None
        return
    try:
        yield _Ahead(pool, chosen, read, helpers * _AHEAD).result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(helpers: int) -> Any:
    """The helpers: new processes, since one that is split off a window's has locks that nobody opens."""
    try:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(helpers, get_context("spawn"), _be_modest)
    except (ImportError, OSError, ValueError):  # a system without what processes share
        return None


def _be_modest() -> None:
    """What helpers do first: let the window have its turn before them."""
    if hasattr(os, "nice"):
        os.nice(10)


class _Ahead:
    def __init__(self, pool: Any, sources: Sequence[Source], read: Read, window: int) -> None:
        self._pool = pool
        self._read = read
        self._next = iter(sources)
        self._window = window
        self._waiting: deque[tuple[Source, Future[list[ImportItem]]]] = deque()
        self._broken = False

    def result(self, source: Source) -> list[ImportItem] | None:
        """What a helper made of `source`; None where none was given it, or was ended over it or another."""
        self._submit()
        if self._broken or not self._waiting or self._waiting[0][0] is not source:
            return None
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self._waiting.popleft()[1].result()
        except (BrokenProcessPool, OSError):
            self._broken = True
            return None

    def _submit(self) -> None:
        while not self._broken and len(self._waiting) < self._window:
            source = next(self._next, None)
            if source is None:
                return
            try:
                self._waiting.append((source, self._pool.submit(self._read, source)))
            except (RuntimeError, OSError):  # the pool is broken or shut: processes cannot be started here
                self._broken = True
