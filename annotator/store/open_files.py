"""Connections that are known to be open, for as long as they are: see `annotator.core.open_files`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.open_files import File, count_in, count_out


class Connection(sqlite3.Connection):
    """A connection that is counted until it is closed; `connecting` makes it known."""

    file: File | None = None

    def close(self) -> None:
        """Close it, and count it out."""
        super().close()
        file, self.file = self.file, None
        if file is not None:
            count_out(file)


@contextmanager
def connecting(path: Path | None) -> Iterator[File | None]:
    """Around the making of a connection to `path`: it counts from before it is there. None: a database in memory.

    Gives what the connection is to have as its `file`.
    """
    file = count_in(path) if path is not None and path.exists() else None
    try:
        yield file
    except BaseException:
        if file is not None:
            count_out(file)
        raise
