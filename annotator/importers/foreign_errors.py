"""What other people's readers do with damaged files, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annotator.core.errors import KnownError


@contextmanager
def foreign_errors(what: str) -> Iterator[None]:
    """Raises KnownError for whatever a library raises over a damaged file: they raise all kinds, and name few of them.

    For calls into libraries alone: an error of ours in there would be taken for the file’s.
    """
    try:
        yield
    except (KnownError, MemoryError, GeneratorExit):
        raise
    except Exception as error:
        reason = " ".join(str(error).split()).split(". ")[0][:120] or type(error).__name__
        raise KnownError(f"It is a damaged {what} ({reason}).") from None
