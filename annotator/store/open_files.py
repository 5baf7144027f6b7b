"""Which files this process has open as SQLite databases.

On POSIX systems a process that closes a file, however it had opened it, gives up all its locks on that file, SQLite's
too. Another program at the same project then takes itself for the last one, clears the write-ahead log away, and what
is written here after that is lost. So a project that is open must never be opened as a plain file: neither to look at
its first bytes, nor to copy it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_File = tuple[int, int]  # device and inode

_open: Counter[_File] = Counter()
_lock = Lock()


class Connection(sqlite3.Connection):
    """A connection that is counted until it is closed; `connecting` makes it known."""

    file: _File | None = None

    def close(self) -> None:
        """Close it, and count it out."""
        super().close()
        file, self.file = self.file, None
        if file is not None:
            with _lock:
                _open[file] -= 1


@contextmanager
def connecting(path: Path | None) -> Iterator[_File | None]:
    """Around the making of a connection to `path`: it counts from before it is there. None: a database in memory.

    Gives what the connection is to have as its `file`.
    """
    file = _file_of(path) if path is not None and path.exists() else None
    if file is not None:
        with _lock:
            _open[file] += 1
    try:
        yield file
    except BaseException:
        if file is not None:
            with _lock:
                _open[file] -= 1
        raise


@contextmanager
def looking(path: Path) -> Iterator[bool]:
    """Gives whether `path` is open here. Where it is not, nobody opens it as a database until the block ends."""
    with _lock:
        yield path.exists() and _open[_file_of(path)] > 0


def _file_of(path: Path) -> _File:
    status = path.stat()
    return status.st_dev, status.st_ino
