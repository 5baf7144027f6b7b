"""Identifiers: unique everywhere without asking anybody."""

from __future__ import annotations

import hashlib
import os
import re
import time
from threading import Lock

_NAMESPACE = "6f1f6a1e-3b52-5d0e-9a44-0a7b3c1de7a5"  # ours alone: the root of `named_id`
_VARIANT = {digit: "89ab"[value % 4] for value, digit in enumerate("0123456789abcdef")}
_MADE = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[578][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_lock = Lock()
_last = 0  # milliseconds << 12 | sequence, of the newest id


def new_id() -> str:
    """A UUID of version 7 (RFC 9562): ids made later sort later, also within one millisecond and if the clock jumps."""
    global _last
    with _lock:
        _last = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        moment, sequence = f"{_last >> 12:012x}", _last & 0xFFF
    tail = os.urandom(8).hex()
    return f"{moment[:8]}-{moment[8:]}-7{sequence:03x}-{_VARIANT[tail[0]]}{tail[1:4]}-{tail[4:]}"


def named_id(name: str) -> str:
    """The id that everybody gives `name`, as `news/entities/PERSON`, so that projects of one template share labels."""
    from uuid import UUID, uuid5  # slow to import, and seldom needed: a scheme's ids are made once

    return str(uuid5(UUID(_NAMESPACE), name))


def is_made(text: str) -> bool:
    """Whether `text` has the form of the ids that are made here; what a file from elsewhere brings may have another."""
    return bool(_MADE.fullmatch(text))


def text_hash(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, in hexadecimal: a text's identity on every machine, and its checksum."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_id(sha256: str) -> str:
    """The id of the document with that text hash, as a UUID of version 8.

    It is made from the hash, not from the clock, so that two people who import the same archive apart from each
    other have the same documents when their files are merged.
    """
    head = int(sha256[:32], 16)
    return _written(head & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62)


def _written(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
