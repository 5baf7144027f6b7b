"""The text of a rich text file (.rtf)."""

from __future__ import annotations

import re

from annotator.core.errors import KnownError

_LIMIT = 100_000_000  # characters of one file
_HEAD = 20_000  # characters of a beginning that is looked at


def is_rich_text(head: bytes) -> bool:
    """Whether a file that begins with `head` is rich text."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf")


def plain_text_of(text: str, whole: bool = True) -> str:
    """The text of a rich text file, or of its beginning. Raises KnownError when nothing of it can be read."""
    from striprtf.striprtf import rtf_to_text

    if len(text) > _LIMIT:
        raise KnownError(
            "It is larger than 100 MB, the most that one rich text file may have. Split it, then try again."
        )
    piece = text if whole else text[:_HEAD]
    piece = re.sub(r"\{\\(?:pict|\*\\shppict|nonshppict)\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "", piece)
    try:
        found = str(rtf_to_text(piece, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, TypeError, RecursionError) as error:
        raise KnownError(f"It is damaged rich text ({error}).") from None
    return found.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
