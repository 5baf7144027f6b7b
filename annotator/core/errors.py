"""The world's errors, apart from ours."""

from __future__ import annotations


class KnownError(Exception):
    """Something outside the program went wrong, and the message is a sentence for the person in front of it.

    It says what happened, to which file or record, what was kept, and what to do. Any other exception that
    reaches the top is a bug of the program and is shown as one.
    """
