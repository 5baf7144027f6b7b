"""A folder that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from annotator.core.errors import KnownError
from annotator.exporters.whole_file import failure_sentence, see_that_it_is_no_database


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to fill; it takes its place at `out` when the block ends, or goes when it raises.

    Raises KnownError where `out` cannot be written, or is there and not empty: nothing of another's is replaced.
    """
    target = Path(os.path.realpath(out))
    unfinished = target.with_name(f".{uuid4().hex}.part")
    try:
        _see_that_it_may_be_made(out, target)
        unfinished.mkdir()
        yield unfinished
        if target.is_dir():
            target.rmdir()
        unfinished.rename(target)
    except OSError as error:
        raise KnownError(failure_sentence(out, error)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _see_that_it_may_be_made(out: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise KnownError(f"There is no folder {target.parent}. Nothing was written; make it first.")
    if target.exists() and not target.is_dir():
        see_that_it_is_no_database(out, target)
        raise KnownError(f"{out} is a file, and this format needs a folder. It was left as it is; choose another name.")
    if target.is_dir() and any(target.iterdir()):
        raise KnownError(f"The folder {out} is not empty. It was left as it is; name a new one.")
