"""That an archive is damaged at some place, and goes on behind it."""

from __future__ import annotations


class DamageError(Exception):
    """A record cannot be read. The message says why, as the end of a sentence that begins with the place."""
