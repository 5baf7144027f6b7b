"""Which files this process has open as databases.

On POSIX systems a process that closes a file, however it had opened it, gives up all its locks on that file, SQLite's
too. Another program at the same project then takes itself for the last one, clears the write-ahead log away, and what
is written here after that is lost. So a project that is open must never be opened as a plain file: neither to look at
its first bytes, nor to import it, nor to copy or replace it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

File = tuple[int, int]  # device and inode

SIDE_FILES = ("-wal", "-shm")  # what SQLite keeps beside a database, under its name

_open: Counter[File] = Counter()
_lock = Lock()


def count_in(path: Path) -> File:
    """Note that the file at `path` is open once more. Returns what `count_out` wants."""
    file = _file_of(path.stat())
    with _lock:
        _open[file] += 1
    return file


def count_out(file: File) -> None:
    """Note that it is open once less."""
    with _lock:
        _open[file] -= 1


@contextmanager
def looking(path: Path) -> Iterator[bool]:
    """Gives whether `path` is open here. Where it is not, nobody opens it as a database until the block ends."""
    with _lock:
        yield path.exists() and _open[_file_of(path.stat())] > 0


def is_open(path: Path) -> bool:
    """Whether `path` is a database that is open here, or stands beside one as its log."""
    for suffix in ("", *SIDE_FILES):
        if path.name.endswith(suffix):
            database = path.with_name(path.name[: len(path.name) - len(suffix)] or path.name)
            with looking(database) as found:
                if found:
                    return True
    return False


def _file_of(status: os.stat_result) -> File:
    return status.st_dev, status.st_ino
