"""A file that is written whole or not at all: what was there before stays until the new one is on the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from annotator.core.errors import KnownError
from annotator.core.open_files import is_open

_DATABASE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class FileToBe:
    """A file that is being written beside the place where it will stand."""

    stream: BinaryIO
    path: Path  # of the unfinished file

    def finish(self) -> None:
        """Bring all that was written to the disk; it can then be read at `path`."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()


@contextmanager
def whole_file(out: Path) -> Iterator[FileToBe]:
    """A file to write; it takes its place at `out` when the block ends, or goes when it raises.

    Raises KnownError where `out` cannot be written, or is a project.
    """
    target = Path(os.path.realpath(out))  # a link stays, and what it leads to is written
    unfinished = target.with_name(f".{uuid4().hex}.part")
    try:
        _see_that_it_may_go(out, target)
        with unfinished.open("xb") as stream:
            file = FileToBe(stream, unfinished)
            yield file
            if not stream.closed:
                file.finish()
        _take_permissions(target, unfinished)
        unfinished.replace(target)
        _bring_to_disk(target.parent)
    except OSError as error:
        raise KnownError(failure_sentence(out, error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _see_that_it_may_go(out: Path, target: Path) -> None:
    if target.is_dir():
        raise KnownError(f"{out} is a folder. Nothing was written; name a file in it.")
    if not target.parent.is_dir():
        raise KnownError(f"There is no folder {target.parent}. Nothing was written; make it first.")
    if target.exists() and not target.is_file():
        raise KnownError(f"{out} is no file that can be replaced. Nothing was written; choose another name.")
    see_that_it_is_no_database(out, target)


def see_that_it_is_no_database(out: Path, target: Path) -> None:
    """Raises KnownError where a project or another database stands at `target`, which `out` leads to."""
    if is_open(target):
        raise KnownError(
            f"{out} is a project or another database, and open. It was left as it is; choose another name."
        )
    with suppress(OSError), target.open("rb") as existing:
        if existing.read(len(_DATABASE)) == _DATABASE:
            raise KnownError(f"{out} is a project or another database. It was left as it is; choose another name.")


def _take_permissions(target: Path, unfinished: Path) -> None:
    with suppress(OSError):
        unfinished.chmod(target.stat().st_mode & 0o777)


def _bring_to_disk(folder: Path) -> None:
    """Make the new name last, on systems where a folder can be brought to the disk by itself."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def failure_sentence(out: Path, error: OSError) -> str:
    """What to tell a person whose export to `out` ended with `error`."""
    kept = "What was there before is as it was." if os.path.exists(out) else "Nothing was written."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: {out} was not written. {kept} Make room, then try again."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{out} may not be written: the permission is missing. {kept}"
    return f"{out} could not be written: {error.strerror or error}. {kept}"
