"""Which files of a folder are read first: those that say what others are, which are then read along with them."""

from __future__ import annotations

import re
from pathlib import PurePath

_FIRST = (re.compile(r"^annotation\.conf$", re.IGNORECASE), re.compile(r"mets|\.(?:ann|a1|qde|jsonld)$", re.IGNORECASE))


def reading_rank(name: str) -> int:
    """The rank of the file at `name`: lower ones are read before higher ones, each in the order of the names."""
    last = PurePath(name).name
    return next((rank for rank, pattern in enumerate(_FIRST) if pattern.search(last)), LAST)


LAST = len(_FIRST)  # the rank of most files
